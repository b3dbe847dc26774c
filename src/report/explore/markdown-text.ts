/** Markdown as text that the data cannot break: every value is escaped for the place in which it stands. */

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** What begins emphasis, code, links, tags, strikethrough and cells, wherever it stands. */
const ANYWHERE = /[\\`*[\]<>|~]/g;
/** An underscore within a word is nothing but itself. */
const UNDERSCORE = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const ENTITY = /&(?=#?\w+;)/g;
/** What begins a heading, a list, or a rule at the start of a line. */
const START = /^(\s*)([#+=-]|\d+(?=[.)](?:\s|$)))/;

function started(_: string, space: string, mark: string): string {
  return /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`;
}

/** Text of the data or about it, on one line, as it may stand in a paragraph, a list or a cell. */
export function md(text: string): string {
  return text
    .replace(CONTROL, " ")
    .replace(ANYWHERE, "\\$&")
    .replace(UNDERSCORE, "\\_")
    .replace(ENTITY, "\\&")
    .replace(START, started);
}

/** The longest run of backticks in a text. */
function ticks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

/** Text in the letters of code. */
export function code(text: string): string {
  const line = text.replace(CONTROL, " ");
  const fence = "`".repeat(ticks(line) + 1);
  const room = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${fence}${room}${line}${room}${fence}`;
}

/** The same in a cell: tables are parted at pipes before code is read, and a backslash before one would free it. */
export function codeCell(text: string): string {
  return text.includes("\\|") ? md(text) : code(text).replaceAll("|", "\\|");
}

/** Lines of code under a fence longer than any that they hold. */
export function codeBlock(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, ticks(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table of cells that are escaped already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

const LEVELS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** Counts as a row of blocks, zero as a dot. */
export function blocks(counts: readonly number[]): string {
  const most = Math.max(...counts);
  return counts
    .map((n) => (n === 0 ? "·" : LEVELS[Math.ceil((n / most) * LEVELS.length) - 1]))
    .join("");
}
