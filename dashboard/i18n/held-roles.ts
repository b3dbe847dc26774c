import { EVERY_ACCOUNT, type Grant, ROLES, type Role } from "../../src/contract/names.ts";

/** One role and where it is held. */
export interface Held {
  readonly role: Role;
  readonly accounts: "all" | readonly string[];
}

/** Grants by role, those of every account first, then in the order of the roles. */
export function heldRoles(grants: readonly Grant[]): Held[] {
  const everywhere = ROLES.filter((role) =>
    grants.some((grant) => grant.role === role && grant.account === EVERY_ACCOUNT),
  );
  const named = ROLES.flatMap((role): Held[] => {
    const accounts = grants
      .filter((grant) => grant.role === role && grant.account !== EVERY_ACCOUNT)
      .map(({ account }) => account)
      .sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
    return accounts.length === 0 ? [] : [{ role, accounts }];
  });
  return [...everywhere.map((role): Held => ({ role, accounts: "all" })), ...named];
}
