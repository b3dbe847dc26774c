/** Phones and e-mails in rows of files, for those who do not call. */
import type { SourceRow } from "../contract/overview.ts";
import { holdsContacts, masked, reachesSomebody } from "../domain/contacts.ts";

export type Cell = SourceRow["cells"][string];

/**
 * A cell with its contact masked.
 *
 * @param column of the product; null for one that only the file has, where the value alone tells
 */
export function withoutContact(column: string | null, value: Cell): Cell {
  const text = String(value ?? "");
  const reaches = column === null ? reachesSomebody(text) : holdsContacts(column);
  return reaches ? masked(text) : value;
}
