import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";

/** Creates the tables of `raw.*` where they are missing. */
export async function createRawSchema(session: Session): Promise<void> {
  await session.run(sqlFile(import.meta.url, "sql/schema.sql"));
}
