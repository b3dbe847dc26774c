import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";

/** Creates the empty staging schema; `raw.*` must exist. Repeating it changes nothing. */
export async function createStagingSchema(session: Session): Promise<void> {
  await session.run(sqlFile(import.meta.url, "sql/schema.sql"));
}
