/**
 * Findings as somebody sees them who does not call: phones and e-mails masked wherever rows or names hold them; and who
 * sees sums alone: names too.
 */
import type { Finding, Listing } from "../contract/explore.ts";
import { holdsContacts, holdsNames, masked, reachesSomebody } from "../domain/contacts.ts";
import { type Scope, showsContacts, showsLeads } from "../domain/scope.ts";

/** Rows with contacts and names masked, but for accounts whose contacts, or leads, the scope shows. */
export function maskedListing<T extends Listing>(listing: T, scope: Scope): T {
  const placesOf = (holds: (column: string) => boolean) =>
    new Set(listing.columns.flatMap((column, i) => (holds(column) ? [i] : [])));
  const contacts = placesOf(holdsContacts);
  const names = placesOf(holdsNames);
  if (contacts.size + names.size === 0) return listing;
  const account = listing.columns.indexOf("account_id");
  return {
    ...listing,
    rows: listing.rows.map((row) => {
      const told = account < 0 ? null : row[account];
      const owner = typeof told === "string" ? told : null;
      const hidesContacts = !showsContacts(scope, owner);
      const hidesNames = !showsLeads(scope, owner);
      if (!hidesContacts && !hidesNames) return row;
      return row.map((cell, i) => {
        const hidden = (hidesContacts && contacts.has(i)) || (hidesNames && names.has(i));
        return hidden && typeof cell === "string" ? masked(cell) : cell;
      });
    }),
  };
}

/** Names of a finding's items are persons too: an e-mail, or a number in digits alone. */
const namesContact = (label: string) => reachesSomebody(label) || /^\d{7,15}$/.test(label);

/** A finding with its examples and the names of its items masked in the same way. */
export function maskedFinding(finding: Finding, scope: Scope): Finding {
  if (scope.contacts === "all" && scope.leads === "all") return finding;
  return {
    ...finding,
    examples: maskedListing(finding.examples, scope),
    items: finding.items.map((item) => {
      if (!namesContact(item.label) || item.label === item.id) return item;
      return showsContacts(scope, item.account) ? item : { ...item, label: masked(item.label) };
    }),
  };
}
