/**
 * Text as an SQL literal, for patterns and names that stand inside generated expressions. A NUL, which would end the
 * statement, becomes the replacement character.
 */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll("\0", "\ufffd")}'`;
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
