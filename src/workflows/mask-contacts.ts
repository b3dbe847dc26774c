/** Findings as somebody sees them who does not call: phones and e-mails masked wherever rows or names hold them. */
import type { Finding, Listing } from "../contract/explore.ts";
import { masked } from "../domain/contacts.ts";
import { type Scope, showsContacts } from "../domain/scope.ts";

/** Columns of listings that hold a phone or an e-mail. */
const CONTACTS = new Set(["phone", "email", "person"]);
/** A text that reaches somebody, as names of a finding's items can be. */
const REACHES = /^[^@\s]+@[^@\s]+$|^\+?\d{7,15}$/;

/** Rows with their contacts masked, but for accounts whose contacts the scope shows. */
export function maskedListing<T extends Listing>(listing: T, scope: Scope): T {
  const places = listing.columns.flatMap((name, i) => (CONTACTS.has(name) ? [i] : []));
  if (scope.contacts === "all" || places.length === 0) return listing;
  const account = listing.columns.indexOf("account_id");
  return {
    ...listing,
    rows: listing.rows.map((row) => {
      const owner = account < 0 ? null : row[account];
      if (typeof owner === "string" && showsContacts(scope, owner)) return row;
      return row.map((cell, i) =>
        places.includes(i) && typeof cell === "string" ? masked(cell) : cell,
      );
    }),
  };
}

/** A finding with its examples and the names of its items masked in the same way. */
export function maskedFinding(finding: Finding, scope: Scope): Finding {
  if (scope.contacts === "all") return finding;
  return {
    ...finding,
    examples: maskedListing(finding.examples, scope),
    items: finding.items.map((item) => {
      if (!REACHES.test(item.label) || item.label === item.id) return item;
      return showsContacts(scope, item.account) ? item : { ...item, label: masked(item.label) };
    }),
  };
}
