/** Which accounts a credential may see. Filters narrow it, nothing widens it. */
export interface Scope {
  readonly accounts: "all" | readonly string[];
  /** Accounts of these whose leads are told one by one; elsewhere, and where absent, rows tell nobody's name. */
  readonly leads?: "all" | readonly string[];
  /** Accounts of these whose phones and e-mails are shown in plain; elsewhere, and where absent, they are masked. */
  readonly contacts?: "all" | readonly string[];
}

/** The whole workspace: the CLI on the machine itself, and owners of everything. */
export const EVERYTHING: Scope = { accounts: "all", leads: "all", contacts: "all" };

/** Whether these hold an account; null = of a row that may be of any the scope holds. */
function holds(
  these: "all" | readonly string[],
  { accounts }: Scope,
  account: string | null,
): boolean {
  if (these === "all") return true;
  if (account !== null) return these.includes(account);
  return accounts !== "all" && accounts.every((one) => these.includes(one));
}

/** Whether phones and e-mails of an account are shown in plain; null = of a row that may be of any the scope holds. */
export function showsContacts(scope: Scope, account: string | null): boolean {
  return holds(scope.contacts ?? [], scope, account);
}

/** Whether rows of an account's leads tell names and what was written in forms. */
export function showsLeads(scope: Scope, account: string | null): boolean {
  return holds(scope.leads ?? [], scope, account);
}
