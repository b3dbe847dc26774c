/**
 * How findings, insights and questions speak: each sentence is written once per language, by a function that takes the
 * numbers' own words. Numbers are written as the page writes them (`contract/formats.ts`), with Latin digits.
 */
import type { Text } from "../contract/explore.ts";
import { type Currency, type Formats, type Language, makeFormats } from "../contract/formats.ts";

/** Forms of a counted noun by `Intl.PluralRules` category; `{n}` stands for the number, absent forms fall to `other`. */
export interface Plural {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

export interface Say {
  readonly language: Language;
  /** 68,733 */
  count(n: number): string;
  /** A counted noun: `n(3, { one: "{n} lead", other: "{n} leads" })` → 3 leads */
  n(n: number, forms: Plural): string;
  /** EGP 24.8M; below 10,000 the full amount. */
  money(minor: number): string;
  /** EGP 24,847,745.87 */
  moneyFull(minor: number): string;
  /** 0.536 → 53.6% */
  percent(share: number): string;
  /** Up to two decimals. */
  number(value: number): string;
  /** 2.4 h, 3.1 days: the unit that fits. */
  duration(hours: number): string;
  /** `YYYY-MM-DD` → 16 Oct 2024 */
  day(day: string): string;
  /** `YYYY-MM…` → Oct 2024 */
  month(month: string): string;
  period(from: string, to: string): string;
  /** A name of the data, kept apart from the sentence's own direction. */
  name(text: string): string;
  list(parts: readonly string[]): string;
}

function sayIn(language: Language, unit: Currency): Say {
  const formats: Formats = makeFormats(language, "latn");
  const locale = language === "en" ? "en" : "ar-EG-u-nu-latn";
  const rules = new Intl.PluralRules(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const one = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return {
    language,
    count: (n) => formats.count(n),
    n: (n, forms) => (forms[rules.select(n)] ?? forms.other).replaceAll("{n}", formats.count(n)),
    money: (minor) => formats.moneyShort(minor, unit),
    moneyFull: (minor) => formats.money(minor, unit),
    percent: (share) => percent.format(share),
    number: (value) => number.format(value),
    duration(hours) {
      const [value, english, arabic] =
        hours < 1
          ? [hours * 60, "min", "د"]
          : hours < 72
            ? [hours, "h", "س"]
            : [hours / 24, "days", "يوم"];
      return `${one.format(value)} ${language === "en" ? english : arabic}`;
    },
    day: (day) => formats.day(day),
    month: (month) => formats.month(`${month.slice(0, 7)}-01`),
    period: (from, to) => formats.period(from, to),
    // First-strong isolates: a Latin name in an Arabic sentence, or the other way round, keeps its own direction.
    name: (text) => `\u2068${text}\u2069`,
    list: (parts) => formats.list(parts),
  };
}

/** Writes one sentence in both languages. */
export type Speak = (en: (say: Say) => string, ar: (say: Say) => string) => Text;

/** @param unit currency of every amount said; null when the scope mixes several, which leaves the sign out */
export function speaker(unit: Currency): Speak {
  const english = sayIn("en", unit);
  const arabic = sayIn("ar", unit);
  // The Arabic sign of a currency may end in a full stop of its own (ج.م.): a sentence needs no second one.
  const once = (text: string) => text.replace(/\.([\u200e\u200f\u2069]*)\./g, ".$1");
  return (en, ar) => ({ en: en(english), ar: once(ar(arabic)) });
}
