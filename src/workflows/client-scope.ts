/** What a client may see through somebody who shows it to them: accounts, and of these figures alone. */
import { Problem } from "../base/problem.ts";
import { accountsInBoth, scopeFor } from "../domain/roles.ts";
import type { Scope } from "../domain/scope.ts";
import type { PeopleTable } from "../store/store.ts";
import type { Actor } from "./people.ts";

/** Accounts of `scope` that are named; all of them where none is. */
export function namedAccounts(accounts: readonly string[], scope: Scope): Scope["accounts"] {
  return accounts.length === 0 ? scope.accounts : accountsInBoth(scope.accounts, accounts);
}

/** @throws Problem `ACCOUNT_NOT_YOURS` for an account that the scope does not hold */
export function checkNamed(accounts: readonly string[], scope: Scope): void {
  const foreign =
    scope.accounts === "all" ? [] : accounts.filter((one) => !scope.accounts.includes(one));
  if (foreign.length === 0) return;
  throw new Problem("ACCOUNT_NOT_YOURS", {
    what: "An account is named that you may not give anything away of",
    where: "accounts",
    fix: "Leave it out, or ask an owner for a role in it.",
    details: { accounts: foreign },
  });
}

/**
 * What may be shown for somebody today: no leads, no contacts, and never more than they may give away themselves.
 *
 * @returns null where they may not any more
 */
export async function clientScope(
  people: Pick<PeopleTable, "find">,
  by: string,
  accounts: readonly string[],
): Promise<Scope | null> {
  const person = await people.find(by);
  if (person === null || person.removedAt !== null) return null;
  const own = scopeFor(person.grants, "export");
  if (own === null) return null;
  const named = namedAccounts(accounts, own);
  return named !== "all" && named.length === 0 ? null : { accounts: named };
}

/** Whether somebody manages what another made: their own, and everything for who holds every account. */
export const manages = ({ person }: Pick<Actor, "person">, scope: Scope, by: string): boolean =>
  person === by || scope.accounts === "all";
