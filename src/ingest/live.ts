/** Rows that come in one by one, from programs and people: into the raw layer beside those of files, and out of it again. */
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";

/** A lead or a status as it was kept; moments are epoch milliseconds. */
export interface LiveRow {
  readonly table_name: "campaign_leads" | "lead_status_changes";
  readonly account: string;
  /** IANA zone in whose wall clock the moment is kept. */
  readonly time_zone: string;
  /** Position of the last import before it; 0 before the first. Files that are newer than it are newer than the row. */
  readonly after_import: number;
  /** Position of its event. */
  readonly line: number;
  readonly recorded_ms: number;
  /** Arrival of the lead, or moment of the status. */
  readonly at_ms: number;
  readonly lead_id: string;
  readonly status: string | null;
  readonly [column: string]: unknown;
}

/** What is to be brought in. */
export interface LiveChange {
  readonly rows: readonly LiveRow[];
  /** Lines of statuses that were taken back. */
  readonly withdrawn: readonly number[];
  /** Position of the last event of all these. */
  readonly until: number;
}

const ROWS_AT_ONCE = 5000;
const sql = (name: string) => sqlFile(import.meta.url, `sql/${name}.sql`);

/** Up to which event the raw layer holds such rows; 0 for none. */
export async function liveUntil(session: Pick<Session, "first">): Promise<number> {
  const found = await session.first<{ until: number | null }>(
    "SELECT max(until) AS until FROM raw.live",
  );
  return found?.until ?? 0;
}

/** Brings rows in, in the order of their events, inside the caller's transaction. The same rows give the same tables. */
export async function insertLive(session: Session, change: LiveChange): Promise<void> {
  await session.run(sql("macros"));
  for (let i = 0; i < change.rows.length; i += ROWS_AT_ONCE) {
    const rows = change.rows.slice(i, i + ROWS_AT_ONCE);
    await session.run(sql("live-rows"), { rows: JSON.stringify(rows) });
    await session.run(sql("live-files"));
    await session.run(sql("live-leads"));
    await session.run(sql("live-statuses"));
    await session.run(sql("live-moments"));
    await session.run("DROP TABLE live_rows");
  }
  if (change.withdrawn.length > 0) {
    await session.run(sql("live-withdrawn"), { lines: change.withdrawn });
  }
  await session.run(sql("live-counts"));
  await session.run("DELETE FROM raw.live");
  await session.run("INSERT INTO raw.live VALUES ($until)", { until: change.until });
}
