/** Campaigns whose impressions were written into another column, and that column into impressions. */
import type { TreatedMeasure } from "../domain/treatments.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Look } from "./look.ts";

export interface Exchanged {
  readonly account: string;
  readonly campaignId: string;
  /** The column that holds impressions. */
  readonly column: Extract<TreatedMeasure, "clicks" | "reach">;
}

/** Thresholds of the search; settings `swapped-columns.<name>`. */
export const EXCHANGED_THRESHOLDS = {
  /** Share of a campaign's rows in which the smaller measure must be the larger. */
  share: 0.9,
  /** Fewest rows that show it. */
  rows: 2,
} as const;

const SQL = sqlFile(import.meta.url, "sql/series/exchanged-columns.sql");
const known = new WeakMap<Look, Promise<Exchanged[]>>();

/** All such campaigns of a look, found once. */
export function exchangedColumnsOf(look: Look): Promise<readonly Exchanged[]> {
  const before = known.get(look);
  if (before) return before;
  const own = EXCHANGED_THRESHOLDS;
  const inForce = (name: keyof typeof own) =>
    look.settings.thresholds[`swapped-columns.${name}`] ?? own[name];
  const found = look.session.all<Exchanged>(SQL, {
    share: inForce("share"),
    rows: inForce("rows"),
  });
  known.set(look, found);
  return found;
}

/** Account and campaign in one text, as SQL compares them; never an empty list, which no parameter can hold. */
export function exchangedKeys(
  found: readonly Pick<Exchanged, "account" | "campaignId">[],
): string[] {
  return ["", ...found.map(({ account, campaignId }) => `${account}\u001f${campaignId}`)];
}
