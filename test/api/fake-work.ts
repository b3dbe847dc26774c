/** A desk of the work on leads that answers with real shapes and keeps what it was asked. */
import type { KeptAnswer, KeptRow, WorkLead } from "../../src/contract/work.ts";
import type { WorkCaller, WorkDesk } from "../../src/workflows/work-desk.ts";

const NOW = "2025-02-01T09:00:00.000Z";

const LEAD: WorkLead = {
  account: "7",
  leadId: "l1",
  name: "Invented Person",
  phone: "+201000000000",
  phoneValid: true,
  email: null,
  campaign: "Palm Hills",
  project: null,
  status: "NEW_LEAD",
  stage: "new",
  arrivedAt: NOW,
  group: "new",
  firstContactDueAt: NOW,
  nextAttemptAt: null,
  attempts: 0,
  last: null,
  assignee: "p",
  claimedAt: NOW,
  undoUntil: null,
  version: 1,
};

export interface FakeWork extends WorkDesk {
  readonly asked: {
    readonly question: string;
    readonly caller: WorkCaller;
    readonly body: unknown;
  }[];
}

const keptOf = (ids: readonly string[]): KeptAnswer => {
  const items = ids.map(
    (leadId, index): KeptRow => ({ index, account: "7", leadId, outcome: "kept", problem: null }),
  );
  return { kept: items.length, repeated: 0, refused: 0, items };
};

export function fakeWork(): FakeWork {
  const asked: FakeWork["asked"] = [];
  const note = (question: string, caller: WorkCaller, body: unknown) => {
    asked.push({ question, caller, body });
  };
  return {
    asked,
    async receive(caller, leads) {
      note("receive", caller, leads);
      return keptOf(leads.map(({ id }) => id));
    },
    async setStatuses(caller, rows) {
      note("setStatuses", caller, rows);
      return keptOf(rows.map(({ leadId }) => leadId));
    },
    standing: async () => [],
    async mine(caller, query) {
      note("mine", caller, query);
      return {
        items: [LEAD],
        next: null,
        total: 1,
        groups: { due: 0, new: 1, open: 0, later: 0 },
        accounts: [
          {
            account: "7",
            timeZone: "Africa/Cairo",
            pool: 2,
            statuses: [{ status: "NEW_LEAD", stage: "new" }],
          },
        ],
        today: { done: 0, reached: 0 },
        away: [],
        now: NOW,
      };
    },
    async held(caller, query) {
      note("held", caller, query);
      return { items: [LEAD], next: null, total: 1 };
    },
    async team(caller) {
      note("team", caller, null);
      return { items: [], pool: [{ account: "7", leads: 2, overdue: 1 }], strangers: [], now: NOW };
    },
    async assign(caller, request) {
      note("assign", caller, request);
      return keptOf((request.leads ?? []).map(({ leadId }) => leadId));
    },
    async claim(caller, request) {
      note("claim", caller, request);
      return { items: [LEAD] };
    },
    async outcomes(caller, request) {
      note("outcomes", caller, request);
      const { items } = keptOf(request.outcomes.map(({ leadId }) => leadId));
      return {
        items: items.map((one, index) => ({
          ...one,
          id: request.outcomes[index]?.id ?? "",
          undoUntil: NOW,
        })),
      };
    },
    async undo(caller, request) {
      note("undo", caller, request);
      return LEAD;
    },
    async note(caller, request) {
      note("note", caller, request);
    },
    async leave(caller, request) {
      note("leave", caller, request);
      return { person: request.person ?? caller.person, away: [] };
    },
    async history(caller, query) {
      note("history", caller, query);
      return { items: [] };
    },
    async deal() {},
    async settled() {},
    async close() {},
  };
}
