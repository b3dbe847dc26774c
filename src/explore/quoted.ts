/** A text as SQL writes it, for statements that are put together where no parameter can stand. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
