/**
 * Series that hold running totals where daily amounts belong. A daily series falls about every second day; a running
 * total never does, grows by steps that look like days, and stands still once delivery ends. How much likelier the
 * steps are than the values is what `evidence` holds (natural log; daily values of a long series reach 8 by chance).
 */
import { TREATED_MEASURES, type TreatedMeasure } from "../domain/treatments.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Params } from "../warehouse/values.ts";
import type { Look } from "./look.ts";
import { oncePerLook, thresholdsInForce } from "./once.ts";

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
} as const;

const SQL = sqlFile(import.meta.url, "sql/series/running-totals.sql");

async function search(look: Look): Promise<readonly RunningTotal[]> {
  const { fall, evidence, frozenDays, aloneDays } = thresholdsInForce(
    look,
    "cumulative-series",
    RUNNING_TOTAL_THRESHOLDS,
  );
  const rows = await look.session.all<
    Omit<RunningTotal, "measures"> & { subject: "all" | "counts" | TreatedMeasure }
  >(SQL, {
    fall,
    evidence,
    frozen_days: frozenDays,
    alone_days: aloneDays,
  });
  const found = new Map<string, RunningTotal>();
  for (const { subject, ...one } of rows) {
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

/** All running totals of a look, found once. */
export const runningTotalsOf = oncePerLook(search);

/** Stands in where there is none: a parameter cannot hold an empty list. */
const NO_TOTAL: RunningTotal = {
  account: "",
  campaignId: "",
  entity: "",
  measures: [],
  from: "0001-01-01",
  until: "0001-01-01",
  rows: 0,
  grown: 0,
  frozen: 0,
  evidence: 0,
};

/** Spans as parallel lists, for SQL that unnests them: $accounts, $campaigns, $entities, $measures, $froms, $untils. */
export function spanParams(found: readonly RunningTotal[]): Params {
  const totals = found.length > 0 ? found : [NO_TOTAL];
  return {
    accounts: totals.map((one) => one.account),
    campaigns: totals.map((one) => one.campaignId),
    entities: totals.map((one) => one.entity),
    measures: totals.map((one) => one.measures.join(",")),
    froms: totals.map((one) => one.from),
    untils: totals.map((one) => one.until),
  };
}
