/** Phones and e-mails in rows of files, for those who do not call. */
import type { SourceRow } from "../contract/overview.ts";
import { masked } from "../domain/contacts.ts";
import { type Scope, showsContacts } from "../domain/scope.ts";

export type Cell = SourceRow["cells"][string];

/** Columns of the product that reach somebody. */
const CONTACTS = new Set(["phone", "email"]);
/** What reaches somebody, in whatever other column a file has. */
const REACHES = /^[^@\s]+@[^@\s]+$|^(?:\+|0)[\d ()-]{7,18}$/;

/** Whether the scope shows the contacts of a row: of its account, or, where its file names none, of all that it holds. */
export function showsContactsOf(scope: Scope, account: Cell | undefined): boolean {
  if (typeof account === "string") return showsContacts(scope, account);
  if (scope.accounts === "all") return scope.contacts === "all";
  return scope.accounts.every((one) => showsContacts(scope, one));
}

/**
 * A cell with its contact masked.
 *
 * @param column of the product; null for one that only the file has, where the value alone tells
 */
export function withoutContact(column: string | null, value: Cell): Cell {
  const text = String(value ?? "");
  const reaches = column === null ? REACHES.test(text) : CONTACTS.has(column);
  return reaches ? masked(text) : value;
}
