/** Small worlds put straight into raw.*, and the house built over them. Invented people only. */
import { readFileSync } from "node:fs";
import { fixedClock } from "../../src/base/clock.ts";
import { type Definitions, readDefinitions } from "../../src/domain/definitions.ts";
import type { Treatment } from "../../src/domain/treatments.ts";
import { buildMarts } from "../../src/marts/build.ts";
import { createLeadQuestions, type LeadQuestions } from "../../src/marts/lead-questions.ts";
import { createMartQueries } from "../../src/marts/mart-queries.ts";
import type { MartQueries } from "../../src/marts/queries.ts";
import { createMartsSchema } from "../../src/marts/schema.ts";
import { createStagingSchema } from "../../src/quality/schema.ts";
import { buildStaging } from "../../src/quality/staging.ts";
import { openWarehouse, type Session, type Warehouse } from "../../src/warehouse/warehouse.ts";

type Cell = string | number | boolean | null;
export type RawRow = Readonly<Record<string, Cell>>;

/** Rows by raw table; `file_id` defaults to 1 and `line` to the place in the list, from 2. */
export type RawWorld = Readonly<Record<string, readonly RawRow[]>>;

/** Later than every world. */
const NOW = fixedClock(new Date("2026-02-01T09:00:00Z"));

export const DEFAULTS = readDefinitions([], "test");

/** Inserts rows with their columns by name, and a raw.files row for every new file. */
export async function insertRaw(session: Session, world: RawWorld): Promise<void> {
  for (const [table, rows] of Object.entries(world)) {
    if (rows.length === 0) continue;
    const columns = await session.all<{ name: string; type: string }>(
      `SELECT column_name AS name, data_type AS type FROM duckdb_columns()
       WHERE schema_name = 'raw' AND table_name = $table`,
      { table },
    );
    const shape = JSON.stringify([Object.fromEntries(columns.map((one) => [one.name, one.type]))]);
    const full = rows.map((row, i) =>
      table === "files" ? row : { file_id: 1, line: i + 2, ...row },
    );
    await session.run(
      `INSERT INTO raw.${table} BY NAME SELECT unnest(from_json($rows, '${shape}'), recursive := true)`,
      { rows: JSON.stringify(full) },
    );
    if (table === "files") continue;
    await session.run(
      `INSERT INTO raw.files
       SELECT DISTINCT r.file_id, 'i' || r.file_id, '${table}.csv', 'b', '${table}', 'test', NULL, NULL, NULL, '[]', '{}',
              0, 0, 0, 0, TIMESTAMP '2026-01-01'
       FROM raw.${table} AS r ANTI JOIN raw.files AS f ON f.file_id = r.file_id`,
    );
  }
}

export async function emptyRaw(session: Session): Promise<void> {
  for (const table of [
    "files",
    "campaigns",
    "insights",
    "campaign_leads",
    "lead_status_changes",
    "deals",
  ]) {
    await session.run(`DELETE FROM raw.${table}`);
  }
}

export interface House {
  readonly warehouse: Warehouse;
  readonly queries: MartQueries;
  readonly leads: LeadQuestions;
  /** Changes raw.* and builds all above it. */
  build(
    change?: (session: Session) => Promise<void>,
    definitions?: Definitions,
    treatments?: readonly Treatment[],
  ): Promise<void>;
  /** Replaces raw.* by this world and builds. */
  settle(
    world: RawWorld,
    definitions?: Definitions,
    treatments?: readonly Treatment[],
  ): Promise<void>;
  close(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const warehouse = await openWarehouse(":memory:", { threads: 2 });
  let current = DEFAULTS;
  await warehouse.write(async (session) => {
    await session.run(readFileSync("src/ingest/sql/schema.sql", "utf8"));
    await createStagingSchema(session);
    await createMartsSchema(session);
  });
  const build: House["build"] = async (change, definitions = DEFAULTS, treatments = []) => {
    current = definitions;
    await warehouse.write(async (session) => {
      await change?.(session);
      await buildStaging(session, definitions, treatments);
      await buildMarts(session, definitions, { position: 1, codeVersion: "test" });
    });
  };
  return {
    warehouse,
    queries: createMartQueries({ warehouse, definitions: () => current }),
    leads: createLeadQuestions({ warehouse, definitions: () => current, clock: NOW }),
    build,
    settle: (world, definitions, treatments) =>
      build(
        async (session) => {
          await emptyRaw(session);
          await insertRaw(session, world);
        },
        definitions,
        treatments,
      ),
    close: () => warehouse.close(),
  };
}
