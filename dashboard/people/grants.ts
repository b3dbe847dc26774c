/** Roles while somebody chooses them: account → role, with the account that means every account. */
import {
  accountsWith,
  EVERY_ACCOUNT,
  type Grant,
  mayGive,
  type Role,
} from "../../src/contract/names.ts";

export type Chosen = ReadonlyMap<string, Role>;

/** What somebody holds, to be changed. */
export function chosenFrom(grants: readonly Grant[]): Chosen {
  return new Map(grants.map(({ account, role }) => [account, role]));
}

/** The same to be sent: every account first, then in the order of choosing. */
export function grantsFrom(chosen: Chosen): Grant[] {
  const grants = [...chosen].map(([account, role]) => ({ account, role }));
  return grants.sort(
    (one, other) => Number(other.account === EVERY_ACCOUNT) - Number(one.account === EVERY_ACCOUNT),
  );
}

/** Puts an account in with a role, changes its role, or takes it out (null). */
export function withRole(chosen: Chosen, account: string, role: Role | null): Chosen {
  const next = new Map(chosen);
  if (role === null) next.delete(account);
  else next.set(account, role);
  return next;
}

/** Whether both say the same. */
export function sameRoles(one: Chosen, other: Chosen): boolean {
  return (
    one.size === other.size && [...one].every(([account, role]) => other.get(account) === role)
  );
}

/** The accounts in which somebody may give roles, of those known: theirs, or all of them and the one that means every. */
export function givableAccounts(mine: readonly Grant[], known: readonly string[]): string[] {
  const accounts = accountsWith(mine, "people");
  if (accounts === null) return [];
  return accounts === "all" ? [EVERY_ACCOUNT, ...known] : [...accounts];
}

/** Whether somebody may decide about all of these roles, and so about the person or key as a whole. */
export function managesWhole(mine: readonly Grant[], grants: readonly Grant[]): boolean {
  return grants.every((grant) => mayGive(mine, grant));
}
