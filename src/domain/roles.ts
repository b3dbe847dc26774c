/** The five roles, what each may do, and how what a person holds becomes the scope of one request. */
import type { Scope } from "./scope.ts";

export const ROLES = ["owner", "marketer", "sales_manager", "rep", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** What an address can need; every address of the API names one. */
export const PERMISSIONS = [
  /** Sums, campaigns, findings: nothing of a person. */
  "figures",
  /** Rows of leads. */
  "leads",
  /** Names, phones and e-mails in plain; without it they are masked. */
  "contacts",
  /** Leads assigned to oneself: see them, set their status. */
  "own_leads",
  /** Any lead's status and assignment. */
  "work_leads",
  /** Files with rows of leads or figures, to take away. */
  "export",
  /** Bring tables in, take imports back. */
  "import",
  /** Accept treatments, answer questions. */
  "treat",
  /** Change what words and numbers mean. */
  "define",
  /** People, their roles, API keys, and the record of who did what. */
  "people",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const MAY: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  marketer: ["figures", "leads", "export", "import", "treat"],
  sales_manager: ["figures", "leads", "contacts", "own_leads", "work_leads", "export"],
  rep: ["contacts", "own_leads"],
  viewer: ["figures"],
};

/** Every account there is and will be. */
export const EVERY_ACCOUNT = "*";

/** One role in one account, or in `EVERY_ACCOUNT`. */
export interface Grant {
  readonly account: string;
  readonly role: Role;
}

/** Accounts in which these grants allow something; null where in none. */
export function accountsWith(
  grants: readonly Grant[],
  permission: Permission,
): Scope["accounts"] | null {
  const holding = grants.filter(({ role }) => MAY[role].includes(permission));
  if (holding.length === 0) return null;
  if (holding.some(({ account }) => account === EVERY_ACCOUNT)) return "all";
  return [...new Set(holding.map(({ account }) => account))].sort();
}

/** Accounts in both. */
export function accountsInBoth(
  one: Scope["accounts"],
  other: Scope["accounts"],
): Scope["accounts"] {
  if (one === "all") return other;
  if (other === "all") return one;
  return one.filter((account) => other.includes(account));
}

/**
 * What a credential may see when it asks for something that needs `permission`.
 *
 * @param bounds grants that bound the first ones: of a key, those of the person who made it
 * @returns null where it is allowed in no account
 */
export function scopeFor(
  grants: readonly Grant[],
  permission: Permission,
  bounds: readonly Grant[] = grants,
): Scope | null {
  const within = (wanted: Permission): Scope["accounts"] => {
    const own = accountsWith(grants, wanted);
    const most = accountsWith(bounds, wanted);
    return own === null || most === null ? [] : accountsInBoth(own, most);
  };
  const accounts = within(permission);
  if (accounts !== "all" && accounts.length === 0) return null;
  return {
    accounts,
    leads: accountsInBoth(accounts, within("leads")),
    contacts: accountsInBoth(accounts, within("contacts")),
  };
}

/** Whether whoever holds `mine` may give `grant` to somebody: only where they manage people themselves. */
export function mayGive(mine: readonly Grant[], { account }: Grant): boolean {
  const accounts = accountsWith(mine, "people");
  if (accounts === null) return false;
  return accounts === "all" || (account !== EVERY_ACCOUNT && accounts.includes(account));
}
