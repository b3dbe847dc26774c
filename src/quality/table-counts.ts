import { sqlFile } from "../warehouse/sql-file.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

/** What became of the lines of one table. */
export interface TableCounts {
  readonly table: string;
  readonly files: number;
  readonly rowsRead: number;
  readonly rowsAccepted: number;
  readonly rowsRejected: number;
  readonly totalRows: number;
  readonly exactDuplicates: number;
  readonly superseded: number;
  readonly otherLevel: number;
  readonly unresolved: number;
  /** Lines whose key a later line of their file holds with other content; the later one counts. */
  readonly conflictingKeys: number;
  readonly otherCurrency: number;
  /** Lines with an amount of more decimals than their account's currency has. */
  readonly inexactAmounts: number;
}

/** Counts per table, in the order of the data model, and the insight keys whose rows conflict within a file. */
export async function tableCounts(
  warehouse: Warehouse,
): Promise<{ readonly tables: TableCounts[]; readonly conflictingInsightKeys: number }> {
  const rows = await warehouse.all<Record<string, number> & { table_name: string }>(
    sqlFile(import.meta.url, "sql/table-counts.sql"),
  );
  const conflict = await warehouse.first<{ keys: number }>(
    sqlFile(import.meta.url, "sql/conflicting-keys.sql"),
  );
  return {
    tables: rows.map((row) => ({
      table: row.table_name,
      files: row.files ?? 0,
      rowsRead: row.rows_read ?? 0,
      rowsAccepted: row.rows_accepted ?? 0,
      rowsRejected: row.rows_rejected ?? 0,
      totalRows: row.total_rows ?? 0,
      exactDuplicates: row.exact_duplicates ?? 0,
      superseded: row.superseded ?? 0,
      otherLevel: row.other_level ?? 0,
      unresolved: row.unresolved ?? 0,
      conflictingKeys: row.conflicting_keys ?? 0,
      otherCurrency: row.other_currency ?? 0,
      inexactAmounts: row.inexact_amounts ?? 0,
    })),
    conflictingInsightKeys: conflict?.keys ?? 0,
  };
}
