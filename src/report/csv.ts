/** Characters with which a spreadsheet would start a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One CSV record (RFC 4180, CRLF) that a spreadsheet shows as written: text that would be run as a formula gets a
 * leading apostrophe.
 */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  const written = cells.map((cell) => {
    if (cell === null) return "";
    if (typeof cell !== "string") return String(cell);
    const safe = FORMULA.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${written.join(",")}\r\n`;
}
