/** Segments of a selection: by project, account, budget, age of the campaign, weekday, or weekday and hour of arrival. */
import type { z } from "zod";
import type {
  Segment,
  Segmentation,
  SegmentsAnswer,
  SegmentsQuery,
  SegmentTally,
} from "../contract/campaigns.ts";
import type { Estimate } from "../contract/common.ts";
import { NO_SEGMENT } from "../contract/names.ts";
import { costInterval, wilsonInterval } from "../stats/intervals.ts";
import { benjaminiHochberg } from "../stats/multiple-testing.ts";
import { twoProportionTest } from "../stats/proportion-tests.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { Selected } from "./selection.ts";

type Query = z.infer<typeof SegmentsQuery>;

/** One row of sql/segments.sql. */
interface SegmentRow {
  segment: number | null;
  campaigns: number;
  spend_minor: number | null;
  leads: number | null;
  judged: number | null;
  undecided: number | null;
  qualified: number | null;
  /** Leads of accounts that know stages, which shares are of. */
  staged_leads: number;
  cpl_spend: number;
  cpl_count: number;
  cpql_spend: number;
  cpql_count: number;
  project_name: string | null;
  account_id: string | null;
}

/** First day of each band of age; what came before the first delivery stands at −1. */
const AGES = [-1, 0, 1, 2, 3, 7, 14, 30] as const;

const AGE_BANDS = `CASE WHEN p.at_day < p.first_day THEN -1 ${[...AGES]
  .reverse()
  .filter((from) => from >= 0)
  .map((from) => `WHEN p.at_day - p.first_day >= ${from} THEN ${from}`)
  .join(" ")} END`;

/** 1, 2 or 5 times a power of ten, the largest that is not above the budget; found by digits, so that no edge is rounded. */
const BUDGET_BANDS = `CASE WHEN p.daily_budget_minor > 0 THEN (10 ** (length(p.daily_budget_minor::VARCHAR) - 1))::BIGINT
  * CASE WHEN left(p.daily_budget_minor::VARCHAR, 1) >= '5' THEN 5 WHEN left(p.daily_budget_minor::VARCHAR, 1) >= '2' THEN 2 ELSE 1 END
  WHEN p.daily_budget_minor = 0 THEN 0 END`;

/** What a segmentation tells apart; texts over the columns of `delivered` and of `arrived`. */
const SEGMENT_KEYS: Readonly<Record<Segmentation, string>> = {
  project: "p.project_key::BIGINT",
  account: "p.account_key::BIGINT",
  budget: BUDGET_BANDS,
  age: AGE_BANDS,
  weekday: "isodow(p.at_day)",
  slot: "isodow(p.at_day) * 100 + p.at_hour",
};

/** Judged leads from which on a share is held against the others. */
const ENOUGH_JUDGED = 20;
const ALARM = 0.05;

const NO_ESTIMATE: Estimate = { value: null, n: null, low: null, high: null };

function share(hits: number | null, trials: number): Estimate {
  if (hits === null) return NO_ESTIMATE;
  const interval = wilsonInterval(hits, trials);
  return {
    value: trials === 0 ? null : hits / trials,
    n: trials,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

function cost(spendMinor: number, count: number, told: boolean): Estimate {
  if (!told) return NO_ESTIMATE;
  const interval = spendMinor > 0 ? costInterval(spendMinor, count) : null;
  return {
    value: count === 0 ? null : spendMinor / count,
    n: count,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

/** Counts behind a tally, kept apart so that tallies of several segments add up. */
export type SegmentSums = Omit<SegmentRow, "segment" | "campaigns" | "project_name" | "account_id">;

function tallyOf(sums: SegmentSums, mixedCurrency: boolean): SegmentTally {
  const spendMinor = mixedCurrency ? null : sums.spend_minor;
  const told = spendMinor !== null;
  return {
    spendMinor,
    leads: sums.leads,
    judged: sums.judged,
    undecided: sums.undecided,
    qualified: sums.qualified,
    judgedShare: share(sums.judged, sums.staged_leads),
    conversion: share(sums.qualified, sums.judged ?? 0),
    cplMinor: cost(sums.cpl_spend, sums.cpl_count, told && sums.leads !== null),
    cpqlMinor: cost(sums.cpql_spend, sums.cpql_count, told && sums.qualified !== null),
  };
}

const ADDED = ["spend_minor", "leads", "judged", "undecided", "qualified"] as const;
const COUNTED = ["staged_leads", "cpl_spend", "cpl_count", "cpql_spend", "cpql_count"] as const;

/** Several segments as one; what none of them knows stays unknown. */
function added(rows: readonly SegmentSums[]): SegmentSums {
  const sums: Record<string, number | null> = {};
  for (const name of COUNTED) sums[name] = rows.reduce((sum, row) => sum + row[name], 0);
  for (const name of ADDED)
    sums[name] = rows.reduce<number | null>(
      (sum, row) => (row[name] === null ? sum : (sum ?? 0) + row[name]),
      null,
    );
  return sums as unknown as SegmentSums;
}

/** The ends of a band that a row stands for. */
function bandOf(by: Segmentation, segment: number | null): Pick<Segment, "low" | "high"> {
  if (segment === null) return { low: null, high: null };
  if (by === "budget") {
    const next = String(segment).startsWith("2") ? 2.5 : 2;
    return { low: segment, high: segment === 0 ? 0 : segment * next };
  }
  if (by === "age") {
    const next = AGES[(AGES as readonly number[]).indexOf(segment) + 1];
    if (segment < 0) return { low: null, high: -1 };
    return { low: segment, high: next === undefined ? null : next - 1 };
  }
  return { low: null, high: null };
}

function keyOf(by: Segmentation, row: SegmentRow): string {
  if (row.segment === null) return NO_SEGMENT;
  if (by === "project") return row.project_name ?? NO_SEGMENT;
  if (by === "account") return row.account_id ?? NO_SEGMENT;
  if (by === "slot") return `${Math.floor(row.segment / 100)}-${row.segment % 100}`;
  return String(row.segment);
}

/** Each segment's share of qualified among judged leads against that of all others together. */
function differences(rows: readonly SegmentRow[]): {
  differs: Segment["differs"][];
  tested: number;
} {
  const all = added(rows);
  const tests = rows.map((row) => {
    const [judged, others] = [row.judged ?? 0, (all.judged ?? 0) - (row.judged ?? 0)];
    if (judged < ENOUGH_JUDGED || others < ENOUGH_JUDGED) return null;
    const qualified = row.qualified ?? 0;
    return twoProportionTest(
      { hits: qualified, trials: judged },
      { hits: (all.qualified ?? 0) - qualified, trials: others },
    );
  });
  const made = tests.filter((test) => test !== null);
  const raised = benjaminiHochberg(made.map(({ p }) => p));
  let next = 0;
  return {
    differs: tests.map((test) => {
      if (test === null) return null;
      const p = raised[next++] ?? 1;
      return p >= ALARM ? "no" : test.estimate > 0 ? "higher" : "lower";
    }),
    tested: made.length,
  };
}

/** Every segment of a selection with its sums; in the order of its key. */
export interface Segments {
  readonly items: readonly (Segment & { readonly sums: SegmentSums; readonly order: number })[];
  readonly total: SegmentSums;
  readonly tested: number;
}

/** All segments of a selection, in the order of what they are told apart by; those of nothing last. */
export async function segmentsOf(
  session: Session,
  selected: Selected,
  by: Segmentation,
): Promise<Segments> {
  const text = selected
    .sql("segments")
    .replaceAll("p.project_key::BIGINT AS segment", `${SEGMENT_KEYS[by]} AS segment`);
  // Budgets of several currencies are no bands of one.
  const none = by === "budget" && selected.mixedCurrency;
  const rows = none
    ? []
    : await session.all<SegmentRow>(text, { ...selected.params, attributable: by !== "slot" });
  const { differs, tested } = differences(rows);
  return {
    items: rows.map((row, i) => ({
      ...tallyOf(row, selected.mixedCurrency),
      ...bandOf(by, row.segment),
      campaigns: row.campaigns,
      key: keyOf(by, row),
      differs: differs[i] ?? null,
      sums: row,
      order: i,
    })),
    total: added(rows),
    tested,
  };
}

type Item = Segments["items"][number];

const SORTED_BY: Readonly<Record<Query["sort"], (item: Item) => number | null>> = {
  segment: ({ order }) => order,
  spend: ({ spendMinor }) => spendMinor,
  leads: ({ leads }) => leads,
  judged: ({ judged }) => judged,
  qualified: ({ qualified }) => qualified,
  judgedShare: ({ judgedShare }) => judgedShare.value,
  conversion: ({ conversion }) => conversion.value,
  cpl: ({ cplMinor }) => cplMinor.value,
  cpql: ({ cpqlMinor }) => cpqlMinor.value,
};

/** Unknown values last in both directions, equal ones in the order of their keys. */
function sorted(items: readonly Item[], { sort, order }: Pick<Query, "sort" | "order">): Item[] {
  const value = SORTED_BY[sort];
  const sign = order === "asc" ? 1 : -1;
  return [...items].sort((left, right) => {
    const [a, b] = [value(left), value(right)];
    if (a === null || b === null)
      return Number(a === null) - Number(b === null) || left.order - right.order;
    return sign * (a - b) || left.order - right.order;
  });
}

/** A segment for the wire. */
export function plainSegment({ sums: _sums, order: _order, ...segment }: Item): Segment {
  return segment;
}

/** Segments of a selection, sorted; those beyond `limit` as one line, so that lines and total tie out. */
export async function segmentList(
  session: Session,
  selected: Selected,
  query: Query,
): Promise<SegmentsAnswer> {
  const { items, total, tested } = await segmentsOf(session, selected, query.by);
  const mixed = selected.mixedCurrency;
  const inOrder = sorted(items, query);
  const beyond = inOrder.slice(query.limit);
  return {
    frame: selected.frame,
    by: query.by,
    items: inOrder.slice(0, query.limit).map(plainSegment),
    rest:
      beyond.length === 0
        ? null
        : { ...tallyOf(added(beyond.map(({ sums }) => sums)), mixed), segments: beyond.length },
    total: tallyOf(total, mixed),
    tested,
    segments: items.length,
  };
}
