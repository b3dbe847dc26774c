/** Today in memory: what it was asked is kept, and every answer has the real shape. */
import type {
  ChangeSums,
  ChangesAnswer,
  FirstHourAnswer,
  TodayAnswer,
} from "../../src/contract/today.ts";
import type { Scope } from "../../src/domain/scope.ts";
import type { TodayDesk } from "../../src/workflows/today.ts";

const nothing = { before: null, after: null };
const SUMS: ChangeSums = {
  spendMinor: nothing,
  leads: nothing,
  qualified: nothing,
  cplMinor: nothing,
  cpqlMinor: nothing,
};

const frameOf = (): ChangesAnswer["frame"] => ({
  period: { from: "2025-01-01", to: "2025-01-30", days: 30 },
  previous: null,
  basis: "corrected",
  asOf: null,
  currency: "EGP",
  currencyDecimals: 2,
  definitionsVersion: "0123456789abcdef",
  recomputing: false,
});

const FIRST_HOUR: FirstHourAnswer = {
  due: false,
  done: null,
  sample: false,
  firstDay: null,
  lastDay: null,
  money: {
    currency: "EGP",
    namedInFiles: [],
    currencyDecimals: 2,
    taxRate: 0,
    feeRate: 0,
    spendMinor: null,
    cpqlMinor: null,
  },
  target: { inForce: null, history: null, proposed: null, accounts: [] },
  qualified: { statuses: [], leads: 0, judged: 0, qualified: 0, horizonDays: 30 },
  hours: {
    workDays: [0, 1, 2, 3, 4],
    workHours: [9, 18],
    firstContactMinutes: 60,
    byWeekday: [],
    byHour: [],
    changes: 0,
    bulk: 0,
    proposed: null,
    arriveOutside: null,
  },
  callers: { assignment: "column", named: [], namedLeads: 0, leads: 0, reps: 0 },
};

export function fakeToday(asked: { question: string; query: unknown; scope: Scope }[]): TodayDesk {
  return {
    async changes(query, scope) {
      asked.push({ question: "changes", query, scope });
      return {
        frame: frameOf(),
        span: query.span,
        after: null,
        before: null,
        by: null,
        missing: "no_previous",
        totals: SUMS,
        effects: null,
        evidence: null,
        movers: [],
        rest: null,
        partialDay: null,
        immature: null,
      };
    },
    async today(query, scope): Promise<TodayAnswer> {
      asked.push({ question: "today", query, scope });
      return {
        frame: frameOf(),
        at: null,
        newLeads: null,
        firstContact: null,
        neverContacted: null,
        unmapped: { statuses: 0, rows: 0 },
        keysEnding: [],
      };
    },
    async insights(query, scope) {
      asked.push({ question: "selection insights", query, scope });
      return { frame: frameOf(), items: [] };
    },
    silence: async (insight, request, by) => ({
      insight,
      by,
      at: "2025-02-01T09:00:00.000Z",
      ...request,
    }),
    async hear() {},
    async firstHour(scope) {
      asked.push({ question: "first hour", query: null, scope });
      return FIRST_HOUR;
    },
    async firstHourDone() {},
  };
}
