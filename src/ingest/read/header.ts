/** The header: where it stands, and its names: as written, one of a kind, one for every column with data. */
import { Problem } from "../../base/problem.ts";

export interface ColumnNames {
  /** Names of the columns to write; "column N" (counted from 1) where the header is empty. */
  readonly columns: readonly string[];
  /** How many columns there are up to the last one that has a name of its own. */
  readonly named: number;
}

/**
 * @param header the header's cells as written
 * @param keep how many columns to keep though the last have no name; null = up to the last named one
 * @throws Problem `DUPLICATE_HEADER` naming both columns, `NO_TABLE` where no column has a name
 */
export function columnNames(
  file: string,
  header: readonly string[],
  keep: number | null,
): ColumnNames {
  let named = header.length;
  while (named > 0 && (header[named - 1] as string).trim() === "") named--;
  if (named === 0) {
    throw new Problem("NO_TABLE", {
      what: "The header line holds no column name",
      where: file,
      fix: "Give every column a name in the first line.",
    });
  }
  const first = new Map<string, number>();
  for (let k = 0; k < named; k++) {
    const name = (header[k] as string).trim();
    if (name === "") continue;
    const twin = first.get(name);
    if (twin !== undefined) {
      throw new Problem("DUPLICATE_HEADER", {
        what: `Columns ${twin + 1} and ${k + 1} are both named "${name}"`,
        where: `${file}, header`,
        fix: "Rename or remove one of them, so that it is clear which one counts.",
        details: { name, columns: [twin + 1, k + 1] },
      });
    }
    first.set(name, k);
  }
  const columns = header
    .slice(0, Math.max(named, keep ?? 0))
    .map((name, k) => (name.trim() === "" ? `column ${k + 1}` : name));
  return { columns, named };
}

/** A row of the table's beginning. */
export interface HeadRow {
  readonly cells: readonly string[];
  /** How many cells are not blank. */
  readonly filled: number;
}

/** How many rows may stand above a header. */
const PREAMBLE_ROWS = 30;

/** False for numbers, dates and blanks, which no column is named by. */
export function looksLikeName(cell: string): boolean {
  return !/^[\s\d.,:/+%-]*$/.test(cell);
}

/**
 * The index of the header: the first row that is not blank, or one clearly lower when titles stand above it (few
 * cells filled, while from the header on the table is full and regular); -1 when every row is blank.
 *
 * @param width the commonest number of cells
 */
export function headerIndex(rows: readonly HeadRow[], width: number): number {
  const first = rows.findIndex((row) => row.filled > 0);
  if (first === -1 || width < 2) return first;
  const isTitle = (row: HeadRow) =>
    row.filled <= Math.max(1, Math.floor(width / 2)) && row.filled < width;
  const at = rows.findIndex((row, i) => i >= first && !isTitle(row));
  if (at <= first || at > PREAMBLE_ROWS) return first;
  const header = rows[at] as HeadRow;
  const names = header.cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const named =
    header.cells.length === width &&
    names.every(looksLikeName) &&
    new Set(names).size === names.length;
  if (!named) return first;
  const titles = rows.slice(first, at);
  const apart = titles.some((row) => row.filled === 0 || row.cells.length === width);
  const below = rows.slice(at + 1).filter((row) => row.filled > 0);
  const regular = below.length >= 3 && below.every((row) => row.cells.length === width);
  return width >= 3 || apart || regular ? at : first;
}
