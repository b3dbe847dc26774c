/**
 * The four tables as rows of text, to be changed on purpose: takes a folder of CSV files, gives tables whose rows keep
 * their identity, so that a planted row can be found again by its line once everything is written.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export type Row = string[];

export interface Table {
  header: string[];
  rows: Row[];
}

export const TABLE_FILES = {
  campaigns: "campaigns.csv",
  insights: "insights.csv",
  leads: "campaign_leads.csv",
  log: "lead_status_changes.csv",
} as const;
export type TableName = keyof typeof TABLE_FILES;
export const TABLE_NAMES = Object.keys(TABLE_FILES) as TableName[];

export type Tables = Record<TableName, Table>;

/** Records of a CSV text with commas and double quotes. */
export function parseCsv(text: string): Row[] {
  const rows: Row[] = [];
  let row: Row = [];
  let from = 0;
  while (from < text.length) {
    let cell: string;
    if (text[from] === '"') {
      let end = text.indexOf('"', from + 1);
      while (text[end + 1] === '"') end = text.indexOf('"', end + 2);
      cell = text.slice(from + 1, end).replaceAll('""', '"');
      from = end + 1;
    } else {
      let end = from;
      while (end < text.length && text[end] !== "," && text[end] !== "\n") end++;
      cell = text.slice(from, end).replace(/\r$/, "");
      from = end;
    }
    row.push(cell);
    if (text[from] === "\r") from++;
    if (text[from] !== ",") {
      rows.push(row);
      row = [];
    } else if (from + 1 === text.length) row.push("");
    from++;
  }
  return rows;
}

const cell = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function readTables(directory: string): Tables {
  const read = (name: TableName): Table => {
    const file = path.join(directory, TABLE_FILES[name]);
    const [header = [], ...rows] = existsSync(file) ? parseCsv(readFileSync(file, "utf8")) : [];
    return { header, rows };
  };
  return {
    campaigns: read("campaigns"),
    insights: read("insights"),
    leads: read("leads"),
    log: read("log"),
  };
}

export function writeTables(tables: Tables, directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const name of TABLE_NAMES) {
    const { header, rows } = tables[name];
    const text = [header, ...rows].map((row) => row.map(cell).join(",")).join("\n");
    writeFileSync(path.join(directory, TABLE_FILES[name]), `${text}\n`);
  }
}

/** Rows are copied, so that one reading serves many mutations. */
export function copyTables(tables: Tables): Tables {
  const copy = ({ header, rows }: Table): Table => ({
    header: [...header],
    rows: rows.map((row) => [...row]),
  });
  return {
    campaigns: copy(tables.campaigns),
    insights: copy(tables.insights),
    leads: copy(tables.leads),
    log: copy(tables.log),
  };
}

/** Line of each row as the file will have it, the header being line 1 and no cell holding a line break. */
export function linesOf(table: Table): Map<Row, number> {
  return new Map(table.rows.map((row, i) => [row, i + 2]));
}
