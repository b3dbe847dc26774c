/** Which accounts a credential may see. Filters narrow it, nothing widens it. */
export interface Scope {
  readonly accounts: "all" | readonly string[];
  /** Accounts of these whose phones and e-mails are shown in plain; elsewhere, and where absent, they are masked. */
  readonly contacts?: "all" | readonly string[];
}

/** The whole workspace: the CLI on the machine itself, and owners of everything. */
export const EVERYTHING: Scope = { accounts: "all", contacts: "all" };

/** Whether phones and e-mails of an account are shown in plain; null = of a row that may be of any the scope holds. */
export function showsContacts({ accounts, contacts = [] }: Scope, account: string | null): boolean {
  if (contacts === "all") return true;
  if (account !== null) return contacts.includes(account);
  return accounts !== "all" && accounts.every((one) => contacts.includes(one));
}
