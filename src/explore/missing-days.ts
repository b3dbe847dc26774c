/** Days on which ad sets that report before and after do not report. */
import { sqlFile } from "../warehouse/sql-file.ts";
import { oncePerLook, thresholdsInForce } from "./once.ts";

export interface MissingDay {
  readonly account: string;
  /** Empty: of the whole account; else of this campaign, whose leads came all the same. */
  readonly campaignId: string;
  readonly day: string;
  /** Ad sets that skip the day. */
  readonly gaps: number;
  /** What the days beside it would let expect, minor units. */
  readonly spend: number;
  /** Nobody at all reports that day. */
  readonly everywhere: boolean;
}

/** Thresholds of the search; settings `missing-days.<name>`. */
export const MISSING_DAY_THRESHOLDS = {
  /** Fewest ad sets that skip a day. */
  gaps: 5,
  /** Largest chance, over all account days together, at the rate at which ad sets usually skip a day. */
  chance: 0.001,
  /** Fewest leads that came on days without rows. */
  leads: 3,
} as const;

const SQL = sqlFile(import.meta.url, "sql/series/missing-days.sql");

/** All such account days of a look, found once. */
export const missingDaysOf = oncePerLook(
  (look): Promise<readonly MissingDay[]> =>
    look.session.all<MissingDay>(
      SQL,
      thresholdsInForce(look, "missing-days", MISSING_DAY_THRESHOLDS),
    ),
);
