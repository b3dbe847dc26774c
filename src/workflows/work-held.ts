/** Open leads of a person, or of nobody, for whoever hands leads out. */
import type { HeldAnswer, HeldQuery } from "../contract/work.ts";
import { decodeCursor, encodeCursor } from "../marts/cursor.ts";
import type { WorkCaller } from "./work-desk.ts";
import { inOrder, isAfter, type Placed, readLeads, workLead } from "./work-leads.ts";
import { accountsIn, finds } from "./work-lists.ts";
import type { WorkMirror } from "./work-mirror.ts";
import type { Workspace } from "./workspace.ts";

const LIST = "work held";

/** In the order of calling, within the accounts that the caller manages. @throws Problem `BAD_CURSOR` */
export function listHeld(
  workspace: Workspace,
  mirror: WorkMirror,
  caller: WorkCaller,
  { person, account, search, cursor, limit }: HeldQuery,
): Promise<HeldAnswer> {
  const place =
    cursor === undefined ? null : (decodeCursor(LIST, cursor) as unknown as Placed["place"]);
  return mirror.ask(async (sight) => {
    const nowMs = workspace.clock.now().getTime();
    const accounts = accountsIn(sight, caller.scope).filter(
      (one) => account === undefined || one === account,
    );
    const rows = await readLeads(sight.session, { accounts, holder: person ?? null });
    const found = inOrder(rows.filter(finds(search ?? "")), workspace.definitions(), nowMs);
    const rest = place === null ? found : found.filter((one) => isAfter(one, place));
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((one) => workLead(one, sight.names, caller.person, nowMs)),
      next: last !== undefined && rest.length > page.length ? encodeCursor(LIST, last.place) : null,
      total: found.length,
    };
  });
}
