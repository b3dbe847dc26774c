/** How a report speaks to one reader: its words, and numbers as the page writes them. */
import type { ColumnProfile, Text } from "../../contract/explore.ts";
import { type Currency, type Formats, type Language, makeFormats } from "../../contract/formats.ts";
import { KINDS, TABLE_NAMES, WORDS, type Word } from "./words.ts";

/** A share that is not nothing, or not all, is not written as if it were. */
const LEAST_SHARE = 0.0005;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const MARKS = /[\u200e\u200f\u061c]/g;
/** A Sunday, from which weekdays are counted. */
const SUNDAY = Date.UTC(1970, 0, 4);
const DAY_MS = 86_400_000;

/** Everything it takes to write for one reader. */
export interface Voice {
  readonly language: Language;
  readonly formats: Formats;
  readonly unit: Currency;
  t(word: Word): string;
  /** A text of the answer in this language. */
  of(text: Text): string;
  money(minor: number | null): string;
  moneyShort(minor: number | null): string;
  count(n: number | null): string;
  percent(share: number | null): string;
  /** Up to two decimals. */
  number(value: number | null): string;
  kind(kind: ColumnProfile["kind"]): string;
  /** What a table is called; one that the product does not know keeps its own name. */
  table(name: string): string;
  /** 0 = Sunday; initials where there is little room. */
  weekday(day: number, length: "long" | "narrow"): string;
  /** A value or name that keeps its own direction among others. */
  apart(text: string): string;
  /** From one value to another. */
  range(from: string, to: string): string;
  /** Between the members of a list, and between two clauses, as this language writes them. */
  readonly comma: string;
  readonly semicolon: string;
}

/** What takes long to make and is the same for every report. */
interface Pens {
  readonly formats: Formats;
  readonly percent: Intl.NumberFormat;
  readonly decimal: Intl.NumberFormat;
  readonly days: Readonly<Record<"long" | "narrow", readonly string[]>>;
}

const made = new Map<Language, Pens>();

function pensOf(language: Language): Pens {
  const known = made.get(language);
  if (known) return known;
  const locale = language === "en" ? "en" : "ar-EG-u-nu-latn";
  const weekdays = (weekday: "long" | "narrow") => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday });
    return Array.from({ length: 7 }, (_, day) => format.format(SUNDAY + day * DAY_MS));
  };
  const pens = {
    formats: makeFormats(language, "latn"),
    percent: new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }),
    decimal: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }),
    days: { long: weekdays("long"), narrow: weekdays("narrow") },
  };
  made.set(language, pens);
  return pens;
}

export function voiceIn(language: Language, unit: Currency): Voice {
  const { formats, percent, decimal, days } = pensOf(language);
  const apart = (text: string) =>
    language === "ar" ? `${RIGHT_TO_LEFT.test(text) ? "\u2067" : "\u2066"}${text}\u2069` : text;
  // The marks of direction within an Arabic percentage would turn what stands beside it.
  const percentText = (share: number) => percent.format(share).replaceAll(MARKS, "");
  return {
    language,
    formats,
    unit,
    t: (word) => WORDS[word][language],
    of: (text) => text[language],
    money: (minor) => formats.money(minor, unit),
    moneyShort: (minor) => formats.moneyShort(minor, unit),
    count: (n) => formats.count(n),
    percent(share) {
      if (share === null) return "—";
      if (share > 0 && share < LEAST_SHARE) return apart(`< ${percentText(0.001)}`);
      if (share < 1 && share >= 1 - LEAST_SHARE) return apart(`> ${percentText(0.999)}`);
      return apart(percentText(share));
    },
    number: (value) => (value === null ? "—" : decimal.format(value)),
    kind: (kind) => KINDS[kind][language],
    table: (name) => TABLE_NAMES[name]?.[language] ?? name,
    weekday: (day, length) => days[length][day] ?? "",
    apart,
    range: (from, to) => (language === "ar" ? `من ${from} إلى ${to}` : `${from} – ${to}`),
    comma: language === "ar" ? "، " : ", ",
    semicolon: language === "ar" ? "؛ " : "; ",
  };
}
