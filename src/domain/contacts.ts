/** How phones and e-mails look to those who do not call, and names to those who see sums alone. */

/** Columns that reach somebody, in the product's tables and in what its checks list. */
const COLUMNS = new Set(["phone", "email", "person"]);
const ADDRESS = /^[^@\s]+@[^@\s]+$/;
/** An international number, or a national one that begins with 0. */
const NUMBER = /^(?:\+|00?)[\d ()-]{7,18}$/;

/** Whether a column of the product holds phones or e-mails. */
export function holdsContacts(column: string): boolean {
  return COLUMNS.has(column);
}

/** Columns that name a lead. */
const NAMES = new Set(["name", "name_search"]);

/** Whether a column of the product holds names of leads. */
export function holdsNames(column: string): boolean {
  return NAMES.has(column);
}

/** Whether a text reaches somebody, whatever it stands under. */
export function reachesSomebody(text: string): boolean {
  return ADDRESS.test(text) || NUMBER.test(text);
}

/** As it may be shown: the ends of a name or number, and an e-mail's domain. */
export function masked(value: string): string {
  const at = value.lastIndexOf("@");
  if (at > 0) return `${value.slice(0, 1)}•••${value.slice(at)}`;
  const letters = [...value];
  if (letters.length <= 4) return "•".repeat(letters.length);
  return `${letters.slice(0, 2).join("")}•••${letters.slice(-2).join("")}`;
}
