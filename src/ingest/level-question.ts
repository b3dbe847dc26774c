/** Whether the same campaigns and days are there at several levels, which must never be added together. */
import type { LevelQuestion } from "../contract/imports.ts";
import { type Definitions, untoldDecimals } from "../domain/definitions.ts";
import { currencyDecimals } from "../domain/money.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { LoadedFile } from "./load.ts";

/**
 * The question which level counts, over the loaded files together with what the raw layer has; null where every
 * campaign-day exists at one level only.
 */
export async function levelQuestion(
  session: Session,
  loaded: readonly LoadedFile[],
  definitions: Definitions,
): Promise<LevelQuestion | null> {
  const insights = loaded.filter((file) => file.table === "insights");
  if (insights.length === 0) return null;
  const levels = new Set(insights.map((file) => file.level));
  const present = await session.all<{ level: string }>(
    "SELECT DISTINCT level FROM raw.files WHERE table_name = 'insights'",
  );
  for (const { level } of present) levels.add(level as LoadedFile["level"]);
  if (levels.size < 2) return null;
  const days = insights.map(
    (file) =>
      `SELECT campaign_id, day, level, spend_minor / ${file.moneyScale} AS spend_minor FROM ${file.rowsTable}`,
  );
  // What files say that told neither account nor currency, in minor units of the default currency.
  const untold =
    10 ** (untoldDecimals(definitions) - currencyDecimals(definitions.default.currency));
  const rows = await session.all<{
    level: string;
    spend_minor: number;
    rows: number;
    campaign_days: number;
  }>(`
    WITH arriving AS (${days.join(" UNION ALL ")}),
    present AS (
      SELECT r.campaign_id, r.day, r.level,
             CASE WHEN f.account IS NULL AND f.currency IS NULL THEN r.spend_minor / ${untold} ELSE r.spend_minor END
      FROM raw.insights AS r JOIN raw.files AS f USING (file_id)
      WHERE campaign_id IN (SELECT campaign_id FROM arriving)
    ),
    delivery AS (
      SELECT campaign_id, day, level, sum(spend_minor) AS spend, count(*) AS n
      FROM (FROM arriving UNION ALL FROM present) GROUP BY ALL
    ),
    several AS (SELECT campaign_id, day FROM delivery GROUP BY ALL HAVING count(*) > 1)
    SELECT level, CAST(coalesce(sum(spend), 0) AS DOUBLE) AS spend_minor, CAST(sum(n) AS BIGINT) AS rows,
           (SELECT count(*) FROM several) AS campaign_days
    FROM delivery SEMI JOIN several USING (campaign_id, day)
    GROUP BY level ORDER BY level`);
  const [first] = rows;
  if (!first) return null;
  const accounts = new Set(insights.map((file) => file.account));
  const [account] = accounts;
  return {
    account: accounts.size === 1 ? (account ?? null) : null,
    levels: rows.map((row) => ({ level: row.level, spendMinor: row.spend_minor, rows: row.rows })),
    campaignDays: first.campaign_days,
  };
}
