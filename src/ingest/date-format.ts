/** One way of writing dates, found from the shapes of all cells of a column, and its reading in SQL. */
import { MONTH_WORDS, monthNumberSql } from "./months.ts";
import { quoteText } from "./sql-text.ts";

/** Order of the parts; b is a month written as a word. */
type Order = "ymd" | "dmy" | "mdy" | "dby" | "bdy";
/** How the time of day is written; "none" where no cell has one. */
type Clock = "none" | "24" | "12" | "offset";

export interface DateFormat {
  readonly order: Order;
  readonly separator: "-" | "/" | "." | " ";
  readonly clock: Clock;
}

/** A way of reading a date column: a format that the product knows, Excel's day numbers, or a strptime format. */
export type DateReading =
  | { readonly kind: "format"; readonly format: DateFormat }
  | { readonly kind: "excel" }
  | { readonly kind: "strptime"; readonly text: string };

const SEPARATED: readonly Order[] = ["ymd", "dmy", "mdy"];
const BASES: readonly Omit<DateFormat, "clock">[] = [
  ...SEPARATED.flatMap((order) =>
    (["-", "/", "."] as const).map((separator) => ({ order, separator })),
  ),
  { order: "dby", separator: " " },
  { order: "bdy", separator: " " },
];
const CLOCKS: readonly Clock[] = ["none", "24", "12", "offset"];

function datePattern({ order, separator }: Omit<DateFormat, "clock">): string {
  const s = separator === "." ? "\\." : separator;
  switch (order) {
    case "ymd":
      return `([0-9]{4})${s}([0-9]{1,2})${s}([0-9]{1,2})`;
    case "dmy":
    case "mdy":
      return `([0-9]{1,2})${s}([0-9]{1,2})${s}([0-9]{4})`;
    case "dby":
      return `([0-9]{1,2})[ -](${MONTH_WORDS})\\.?[ ,-]+([0-9]{4})`;
    case "bdy":
      return `(${MONTH_WORDS})\\.? ([0-9]{1,2}),? ([0-9]{4})`;
  }
}

/** Groups 4 (time) and 5 (AM/PM or offset) of a cell with this clock. */
function clockPattern(clock: Clock): string {
  const gap = "(?:T| |, ?| at )";
  const time = (hour: string) => `(${hour}:[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?)`;
  switch (clock) {
    case "none":
      return "()()";
    case "24":
      return `${gap}${time("(?:[01]?[0-9]|2[0-3])")}()`;
    case "12":
      return `${gap}${time("(?:0?[1-9]|1[0-2])")} ?([AaPp]\\.?[Mm]\\.?|ص|م)`;
    case "offset":
      return `${gap}${time("(?:[01]?[0-9]|2[0-3])")} ?(Z|UTC|GMT|(?:UTC|GMT)?[+-][0-9]{2}(?::?[0-9]{2})?)`;
  }
}

/** As `clockPattern`, for shapes, in which every digit is a 9. */
function clockShape(clock: Clock): string {
  const loose = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?";
  if (clock === "none") return "";
  const tail = {
    "24": "",
    "12": " ?(?:[AaPp]\\.?[Mm]\\.?|ص|م)",
    offset: " ?(?:Z|UTC|GMT|(?:UTC|GMT)?[+-][0-9]{2}(?::?[0-9]{2})?)",
  };
  return `(?:T| |, ?| at )${loose}${tail[clock]}`;
}

const SHAPES = BASES.flatMap((base) =>
  CLOCKS.map((clock) => ({
    base,
    clock,
    shape: new RegExp(`^(?:${datePattern(base)})${clockShape(clock)}$`, "i"),
  })),
);

/** Cells of one shape in a date column. */
export interface DateShape {
  readonly shape: string;
  readonly cells: number;
  /** Cells whose first (second) number is above 12, and a line of one. */
  readonly firstOver: number;
  readonly secondOver: number;
  /** Cells in which both are above 12: no day and month at all. */
  readonly bothOver: number;
  /** Cells that read differently as day/month and month/day. */
  readonly differing: number;
  readonly line: number;
  readonly example: string;
  readonly lineFirstOver: number | null;
  readonly exampleFirstOver: string | null;
  readonly lineSecondOver: number | null;
  readonly exampleSecondOver: string | null;
  readonly lineDiffering: number | null;
  readonly exampleDiffering: string | null;
}

export interface Sighting {
  readonly line: number;
  readonly value: string;
  readonly reading: string;
}

export type DateFinding =
  | { readonly kind: "found"; readonly format: DateFormat; readonly proven: boolean }
  | { readonly kind: "empty" }
  | {
      readonly kind: "ambiguous";
      readonly choices: readonly DateFormat[];
      readonly seen: readonly Sighting[];
    }
  | {
      readonly kind: "mixed";
      readonly choices: readonly DateFormat[];
      readonly seen: readonly Sighting[];
    }
  | { readonly kind: "unknown"; readonly seen: readonly Sighting[] };

const baseKey = (base: Omit<DateFormat, "clock">) => `${base.order}${base.separator}`;

/** The strptime text by which a format is named to people and kept in a mapping. */
export function formatText({ order, separator: s, clock }: DateFormat): string {
  const date = {
    ymd: `%Y${s}%m${s}%d`,
    dmy: `%d${s}%m${s}%Y`,
    mdy: `%m${s}%d${s}%Y`,
    dby: "%d %b %Y",
    bdy: "%b %d, %Y",
  }[order];
  const time = { none: "", "24": " %H:%M:%S", "12": " %I:%M:%S %p", offset: " %H:%M:%S%z" }[clock];
  return date + time;
}

/** The reading that a strptime text (or "excel") stands for. */
export function readingOf(text: string): DateReading {
  if (text.toLowerCase() === "excel") return { kind: "excel" };
  const plain = text.trim().replace("T%H", " %H").replace("%B", "%b").replace("%F", "%Y-%m-%d");
  const clock: Clock = /%z/.test(plain)
    ? "offset"
    : /%I|%p/.test(plain)
      ? "12"
      : /%H/.test(plain)
        ? "24"
        : "none";
  const date = plain.replace(/[ ,]*%[HI].*$/, "");
  for (const base of BASES) {
    if (formatText({ ...base, clock: "none" }) === date) {
      return { kind: "format", format: { ...base, clock } };
    }
  }
  return { kind: "strptime", text };
}

function sighting(base: Omit<DateFormat, "clock">, shape: DateShape): Sighting {
  const reading = formatText({ ...base, clock: "none" });
  if (base.order === "dmy" && shape.lineFirstOver !== null) {
    return { line: shape.lineFirstOver, value: shape.exampleFirstOver ?? "", reading };
  }
  if (base.order === "mdy" && shape.lineSecondOver !== null) {
    return { line: shape.lineSecondOver, value: shape.exampleSecondOver ?? "", reading };
  }
  return { line: shape.line, value: shape.example, reading };
}

/** Cells of a shape that one base can read: a month above 12 is none. */
function readable(base: Omit<DateFormat, "clock">, shape: DateShape): number {
  if (base.order === "dmy") return shape.cells - shape.secondOver;
  if (base.order === "mdy") return shape.cells - shape.firstOver;
  return shape.cells;
}

/**
 * The one format of a column. Cells that fit no known format at all do not count here; they are rejected later.
 * A date without a time among dates with one is midnight; every other difference makes two formats.
 */
export function findDateFormat(shapes: readonly DateShape[]): DateFinding {
  if (shapes.length === 0) return { kind: "empty" };
  const fits = new Map<
    string,
    { base: Omit<DateFormat, "clock">; cells: number; seen: DateShape }
  >();
  const clocks = new Map<Clock, DateShape>();
  let known = 0;
  let differing: DateShape | null = null;
  for (const shape of shapes) {
    const hits = SHAPES.filter(
      (one) => one.shape.test(shape.shape) && readable(one.base, shape) > 0,
    );
    if (hits.length === 0) continue;
    const dayMonth = hits.some(({ base }) => base.order === "dmy" || base.order === "mdy");
    known += dayMonth ? shape.cells - shape.bothOver : shape.cells;
    if (dayMonth && shape.differing > 0) differing ??= shape;
    for (const { base, clock } of hits) {
      clocks.set(clock, clocks.get(clock) ?? shape);
      const before = fits.get(baseKey(base));
      fits.set(baseKey(base), {
        base,
        cells: (before?.cells ?? 0) + readable(base, shape),
        seen: before && before.seen.cells >= shape.cells ? before.seen : shape,
      });
    }
  }
  if (known === 0) {
    const seen = shapes
      .slice(0, 3)
      .map(({ line, example }) => ({ line, value: example, reading: "" }));
    return { kind: "unknown", seen };
  }
  const timed: Clock[] = [...clocks.keys()].filter((each) => each !== "none");
  const clock: Clock = timed[0] ?? "none";
  const clocksMixed = timed.length > 1 || (clock === "offset" && clocks.has("none"));
  const whole = [...fits.values()].filter((one) => one.cells === known);
  const [first, second] = whole;
  if (!first || clocksMixed) {
    const choices = [...fits.values()].flatMap(({ base }) =>
      (clocksMixed ? [...clocks.keys()] : [clock]).map(
        (each): DateFormat => ({ ...base, clock: each }),
      ),
    );
    const seen = clocksMixed
      ? [...clocks].map(([each, shape]) => ({
          line: shape.line,
          value: shape.example,
          reading: formatText({
            ...(first?.base ?? { order: "ymd", separator: "-" }),
            clock: each,
          }),
        }))
      : [...fits.values()].map(({ base, seen: shape }) => sighting(base, shape));
    return { kind: "mixed", choices, seen };
  }
  if (second && differing) {
    const value = differing.exampleDiffering ?? differing.example;
    const line = differing.lineDiffering ?? differing.line;
    return {
      kind: "ambiguous",
      choices: [first, second].map(({ base }) => ({ ...base, clock })),
      seen: [first, second].map(({ base }) => ({
        line,
        value,
        reading: formatText({ ...base, clock: "none" }),
      })),
    };
  }
  return { kind: "found", format: { ...first.base, clock }, proven: second === undefined };
}

/** A day or moment in a sensible century, else null: years outside 1900 to 2199 are slips of the pen. */
function sane(moment: string): string {
  return `list_transform([${moment}], lambda m:
    CASE WHEN m >= TIMESTAMP '1900-01-01' AND m < TIMESTAMP '2200-01-01' THEN m END)[1]`;
}

function isoText(
  format: DateFormat,
  clock: Clock,
  cleaned: string,
): { pattern: string; text: string } {
  const pattern = `(?i)^${datePattern(format)}${clockPattern(clock)}$`;
  const put = (parts: string) => `regexp_replace(${cleaned}, ${quoteText(pattern)}, '${parts}')`;
  const tail = clock === "none" ? "" : " \\4";
  switch (format.order) {
    case "ymd":
      return { pattern, text: put(`\\1-\\2-\\3${tail}`) };
    case "dmy":
      return { pattern, text: put(`\\3-\\2-\\1${tail}`) };
    case "mdy":
      return { pattern, text: put(`\\3-\\1-\\2${tail}`) };
    case "dby":
      return {
        pattern,
        text: `${put("\\3-")} || ${monthNumberSql(put("\\2"))} || ${put(`-\\1${tail}`)}`,
      };
    case "bdy":
      return {
        pattern,
        text: `${put("\\3-")} || ${monthNumberSql(put("\\1"))} || ${put(`-\\2${tail}`)}`,
      };
  }
}

function clockedSql(format: DateFormat, clock: Clock, cleaned: string, zone: string): string {
  const { pattern, text } = isoText(format, clock, cleaned);
  const mark = `regexp_replace(${cleaned}, ${quoteText(pattern)}, '\\5')`;
  let moment = `TRY_CAST(${text} AS TIMESTAMP)`;
  if (clock === "12") {
    const half = `CASE WHEN regexp_matches(${mark}, '^[Pp]|^م') THEN ' PM' ELSE ' AM' END`;
    const forms = "['%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p', '%Y-%m-%d %I:%M:%S.%f %p']";
    moment = `try_strptime(${text} || ${half}, ${forms})`;
  } else if (clock === "offset") {
    const offset = `coalesce(nullif(regexp_replace(${mark}, '(?i)^(utc|gmt|z)', ''), ''), '+00')`;
    moment = `TRY_CAST(${text} || ${offset} AS TIMESTAMPTZ) AT TIME ZONE ${quoteText(zone)}`;
  }
  return `WHEN regexp_matches(${cleaned}, ${quoteText(pattern)}) THEN ${moment}`;
}

/**
 * SQL that reads a cell as a TIMESTAMP, wall clock of `zone`; null where the cell does not fit.
 *
 * @param cell SQL of the cell's text
 */
export function momentSql(reading: DateReading, cell: string, zone: string): string {
  const cleaned = `ingest_clean(${cell})`;
  if (reading.kind === "excel") {
    const days = `TRY_CAST(${cleaned} AS DOUBLE)`;
    const moment = `TIMESTAMP '1899-12-30' + to_seconds(round(${days} * 86400))`;
    return `CASE WHEN regexp_full_match(${cleaned}, '[0-9]{1,6}([.][0-9]+)?') AND ${days} BETWEEN 1 AND 109574 THEN ${moment} END`;
  }
  if (reading.kind === "strptime")
    return sane(`try_strptime(${cleaned}, ${quoteText(reading.text)})`);
  const { format } = reading;
  const clocks: Clock[] =
    format.clock === "offset"
      ? ["offset"]
      : format.clock === "12"
        ? ["12", "none"]
        : ["24", "none"];
  const slow = `CASE ${clocks.map((clock) => clockedSql(format, clock, cleaned, zone)).join(" ")} END`;
  if (format.order !== "ymd" || format.separator !== "-" || format.clock === "offset")
    return sane(slow);
  // The common case: what DuckDB prints is what was written, so nothing can have been bent.
  const fast = `TRY_CAST(${cell} AS TIMESTAMP)`;
  const printed = `CASE length(${cell}) WHEN 19 THEN CAST(${fast} AS VARCHAR) = ${cell}
    WHEN 10 THEN CAST(TRY_CAST(${cell} AS DATE) AS VARCHAR) = ${cell} ELSE false END`;
  return `CASE WHEN ${cell} >= '1900' AND ${cell} < '2200' AND ${printed} THEN ${fast} ELSE ${sane(slow)} END`;
}
