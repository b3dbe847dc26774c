/**
 * Series that hold running totals where daily amounts belong. A daily series falls about every second day; a running
 * total never does, grows by steps that look like days, and stands still once delivery ends. How much likelier the
 * steps are than the values is what `evidence` holds (natural log; daily values of a long series reach 8 by chance).
 */
import { TREATED_MEASURES, type TreatedMeasure } from "../domain/treatments.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import { keepDerived } from "./gather.ts";
import type { Look } from "./look.ts";
import { thresholdsInForce } from "./once.ts";

/** A stretch of an entity's life in which measures are running totals. */
export interface RunningTotal {
  readonly account: string;
  readonly campaignId: string;
  readonly entity: string;
  readonly measures: readonly TreatedMeasure[];
  /** First and last day, both inclusive. */
  readonly from: string;
  readonly until: string;
  /** Days told, days on which the total grew, days that repeat the one before. */
  readonly rows: number;
  readonly grown: number;
  readonly frozen: number;
  readonly evidence: number;
}

/** Thresholds of the search; settings `cumulative-series.<name>`. */
export const RUNNING_TOTAL_THRESHOLDS = {
  /** Largest fall, as a share, that is a correction of the total. */
  fall: 0.01,
  /** Evidence from which a series is a running total. */
  evidence: 12,
  /** Days of the same total that are no chance. */
  frozenDays: 3,
  /** Fewest days of an entity whose measures are also looked at one by one. */
  aloneDays: 8,
  /** Largest chance that daily amounts of some campaign are such shares of its budget as few rising days tell. */
  chance: 0.01,
  /** Evidence from which all series of an account are totals, and fewest campaigns that show it. */
  accountEvidence: 18,
  accountCampaigns: 3,
} as const;

const SQL = sqlFile(import.meta.url, "sql/series/running-totals.sql");
const ACCOUNT_SQL = sqlFile(import.meta.url, "sql/series/account-totals.sql");

type Row = Omit<RunningTotal, "measures"> & { readonly subject: "all" | "counts" | TreatedMeasure };

const seriesOf = (one: Pick<Row, "account" | "campaignId" | "entity">) =>
  [one.account, one.campaignId, one.entity].join("\u001f");

/** All running totals of a look; rules ask `series-totals.ts`, which knows window totals too. */
export async function searchRunningTotals(look: Look): Promise<RunningTotal[]> {
  const own = thresholdsInForce(look, "cumulative-series", RUNNING_TOTAL_THRESHOLDS);
  await keepDerived(look, SQL);
  const rows = await look.session.all<Row>(SQL, {
    fall: own.fall,
    evidence: own.evidence,
    frozen_days: own.frozenDays,
    alone_days: own.aloneDays,
    chance: own.chance,
  });
  const whole = new Set(rows.filter((one) => one.subject === "all").map(seriesOf));
  const ofAccounts = await look.session.all<Row>(ACCOUNT_SQL, {
    fall: own.fall,
    account_evidence: own.accountEvidence,
    account_campaigns: own.accountCampaigns,
  });
  const added = ofAccounts.filter((one) => !whole.has(seriesOf(one)));
  const replaced = new Set(added.map(seriesOf));
  const found = new Map<string, RunningTotal>();
  const all = [...rows.filter((one) => !replaced.has(seriesOf(one))), ...added];
  for (const { subject, ...one } of all) {
    const span = [one.account, one.campaignId, one.entity, one.from, one.until].join("\u001f");
    const before = found.get(span);
    const measures =
      subject === "all" || subject === "counts"
        ? TREATED_MEASURES.filter((name) => subject === "all" || name !== "spend_minor")
        : [subject];
    found.set(span, { ...(before ?? one), measures: [...(before?.measures ?? []), ...measures] });
  }
  return [...found.values()];
}
