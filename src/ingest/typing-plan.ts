/** How every column of one file is typed, decided from what its cells look like. */
import { Problem } from "../base/problem.ts";
import type { Mapping } from "../contract/imports.ts";
import type { InsightLevel } from "../domain/definitions.ts";
import { currencyDecimals } from "../domain/money.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { currencySql } from "./cell-sql.ts";
import { type DateReading, findDateFormat, formatText, readingOf } from "./date-format.ts";
import { type Field, TABLE_FIELDS } from "./fields.ts";
import { columnIndex, currencyCode, headerCurrency } from "./headers.ts";
import { findNumberStyle, type NumberStyle } from "./number-style.ts";
import { type AttributeKind, attributeKinds, dateShapes, numberShapes } from "./profile.ts";

/** One mapped column. */
export interface PlannedField {
  readonly field: Field;
  /** Column of the canonical file, `c0`… */
  readonly cell: string;
  /** Column name as written. */
  readonly name: string;
  readonly date: DateReading | null;
  readonly number: NumberStyle | null;
}

/** One column that no field claims. */
export interface PlannedAttribute {
  readonly cell: string;
  readonly name: string;
  readonly kind: AttributeKind;
}

export interface TypingPlan {
  /** Complete: replaying it gives the same rows without recognising anything. */
  readonly mapping: Mapping;
  /** What only a person could say: the columns, and settings that another file with these columns would not tell. */
  readonly kept: Mapping;
  /** How many columns the file has. */
  readonly columns: number;
  readonly fields: readonly PlannedField[];
  readonly attributes: readonly PlannedAttribute[];
  /** From header, mapping or cells; null = the account's. */
  readonly currency: string | null;
  readonly decimals: number;
  readonly level: InsightLevel | null;
  readonly zone: string;
}

export interface PlanContext {
  readonly session: Session;
  readonly file: string;
  readonly header: readonly string[];
  readonly mapping: Mapping;
  readonly defaultCurrency: string;
  /** Decimals to read amounts with that no currency is told for. */
  readonly defaultDecimals: number;
  readonly zone: string;
  /** False while `zone` only stands in for that of accounts which are not known yet. */
  readonly zoneTold: boolean;
  /** FROM-able SQL of the first records, and of all. */
  readonly sample: string;
  readonly all: string;
  /** True when the sample is all there is. */
  readonly sampleIsAll: boolean;
}

function readingText(reading: DateReading): string {
  if (reading.kind === "format") return formatText(reading.format);
  return reading.kind === "excel" ? "excel" : reading.text;
}

/** The level of an insights file follows from which entities its columns name. */
export function levelOf(mapping: Mapping): InsightLevel | null {
  if (mapping.table !== "insights") return null;
  if (mapping.level) return mapping.level;
  const { fields } = mapping;
  if ("ad_id" in fields || "ad_name" in fields) return "ad";
  return "ad_set_id" in fields || "ad_set_name" in fields ? "ad_set" : "campaign";
}

function seenText(seen: readonly { line: number; value: string; reading?: string }[]): string {
  return seen
    .map(({ line, value, reading }) => `line ${line}: "${value}"${reading ? ` (${reading})` : ""}`)
    .join("; ");
}

async function planDate(context: PlanContext, field: Field, cell: string, name: string) {
  const given = context.mapping.dateFormats?.[field.field];
  if (given !== undefined) return readingOf(given);
  let finding = findDateFormat(await dateShapes(context.session, context.sample, cell));
  const settled = finding.kind === "found" && finding.proven;
  if (!settled && !context.sampleIsAll) {
    finding = findDateFormat(await dateShapes(context.session, context.all, cell));
  }
  const where = `${context.file}, column ${name}`;
  switch (finding.kind) {
    case "found":
      return { kind: "format" as const, format: finding.format };
    case "empty":
      return null;
    case "ambiguous": {
      const choices = finding.choices.map(formatText);
      throw new Problem("AMBIGUOUS_DATE", {
        what: `Day and month cannot be told apart: ${seenText(finding.seen)}`,
        where,
        fix: `Say which it is: --date-format "${field.field}=${choices[0]}" or "${field.field}=${choices[1]}".`,
        details: { field: field.field, column: name, formats: choices, seen: [...finding.seen] },
      });
    }
    case "mixed": {
      const choices = [...new Set(finding.choices.map(formatText))];
      throw new Problem("MIXED_DATES", {
        what: `Dates are written in several ways: ${seenText(finding.seen)}`,
        where,
        fix: `Export the column in one format; or name the one that holds with --date-format "${field.field}=${choices[0]}", and the other lines are rejected.`,
        details: { field: field.field, column: name, formats: choices, seen: [...finding.seen] },
      });
    }
    case "unknown":
      throw new Problem("UNKNOWN_DATE_FORMAT", {
        what: `No value is a date in a known format: ${seenText(finding.seen)}`,
        where,
        fix: unknownDateFix(field.field, finding.seen[0]?.value ?? ""),
        details: { field: field.field, column: name, seen: [...finding.seen] },
      });
  }
}

/** What to do about dates in no known format, by what the first of them looks like. */
function unknownDateFix(field: string, example: string): string {
  const name = (...formats: string[]) =>
    `Name the format: --date-format ${formats.map((one) => `"${field}=${one}"`).join(" or ")}.`;
  const text = example.trim();
  if (/^[0-9]{10}$|^[0-9]{13}$/.test(text)) {
    return "These look like seconds or milliseconds since 1970: export the column as dates, e.g. 2024-10-16 14:05:00.";
  }
  if (/^(19|20)[0-9]{6}$/.test(text)) return name("%Y%m%d");
  if (/^[0-9]{5}([.][0-9]+)?$/.test(text)) {
    return `These look like day numbers of a spreadsheet: say so with --date-format ${field}=excel, or format the column as dates.`;
  }
  const short = /^[0-9]{1,2}([-/.])[0-9]{1,2}[-/.][0-9]{2}$/.exec(text)?.[1];
  if (short) return name(`%d${short}%m${short}%y`, `%m${short}%d${short}%y`);
  if (/^[0-9]{1,2}-[A-Za-z]{3}-[0-9]{2}$/.test(text)) return name("%d-%b-%y");
  return `Name the format, e.g. --date-format "${field}=%d/%m/%y", or export the column as 2024-10-16.`;
}

async function planNumber(context: PlanContext, field: Field, cell: string, name: string) {
  const whole = field.kind === "count";
  const { decimal } = context.mapping;
  const find = async (from: string) =>
    findNumberStyle(await numberShapes(context.session, from, cell), whole, decimal);
  let finding = await find(context.sample);
  // Where a currency stands beside amounts, any amount of the file may lack it.
  const settled = finding.kind === "found" && finding.proven && finding.currencies.length === 0;
  if (!settled && !context.sampleIsAll) finding = await find(context.all);
  if (finding.kind === "found") return finding;
  const both = finding.mixed ? "Decimal marks are mixed" : "A mark can mean thousands or decimals";
  throw new Problem("AMBIGUOUS_NUMBER", {
    what: `${both}: ${seenText(finding.seen)}`,
    where: `${context.file}, column ${name}`,
    fix: "Say which mark stands before decimals: --decimal . or --decimal , (in --map: decimal=point, decimal=comma).",
    details: { field: field.field, column: name, seen: [...finding.seen] },
  });
}

/** The day of a moment depends on the zone; where accounts differ in it, the file must say whose it is. */
function assertPlainDay(file: string, name: string, reading: DateReading): void {
  if (reading.kind !== "format" || reading.format.clock !== "offset") return;
  throw new Problem("ACCOUNT_NOT_TOLD", {
    what: "Days are written as moments with an offset from UTC, and the accounts here have several time zones",
    where: `${file}, column ${name}`,
    fix: "Name the account of the import (--account ID), or export plain days such as 2024-10-16.",
    details: { column: name },
  });
}

/** True where the cells of a column prove the format that was given for it. */
async function tellsItself(context: PlanContext, cell: string, given: string): Promise<boolean> {
  const finding = findDateFormat(await dateShapes(context.session, context.sample, cell));
  return (
    finding.kind === "found" &&
    finding.proven &&
    readingText(readingOf(given)) === formatText(finding.format)
  );
}

async function currencyColumn(
  context: PlanContext,
  cell: string,
  name: string,
  given: string | null,
) {
  const rows = await context.session.all<{ code: string; line: number }>(
    `SELECT coalesce(${currencySql(cell)}, upper(ingest_clean(${cell}))) AS code, min(_line) AS line FROM ${context.all}
     WHERE NOT ingest_blank(${cell}) GROUP BY 1 ORDER BY line LIMIT 3`,
  );
  const [first, second] = rows;
  const isOther = first !== undefined && given !== null && first.code !== given;
  if (second || isOther) {
    const seen = rows.map(({ code, line }) => `${code} (line ${line})`).join(", ");
    throw new Problem("SEVERAL_CURRENCIES", {
      what: isOther
        ? `The amounts are said to be in ${given}, but the column names ${seen}`
        : `One file holds amounts in ${seen}`,
      where: `${context.file}, column ${name}`,
      fix: "Export each currency to a file of its own.",
      details: { column: name, currencies: rows.map(({ code }) => code) },
    });
  }
  return first && /^[A-Z]{3}$/.test(first.code) ? first.code : null;
}

/**
 * The plan for a file with this mapping.
 *
 * @throws Problem `AMBIGUOUS_DATE`, `MIXED_DATES`, `UNKNOWN_DATE_FORMAT`, `AMBIGUOUS_NUMBER`, `SEVERAL_CURRENCIES`
 */
export async function planTyping(context: PlanContext): Promise<TypingPlan> {
  const { mapping, header } = context;
  const fields: PlannedField[] = [];
  const dateFormats: Record<string, string> = {};
  const inCells = new Set<string>();
  const claimed = new Set<string>();
  let currency = mapping.currency ?? null;
  const keptFormats: Record<string, string> = {};
  const told = new Set<string>();
  let bare: { readonly line: number; readonly value: string } | null = null;
  for (const field of TABLE_FIELDS[mapping.table].fields) {
    const name = mapping.fields[field.field];
    if (name === undefined) continue;
    const cell = `c${columnIndex(header, name)}`;
    claimed.add(cell);
    // Where each row has its day, the period of the whole report says nothing more.
    if (field.field.startsWith("period_") && "day" in mapping.fields) continue;
    let date: DateReading | null = null;
    let number: NumberStyle | null = null;
    if (field.kind === "day" || field.kind === "moment") {
      const found = await planDate(context, field, cell, name);
      // An empty column has no format; anything that stands in it after all is looked at by the whole-file pass.
      date = found ?? readingOf("%Y-%m-%d");
      if (found !== null) dateFormats[field.field] = readingText(found);
      if (field.kind === "day" && !context.zoneTold) assertPlainDay(context.file, name, date);
      const given = mapping.dateFormats?.[field.field];
      if (given !== undefined && !(await tellsItself(context, cell, given))) {
        keptFormats[field.field] = given;
      }
    } else if (field.kind === "money" || field.kind === "count") {
      const finding = await planNumber(context, field, cell, name);
      number = finding.style;
      const named = headerCurrency(name);
      if (named !== null) told.add(named);
      if (field.kind === "money") {
        for (const code of finding.currencies) inCells.add(code);
        if (finding.currencies.length > 0) bare ??= finding.unmarked;
      }
    } else if (field.kind === "currency" && field.column === null) {
      const code = await currencyColumn(context, cell, name, currency);
      if (code !== null) told.add(code);
      currency ??= code;
    }
    fields.push({ field, cell, name, date, number });
  }
  if (currency === null && inCells.size > 1) {
    throw new Problem("SEVERAL_CURRENCIES", {
      what: `Amounts are written in several currencies: ${[...inCells].sort().join(", ")}`,
      where: context.file,
      fix: "Export each currency to a file of its own; or name the one that counts with --currency, and the others are rejected.",
      details: { currencies: [...inCells].sort() },
    });
  }
  const [inCell] = inCells;
  if (currency === null && bare !== null && inCell && inCell !== context.defaultCurrency) {
    throw new Problem("SEVERAL_CURRENCIES", {
      what: `Some amounts are written in ${inCell}, others name no currency: line ${bare.line}: "${bare.value}"`,
      where: context.file,
      fix: `Say what the amounts are in: --currency ${inCell} or --currency ${context.defaultCurrency}; amounts in another one are rejected.`,
      details: { currencies: [inCell, context.defaultCurrency] },
    });
  }
  currency ??= inCell ?? null;
  for (const code of inCells) told.add(code);
  const spare = header.flatMap((name, i) =>
    claimed.has(`c${i}`) ? [] : [{ cell: `c${i}`, name }],
  );
  const kinds = await attributeKinds(
    context.session,
    context.all,
    spare.map(({ cell }) => cell),
  );
  const level = levelOf(mapping);
  const { dateFormats: _all, currency: given, level: saidLevel, ...rest } = mapping;
  const ownLevel = levelOf(rest);
  const kept: Mapping = {
    ...rest,
    ...(Object.keys(keptFormats).length > 0 ? { dateFormats: keptFormats } : {}),
    ...(given !== undefined && !told.has(given) ? { currency: given } : {}),
    ...(saidLevel !== undefined && saidLevel !== ownLevel ? { level: saidLevel } : {}),
  };
  return {
    kept,
    mapping: {
      ...mapping,
      ...(Object.keys(dateFormats).length > 0 ? { dateFormats } : {}),
      ...(currency ? { currency } : {}),
      ...(level ? { level } : {}),
    },
    columns: header.length,
    fields: ownCurrencyOnly(fields, currency ?? context.defaultCurrency),
    attributes: spare.map((one, i) => ({ ...one, kind: kinds[i] ?? "text" })),
    currency,
    decimals: currency === null ? context.defaultDecimals : currencyDecimals(currency),
    level,
    zone: context.zone,
  };
}

/** Only signs of the file's own currency may stand beside an amount; an amount in another one is rejected. */
function ownCurrencyOnly(fields: readonly PlannedField[], currency: string): PlannedField[] {
  return fields.map((one) => {
    if (one.field.kind !== "money" || one.number === null) return one;
    const tokens = one.number.tokens.filter((token) => currencyCode(token) === currency);
    return { ...one, number: { ...one.number, tokens } };
  });
}
