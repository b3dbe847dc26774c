/** Findings as somebody sees them who does not call: phones and e-mails masked wherever rows or names hold them. */
import type { Finding, Listing } from "../contract/explore.ts";
import { holdsContacts, masked, reachesSomebody } from "../domain/contacts.ts";
import { type Scope, showsContacts } from "../domain/scope.ts";

/** Rows with their contacts masked, but for accounts whose contacts the scope shows. */
export function maskedListing<T extends Listing>(listing: T, scope: Scope): T {
  const places = listing.columns.flatMap((name, i) => (holdsContacts(name) ? [i] : []));
  if (scope.contacts === "all" || places.length === 0) return listing;
  const account = listing.columns.indexOf("account_id");
  return {
    ...listing,
    rows: listing.rows.map((row) => {
      const owner = account < 0 ? null : row[account];
      if (showsContacts(scope, typeof owner === "string" ? owner : null)) return row;
      return row.map((cell, i) =>
        places.includes(i) && typeof cell === "string" ? masked(cell) : cell,
      );
    }),
  };
}

/** Names of a finding's items are persons too: an e-mail, or a number in digits alone. */
const namesContact = (label: string) => reachesSomebody(label) || /^\d{7,15}$/.test(label);

/** A finding with its examples and the names of its items masked in the same way. */
export function maskedFinding(finding: Finding, scope: Scope): Finding {
  if (scope.contacts === "all") return finding;
  return {
    ...finding,
    examples: maskedListing(finding.examples, scope),
    items: finding.items.map((item) => {
      if (!namesContact(item.label) || item.label === item.id) return item;
      return showsContacts(scope, item.account) ? item : { ...item, label: masked(item.label) };
    }),
  };
}
