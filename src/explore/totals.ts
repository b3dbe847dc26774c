/** What a look holds in all, against which a finding is weighed. Asked once per look. */
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Look } from "./look.ts";
import { oncePerLook } from "./once.ts";

export interface Totals {
  /** Spend of all rows that count, minor units; currencies are added as they stand, for shares only. */
  readonly spendMinor: number;
  /** Campaigns with at least one insights row. */
  readonly delivered: number;
}

const SQL = sqlFile(import.meta.url, "sql/look/totals.sql");

/** Totals of a look. */
export const totalsOf = oncePerLook(
  async ({ session }) =>
    (await session.first<Totals>(SQL)) ?? ({ spendMinor: 0, delivered: 0 } satisfies Totals),
);

/** Part of the look's whole spend, 0 where nothing was spent. */
export async function shareOfSpend(look: Look, minor: number | null): Promise<number> {
  const { spendMinor } = await totalsOf(look);
  return spendMinor > 0 ? Math.abs(minor ?? 0) / spendMinor : 0;
}
