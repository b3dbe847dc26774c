/** Explores files without importing them: any tables, also those that no format recognises. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Clock } from "../base/clock.ts";
import { isProblem, Problem } from "../base/problem.ts";
import type { ExploreReport } from "../contract/explore.ts";
import { readDefinitions } from "../domain/definitions.ts";
import type { OtherTable } from "../explore/other-table.ts";
import { exploreTables } from "../explore/other-tables.ts";
import { readMalformedSql } from "../ingest/read/canonical-sql.ts";
import { type RecordSet, readRecordSets, type Unreadable } from "../ingest/read/record-sets.ts";
import { prepareTyping, typeRecords } from "../ingest/typed-records.ts";
import { openWarehouse, type Session, type Warehouse } from "../warehouse/warehouse.ts";
import { configFile, configLayers } from "./config-file.ts";
import { sourcesAt } from "./sources.ts";

const NOTES = /\.txt$/i;

export interface ExploreFilesOptions {
  readonly clock: Clock;
  /** Column of the outcome; null = guessed from names. */
  readonly target?: string | null;
  /** The home whose settings file gives thresholds of checks; null = the checks' own. */
  readonly home?: string | null;
  /** Told before each table is read and explored. */
  readonly onProgress?: (table: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * The report on the tables at some paths: each a file, or a folder of table files. Nothing is kept.
 *
 * @throws Problem `NO_SUCH_PATH`, `NOTHING_TO_IMPORT`, `NO_SUCH_TARGET`, `CONFIG_NOT_JSON`, `BAD_DEFINITIONS`, or
 * what keeps a file from being read
 */
export async function exploreFiles(
  paths: readonly string[],
  { clock, target = null, home = null, onProgress, signal }: ExploreFilesOptions,
): Promise<ExploreReport> {
  const definitions =
    home === null
      ? readDefinitions([], "no home")
      : readDefinitions(await configLayers(home), configFile(home));
  const workDirectory = await mkdtemp(path.join(os.tmpdir(), "leadsmart-explore-"));
  let warehouse: Warehouse | null = null;
  try {
    warehouse = await openWarehouse(path.join(workDirectory, "explore.duckdb"), {
      tempDirectory: workDirectory,
    });
    const session = await warehouse.openScratch();
    try {
      await prepareTyping(session);
      const tables: OtherTable[] = [];
      const columns = new Set<string>();
      const unread: Unreadable[] = [];
      for (const location of paths) {
        const { sources } = await sourcesAt(location, workDirectory, signal ? { signal } : {});
        for (const source of sources) {
          const { sets, unreadable } = await readRecordSets(source, {
            workDirectory,
            ...(signal ? { signal } : {}),
          }).catch((error: unknown) => {
            if (!isProblem(error)) throw error;
            return { sets: [], unreadable: [{ name: source.name, problem: error }] };
          });
          unread.push(...unreadable);
          for (const set of sets) {
            if (sources.length > 1 && isProse(set)) continue;
            signal?.throwIfAborted();
            onProgress?.(set.name);
            const relation = `other_${tables.length + 1}`;
            for (const name of await typeRecords(session, set, relation)) {
              columns.add(name.toLowerCase());
            }
            tables.push({
              name: tableName(set.name, tables),
              relation,
              sources: [set.name],
              unreadable: await malformedOf(session, set, `${relation}_unread`),
            });
          }
        }
      }
      if (tables.length === 0 && unread[0]) throw unread[0].problem;
      if (target !== null && !columns.has(target.toLowerCase())) {
        throw new Problem("NO_SUCH_TARGET", {
          what: `No table has a column "${target}"`,
          where: paths.join(", "),
          fix: "Name the outcome's column as the header writes it, or leave --target out.",
        });
      }
      const answer = await exploreTables(session, tables, {
        target,
        thresholds: definitions.default.thresholds,
        // Beside tables a file of notes is no fault.
        unread: unread
          .filter(({ name }) => !NOTES.test(name))
          .map(({ name, problem: { code, what } }) => ({ name, code, what })),
      });
      return {
        madeAt: clock.now().toISOString(),
        currency: null,
        currencyDecimals: 2,
        definitionsVersion: definitions.version,
        sample: false,
        waterfall: null,
        questions: [],
        adsOrFollowUp: null,
        ...answer,
      };
    } finally {
      session.close();
    }
  } finally {
    await warehouse?.close();
    await rm(workDirectory, { recursive: true, force: true });
  }
}

/** Keeps the records of a file that no row holds, as a temporary table. */
async function malformedOf(
  session: Session,
  set: RecordSet,
  relation: string,
): Promise<OtherTable["unreadable"]> {
  const from = readMalformedSql(set);
  if (from === null) return null;
  await session.run(`CREATE TEMP TABLE ${relation} AS SELECT * FROM ${from}`);
  return { rows: set.malformed, relation };
}

/** Notes that lie beside the tables of a folder: a text file without any columns. */
function isProse({ name, header, delimiter }: RecordSet): boolean {
  return NOTES.test(name) && header.length === 1 && delimiter === null;
}

/** A file's name without its endings; a number behind it where two are alike. */
function tableName(file: string, taken: readonly OtherTable[]): string {
  const name = path
    .basename(file)
    .replace(/(\.(csv|tsv|txt|jsonl?|ndjson|parquet|xlsx|gz|zip))+$/i, "");
  const alike = taken.filter((table) => table.name.replace(/ \(\d+\)$/, "") === name).length;
  return alike === 0 ? name : `${name} (${alike + 1})`;
}
