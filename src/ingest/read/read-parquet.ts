/** A Parquet file as canonical records: every column as text in ISO forms, nested ones as JSON. */
import { mkdtemp } from "node:fs/promises";
import path from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { Problem } from "../../base/problem.ts";
import { columnNames } from "./header.ts";
import { emptyTable } from "./read-text.ts";
import type { ReadOptions, RecordSet } from "./record-sets.ts";

const SAMPLE_RECORDS = 20;

interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/**
 * @throws Problem `BROKEN_PARQUET`, `EMPTY_TABLE`, `DUPLICATE_HEADER`
 */
export async function readParquet(
  name: string,
  file: string,
  bytes: number,
  options: ReadOptions,
): Promise<RecordSet> {
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "1GB",
    temp_directory: path.join(options.workDirectory, "parquet-spill"),
  });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    return await convert(connection, name, file, bytes, options);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("BROKEN_PARQUET", {
      what: `The Parquet file cannot be read: ${firstLine(error)}`,
      where: name,
      fix: "Write it again, or export the table as CSV.",
      cause: error,
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function convert(
  connection: DuckDBConnection,
  name: string,
  file: string,
  bytes: number,
  options: ReadOptions,
): Promise<RecordSet> {
  const parquet = `read_parquet(${text(file)}, file_row_number = true)`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${parquet}`);
  const columns = described
    .getRowObjects()
    .map((row): ParquetColumn => ({ name: String(row.column_name), type: String(row.column_type) }))
    .filter((column) => column.name !== "file_row_number");
  const header = columnNames(
    name,
    columns.map((column) => column.name),
    columns.length,
  ).columns;
  const casts = columns.map((column, k) => `${asText(column)} AS c${k}`);
  const rows = `SELECT file_row_number + 1 AS _line, ${casts.join(", ")} FROM ${parquet}`;
  const folder = await mkdtemp(path.join(options.workDirectory, "records-"));
  const target = path.join(folder, "records.csv");
  await connection.run(
    `COPY (${rows}) TO ${text(target)} (FORMAT csv, HEADER, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')`,
  );
  const breaks = header.map((_, k) => `regexp_matches(coalesce(c${k}, ''), '[\\r\\n]')`);
  const lengths = header.map((_, k) => `2 * coalesce(strlen(c${k}), 0) + 3`);
  const facts = await connection.runAndReadAll(
    `SELECT count(*) AS records, coalesce(bool_or(${breaks.join(" OR ")}), false) AS breaks, ` +
      `coalesce(max(${lengths.join(" + ")}), 0) + 24 AS longest FROM (${rows})`,
  );
  const fact = facts.getRowObjects()[0] ?? {};
  const records = Number(fact.records);
  if (records === 0) throw emptyTable(name);
  const first = await connection.runAndReadAll(`${rows} ORDER BY _line LIMIT ${SAMPLE_RECORDS}`);
  options.onProgress?.({ file: name, bytes, totalBytes: bytes, records });
  return {
    name,
    container: "parquet",
    header,
    encoding: null,
    delimiter: null,
    path: target,
    records,
    malformedPath: null,
    malformed: 0,
    parallelSafe: fact.breaks !== true,
    longestRecordBytes: Number(fact.longest),
    bytes,
    sample: first.getRows().map((row) => row.slice(1).map((cell) => String(cell ?? ""))),
  };
}

/** A column as text: nested values as JSON, everything else in DuckDB's ISO forms. */
function asText({ name, type }: ParquetColumn): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  const nested = /[[(]/.test(type.replace(/^DECIMAL\(.*\)$/, ""));
  return nested ? `to_json(${column})::VARCHAR` : `${column}::VARCHAR`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0] ?? message;
}
