/** Views that people keep: a page of the house under a name, for themselves or for whoever may see what it shows. */
import { randomUUID } from "node:crypto";
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";
import type { SavedView, ViewRequest } from "../contract/campaigns.ts";
import type { Scope } from "../domain/scope.ts";
import type { NoteTable } from "../store/store.ts";

const NOTE = "saved-views";
/** Of one person; a longer list is no help to anybody. */
const MOST = 100;

export interface ViewsDesk {
  /** One's own, then those that others share and that show nothing beyond the scope; by name. */
  list(person: string, scope: Scope): Promise<SavedView[]>;
  /** A name that the person has used already gets the new address. @throws Problem `VIEWS_FULL` */
  save(person: string, scope: Scope, request: ViewRequest): Promise<SavedView>;
  /** @throws Problem `VIEW_UNKNOWN` also for somebody else's */
  remove(person: string, id: string): Promise<void>;
}

interface Kept {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly shared: boolean;
  readonly by: string;
  readonly savedAt: string;
  /** What it shows: the accounts its address names, else all that its maker saw. */
  readonly accounts: "all" | readonly string[];
}

function shownBy(address: string, scope: Scope): Kept["accounts"] {
  const named = new URL(address, "http://localhost").searchParams.getAll("account");
  return named.length > 0 ? [...new Set(named)].sort() : scope.accounts;
}

function covers(scope: Scope, accounts: Kept["accounts"]): boolean {
  if (scope.accounts === "all") return true;
  return accounts !== "all" && accounts.every((one) => scope.accounts.includes(one));
}

/** Views over a table of notes; one process holds a home, so writes need only wait for each other here. */
export function createViewsDesk(notes: NoteTable, clock: Clock): ViewsDesk {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(deed: () => Promise<T>): Promise<T> => {
    const done = last.then(deed);
    last = done.catch(() => {});
    return done;
  };
  const read = async () => ((await notes.get(NOTE)) ?? []) as unknown as readonly Kept[];
  const write = (views: readonly Kept[]) =>
    notes.set(
      NOTE,
      views.map((one) => ({
        ...one,
        accounts: one.accounts === "all" ? one.accounts : [...one.accounts],
      })),
    );
  const shown = ({ accounts: _, ...view }: Kept, person: string): SavedView => ({
    ...view,
    mine: view.by === person,
  });
  return {
    async list(person, scope) {
      const seen = (await read()).filter(
        (one) => one.by === person || (one.shared && covers(scope, one.accounts)),
      );
      return seen
        .map((one) => shown(one, person))
        .sort(
          (left, right) =>
            Number(right.mine) - Number(left.mine) || left.name.localeCompare(right.name, "en"),
        );
    },
    save: (person, scope, { name, address, shared }) =>
      inTurn(async () => {
        const views = await read();
        const same = views.find((one) => one.by === person && one.name === name);
        if (same === undefined && views.filter((one) => one.by === person).length >= MOST) {
          throw new Problem("VIEWS_FULL", {
            what: `You have ${MOST} saved views already`,
            where: "name",
            fix: "Delete one that you no longer need, or save under the name of another.",
            details: { most: MOST },
          });
        }
        const kept: Kept = {
          id: same?.id ?? randomUUID(),
          name,
          address,
          shared,
          by: person,
          savedAt: clock.now().toISOString(),
          accounts: shownBy(address, scope),
        };
        await write([...views.filter((one) => one.id !== kept.id), kept]);
        return shown(kept, person);
      }),
    remove: (person, id) =>
      inTurn(async () => {
        const views = await read();
        if (!views.some((one) => one.id === id && one.by === person)) {
          throw new Problem("VIEW_UNKNOWN", {
            what: "There is no such view of yours",
            where: id,
            fix: "Reload the list of views.",
          });
        }
        await write(views.filter((one) => one.id !== id));
      }),
  };
}
