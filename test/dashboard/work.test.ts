import { describe, expect, it } from "vitest";
import { counted, loadAllTexts, text } from "../../dashboard/i18n/messages.ts";
import { attemptAt, dueWords, fieldOf, instantOf, ofField } from "../../dashboard/work/due.ts";
import type { Waiting } from "../../dashboard/work/outbox.ts";
import { dayOf, keyOf, searched, withWaiting } from "../../dashboard/work/queue.ts";
import { offered, statusWords } from "../../dashboard/work/statuses.ts";
import { whatsAppDigits } from "../../dashboard/work/whatsapp.ts";
import type { WorkLead } from "../../src/contract/work.ts";

await loadAllTexts("en");
const speech = {
  t: (key: Parameters<typeof text>[2], params?: Parameters<typeof text>[3]) =>
    text("en", "latn", key, params),
  n: (key: Parameters<typeof counted>[2], count: number) =>
    counted("en", "latn", key, count, { n: String(count) }),
};
const NOW = Date.parse("2026-01-05T09:00:00Z");
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

const lead = (leadId: string, part: Partial<WorkLead> = {}): WorkLead => ({
  account: "7",
  leadId,
  name: `Invented ${leadId}`,
  phone: "+201001234567",
  phoneValid: true,
  email: null,
  campaign: null,
  project: null,
  status: "NEW_LEAD",
  stage: "new",
  arrivedAt: at(-60),
  group: "new",
  firstContactDueAt: at(30),
  nextAttemptAt: null,
  attempts: 0,
  last: null,
  assignee: "sara",
  claimedAt: null,
  undoUntil: null,
  version: 1,
  ...part,
});
let seq = 0;
const outcome = (
  leadId: string,
  stage: NonNullable<WorkLead["stage"]>,
  nextAttemptAt: string | null = null,
  part: Partial<Waiting> = {},
): Waiting => ({
  seq: ++seq,
  id: `d${seq}`,
  person: "sara",
  about: null,
  at: at(0),
  tries: 0,
  refused: null,
  deed: { kind: "outcome", account: "7", leadId, status: "X", stage, note: null, nextAttemptAt },
  ...part,
});
const shown = (leads: readonly WorkLead[], waiting: readonly Waiting[]) =>
  withWaiting(leads, waiting, NOW).map(({ leadId, group }) => `${leadId} ${group}`);

describe("the queue, before the server has heard", () => {
  const leads = [lead("a"), lead("b"), lead("c", { group: "open", firstContactDueAt: null })];
  it("moves a lead to where its outcome will put it", () => {
    expect(shown(leads, [outcome("a", "attempting")])).toEqual(["b new", "c open", "a open"]);
    expect(shown(leads, [outcome("a", "attempting", at(60))])).toEqual([
      "b new",
      "c open",
      "a later",
    ]);
    expect(shown(leads, [outcome("a", "lost")])).toEqual(["b new", "c open"]);
  });
  it("changes nothing for what was refused or taken back", () => {
    const refused = outcome("a", "lost", null, { refused: { code: "X", what: "", fix: "" } });
    expect(shown(leads, [refused])).toEqual(["a new", "b new", "c open"]);
    const first = outcome("a", "lost");
    const undo: Waiting = {
      ...first,
      seq: ++seq,
      id: "undo",
      deed: { kind: "undo", account: "7", leadId: "a", outcome: first.id },
    };
    expect(shown(leads, [first, undo])).toEqual(["a new", "b new", "c open"]);
  });
  it("makes a planned attempt due when its time comes, the earliest first", () => {
    const planned = [
      lead("x", { group: "later", nextAttemptAt: at(-1) }),
      lead("y", { group: "due", nextAttemptAt: at(-5) }),
    ];
    expect(shown([lead("a"), ...planned], [])).toEqual(["y due", "x due", "a new"]);
  });
  it("counts the day with what waits", () => {
    const waiting = [outcome("a", "attempting"), outcome("b", "qualified")];
    expect(dayOf({ today: { done: 3, reached: 1 } }, waiting, 9)).toEqual({
      done: 5,
      reached: 2,
      open: 9,
    });
  });
  it("finds by name, id and digits of either script", () => {
    const found = (search: string) =>
      searched([lead("a"), lead("b", { phone: "+966501112223" })], search).map(keyOf).length;
    expect([
      found("invented b"),
      found("0100 123"),
      found("٠١٠٠١٢٣"),
      found("a"),
      found("zz"),
    ]).toEqual([1, 1, 1, 1, 0]);
  });
});

describe("when something is due", () => {
  it("is said in words, with what is late apart", () => {
    expect(dueWords(lead("a"), speech, NOW)).toEqual({
      text: "30 minutes left for the first call",
      mood: "calm",
    });
    expect(dueWords(lead("a", { firstContactDueAt: at(-180) }), speech, NOW)).toEqual({
      text: "First call late by 3 hours",
      mood: "late",
    });
    const due = lead("a", { group: "due", nextAttemptAt: at(-10), firstContactDueAt: null });
    expect(dueWords(due, speech, NOW).text).toBe("Was to be tried 10 minutes ago");
  });
  it("an attempt tomorrow at eleven is eleven on the account's wall, over a change of clocks too", () => {
    const wall = (ms: number | null, zone: string) =>
      new Date(ms ?? 0).toLocaleString("en-GB", { timeZone: zone });
    expect(wall(attemptAt("tomorrow", "Africa/Cairo", NOW), "Africa/Cairo")).toBe(
      "06/01/2026, 11:00:00",
    );
    // Clocks go forward in the night of 24 April 2026 in Cairo, of 29 March in Berlin.
    for (const [zone, eve, day] of [
      ["Africa/Cairo", "2026-04-23T15:00:00Z", "24/04/2026, 11:00:00"],
      ["Europe/Berlin", "2026-03-28T15:00:00Z", "29/03/2026, 11:00:00"],
      ["Asia/Riyadh", "2026-12-31T15:00:00Z", "01/01/2027, 11:00:00"],
    ] as const)
      expect(wall(attemptAt("tomorrow", zone, Date.parse(eve)), zone)).toBe(day);
    expect(attemptAt("evening", "Africa/Cairo", Date.parse("2026-01-05T18:00:00Z"))).toBeNull();
  });
  it("a picked time goes into the field and comes back", () => {
    const ms = instantOf("Africa/Cairo", [2026, 7, 14, 16, 30]);
    expect(fieldOf("Africa/Cairo", ms)).toBe("2026-07-14T16:30");
    expect(ofField("Africa/Cairo", "2026-07-14T16:30")).toBe(ms);
    expect(ofField("Africa/Cairo", "")).toBeNull();
  });
});

it("outcomes stand with the most used first, and none that is no outcome of a call", () => {
  const statuses = [
    { status: "NEW_LEAD", stage: "new" },
    { status: "DONE_DEAL", stage: "won" },
    { status: "NO_ANSWER", stage: "attempting" },
    { status: "FOLLOW_UP", stage: "engaged" },
    { status: "UNKNOWN", stage: "unknown" },
  ] as const;
  const names = (counts: Record<string, number>) =>
    offered(statuses, counts).map(({ status }) => status);
  expect(names({})).toEqual(["NO_ANSWER", "FOLLOW_UP", "DONE_DEAL"]);
  expect(names({ DONE_DEAL: 2, FOLLOW_UP: 1 })).toEqual(["DONE_DEAL", "FOLLOW_UP", "NO_ANSWER"]);
  expect(
    ["NO_ANSWER", "VISITED_SITE", "Chez nous"].map((status) => statusWords(speech, status)),
  ).toEqual(["No answer", "Visited site", "Chez nous"]);
});

it("WhatsApp is offered for numbers in international form alone", () => {
  const digits = (phone: string | null, phoneValid: boolean | null = true) =>
    whatsAppDigits({ phone, phoneValid });
  expect(digits("+20 100 123 4567")).toBe("201001234567");
  expect([digits("0100 123"), digits("+201001234567", false), digits(null)]).toEqual([
    null,
    null,
    null,
  ]);
});
