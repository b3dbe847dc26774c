import { Problem } from "../base/problem.ts";
import type { RejectsAnswer } from "../contract/imports.ts";
import type { Scope } from "../domain/scope.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

interface StoredReject {
  file_id: number;
  import_id: string;
  file: string;
  line: number;
  n: number;
  column_name: string | null;
  value: string | null;
  code: string;
  reason: string;
  record: string;
}

/** A cursor that a list of imports or rejects never gave. */
export function foreignCursor(): Problem {
  return new Problem("BAD_CURSOR", {
    what: "The cursor is not one that this list gave",
    where: "query parameter cursor",
    fix: "Use `next` of the page before, or leave it out for the first page.",
  });
}

function placeOf(cursor: string | undefined): readonly (number | null)[] {
  if (cursor === undefined) return [null, null, null];
  const parts = cursor.split(".").map(Number);
  if (parts.length === 3 && parts.every(Number.isSafeInteger)) return parts;
  throw foreignCursor();
}

/** One page of rejected records; a scope that is not everything sees those of imports for its accounts. */
export async function rejectsPage(
  warehouse: Warehouse,
  query: { importId?: string | undefined; cursor?: string | undefined; limit: number },
  scope: Scope,
): Promise<RejectsAnswer> {
  const [afterFile, afterLine, afterN] = placeOf(query.cursor);
  const which = {
    import_id: query.importId ?? null,
    accounts: scope.accounts === "all" ? null : [...scope.accounts],
  };
  const rows = await warehouse.all<StoredReject>(sqlFile(import.meta.url, "sql/rejects.sql"), {
    ...which,
    after_file: afterFile ?? null,
    after_line: afterLine ?? null,
    after_n: afterN ?? null,
    limit: query.limit,
  });
  const count = await warehouse.first<{ total: number }>(
    sqlFile(import.meta.url, "sql/rejects-count.sql"),
    which,
  );
  const last = rows.at(-1);
  return {
    items: rows.map((row) => ({
      importId: row.import_id,
      file: row.file,
      line: row.line,
      column: row.column_name,
      value: row.value,
      code: row.code,
      reason: row.reason,
      record: row.record,
    })),
    next: last && rows.length === query.limit ? `${last.file_id}.${last.line}.${last.n}` : null,
    total: count?.total ?? 0,
  };
}
