import type { Warehouse } from "../warehouse/warehouse.ts";

export interface TableDigest {
  readonly rows: number;
  /** 32 hex digits; equal for equal rows, whatever their order. */
  readonly digest: string;
}

/**
 * SQL for the digest of a relation: the 128-bit sum of each row's MD5 over its JSON, so that neither the order of
 * rows nor threads nor process matter, while a missing, changed or doubled row does.
 *
 * @param relation a table name or a sub-select in parentheses, from a list in code
 */
export function digestSql(relation: string): string {
  return `SELECT count(*) AS rows,
    md5(concat_ws(':', count(*), sum((md5_number_upper(j))::HUGEINT), sum((md5_number_lower(j))::HUGEINT))) AS digest
    FROM (SELECT to_json(t)::VARCHAR AS j FROM ${relation} AS t)`;
}

/** Digests of every table of raw, staging and marts, by "schema.table"; used to prove rebuilds identical. */
export async function digestWarehouse(warehouse: Warehouse): Promise<Record<string, TableDigest>> {
  return warehouse.snapshot(async (session) => {
    const tables = await session.all<{ name: string }>(
      `SELECT schema_name || '.' || table_name AS name FROM duckdb_tables()
       WHERE schema_name IN ('raw', 'staging', 'marts') AND NOT temporary ORDER BY name`,
    );
    const digests: Record<string, TableDigest> = {};
    for (const { name } of tables) {
      const found = await session.first<TableDigest>(digestSql(name));
      if (found !== null) digests[name] = found;
    }
    return digests;
  });
}
