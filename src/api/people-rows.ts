/** People and their deeds as the lists and the files give them. */
import type { AuditAnswer, PersonRow } from "../contract/people.ts";
import { decodeCursor, encodeCursor } from "../marts/cursor.ts";
import type { Person } from "../store/store.ts";
import type { Actor, PeopleDesk } from "../workflows/people.ts";

const AUDIT_LIST = "audit";

export function personRow(
  { id, name, contact, grants, addedAt, addedBy, hasPassword }: Person,
  names: ReadonlyMap<string, string>,
): PersonRow {
  return {
    id,
    name,
    contact,
    grants: [...grants],
    addedAt: addedAt.toISOString(),
    addedBy: names.get(addedBy) ?? "",
    hasPassword,
  };
}

/** One page of who changed or took away what, newest first. @throws Problem `BAD_CURSOR` */
export async function auditPage(
  desk: PeopleDesk,
  caller: Actor,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<AuditAnswer> {
  const before = cursor === undefined ? null : Number(decodeCursor(AUDIT_LIST, cursor)[0]);
  const rows = await desk.audit({ before, limit: limit + 1 });
  const names = await desk.names(caller);
  const keys = new Map((await desk.keys(caller)).map(({ id, name }) => [`key:${id}`, name]));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ via, person, at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      person: names.get(person) ?? person,
      key: via === "session" ? null : (keys.get(via) ?? via),
    })),
    next: rows.length > limit && last ? encodeCursor(AUDIT_LIST, [last.position]) : null,
  };
}
