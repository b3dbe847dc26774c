/**
 * Named, typed columns of equal length with an optional target, weights, groups and times.
 * Rows are places 0 … rows − 1; nothing here has an object per row, and nothing knows what the columns are about.
 */
import { Problem } from "../base/problem.ts";

/** Any real numbers; NaN = missing. ±Infinity is refused. */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  readonly values: Float64Array;
}

/** One of a list of levels per row: `codes[row]` is a place in `levels`; −1 = missing. */
export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** 1 = true, 0 = false, −1 = missing. */
export interface BooleanColumn {
  readonly kind: "boolean";
  readonly name: string;
  readonly values: Int8Array;
}

/** Moments in milliseconds since 1970-01-01 UTC; NaN = missing. */
export interface TimeColumn {
  readonly kind: "time";
  readonly name: string;
  readonly values: Float64Array;
}

export type Column = NumericColumn | CategoricalColumn | BooleanColumn | TimeColumn;

/** A class per row: `codes[row]` is a place in `classes`. Of two classes the second is the positive one. */
export interface ClassTarget {
  readonly kind: "class";
  readonly codes: Int32Array;
  readonly classes: readonly string[];
}

/** A real number per row. */
export interface ValueTarget {
  readonly kind: "value";
  readonly values: Float64Array;
}

export type Target = ClassTarget | ValueTarget;

export interface Dataset {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** What is to be learnt; null where it is not known (rows to predict). */
  readonly target: Target | null;
  /** Weight per row, ≥ 0; null = 1 each. */
  readonly weights: Float64Array | null;
  /** Rows with the same number belong together (a campaign, a person) and are never split; null = each on its own. */
  readonly groups: Int32Array | null;
  /** When the row was known, milliseconds since 1970-01-01 UTC; null = not told. */
  readonly times: Float64Array | null;
}

/** Length of a column. */
export function columnLength(column: Column): number {
  return column.kind === "categorical" ? column.codes.length : column.values.length;
}

function wrongLength(length: number, rows: number, where: string): never {
  throw new Problem("DATASET_LENGTH", {
    what: `It has ${length} rows where the others have ${rows}`,
    where,
    fix: "Give every part one entry per row.",
  });
}

function wrongValue(what: string, where: string, fix: string): never {
  throw new Problem("DATASET_VALUE", { what, where, fix });
}

/**
 * Puts columns together after checking them.
 *
 * @throws Problem `DATASET_LENGTH` (a part of another length), `DATASET_COLUMN_TWICE`, `DATASET_VALUE` (an infinite
 * value, a code outside its levels, a NaN or class outside the list in the target, a negative or NaN weight)
 */
export function datasetOf(
  columns: readonly Column[],
  parts: {
    readonly target?: Target | null;
    readonly weights?: Float64Array | null;
    readonly groups?: Int32Array | null;
    readonly times?: Float64Array | null;
  } = {},
): Dataset {
  const { target = null, weights = null, groups = null, times = null } = parts;
  const targetLength = target?.kind === "class" ? target.codes.length : target?.values.length;
  const first = columns[0];
  const rows = first ? columnLength(first) : (targetLength ?? 0);
  const sameLength = (name: string, length: number | undefined) => {
    if (length !== undefined && length !== rows) wrongLength(length, rows, name);
  };
  const names = new Set<string>();
  for (const column of columns) {
    sameLength(`column ${column.name}`, columnLength(column));
    if (names.has(column.name)) {
      throw new Problem("DATASET_COLUMN_TWICE", {
        what: "Two columns have the same name",
        where: `column ${column.name}`,
        fix: "Rename or leave out one.",
      });
    }
    names.add(column.name);
    const at = wrongValueIn(column);
    if (at !== null)
      wrongValue(
        `Row ${at} holds a value that no ${column.kind} column can hold`,
        `column ${column.name}, row ${at}`,
        column.kind === "categorical"
          ? "Use places in levels, and −1 for missing."
          : "Use finite numbers, and the mark of its kind for missing (NaN, or −1 for boolean).",
      );
  }
  sameLength("target", targetLength);
  sameLength("weights", weights?.length);
  sameLength("groups", groups?.length);
  sameLength("times", times?.length);
  const bad = target === null ? -1 : wrongTarget(target);
  if (bad >= 0)
    wrongValue(
      `The target of row ${bad} is missing or unknown`,
      `target, row ${bad}`,
      "Leave out rows whose target is not known.",
    );
  const weightless = weights?.findIndex((weight) => !(weight >= 0 && weight < Infinity)) ?? -1;
  if (weightless >= 0)
    wrongValue(
      `The weight of row ${weightless} is ${weights?.[weightless]}`,
      `weights, row ${weightless}`,
      "Give finite weights of 0 or more.",
    );
  return { rows, columns, target, weights, groups, times };
}

/** The first row whose value the column's kind cannot hold; null when all are fine. */
function wrongValueIn(column: Column): number | null {
  let at: number;
  if (column.kind === "categorical")
    at = column.codes.findIndex((code) => code < -1 || code >= column.levels.length);
  else if (column.kind === "boolean")
    at = column.values.findIndex((value) => value < -1 || value > 1);
  else at = column.values.findIndex((value) => value === Infinity || value === -Infinity);
  return at < 0 ? null : at;
}

function wrongTarget(target: Target): number {
  return target.kind === "class"
    ? target.codes.findIndex((code) => code < 0 || code >= target.classes.length)
    : target.values.findIndex((value) => !Number.isFinite(value));
}

function picked<T extends Float64Array | Int32Array | Int8Array>(values: T, rows: Uint32Array): T {
  const out = new (values.constructor as new (length: number) => T)(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]!]!;
  return out;
}

/** The rows at some places, in that order; a place may come more than once. */
export function takeRows(dataset: Dataset, rows: Uint32Array): Dataset {
  const { target, weights, groups, times } = dataset;
  return {
    rows: rows.length,
    columns: dataset.columns.map((column) =>
      column.kind === "categorical"
        ? { ...column, codes: picked(column.codes, rows) }
        : ({ ...column, values: picked(column.values, rows) } as Column),
    ),
    target:
      target === null
        ? null
        : target.kind === "class"
          ? { ...target, codes: picked(target.codes, rows) }
          : { ...target, values: picked(target.values, rows) },
    weights: weights && picked(weights, rows),
    groups: groups && picked(groups, rows),
    times: times && picked(times, rows),
  };
}

/** The same rows with only some columns, in the order named. @throws Problem `DATASET_COLUMN_UNKNOWN` */
export function withColumns(dataset: Dataset, names: readonly string[]): Dataset {
  const columns = names.map((name) => {
    const found = dataset.columns.find((column) => column.name === name);
    if (found) return found;
    throw new Problem("DATASET_COLUMN_UNKNOWN", {
      what: "There is no such column",
      where: `column ${name}`,
      fix: `Choose among: ${dataset.columns.map((column) => column.name).join(", ")}.`,
    });
  });
  return { ...dataset, columns };
}
