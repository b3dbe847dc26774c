/** The desk of the work on leads over an open workspace. */
import type { KeptRow } from "../contract/work.ts";
import { createGate } from "../warehouse/gate.ts";
import { createLiveBuild, type LiveOptions } from "./live.ts";
import { standingOf } from "./push-standing.ts";
import { dealWaiting } from "./work-deal.ts";
import {
  assignLeads,
  claimLeads,
  noteLead,
  tellOutcomes,
  undoOutcome,
  type WorkRoom,
} from "./work-deeds.ts";
import type { WorkDesk } from "./work-desk.ts";
import { listHeld } from "./work-held.ts";
import { leadHistory, takeLeave } from "./work-history.ts";
import { listMine, listTeam } from "./work-lists.ts";
import { createWorkMirror } from "./work-mirror.ts";
import { receiveLeads, receiveStatuses, sumUp } from "./work-receive.ts";
import type { Workspace } from "./workspace.ts";

/** @param options how soon changes are told and brought into the warehouse */
export function createWorkDesk(workspace: Workspace, options: Partial<LiveOptions> = {}): WorkDesk {
  const mirror = createWorkMirror(workspace);
  const live = createLiveBuild(workspace, options);
  const room: WorkRoom = { workspace, mirror };
  /** Leads are dealt one batch at a time: each takes into account what the one before gave. */
  const dealing = createGate(1);

  const noted = (items: readonly KeptRow[], rows: boolean) => {
    for (const one of items) {
      if (one.outcome === "kept" && one.account !== null) live.changed(one.account, rows);
    }
  };
  const deal = async (only: readonly string[] | null) => {
    const dealt = await dealing.pass(() => dealWaiting(workspace, mirror, only));
    for (const account of dealt) live.changed(account, false);
  };
  const stopListening = workspace.news.listen((message) => {
    // Tables that came in may hold new leads. What cannot be dealt now is dealt with the next ones.
    if (message.type === "data.changed") void deal(null).catch(() => undefined);
  });

  return {
    async receive(caller, leads) {
      const items = await receiveLeads(workspace, mirror, caller, leads);
      noted(items, true);
      const fresh = items.flatMap(({ outcome, account }) => (outcome === "kept" ? [account] : []));
      const accounts = new Set(fresh.filter((one) => one !== null));
      if (accounts.size > 0) await deal([...accounts]);
      return sumUp(items);
    },
    async setStatuses(caller, rows, request) {
      const items = await receiveStatuses(workspace, mirror, caller, rows, request);
      noted(items, true);
      return sumUp(items);
    },
    standing: (leads) => standingOf(mirror, leads),
    mine: (caller, query) => listMine(workspace, mirror, caller, query),
    team: (caller) => listTeam(workspace, mirror, caller),
    held: (caller, query) => listHeld(workspace, mirror, caller, query),
    async assign(caller, request) {
      const items = await assignLeads(room, caller, request);
      noted(items, false);
      return sumUp(items);
    },
    async claim(caller, request) {
      const answer = await claimLeads(room, caller, request);
      if (answer.items.length > 0) live.changed(request.account, false);
      return answer;
    },
    async outcomes(caller, request) {
      const items = await tellOutcomes(room, caller, request);
      noted(items, true);
      return { items };
    },
    async undo(caller, request) {
      const lead = await undoOutcome(room, caller, request);
      live.changed(lead.account, true);
      return lead;
    },
    async note(caller, request) {
      await noteLead(room, caller, request);
      live.changed(request.account, false);
    },
    leave: (caller, request) => takeLeave(room, caller, request),
    history: (caller, query) => leadHistory(room, caller, query),
    deal: () => deal(null),
    settled: live.settled,
    async close() {
      stopListening();
      await dealing.drained();
      await live.close();
      await mirror.close();
    },
  };
}
