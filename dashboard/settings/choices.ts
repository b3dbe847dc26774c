/** What can be chosen for a setting, named in the reader's language by the browser itself. */
import type { Language } from "../../src/contract/formats.ts";

export interface Named {
  readonly value: string;
  readonly name: string;
}

const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", ar: "ar-EG" };
/** Groupings and test codes that the browser names but no phone number belongs to. */
const NO_COUNTRIES = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"]);
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** The list with the present value in it, should the browser not know it. */
function including(list: readonly Named[], current: string): Named[] {
  const known = list.some(({ value }) => value === current);
  return known ? [...list] : [{ value: current, name: current }, ...list];
}

const byName = (language: Language) => {
  const { compare } = new Intl.Collator(LOCALES[language]);
  return (left: Named, right: Named) => compare(left.name, right.name);
};

/** ISO 4217 codes with their names, by code. */
export function currencies(language: Language, current: string): Named[] {
  const names = new Intl.DisplayNames(LOCALES[language], { type: "currency" });
  const list = Intl.supportedValuesOf("currency").map((value) => ({
    value,
    name: names.of(value) ?? value,
  }));
  return including(list, current);
}

/** ISO 3166 regions with their names, by name. */
export function countries(language: Language, current: string): Named[] {
  const names = new Intl.DisplayNames(LOCALES[language], { type: "region", fallback: "none" });
  const list = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap(
    (value) => {
      const name = names.of(value);
      // A code that was given up names the country under which it goes today.
      const today = new Intl.Locale(`und-${value}`).region === value;
      return name && today && !NO_COUNTRIES.has(value) ? [{ value, name }] : [];
    },
  );
  return including(list.sort(byName(language)), current);
}

/** IANA zones. */
export function timeZones(current: string): Named[] {
  const list = Intl.supportedValuesOf("timeZone").map((value) => ({ value, name: value }));
  return including(list, current);
}

/** Days of the week from Sunday, by their number. */
export function weekdays(language: Language): Named[] {
  const format = new Intl.DateTimeFormat(LOCALES[language], { weekday: "long", timeZone: "UTC" });
  // 4 January 1970 was a Sunday.
  return [0, 1, 2, 3, 4, 5, 6].map((day) => ({
    value: String(day),
    name: format.format(new Date(Date.UTC(1970, 0, 4 + day))),
  }));
}
