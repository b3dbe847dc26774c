/** Random small worlds for laws: two accounts, a few campaigns, copies, conflicts, odd statuses, invented people. */
import fc from "fast-check";
import type { RawRow } from "./raw-world.ts";

const DAY = (n: number) => `2024-03-${String(n).padStart(2, "0")}`;
export const FIRST_DAY = 1;
export const LAST_DAY = 12;
export const day = DAY;

export const CAMPAIGNS: readonly RawRow[] = [
  { campaign_id: "c1", account_id: "a1", project_name: "Palm", start_time: "2024-03-01 08:00:00" },
  { campaign_id: "c2", account_id: "a1", project_name: "Reef", start_time: "2024-03-04 08:00:00" },
  { campaign_id: "c3", account_id: "a2", project_name: "Palm" },
  { campaign_id: "c4", account_id: "a2" },
];

const STATUSES = [
  "NEW_LEAD",
  "NO_ANSWER",
  "QUALIFIED",
  "MEETING_DONE",
  "DONE_DEAL",
  "SPAM",
  "UNKNOWN",
  "ODD",
];

const dayNumber = fc.integer({ min: FIRST_DAY, max: LAST_DAY });
const amount = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null, freq: 8 });
/** Whether a row knows a measure: some do not, as in a file without its column. */
const mostly = fc.constantFrom(true, true, true, false);
const campaignNumber = fc.integer({ min: 1, max: 4 });

/** Each campaign has two ad sets of its own; small ranges make copies and conflicts common. */
export const insightRow: fc.Arbitrary<RawRow> = fc
  .record({
    campaign: campaignNumber,
    set: fc.constantFrom("x", "y"),
    n: dayNumber,
    spend: amount,
    clicks: fc.integer({ min: 0, max: 3 }),
    knows: fc.record({ impressions: mostly, clicks: mostly }),
  })
  .map(({ campaign, set, n, spend, clicks, knows }) => ({
    level: "ad_set",
    campaign_id: `c${campaign}`,
    ad_set_id: `c${campaign}${set}`,
    day: DAY(n),
    spend_minor: spend,
    impressions: knows.impressions ? clicks * 40 : null,
    clicks: knows.clicks ? clicks : null,
    reach: clicks * 30,
  }));

export const leadRow: fc.Arbitrary<RawRow> = fc
  .record({
    id: fc.integer({ min: 1, max: 14 }),
    campaign: fc.integer({ min: 1, max: 5 }),
    n: dayNumber,
    hour: fc.integer({ min: 0, max: 23 }),
    status: fc.constantFrom(null, ...STATUSES),
  })
  .map(({ id, campaign, n, hour, status }) => ({
    lead_id: `l${id}`,
    ...(campaign === 5 ? { account_id: "a1" } : { campaign_id: `c${campaign}` }),
    lead_status: status,
    name: `Person ${id}`,
    phone: `0101234567${id % 10}`,
    added_at: `${DAY(n)} ${String(hour).padStart(2, "0")}:15:00`,
  }));

export const logRow: fc.Arbitrary<RawRow> = fc
  .record({
    id: fc.integer({ min: 1, max: 14 }),
    n: dayNumber,
    status: fc.constantFrom(...STATUSES),
  })
  .map(({ id, n, status }) => ({ lead_id: `l${id}`, status, changed_at: `${DAY(n)} 18:00:00` }));

export interface SmallWorld {
  readonly insights: readonly RawRow[];
  readonly campaign_leads: readonly RawRow[];
  readonly lead_status_changes: readonly RawRow[];
}

export const smallWorld: fc.Arbitrary<SmallWorld> = fc.record({
  insights: fc.array(insightRow, { maxLength: 25 }),
  campaign_leads: fc.array(leadRow, { maxLength: 20 }),
  lead_status_changes: fc.array(logRow, { maxLength: 15 }),
});

/** One file per table: campaigns 1, insights 2, leads 3, log 4. */
export function asFiles(world: SmallWorld, campaigns: readonly RawRow[] = CAMPAIGNS) {
  const inFile = (rows: readonly RawRow[], file_id: number) =>
    rows.map((row, i) => ({ line: i + 2, ...row, file_id }));
  return {
    campaigns: inFile(campaigns, 1),
    insights: inFile(world.insights, 2),
    campaign_leads: inFile(world.campaign_leads, 3),
    lead_status_changes: inFile(world.lead_status_changes, 4),
  };
}
