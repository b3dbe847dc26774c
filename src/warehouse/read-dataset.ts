/** Rows of a query as a dataset: typed columns straight from the database's vectors, no record per row. */
import { Problem } from "../base/problem.ts";
import { type Column, type Dataset, datasetOf, type Target } from "../dataset/dataset.ts";
import type { Params } from "./values.ts";
import type { Session } from "./warehouse.ts";

export interface DatasetQuery {
  /** A SELECT; its columns keep their names. */
  readonly sql: string;
  readonly params?: Params;
  /** Columns that together tell rows apart: rows come in their order, so that equal data give equal datasets. */
  readonly key: readonly string[];
  /** Columns that become columns of the dataset, in this order. */
  readonly columns: readonly string[];
  /** Column to be learnt: text and truth values are classes, in alphabetical order, false before true; else values. */
  readonly target?: string;
  readonly weight?: string;
  /** Rows with equal values here belong together. */
  readonly group?: string;
  /** Date or timestamp (naive ones as UTC) at which the row was known. */
  readonly time?: string;
}

type Kind = Column["kind"];

const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^(VARCHAR$|ENUM\()/, "categorical"],
  [/^BOOLEAN$/, "boolean"],
  [/^(DATE$|TIMESTAMP)/, "time"],
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL|FLOAT|DOUBLE)/, "numeric"],
];

function kindOf(type: string, name: string): Kind {
  const known = type.endsWith("]") ? undefined : KINDS.find(([form]) => form.test(type));
  if (known) return known[1];
  throw new Problem("DATASET_TYPE", {
    what: `A column of type ${type} is no column of a dataset`,
    where: `column ${name}`,
    fix: "Make it a number, a text, a truth value or a time in the query.",
  });
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The column as a DOUBLE or INTEGER without null. */
const CODED: Readonly<Record<Kind, (column: string) => string>> = {
  numeric: (column) => `coalesce(${column}::DOUBLE, 'nan'::DOUBLE)`,
  time: (column) => `coalesce(epoch_us(${column}::TIMESTAMP) / 1000.0, 'nan'::DOUBLE)`,
  boolean: (column) => `coalesce(${column}::INTEGER, -1)`,
  categorical: (column) =>
    `CASE WHEN ${column} IS NULL THEN -1 ELSE dense_rank() OVER (ORDER BY ${column}::VARCHAR NULLS LAST) - 1 END::INTEGER`,
};

const GROUP = (column: string) =>
  `(dense_rank() OVER (ORDER BY ${column} NULLS FIRST) - 1)::INTEGER`;

/** All values of each coded column, in the order of the key. */
async function vectorsOf(
  session: Session,
  parts: readonly string[],
  key: readonly string[],
  rows: number,
): Promise<(Float64Array | Int32Array)[]> {
  const result = await session.connection.run(
    `SELECT ${parts.map((part, i) => `${part} AS c${i}`).join(", ")} FROM dataset_rows
     ORDER BY ${key.map(quoted).join(", ")}`,
  );
  const out: (Float64Array | Int32Array)[] = [];
  let filled = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return out;
    for (let i = 0; i < parts.length; i++) {
      const { items } = chunk.getColumnVector(i) as unknown as {
        items: Float64Array | Int32Array;
      };
      out[i] ??= items instanceof Int32Array ? new Int32Array(rows) : new Float64Array(rows);
      out[i]?.set(items.subarray(0, chunk.rowCount), filled);
    }
    filled += chunk.rowCount;
  }
}

async function levelsOf(session: Session, name: string): Promise<string[]> {
  const column = `${quoted(name)}::VARCHAR`;
  const { level = [] } = await session.columns(
    `SELECT DISTINCT ${column} AS level FROM dataset_rows WHERE ${quoted(name)} IS NOT NULL ORDER BY ${column}`,
  );
  return level as string[];
}

/**
 * Reads a query into a dataset. Uses a temporary table of the session for as long as it takes.
 *
 * Numbers of any kind become doubles, texts codes of their levels in alphabetical order, dates and timestamps
 * milliseconds; NULL is missing.
 *
 * @param session with temporary tables of its own (`openScratch`, or within `write`)
 * @throws Problem `DATASET_COLUMN_UNKNOWN`, `DATASET_TYPE`, `DATASET_KEY` (two rows with one key, or none given),
 * `DATASET_VALUE` (a target or weight that is missing, an infinite number)
 */
export async function readDataset(session: Session, query: DatasetQuery): Promise<Dataset> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE dataset_rows AS ${query.sql}`,
    query.params ?? {},
  );
  try {
    const described = await session.all<{ column_name: string; column_type: string }>(
      "DESCRIBE dataset_rows",
    );
    const types = new Map(described.map((one) => [one.column_name, one.column_type]));
    const { columns, target, weight, group, time, key } = query;
    for (const name of [...key, ...columns, target, weight, group, time]) {
      if (name === undefined || types.has(name)) continue;
      throw new Problem("DATASET_COLUMN_UNKNOWN", {
        what: "The query gives no such column",
        where: `column ${name}`,
        fix: `Choose among: ${[...types.keys()].join(", ")}.`,
      });
    }
    const keys = key.map(quoted).join(", ");
    const counts = await session.first<{ n: number; keys: number }>(
      key.length === 0
        ? "SELECT count(*) AS n, 0 AS keys FROM dataset_rows"
        : `SELECT count(*) AS n, count(DISTINCT (${keys})) AS keys FROM dataset_rows`,
    );
    const rows = counts?.n ?? 0;
    if (key.length === 0 || rows !== counts?.keys) {
      throw new Problem("DATASET_KEY", {
        what:
          key.length === 0
            ? "No column tells the rows apart"
            : `${rows} rows have ${counts?.keys ?? 0} keys`,
        where: `key ${key.join(", ")}`,
        fix: "Name columns that together are different in every row; without them the order of rows is left to chance.",
      });
    }
    const kind = (name: string) => kindOf(types.get(name) ?? "", name);
    const coded = (name: string) => CODED[kind(name)](quoted(name));
    const parts = [
      ...columns.map(coded),
      ...(target === undefined ? [] : [coded(target)]),
      ...(weight === undefined ? [] : [CODED.numeric(quoted(weight))]),
      ...(group === undefined ? [] : [GROUP(quoted(group))]),
      ...(time === undefined ? [] : [CODED.time(quoted(time))]),
    ];
    const vectors = await vectorsOf(session, parts, key, rows);
    const floats = (at: number) => (vectors[at] as Float64Array) ?? new Float64Array(0);
    const ints = (at: number) => (vectors[at] as Int32Array) ?? new Int32Array(0);
    const made: Column[] = [];
    for (const [i, name] of columns.entries()) {
      const of = kind(name);
      if (of === "categorical")
        made.push({ kind: of, name, codes: ints(i), levels: await levelsOf(session, name) });
      else if (of === "boolean") made.push({ kind: of, name, values: Int8Array.from(ints(i)) });
      else made.push({ kind: of, name, values: floats(i) });
    }
    let at = columns.length;
    let learnt: Target | null = null;
    if (target !== undefined) {
      const of = kind(target);
      learnt =
        of === "numeric" || of === "time"
          ? { kind: "value", values: floats(at++) }
          : {
              kind: "class",
              codes: ints(at++),
              classes: of === "boolean" ? ["false", "true"] : await levelsOf(session, target),
            };
    }
    return datasetOf(made, {
      target: learnt,
      weights: weight === undefined ? null : floats(at++),
      groups: group === undefined ? null : ints(at++),
      times: time === undefined ? null : floats(at++),
    });
  } finally {
    await session.run("DROP TABLE IF EXISTS dataset_rows");
  }
}
