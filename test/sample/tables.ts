/** Reads a written world without any of the generator's own code: the tests' independent eye. */
import { readFileSync } from "node:fs";
import path from "node:path";

export interface Row {
  /** Line in the file; the header is line 1. */
  readonly line: number;
  readonly text: string;
  readonly cells: Readonly<Record<string, string>>;
}

export interface Tables {
  readonly campaigns: readonly Row[];
  readonly insights: readonly Row[];
  readonly leads: readonly Row[];
  readonly log: readonly Row[];
  readonly people: readonly Row[];
  readonly deals: readonly Row[];
}

export interface Fault {
  readonly rule: string;
  readonly table: string;
  readonly lines?: readonly number[];
  readonly ids: Readonly<Record<string, unknown>>;
  readonly magnitude: Readonly<Record<string, unknown>>;
}

export function cell(row: Row, name: string): string {
  const value = row.cells[name];
  if (value === undefined) throw new Error(`no cell ${name} in line ${row.line}`);
  return value;
}

export function minor(row: Row): number {
  return Math.round(Number(cell(row, "spend")) * 100);
}

export function day(row: Row): string {
  return cell(row, "created_at").slice(0, 10);
}

function readTable(file: string): Row[] {
  const lines = readFileSync(file, "utf8").split("\n");
  if (lines.pop() !== "") throw new Error(`${file} does not end with a line feed`);
  const cellsOf = (line: string) =>
    [...`${line},`.matchAll(/("([^"]*)"|[^,"]*),/g)].map((m) => m[2] ?? m[1] ?? "");
  const header = cellsOf(lines[0] as string);
  return lines.slice(1).map((text, i) => {
    const values = cellsOf(text);
    if (values.length !== header.length) throw new Error(`${file} line ${i + 2}: ${text}`);
    return {
      line: i + 2,
      text,
      cells: Object.fromEntries(header.map((name, c) => [name, values[c] as string])),
    };
  });
}

export function readTables(folder: string): Tables {
  const table = (name: string) => readTable(path.join(folder, `${name}.csv`));
  return {
    campaigns: table("campaigns"),
    insights: table("insights"),
    leads: table("campaign_leads"),
    log: table("lead_status_changes"),
    people: table("people"),
    deals: table("deals"),
  };
}

/** One JSON value per line of a truth file. */
export function readTruth<T>(folder: string, name: string): T[] {
  return readFileSync(path.join(folder, "truth", `${name}.json`), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = key(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}
