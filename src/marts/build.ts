/** The marts room's making: takes staging.* and gives marts.* anew, within the caller's transaction. */
import { BASES } from "../contract/common.ts";
import type { Definitions } from "../domain/definitions.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { onBasis } from "./narrow.ts";
import { createMartsSchema } from "./schema.ts";

const sql = (name: string) => sqlFile(import.meta.url, `sql/${name}.sql`);

/** What a warehouse was made from; written into `marts.built`. */
export interface BuiltFrom {
  /** Last store position applied. */
  readonly position: number;
  readonly codeVersion: string;
  /** Names the treatments in force; "" = none. */
  readonly treatmentsVersion?: string;
}

/**
 * Recomputes marts.* from staging.* (and raw.insights behind it). Run after `buildStaging` with the same
 * definitions, in the same transaction; equal staging rows give equal marts.
 */
export async function buildMarts(
  session: Session,
  definitions: Definitions,
  built: BuiltFrom,
): Promise<void> {
  const step = (name: string) => session.run(sql(name));
  await step("clear");
  await createMartsSchema(session);
  await step("build-accounts");
  await step("build-projects");
  await step("build-campaign-keys");
  await step("build-campaign-day");
  await step("build-lead-keys");
  await step("build-lead-stage-log");
  await step("build-contracts");
  await step("build-lead-outcome");
  // Looking for treated rows among millions is dear, and most workspaces have none.
  if (await session.first("SELECT 1 FROM staging.insight_corrections LIMIT 1"))
    await step("build-treated-days");
  await step("build-treated-leads");
  await step("build-retold-leads");
  await step("build-retold-marks");
  await step("build-treatment-effects");
  for (const basis of BASES) {
    await session.run(onBasis(sql("build-campaign-total"), basis), { basis });
  }
  await step("build-campaigns");
  await step("build-account-days");
  await step("build-account-knowledge");
  await step("build-day-delivery");
  await step("build-day-leads");
  await session.run(sql("build-built"), {
    position: built.position,
    definitions_version: definitions.version,
    code_version: built.codeVersion,
    treatments_version: built.treatmentsVersion ?? "",
  });
  await session.run("DROP TABLE campaign_keys; DROP TABLE lead_keys");
}
