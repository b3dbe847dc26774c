/** Which accounts a credential may see. Filters narrow it, nothing widens it. */
export interface Scope {
  readonly accounts: "all" | readonly string[];
}

/** The whole workspace: the CLI on the machine itself, and owners of everything. */
export const EVERYTHING: Scope = { accounts: "all" };
