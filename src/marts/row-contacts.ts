/** Phones and e-mails in rows of files, for those who do not call; names and answers, for those who see sums alone. */
import type { SourceRow } from "../contract/overview.ts";
import { holdsContacts, holdsNames, masked, reachesSomebody } from "../domain/contacts.ts";

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

/**
 * A cell of a lead's row with whatever tells who it is masked: contact, name, and all that only the file has.
 *
 * @param column of the product; null for one that only the file has
 */
export function withoutPerson(column: string | null, value: Cell): Cell {
  if (value === null || (column !== null && !holdsNames(column) && !holdsContacts(column)))
    return value;
  return masked(String(value));
}
