/** What an exported file says about itself, on a sheet or in its name: period, filters, basis, knowledge, version. */
import type { Language } from "../contract/formats.ts";
import type { Frame } from "../contract/overview.ts";
import { type Say, sayIn } from "./export-words.ts";

/** What was asked for besides period, basis and form of the file. */
function filtersOf(query: Readonly<Record<string, unknown>>): [string, string][] {
  const shown = new Set(["from", "to", "basis", "asOf", "format", "language"]);
  return Object.entries(query).flatMap(([name, value]): [string, string][] => {
    if (shown.has(name) || value === undefined || value === null || value === false) return [];
    const text = Array.isArray(value) ? value.join("; ") : String(value);
    return text === "" ? [] : [[name, text]];
  });
}

function frameLines(frame: Frame, say: Say): [string, string][] {
  const { period, previous } = frame;
  return [
    [say("period"), `${period.from} – ${period.to}`],
    ...(previous === null
      ? []
      : [[say("compared"), `${previous.from} – ${previous.to}`] as [string, string]]),
    [say("basis"), say(frame.basis)],
    ...(frame.asOf === null ? [] : [[say("asOf"), frame.asOf] as [string, string]]),
    [say("currency"), frame.currency ?? say("mixed")],
  ];
}

/** Label and value of each line; `frame` is null for tables that rest on no period. */
export function aboutExport(options: {
  readonly title: string;
  readonly language: Language;
  readonly frame: Frame | null;
  readonly query: Readonly<Record<string, unknown>>;
  readonly rows: number | null;
  readonly madeAt: Date;
}): [string, string][] {
  const say = sayIn(options.language);
  const filters = filtersOf(options.query).map(([name, value]) => `${name} = ${value}`);
  return [
    [options.title, ""],
    ...(options.frame === null ? [] : frameLines(options.frame, say)),
    [say("filters"), filters.length === 0 ? say("none") : filters.join("\n")],
    ...(options.rows === null ? [] : [[say("rowCount"), String(options.rows)] as [string, string]]),
    [say("masked"), say("maskedFor")],
    [say("madeAt"), options.madeAt.toISOString().slice(0, 19).replace("T", " ")],
    ...(options.frame === null
      ? []
      : [[say("definitions"), options.frame.definitionsVersion] as [string, string]]),
  ];
}

const NAME_LETTERS = 180;

/** Letters, digits and little else: the name goes into a header and onto any disk. */
const inName = (text: string) => text.replace(/[^A-Za-z0-9.]+/g, "-").replace(/^-+|-+$/g, "");

/** Name of the file without its ending; what is searched for is not in it, since it may be a person. */
export function exportName(options: {
  readonly table: string;
  readonly frame: Frame | null;
  readonly query: Readonly<Record<string, unknown>>;
  readonly madeAt: Date;
}): string {
  const { frame, madeAt } = options;
  const filters = filtersOf(options.query)
    .filter(([name]) => !["search", "sort", "order", "rep"].includes(name))
    .map(([name, value]) => inName(`${name}.${value}`).slice(0, 40));
  const parts = [
    options.table,
    ...(frame === null ? [] : [frame.period.from, frame.period.to, frame.basis]),
    ...(frame?.asOf ? [`as-of-${frame.asOf}`] : []),
    ...filters,
    ...(frame === null ? [] : [`definitions-${frame.definitionsVersion.slice(0, 8)}`]),
    madeAt.toISOString().slice(0, 16).replace(/[-:]/g, ""),
  ];
  const name = parts.join("_");
  if (name.length <= NAME_LETTERS) return name;
  return `${name.slice(0, NAME_LETTERS - 14)}_${parts.at(-1)}`;
}
