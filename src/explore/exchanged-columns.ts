/** Campaigns whose impressions were written into another column, and that column into impressions. */
import type { TreatedMeasure } from "../domain/treatments.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import { oncePerLook, thresholdsInForce } from "./once.ts";

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

/** All such campaigns of a look, found once. */
export const exchangedColumnsOf = oncePerLook(
  (look): Promise<readonly Exchanged[]> =>
    look.session.all<Exchanged>(
      SQL,
      thresholdsInForce(look, "swapped-columns", EXCHANGED_THRESHOLDS),
    ),
);

/** Account and campaign in one text, as SQL compares them; never an empty list, which no parameter can hold. */
export function exchangedKeys(
  found: readonly Pick<Exchanged, "account" | "campaignId">[],
): string[] {
  return ["", ...found.map(({ account, campaignId }) => `${account}\u001f${campaignId}`)];
}
