/** Column names: compared after normalising, because every tool writes the same name a little differently. */
import { createHash } from "node:crypto";

const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const ARABIC_MARKS = /[\u0640\u064b-\u0652\u0670]/g;
const ARABIC_LETTERS: Readonly<Record<string, string>> = {
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ى: "ي",
  ئ: "ي",
  ی: "ي",
  ؤ: "و",
  ة: "ه",
  ک: "ك",
};

/** Signs that stand for a currency where a code is expected. A bare "$" is taken as the US dollar. */
export const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  $: "USD",
  US$: "USD",
  "€": "EUR",
  "£": "GBP",
  "E£": "EGP",
  "£E": "EGP",
  LE: "EGP",
  "L.E.": "EGP",
  "ج.م": "EGP",
  "ج.م.": "EGP",
  "ر.س": "SAR",
  "ر.س.": "SAR",
  "د.إ": "AED",
  "د.إ.": "AED",
  "د.ك": "KWD",
  "د.ك.": "KWD",
  "₺": "TRY",
};

/** The ISO 4217 code of a sign or code; null for anything else. */
export function currencyCode(token: string): string | null {
  const text = token.replace(INVISIBLE, "").trim();
  return CURRENCY_SIGNS[text] ?? (/^[A-Z]{3}$/.test(text) ? text : null);
}

/** The currency that a header carries in parentheses, e.g. "Amount spent (EGP)" → EGP; null when none. */
export function headerCurrency(header: string): string | null {
  const inside = /\(([^()]+)\)\s*$/.exec(header.replace(INVISIBLE, ""))?.[1];
  return inside === undefined ? null : currencyCode(inside);
}

/**
 * A column name as it is compared: case, spaces, underscores, invisible characters, Arabic letter variants and a
 * currency in parentheses do not count.
 */
export function normaliseHeader(header: string): string {
  const plain = headerCurrency(header) === null ? header : header.replace(/\([^()]+\)\s*$/, "");
  return plain
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(ARABIC_MARKS, "")
    .replace(/[أإآٱىئیؤةک]/g, (letter) => ARABIC_LETTERS[letter] ?? letter)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[\s_\-./:]+/g, " ")
    .trim();
}

/** A label of a header row under which a mapping is saved; the order of the columns does not count. */
export function headerSignature(header: readonly string[]): string {
  const names = header.map(normaliseHeader).sort();
  return createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 16);
}

/** Where a named column stands in the header: exactly as written, else the only one that compares equal; -1 if none. */
export function columnIndex(header: readonly string[], name: string): number {
  const exact = header.indexOf(name);
  if (exact >= 0) return exact;
  const wanted = normaliseHeader(name);
  const alike = header.flatMap((text, index) => (normaliseHeader(text) === wanted ? [index] : []));
  return alike.length === 1 ? (alike[0] ?? -1) : -1;
}
