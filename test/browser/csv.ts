/** Lines of a CSV file as they lie on disk, read without the product: only quotes and commas. */
import { readFileSync } from "node:fs";

/** The cells of one line. */
export function cellsOf(line: string): string[] {
  const cells: string[] = [];
  const pattern = /("(?:[^"]|"")*"|[^,]*)(,|$)/gy;
  for (;;) {
    const match = pattern.exec(line);
    if (match === null) throw new Error(`not a line of CSV: ${line}`);
    const [, cell = "", end] = match;
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "") return cells;
  }
}

/** Line `n` of a file (the header is line 1) by the names of its header. */
export function lineOf(file: string, n: number): Readonly<Record<string, string>> {
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  const header = cellsOf(lines[0] ?? "");
  const cells = cellsOf(lines[n - 1] ?? "");
  return Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""]));
}
