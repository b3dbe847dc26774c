/** Letting people in, changing what they may, and taking it away again. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";
import { accountsWith, EVERY_ACCOUNT, type Grant, mayGive } from "../domain/roles.ts";
import { openStore } from "../store/sqlite.ts";
import type { ApiKey, AuditEntry, Person, Store } from "../store/store.ts";

/** The person who holds the machine: whoever can read the terminal that printed the link. */
export const OWNER = "owner";
/** Purpose of the token in the link that a start prints. */
export const ENTER_PURPOSE = "enter";
/** Purpose of the token in a link that one person gives another. */
export const JOIN_PURPOSE = "join";

const JOIN_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Who does something, with what they hold. */
export interface Actor {
  readonly person: string;
  readonly grants: readonly Grant[];
}

export interface JoinLink {
  readonly person: string;
  readonly path: string;
  readonly expiresAt: Date;
}

/** What doors may ask about people. What an actor does not manage is as if it were not there. */
export interface PeopleDesk {
  /** Present people, as far as the actor manages one of their accounts; their grants in other accounts stay unseen. */
  list(actor: Actor): Promise<Person[]>;
  find(id: string): Promise<Person | null>;
  /** By id, colleagues in accounts that the actor has a part in, and owners of every account; all, for those. */
  names(actor: Actor): Promise<ReadonlyMap<string, string>>;
  /** @throws Problem `GRANT_NOT_YOURS`, `CONTACT_TAKEN` */
  invite(
    actor: Actor,
    person: {
      readonly name: string;
      readonly contact: string | null;
      readonly grants: readonly Grant[];
    },
  ): Promise<JoinLink>;
  /** A new link; earlier ones stop working. @throws Problem `PERSON_UNKNOWN`, `GRANT_NOT_YOURS` */
  link(actor: Actor, id: string): Promise<JoinLink>;
  /**
   * Grants named replace those in accounts that the actor manages; others stay.
   *
   * @throws Problem `PERSON_UNKNOWN`, `GRANT_NOT_YOURS`, `CONTACT_TAKEN`, `LAST_OWNER`
   */
  change(
    actor: Actor,
    id: string,
    change: {
      readonly name?: string | undefined;
      readonly contact?: string | null | undefined;
      readonly grants?: readonly Grant[] | undefined;
    },
  ): Promise<Person>;
  /** @throws Problem `PERSON_UNKNOWN`, `GRANT_NOT_YOURS`, `LAST_OWNER` */
  remove(actor: Actor, id: string): Promise<void>;
  /** Keys that the actor made, or of accounts that they manage whole. */
  keys(actor: Actor): Promise<ApiKey[]>;
  /** @throws Problem `GRANT_NOT_YOURS` */
  createKey(
    actor: Actor,
    key: { readonly name: string; readonly grants: readonly Grant[]; readonly days: number },
  ): Promise<{ readonly id: string; readonly secret: string; readonly expiresAt: Date }>;
  /** @throws Problem `KEY_UNKNOWN` */
  revokeKey(actor: Actor, id: string): Promise<void>;
  note(entry: AuditEntry): Promise<void>;
  audit(page: {
    readonly before: number | null;
    readonly limit: number;
  }): ReturnType<Store["audit"]["read"]>;
}

export function unknownPerson(id: string): Problem {
  return new Problem("PERSON_UNKNOWN", {
    what: "There is no such person",
    where: id,
    fix: "List the people again; somebody may have removed them.",
  });
}

function refuseForeign(actor: Actor, grants: readonly Grant[]): void {
  const foreign = grants.find((grant) => !mayGive(actor.grants, grant));
  if (foreign === undefined) return;
  throw new Problem("GRANT_NOT_YOURS", {
    what:
      foreign.account === EVERY_ACCOUNT
        ? "Only an owner of every account decides about roles in every account"
        : "You do not manage people in this account",
    where: foreign.account,
    fix: "Ask an owner of that account, or leave it out.",
  });
}

/** Grants of somebody that the actor manages. */
function managed(actor: Actor, grants: readonly Grant[]): Grant[] {
  return grants.filter((grant) => mayGive(actor.grants, grant));
}

/** Whether some owner of every account can sign in without a link of the terminal. */
export async function anOwnerSignsIn(home: string, clock: Clock): Promise<boolean> {
  if (!existsSync(path.join(home, "store.sqlite"))) return false;
  const store = await openStore({ home, clock });
  try {
    return (await store.people.list()).some(
      ({ removedAt, grants, hasPassword }) =>
        removedAt === null && hasPassword && accountsWith(grants, "people") === "all",
    );
  } finally {
    await store.close();
  }
}

/** Makes the owner of a home that has nobody yet. */
export async function keepOwner({ people }: Store): Promise<void> {
  if ((await people.find(OWNER)) !== null) return;
  await people.add({
    id: OWNER,
    name: "Owner",
    contact: null,
    grants: [{ account: EVERY_ACCOUNT, role: "owner" }],
    by: OWNER,
  });
}

export function createPeopleDesk(store: Store, clock: Clock): PeopleDesk {
  const { people, sessions, keys, audit } = store;

  const linkFor = async (person: string): Promise<JoinLink> => {
    await sessions.dropTokens({ purpose: JOIN_PURPOSE, person });
    const expiresAt = new Date(clock.now().getTime() + JOIN_DAYS * DAY_MS);
    const token = await sessions.createToken({ purpose: JOIN_PURPOSE, person, expiresAt });
    return { person, path: `/join?token=${token}`, expiresAt };
  };
  const seen = async (actor: Actor, id: string): Promise<Person> => {
    const person = await people.find(id);
    if (person === null || person.removedAt !== null) throw unknownPerson(id);
    if (managed(actor, person.grants).length === 0) throw unknownPerson(id);
    return person;
  };
  const keySeen = (actor: Actor, key: ApiKey) =>
    key.person === actor.person || key.grants.every((grant) => mayGive(actor.grants, grant));

  return {
    async list(actor) {
      const all = await people.list();
      return all.flatMap((person) => {
        const grants = managed(actor, person.grants);
        return person.removedAt === null && grants.length > 0 ? [{ ...person, grants }] : [];
      });
    },
    find: (id) => people.find(id),
    async names(actor) {
      const mine = new Set(actor.grants.map(({ account }) => account));
      const met = (grants: readonly Grant[]) =>
        mine.has(EVERY_ACCOUNT) ||
        grants.some(({ account }) => account === EVERY_ACCOUNT || mine.has(account));
      const all = await people.list();
      return new Map(all.flatMap(({ id, name, grants }) => (met(grants) ? [[id, name]] : [])));
    },
    async invite(actor, person) {
      refuseForeign(actor, person.grants);
      return linkFor(await people.add({ ...person, by: actor.person }));
    },
    async link(actor, id) {
      const person = await seen(actor, id);
      // Whoever has the link is that person in all their accounts.
      refuseForeign(actor, person.grants);
      return linkFor(id);
    },
    async change(actor, id, { grants, ...change }) {
      const person = await seen(actor, id);
      if (grants !== undefined) refuseForeign(actor, grants);
      if (change.name !== undefined || change.contact !== undefined) {
        refuseForeign(actor, person.grants);
      }
      const kept = person.grants.filter((grant) => !mayGive(actor.grants, grant));
      await people.change(id, {
        ...change,
        ...(grants === undefined ? {} : { grants: [...kept, ...grants] }),
      });
      const changed = await people.find(id);
      if (changed === null) throw unknownPerson(id);
      return { ...changed, grants: managed(actor, changed.grants) };
    },
    async remove(actor, id) {
      const person = await seen(actor, id);
      const kept = person.grants.filter((grant) => !mayGive(actor.grants, grant));
      // Somebody else lets them in elsewhere: here they lose what is ours to give.
      if (kept.length > 0) await people.change(id, { grants: kept });
      else await people.remove(id);
    },
    async keys(actor) {
      return (await keys.list()).filter((key) => keySeen(actor, key));
    },
    async createKey(actor, { name, grants, days }) {
      refuseForeign(actor, grants);
      const expiresAt = new Date(clock.now().getTime() + days * DAY_MS);
      const { id, secret } = await keys.create({ name, person: actor.person, grants, expiresAt });
      return { id, secret, expiresAt };
    },
    async revokeKey(actor, id) {
      const key = (await keys.list()).find((one) => one.id === id);
      if (key !== undefined && keySeen(actor, key) && (await keys.revoke(id))) return;
      throw new Problem("KEY_UNKNOWN", {
        what: "There is no such key, or it was revoked already",
        where: id,
        fix: "List the keys again.",
      });
    },
    note: (entry) => audit.add(entry),
    audit: (page) => audit.read(page),
  };
}
