import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";

/** Creates the empty marts schema; `staging.*` must exist. Repeating it changes nothing. */
export async function createMartsSchema(session: Session): Promise<void> {
  await session.run(sqlFile(import.meta.url, "sql/schema.sql"));
}
