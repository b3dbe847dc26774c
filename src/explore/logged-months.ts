/** How many leads of each month of arrival have a status log, and where the log starts: one definition for all who ask. */
import { sqlFile } from "../warehouse/sql-file.ts";
import { oncePerLook, thresholdsInForce } from "./once.ts";

export interface LoggedMonth {
  /** YYYY-MM */
  readonly month: string;
  readonly leads: number;
  readonly logged_leads: number;
}

export interface LoggedMonths {
  /** In order; none after the last day. */
  readonly months: readonly LoggedMonth[];
  /** The first month of which enough leads are logged; undefined where there is none. */
  readonly start: LoggedMonth | undefined;
}

/** Thresholds of the start; settings `logging-start.<name>`. */
export const LOGGING_START_THRESHOLDS = {
  /** Least share of a month's leads that are logged, from the start on. */
  startShare: 0.5,
  /** Least share of all leads that came earlier, for it to be worth saying. */
  minimumShare: 0.01,
} as const;

/** Months with fewer leads than this share of an average month say nothing. */
const THIN_MONTH = 0.01;

const SQL = sqlFile(import.meta.url, "sql/rules/logged-months.sql");

export const loggedShare = (one: LoggedMonth) => one.logged_leads / one.leads;

/** All months of a look, found once. */
export const loggedMonthsOf = oncePerLook(async (look): Promise<LoggedMonths> => {
  const lastMonth = (look.lastDay ?? "9999-12").slice(0, 7);
  const months = (await look.session.all<LoggedMonth>(SQL)).filter((one) => one.month <= lastMonth);
  const { startShare } = thresholdsInForce(look, "logging-start", LOGGING_START_THRESHOLDS);
  const thin = (THIN_MONTH * look.rows.leads) / Math.max(months.length, 1);
  const start = months.find((one) => one.leads > thin && loggedShare(one) >= startShare);
  return { months, start };
});
