import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
  listValue,
} from "@duckdb/node-api";

/** What a caller may bind to a `$name`: dates and timestamps go in as text and are cast in SQL. */
export type Param = string | number | bigint | boolean | null | readonly (string | number)[];
export type Params = Readonly<Record<string, Param>>;

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * One DuckDB value as a plain JavaScript value: integers and decimals as numbers, dates as `YYYY-MM-DD`,
 * timestamps as `YYYY-MM-DD HH:MM:SS[.ffffff]`, lists as arrays, structs as records.
 *
 * @throws RangeError for an integer beyond 2^53, which a number cannot hold
 */
export function plainValue(value: DuckDBValue): unknown {
  if (typeof value === "bigint") {
    if (value > MAX_SAFE || value < -MAX_SAFE) {
      throw new RangeError(`${value} does not fit a JavaScript number; cast it to VARCHAR in SQL`);
    }
    return Number(value);
  }
  if (value === null || typeof value !== "object") return value;
  if (value instanceof DuckDBDecimalValue) return Number(value.toString());
  if (value instanceof DuckDBDateValue || value instanceof DuckDBTimestampValue) {
    return value.toString();
  }
  if (value instanceof DuckDBTimestampTZValue) {
    return new Date(Number(value.micros / 1000n)).toISOString();
  }
  if (value instanceof DuckDBListValue) return value.items.map(plainValue);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, item]) => [name, plainValue(item)]),
    );
  }
  return value.toString();
}

/** Bindings for exactly the `$names` that occur in the statement; a missing one is an error, a spare one is not. */
export function bindings(sql: string, params: Params): Record<string, DuckDBValue> {
  const bound: Record<string, DuckDBValue> = {};
  for (const [, name] of sql.matchAll(/\$([a-z_][a-z0-9_]*)/gi)) {
    if (name === undefined || name in bound) continue;
    const value = params[name];
    if (value === undefined) throw new TypeError(`No value was given for $${name}`);
    bound[name] = Array.isArray(value)
      ? listValue(value as (string | number)[])
      : (value as DuckDBValue);
  }
  return bound;
}
