/** SQL that types one mapped cell, and SQL that tells what is wrong with it. */
import { minorPerMajor } from "../domain/money.ts";
import { formatText, momentSql } from "./date-format.ts";
import { CURRENCY_SIGNS } from "./headers.ts";
import { countSql, minorSql, numberFaultSql } from "./number-style.ts";
import { quoteText } from "./sql-text.ts";
import type { PlannedField, TypingPlan } from "./typing-plan.ts";

/** Currencies whose minor unit is not a hundredth, by decimals, among those that Intl knows. */
function oddCurrencies(): { decimals: number; codes: string[] }[] {
  const odd = new Map<number, string[]>();
  for (const code of Intl.supportedValuesOf("currency")) {
    const decimals = Math.round(Math.log10(minorPerMajor(code)));
    if (decimals !== 2) odd.set(decimals, [...(odd.get(decimals) ?? []), code]);
  }
  return [...odd].map(([decimals, codes]) => ({ decimals, codes }));
}

/** An amount whose decimals depend on the currency column of its own row. */
function moneyByRow(plan: TypingPlan, one: PlannedField, currencyCell: string): string {
  const style = one.number ?? { decimal: ".", tokens: [] };
  const round = plan.mapping.roundMoney === true;
  const code = currencySql(currencyCell);
  const odd = oddCurrencies().map(
    ({ decimals, codes }) =>
      `WHEN regexp_full_match(${code}, '${codes.join("|")}') THEN ${minorSql(one.cell, style, decimals, round)}`,
  );
  return `CASE WHEN ingest_blank(${currencyCell}) THEN ${minorSql(one.cell, style, plan.decimals, round)}
    ${odd.join(" ")} ELSE ${minorSql(one.cell, style, 2, round)} END`;
}

/** SQL for the ISO 4217 code of a cell that holds a code or a currency's sign. */
export function currencySql(cell: string): string {
  const cleaned = `ingest_clean(${cell})`;
  const signs = Object.entries(CURRENCY_SIGNS).map(
    ([sign, code]) => `WHEN ${quoteText(sign)} THEN ${quoteText(code)}`,
  );
  return `CASE WHEN regexp_full_match(upper(${cleaned}), '[A-Z]{3}') THEN upper(${cleaned})
    ELSE CASE ${cleaned} ${signs.join(" ")} END END`;
}

/** SQL for the typed value; null where the cell is blank or does not fit. */
export function typedSql(plan: TypingPlan, one: PlannedField): string {
  const { cell } = one;
  const style = one.number ?? { decimal: ".", tokens: [] };
  switch (one.field.kind) {
    case "id":
      return `CASE WHEN CAST(TRY_CAST(${cell} AS BIGINT) AS VARCHAR) = ${cell} THEN ${cell} ELSE ingest_id(${cell}) END`;
    case "text":
      return `CASE WHEN ingest_empty(${cell}) THEN NULL ELSE ${cell} END`;
    case "phone":
      return `CASE WHEN ingest_empty(${cell}) THEN NULL WHEN contains(${cell}, 'p:')
        THEN regexp_replace(${cell}, '^\\s*p:', '') ELSE ${cell} END`;
    case "count":
      return countSql(cell, style);
    case "money": {
      const currency = plan.fields.find(
        (other) => other.field.kind === "currency" && other.field.column,
      );
      return currency
        ? moneyByRow(plan, one, currency.cell)
        : minorSql(cell, style, plan.decimals, plan.mapping.roundMoney === true);
    }
    case "day":
      return `CAST(${momentSql(one.date ?? { kind: "excel" }, cell, plan.zone)} AS DATE)`;
    case "moment":
      return momentSql(one.date ?? { kind: "excel" }, cell, plan.zone);
    case "boolean":
      return `ingest_boolean(${cell})`;
    case "currency":
      return currencySql(cell);
  }
}

/** SQL that is true where nothing stands in the cell. */
export function blankSql(one: PlannedField): string {
  const text = one.field.kind === "text" || one.field.kind === "phone";
  return `${text ? "ingest_empty" : "ingest_blank"}(${one.cell})`;
}

/** SQL for the code of what is wrong with a cell that is not blank and has no typed value. */
export function faultSql(one: PlannedField): string {
  switch (one.field.kind) {
    case "id":
      return "'DAMAGED_ID'";
    case "count":
    case "money":
      return numberFaultSql(
        one.cell,
        one.number ?? { decimal: ".", tokens: [] },
        one.field.kind === "count",
      );
    case "day":
    case "moment":
      return "'BAD_DATE'";
    case "boolean":
      return "'BAD_BOOLEAN'";
    default:
      return "'BAD_VALUE'";
  }
}

/** One sentence for a person: what is wrong with the cell and how to mend it. */
export function reasonOf(plan: TypingPlan, one: PlannedField, code: string): string {
  const date =
    one.date?.kind === "format"
      ? formatText(one.date.format)
      : (plan.mapping.dateFormats?.[one.field.field] ?? "");
  switch (code) {
    case "MISSING_VALUE":
      return `${one.field.field} is required and the cell is empty`;
    case "BAD_DATE":
      return `not an existing day written like the rest of the column (${date})`;
    case "DAMAGED_ID":
      return "a spreadsheet turned the id into a rounded number; export again with the column as text";
    case "NUMBER_CHANGES":
      return one.field.kind === "count"
        ? "not a whole number that stays the same when typed and printed again"
        : "not an amount that stays the same when typed and printed again";
    case "TOO_MANY_DECIMALS":
      return `more than the ${plan.decimals} decimals of the currency; export in full units or allow rounding (round_money=yes)`;
    case "OTHER_CURRENCY":
      return `an amount in another currency than the file's (${plan.currency ?? "the account's"})`;
    case "BAD_BOOLEAN":
      return "neither true nor false";
    case "BAD_VALUE":
      return "not a currency's ISO 4217 code, like EGP, nor its sign";
    case "BAD_NUMBER":
      return "not a number written like the rest of the column";
    default:
      return "not a value of this column's kind";
  }
}

/** The codes that a column's cells can be rejected with. */
export function codesOf(one: PlannedField): readonly string[] {
  switch (one.field.kind) {
    case "id":
      return ["DAMAGED_ID"];
    case "count":
    case "money":
      return ["NUMBER_CHANGES", "TOO_MANY_DECIMALS", "OTHER_CURRENCY", "BAD_NUMBER"];
    case "day":
    case "moment":
      return ["BAD_DATE"];
    case "boolean":
      return ["BAD_BOOLEAN"];
    default:
      return ["BAD_VALUE"];
  }
}
