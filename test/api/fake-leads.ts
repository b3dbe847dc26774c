/** Leads in memory: what they were asked is kept, and every answer has the real shape. */
import { Problem } from "../../src/base/problem.ts";
import type { LeadRow, Wait } from "../../src/contract/leads.ts";
import type { LeadQuestions } from "../../src/marts/lead-questions.ts";
import { type Asked, FRAME } from "./fakes.ts";

const ROW: LeadRow = {
  leadId: "l1",
  name: "Invented Person",
  phone: "+201000000000",
  phoneCountry: "EG",
  phoneValid: true,
  email: null,
  emailValid: null,
  status: "NEW_LEAD",
  stage: "new",
  arrivalAt: "2025-01-02 10:00:00",
  campaignId: "c1",
  campaignName: null,
  project: "Palm Hills",
  account: "7",
  assignedTo: null,
  logged: false,
  firstTouchAt: null,
  waitMinutes: null,
};

const WAIT: Wait = {
  n: 1,
  contacted: 0,
  medianMinutes: null,
  medianLow: null,
  medianHigh: null,
  p90Minutes: null,
  dayShare: 0,
  contactedMedianMinutes: null,
};
const NONE = { value: null, n: 0, low: null, high: null };

/** One lead, which nobody has called. */
export function fakeLeads(asked: Asked[]): LeadQuestions {
  return {
    async leads(query, scope) {
      asked.push({ question: "leads", query, scope });
      return { items: [ROW], next: null, total: 1, frame: FRAME };
    },
    async lead(id, query, scope) {
      asked.push({ question: "lead", query: { id, ...query }, scope });
      if (id === "gone") throw new Problem("LEAD_UNKNOWN", { what: "No such lead", fix: "Look." });
      return {
        lead: {
          ...ROW,
          leadId: id,
          adSetId: null,
          adId: null,
          form: null,
          platform: null,
          language: null,
        },
        workingMinutes: 60,
        firstContactMinutes: 60,
        late: false,
        afterHours: false,
        attempts: 0,
        contact: "never",
        timeline: [
          {
            kind: "arrival",
            at: ROW.arrivalAt,
            status: null,
            stage: null,
            bulk: false,
            counts: true,
            source: null,
          },
        ],
        repeats: [],
      };
    },
    async flow(query, scope) {
      asked.push({ question: "flow", query, scope });
      return {
        frame: FRAME,
        bulk: query.bulk,
        leads: 1,
        logged: 0,
        stages: [],
        nodes: [{ step: 0, stage: "arrival", leads: 1 }],
        links: [],
        further: 0,
      };
    },
    async cohorts(query, scope) {
      asked.push({ question: "cohorts", query, scope });
      return { frame: FRAME, until: null, horizonDays: 30, ages: 12, cohorts: [], more: 0 };
    },
    async speed(query, scope) {
      asked.push({ question: "speed", query, scope });
      return {
        frame: FRAME,
        bulk: query.bulk,
        until: "2025-01-31 00:00:00",
        firstContactMinutes: 60,
        workDays: [0, 1, 2, 3, 4],
        workHours: [9, 18],
        several: false,
        leads: 1,
        contacts: [{ contact: "never", leads: 1, spendMinor: 2500 }],
        wait: WAIT,
        curve: [],
        bulkTouches: 0,
        sla: { inTime: 0, lateTouched: 0, lateWaiting: 0, pending: 1, unknown: 0, lateShare: NONE },
        afterHours: {
          leads: 0,
          share: NONE,
          never: 0,
          wait: WAIT,
          inHours: WAIT,
          beforeOpening: 0,
        },
        attempts: [],
        oneAttempt: { leads: 0, ages: [] },
        cells: [],
        accounts: [],
        reps: [],
      };
    },
  };
}
