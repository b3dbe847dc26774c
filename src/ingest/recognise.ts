/** Which table a header row is, and which column is which field: by the known names of known sources, in any order. */
import { Problem } from "../base/problem.ts";
import type { Mapping, TableName } from "../contract/imports.ts";
import { fieldOf, TABLE_FIELDS } from "./fields.ts";
import { type TableFormat, tableFormats } from "./formats.ts";
import { columnIndex, headerCurrency, normaliseHeader } from "./headers.ts";

/** A header row with its meaning. */
export interface Recognised {
  readonly format: string;
  readonly mapping: Mapping;
}

/** In a mapping given by hand: fields that are not named are recognised as usual. */
export const REST = "*";

interface Match {
  readonly of: TableFormat;
  readonly fields: Record<string, string>;
  readonly missing: readonly string[];
  readonly marked: boolean;
  /** Fields for which two columns answer equally well. */
  readonly torn: readonly { field: string; columns: readonly string[] }[];
}

function match(of: TableFormat, header: readonly string[]): Match {
  const names = header.map(normaliseHeader);
  const fields: Record<string, string> = {};
  const torn: { field: string; columns: string[] }[] = [];
  const taken = new Set<number>();
  for (const { field } of TABLE_FIELDS[of.table].fields) {
    for (const text of of.names[field] ?? []) {
      const places = names.flatMap((name, i) => (name === text && !taken.has(i) ? [i] : []));
      const [place] = places;
      if (place === undefined) continue;
      if (places.length > 1) torn.push({ field, columns: places.map((i) => header[i] ?? "") });
      fields[field] = header[place] ?? "";
      taken.add(place);
      break;
    }
  }
  const missing = of.required.filter((entry) => !entry.split("|").some((name) => name in fields));
  const marked =
    of.marks.length > 0 && of.marks.every((g) => g.some((text) => names.includes(text)));
  return { of, fields, missing, marked, torn };
}

function found(one: Match): number {
  return Object.keys(one.fields).length;
}

/** 1 when the file's name names the table, which settles what the header leaves open. */
function hint(name: string, table: TableName): number {
  const base = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
  const words = FILE_WORDS[table] ?? [table];
  return words.some((word) => new RegExp(`(^|[^a-z])${word}([^a-z]|$)`).test(base)) ? 1 : 0;
}

/** Other words by which a file names its table. */
const FILE_WORDS: Partial<Record<TableName, readonly string[]>> = {
  campaign_leads: ["campaign_leads", "leads"],
  people: ["people", "team", "staff", "agents", "reps"],
};

function ranked(name: string, header: readonly string[]): Match[] {
  const matches = tableFormats()
    .filter((of) => of.marks.length === 0 || match(of, header).marked)
    .filter((of) => !of.named || hint(name, of.table) === 1)
    .map((of) => match(of, header));
  const share = (one: Match) => 1 - one.missing.length / Math.max(1, one.of.required.length);
  return matches.sort(
    (left, right) =>
      Number(right.marked && right.missing.length === 0) -
        Number(left.marked && left.missing.length === 0) ||
      found(right) - found(left) ||
      share(right) - share(left) ||
      Number(left.of.format === "generic") - Number(right.of.format === "generic") ||
      hint(name, right.of.table) - hint(name, left.of.table),
  );
}

/** A `--map` argument that would read the file, with a placeholder for what nobody can guess. */
function mapLine(one: Match, header: readonly string[]): string {
  const used = new Set(Object.values(one.fields));
  const spare = header.filter((text) => !used.has(text));
  const wanted = one.missing.map((entry) => {
    const field = entry.split("|")[0] ?? entry;
    const words = field.split("_");
    const alike = spare.find((text) =>
      words.every((word) => normaliseHeader(text).split(" ").includes(word)),
    );
    // Nothing proves that the only column left is an id; a pasted guess would make one of a status.
    const lone = spare.length === 1 && !field.endsWith("_id") ? spare[0] : undefined;
    return `${field}=${alike ?? lone ?? "COLUMN"}`;
  });
  return `--map "table=${one.of.table}${wanted.map((pair) => `,${pair}`).join("")}"`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

function missingColumn(name: string, header: readonly string[], one: Match): Problem {
  const { table } = one.of;
  const absent = one.missing.map((entry) => entry.split("|").join(" or "));
  return new Problem("MISSING_COLUMN", {
    what: `This looks like the table ${table}, but it has no column for ${absent.join(", ")}; found: ${Object.entries(
      one.fields,
    )
      .map(([field, column]) => `${field} = "${column}"`)
      .join(", ")}`,
    where: `${name}, header`,
    fix: `Add the column to the export, or say which column it is: ${mapLine(one, header)}.`,
    details: {
      table,
      found: one.fields,
      missing: absent,
      header: [...header],
      map: mapLine(one, header),
    },
  });
}

function unrecognised(name: string, header: readonly string[], best: Match | undefined): Problem {
  const line = best && found(best) > 0 ? mapLine(best, header) : '--map "table=TABLE,FIELD=COLUMN"';
  if (header.length === 1 && /[,;\t|:].*[,;\t|:]/.test(header[0] ?? "")) {
    return new Problem("UNRECOGNISED_TABLE", {
      what: `Each line is a single cell, the header ${quoted(header)}`,
      where: `${name}, header`,
      fix: "Columns are separated by comma, tab, semicolon or pipe, and a line must not stand in quotes as a whole: save it as CSV again.",
      details: { header: [...header], nearest: null, map: line },
    });
  }
  return new Problem("UNRECOGNISED_TABLE", {
    what: `No known table has these columns: ${quoted(header)}`,
    where: `${name}, header`,
    fix: `Say what it is, e.g. ${line}; docs/import.md lists the tables and their fields.`,
    details: { header: [...header], nearest: best?.of.table ?? null, map: line },
  });
}

function assertOne(name: string, one: Match): void {
  const [torn] = one.torn;
  if (!torn) return;
  throw new Problem("AMBIGUOUS_COLUMN", {
    what: `The field ${torn.field} could be any of the columns ${quoted(torn.columns)}`,
    where: `${name}, header`,
    fix: `Say which one counts: --map "table=${one.of.table},${torn.field}=${torn.columns[0]}".`,
    details: { field: torn.field, columns: [...torn.columns] },
  });
}

function mappingOf(table: TableName, fields: Record<string, string>): Mapping {
  const money = TABLE_FIELDS[table].fields.filter((one) => one.kind === "money");
  const currency = money
    .map(({ field }) => headerCurrency(fields[field] ?? ""))
    .find((code) => code !== null);
  return { table, fields, ...(currency ? { currency } : {}) };
}

/**
 * The matches with insights first where plain campaign columns stand beside amounts spent: as a list of campaigns the
 * money would go unseen.
 *
 * @throws Problem `UNRECOGNISED_TABLE` when such amounts have no day
 */
function withSpend(
  name: string,
  header: readonly string[],
  matches: readonly Match[],
): readonly Match[] {
  const [best] = matches;
  if (best?.of.table !== "campaigns" || best.of.format !== "generic") return matches;
  const delivery = matches.find((one) => one.of.table === "insights" && "spend" in one.fields);
  if (!delivery) return matches;
  if (delivery.missing.length === 0) return [delivery];
  throw new Problem("UNRECOGNISED_TABLE", {
    what: `The columns describe campaigns, but "${delivery.fields.spend}" is an amount spent and has no day`,
    where: `${name}, header`,
    fix: `Export it by day, or say which column is the day: ${mapLine(delivery, header)}; as a list of campaigns without the amounts: --map "table=campaigns".`,
    details: { header: [...header], tables: ["insights", "campaigns"] },
  });
}

/**
 * The table that a header row is.
 *
 * @param name the file's name: named in errors, and a tie-breaker where two tables fit equally
 * @throws Problem `UNRECOGNISED_TABLE`, `MISSING_COLUMN`, `AMBIGUOUS_COLUMN`
 */
export function recogniseTable(name: string, header: readonly string[]): Recognised {
  const matches = ranked(name, header);
  const [best, ...others] = withSpend(name, header, matches);
  if (!best || found(best) < 2 || best.missing.length * 2 > best.of.required.length) {
    throw unrecognised(name, header, best);
  }
  if (best.missing.length > 0) {
    const whole = others.find((one) => one.missing.length === 0 && found(one) === found(best));
    if (!whole) throw missingColumn(name, header, best);
    assertOne(name, whole);
    return { format: whole.of.format, mapping: mappingOf(whole.of.table, whole.fields) };
  }
  const rival = others.find(
    (one) =>
      one.of.table !== best.of.table &&
      one.missing.length === 0 &&
      one.marked === best.marked &&
      (one.of.format === "generic") === (best.of.format === "generic") &&
      found(one) === found(best) &&
      hint(name, one.of.table) === hint(name, best.of.table),
  );
  if (rival) {
    throw new Problem("UNRECOGNISED_TABLE", {
      what: `These columns fit ${best.of.table} as well as ${rival.of.table}: ${quoted(header)}`,
      where: `${name}, header`,
      fix: `Say which it is: --map "table=${best.of.table}" or --map "table=${rival.of.table}".`,
      details: { header: [...header], tables: [best.of.table, rival.of.table] },
    });
  }
  assertOne(name, best);
  return { format: best.of.format, mapping: mappingOf(best.of.table, best.fields) };
}

function badMapping(name: string, what: string, fix: string): Problem {
  return new Problem("BAD_MAPPING", { what, where: name, fix });
}

function fieldNames(table: TableName): string {
  return TABLE_FIELDS[table].fields.map((one) => one.field).join(", ");
}

/** Fields named in other sources' words ("added_date") under the name of this table's own field. */
function canonicalField(table: TableName, name: string): string | null {
  if (fieldOf(table, name)) return name;
  const own = tableFormats().find((one) => one.format === "leadsmart" && one.table === table);
  const text = normaliseHeader(name);
  const hit = Object.entries(own?.names ?? {}).find(([, texts]) => texts.includes(text));
  return hit?.[0] ?? null;
}

/**
 * A mapping given by hand or recorded, checked against the header; with `*` among its fields the rest is recognised.
 *
 * @throws Problem `BAD_MAPPING` for a field or column that is not there, `MISSING_COLUMN` for a required one
 */
export function applyMapping(name: string, header: readonly string[], given: Mapping): Recognised {
  const { table } = given;
  const fields: Record<string, string> = {};
  for (const [key, column] of Object.entries(given.fields)) {
    if (key === REST || column === "") continue;
    const field = canonicalField(table, key);
    if (field === null) {
      const known = TABLE_FIELDS[table].fields.map((one) => one.field).join(", ");
      throw badMapping(
        name,
        `The table ${table} has no field "${key}"`,
        `Its fields are ${known}.`,
      );
    }
    const index = columnIndex(header, column);
    if (index < 0) {
      throw badMapping(
        name,
        `The file has no column "${column}" for the field ${field}`,
        `Its columns are ${quoted(header)}.`,
      );
    }
    fields[field] = header[index] ?? column;
  }
  const dateFormats = Object.fromEntries(
    Object.entries(given.dateFormats ?? {}).map(([key, format]) => {
      const field = canonicalField(table, key);
      if (field !== null) return [field, format];
      throw badMapping(
        name,
        `The table ${table} has no field "${key}" to give a date format`,
        `Its fields are ${fieldNames(table)}.`,
      );
    }),
  );
  const byTable = ranked(name, header).filter((one) => one.of.table === table);
  const [guess] = byTable;
  if ((REST in given.fields || Object.keys(fields).length === 0) && guess) {
    const used = new Set(Object.values(fields));
    for (const [field, column] of Object.entries(guess.fields)) {
      if (!(field in fields) && !used.has(column)) fields[field] = column;
    }
  }
  const missing = TABLE_FIELDS[table].required.filter(
    (entry) => !entry.split("|").some((field) => field in fields),
  );
  if (missing.length > 0) {
    const of = guess?.of ?? {
      format: "mapped",
      table,
      marks: [],
      required: missing,
      named: false,
      names: {},
    };
    throw missingColumn(name, header, { of, fields, missing, marked: false, torn: [] });
  }
  const same = byTable.find(
    (one) =>
      found(one) === Object.keys(fields).length &&
      Object.entries(one.fields).every(([field, column]) => fields[field] === column),
  );
  const { fields: _given, ...settings } = given;
  return {
    format: same?.of.format ?? "mapped",
    mapping: {
      ...mappingOf(table, fields),
      ...settings,
      fields,
      ...(given.dateFormats ? { dateFormats } : {}),
    },
  };
}
