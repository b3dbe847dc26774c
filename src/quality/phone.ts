import { parsePhoneNumberFromString, validatePhoneNumberLength } from "libphonenumber-js/max";

/** What a phone text turned out to be. */
export interface ParsedPhone {
  /** E.164, e.g. "+201012345678"; null unless valid. */
  readonly e164: string | null;
  /** ISO 3166 region of the number, where its calling code settles it. */
  readonly country: string | null;
  readonly valid: boolean;
  /** MOBILE, FIXED_LINE, FIXED_LINE_OR_MOBILE, …; null unless valid. */
  readonly kind: string | null;
  /** Why not valid: no_digits | spreadsheet_notation | not_a_number | too_short | too_long | not_assigned. */
  readonly reason: string | null;
}

type Region = NonNullable<Parameters<typeof parsePhoneNumberFromString>[1]> & string;

const refused = (reason: string, country: string | null = null): ParsedPhone => ({
  e164: null,
  country,
  valid: false,
  kind: null,
  reason,
});

/** A spreadsheet's rounding of a long number: its last digits are gone for good. */
const SCIENTIFIC = /^[+-]?\d+([.,]\d+)?e\+?\d+$/i;

/** An Egyptian number of 11 to 17 national digits: they have at most ten. Tables whose phones were garbled are full of them. */
const OVERLONG = /^\+20[1-9]\d{10,16}$/;

/** Arabic-Indic and Persian digits, and full-width ones, as Latin digits. */
function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06F0-\u06F9\uFF10-\uFF19]/g, (digit) =>
    String(digit.charCodeAt(0) & 0xf),
  );
}

/** Removes what exports put around a number: "p:", "tel:", quotes, ".0" of a spreadsheet, invisible marks. */
function bare(text: string): string {
  return text
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g, "")
    .replace(/^[\s'"]*(?:p|tel|phone)\s*:\s*/i, "")
    .replace(/^['"\s]+|['"\s]+$/g, "")
    .replace(/^(\+?\d+)\.0$/, "$1");
}

/**
 * Reads a phone as people and exports write it.
 *
 * @param text as in the file, e.g. "p:+201012345678", "٠١٠١٢٣٤٥٦٧٨", "0020 10 1234 5678"
 * @param region ISO 3166 region of numbers without a country code
 * @see libphonenumber-js with Google's full metadata (validity by assigned ranges, not by length alone)
 */
export function parsePhone(text: string, region: string): ParsedPhone {
  const cleaned = bare(latinDigits(text));
  if (!/\d/.test(cleaned)) return refused("no_digits");
  if (SCIENTIFIC.test(cleaned)) return refused("spreadsheet_notation");
  const international = cleaned.replace(/^\s*\(?00(?=[1-9(\s])/, "+");
  if (OVERLONG.test(international)) return refused("too_long", "EG");
  const number = parsePhoneNumberFromString(international, region as Region);
  if (number === undefined) return refused(lengthFault(international, region));
  const country = number.country ?? null;
  if (number.isValid()) {
    return {
      e164: number.number,
      country,
      valid: true,
      kind: number.getType() ?? null,
      reason: null,
    };
  }
  return refused(lengthFault(international, region), country);
}

function lengthFault(text: string, region: string): string {
  switch (validatePhoneNumberLength(text, region as Region)) {
    case undefined:
      return "not_assigned";
    case "TOO_SHORT":
      return "too_short";
    case "TOO_LONG":
      return "too_long";
    default:
      return "not_a_number";
  }
}
