/** What a workbook cell says as text: dates in ISO form, numbers in plain decimals, everything else as it stands. */

const MS_PER_DAY = 86_400_000;
/** 31 December 9999, the last day a workbook knows. */
const LAST_SERIAL = 2_958_466;

/** Formats that every workbook knows as dates or times (ECMA-376 part 1, 18.8.30). */
function isBuiltInDate(id: number): boolean {
  return (
    (id >= 14 && id <= 22) ||
    (id >= 27 && id <= 36) ||
    (id >= 45 && id <= 47) ||
    (id >= 50 && id <= 58)
  );
}

/** True when a number format shows a date or a time. */
export function isDateFormat(id: number, code: string | null): boolean {
  if (code === null) return isBuiltInDate(id);
  const bare = (code.split(";")[0] as string)
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .replace(/\[(h+|m+|s+)\]/gi, "$1")
    .replace(/\[[^\]]*\]/g, "")
    .replace(/general/gi, "")
    .replace(/s[.,]0+/gi, "s");
  return /[ymdhs]/i.test(bare) && !/[0#?]/.test(bare);
}

/**
 * A date serial as `YYYY-MM-DD HH:MM:SS`, or `HH:MM:SS` for a time of day alone; null outside the calendar.
 * Milliseconds are kept only where they are more than rounding.
 */
export function dateText(serial: number, epoch1904: boolean): string | null {
  let days = epoch1904 ? serial + 1462 : serial;
  if (!(days >= 0 && days < LAST_SERIAL)) return null;
  const timeOnly = serial < 1;
  // Day 60 is 29 February 1900, which never was: days before it stand one later.
  if (days < 60) days += 1;
  let milliseconds = Math.round((days - 25569) * MS_PER_DAY);
  const offSecond = ((milliseconds % 1000) + 1000) % 1000;
  if (offSecond <= 1) milliseconds -= offSecond;
  else if (offSecond >= 999) milliseconds += 1000 - offSecond;
  const iso = new Date(milliseconds).toISOString();
  const fraction = iso.slice(19, 23) === ".000" ? "" : iso.slice(19, 23);
  const time = iso.slice(11, 19) + fraction;
  return timeOnly ? time : `${iso.slice(0, 10)} ${time}`;
}

/**
 * A numeric cell in plain decimals, the shortest that names the same number. From 2^53 on digits may have been lost
 * already: the text stays as the file has it, so that it can be refused later. Null where it is no number.
 */
export function numberText(written: string): string | null {
  const text = written.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  if (!Number.isFinite(value)) return null;
  if (Math.abs(value) >= Number.MAX_SAFE_INTEGER) return text;
  const shortest = String(value);
  const [mantissa = "", exponent] = shortest.split("e-");
  if (exponent === undefined) return shortest;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  return `${sign}0.${"0".repeat(Number(exponent) - 1)}${digits}`;
}

/** `B7` → column 2 (counted from 1) and row 7; null where it is no reference inside a sheet. */
export function cellReference(reference: string): { column: number; row: number } | null {
  const match = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference);
  if (!match) return null;
  let column = 0;
  for (const letter of match[1] as string) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(match[2]);
  return column <= 16_384 && row >= 1 && row <= 1_048_576 ? { column, row } : null;
}

/** Strings in workbooks write some characters as `_x000D_`. */
export function unescapeString(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
