/**
 * The quality room: takes raw.* and the definitions, gives staging.* anew, within the caller's transaction.
 * Every raw row either counts or has one reason in staging.drops.
 */
import { type Definitions, definitionsOf, untoldDecimals } from "../domain/definitions.ts";
import { currencyDecimals } from "../domain/money.ts";
import type { Treatment } from "../domain/treatments.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Params } from "../warehouse/values.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { parseNewPhones } from "./phones-table.ts";
import { createStagingSchema } from "./schema.ts";
import { applyTreatments } from "./treatments.ts";

const sql = (name: string) => sqlFile(import.meta.url, `sql/${name}.sql`);

/** Definitions as the rows that SQL joins with: set 0 is the workspace's, the others are complete overrides. */
async function writeSettings(session: Session, definitions: Definitions): Promise<void> {
  const sets = [null, ...Object.keys(definitions.accounts).sort()].map((account, id) => ({
    id,
    account,
    ...definitionsOf(definitions, account),
  }));
  const settings = sets.map((set) => ({
    settings_id: set.id,
    account_id: set.account,
    currency: set.currency,
    time_zone: set.timeZone,
    region: set.defaultCountry,
    insight_level: set.insightLevel,
    undecided_stages: set.undecidedStages,
    horizon_days: set.conversionHorizonDays,
    lag_hours: set.insightLagHours,
    all_in_factor: (1 + set.taxRate) * (1 + set.feeRate),
    decimals: currencyDecimals(set.currency),
    untold_decimals: untoldDecimals(definitions),
  }));
  const statuses = sets.flatMap((set) =>
    Object.entries(set.statusMap).map(([status, stage]) => ({
      settings_id: set.id,
      status,
      stage,
    })),
  );
  await session.run(sql("settings"), { settings: JSON.stringify(settings) });
  await session.run(sql("status-map"), { statuses: JSON.stringify(statuses) });
}

/** Tells campaigns and leads of different accounts apart where they use one id; most workspaces have no such ids. */
async function nameSharedIds(session: Session): Promise<void> {
  const step = (name: string) => session.run(sql(name));
  const any = async (query: string) => (await session.first(query)) !== null;
  await step("received-plain");
  await step("campaign-accounts");
  const campaigns = await any("SELECT 1 FROM campaign_accounts WHERE len(accounts) > 1 LIMIT 1");
  if (campaigns) {
    await step("campaign-names");
    await step("received-named");
  }
  await step("campaign-owner");
  await step("lead-copies");
  const leads = await any(
    `SELECT 1 FROM lead_copies WHERE owner IS NOT NULL GROUP BY lead_id
     HAVING min(owner) <> max(owner) LIMIT 1`,
  );
  if (leads) {
    await step("lead-shared");
    await step("lead-names");
    await step("received-named");
    await session.run("DROP TABLE shared_leads; DROP TABLE lead_homes; DROP TABLE leads_begun");
  }
}

/** Lines of leads that are cleaned by one statement: bounds its memory, however many there are. */
const LEADS_AT_ONCE = 500_000;

async function cleanLeads(session: Session): Promise<void> {
  const parts = await session.all<Params>(sql("lead-parts"), { size: LEADS_AT_ONCE });
  for (const part of parts) await session.run(sql("campaign-leads"), part);
}

/** Gives amounts the decimals of their account's currency where accounts differ in that. */
async function scaleAmounts(session: Session): Promise<boolean> {
  const differ = await session.first(
    "SELECT 1 FROM staging.settings HAVING min(decimals) <> max(decimals)",
  );
  if (differ === null) return false;
  await session.run(sql("amount-scales"));
  await session.run(sql("received-scaled"));
  return true;
}

/** Whether moments with an offset stand in UTC in raw, to become wall clock of accounts whose zones differ. */
async function zonesDiffer(session: Session): Promise<boolean> {
  const differ = await session.first(
    "SELECT 1 FROM staging.settings HAVING min(time_zone) <> max(time_zone)",
  );
  return differ !== null;
}

/** What the insights need beyond duplicates; most workspaces need neither step. */
async function insightVariety(session: Session): Promise<{ levels: number; currencies: boolean }> {
  const row = await session.first<{ levels: number; currencies: boolean }>(sql("insight-variety"));
  return row ?? { levels: 0, currencies: false };
}

/**
 * Recomputes staging.* from raw.*, the definitions and the treatments in force. Equal inputs give equal rows, whatever was there before.
 *
 * Runs inside the caller's transaction; readers see the old state until it commits. Only phone texts never seen
 * before are parsed.
 */
export async function buildStaging(
  session: Session,
  definitions: Definitions,
  treatments: readonly Treatment[] = [],
): Promise<void> {
  const step = (name: string) => session.run(sql(name));
  await step("clear");
  await step("treat-clear");
  await createStagingSchema(session);
  await writeSettings(session, definitions);
  const variety = await insightVariety(session);
  await nameSharedIds(session);
  const scaled = await scaleAmounts(session);
  const zoned = await zonesDiffer(session);

  await step("insight-repeats");
  await step("insight-superseded");
  await step("campaign-drops");
  if (scaled) await step("campaign-inexact");
  await step("lead-superseded");
  await session.run("DROP TABLE lead_copies; DROP TABLE campaign_accounts");
  await step("campaigns");
  if (zoned) await step("moments-campaigns");

  if (variety.levels > 1) await step("insight-other-level");
  if (variety.currencies) await step("insight-other-currency");
  await step("insight-unresolved");
  if (scaled) await step("insight-inexact");
  await step("insight-duplicates");
  await step("insight-conflicts");
  await session.run("DROP TABLE insight_repeats; DROP TABLE campaign_owner");

  await step("lead-accounts");
  await step("lead-doubles");
  await step("lead-unresolved");
  await step("lead-repeats");
  await step("new-phones");
  await parseNewPhones(session);
  await step("stale-phones");
  await session.run("DROP TABLE used_phones; DROP TABLE new_phones");
  await cleanLeads(session);
  if (zoned) await step("moments-leads");
  const live =
    "SELECT 1 FROM raw.files WHERE format = 'live' AND table_name = 'lead_status_changes'";
  if ((await session.first(live)) !== null) await step("lead-live-statuses");

  await step("status-superseded");
  await step("status-unresolved");
  await step("status-repeats");
  await step("lead-status-changes");
  if (zoned) await step("moments-log");
  if ((await session.first("SELECT 1 FROM raw.deals LIMIT 1")) !== null) {
    await step("deal-drops");
    await step("deals");
    if (zoned) await step("moments-deals");
  }
  await step("accounts");
  await step("unmapped-statuses");
  await step("row-conflicts");
  await session.run("DROP TABLE lead_accounts; DROP TABLE lead_doubles");
  await applyTreatments(session, treatments);
}
