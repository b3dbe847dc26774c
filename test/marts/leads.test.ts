import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LeadsQuery } from "../../src/contract/leads.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { isWorkingTime, workingMinutes } from "../../src/domain/working-time.ts";
import { flowOf } from "../../src/marts/lead-flow.ts";
import { waitOf } from "../../src/marts/lead-speed.ts";
import { type House, openHouse, type RawRow } from "./raw-world.ts";
import { asFiles, smallWorld } from "./worlds.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const ALL = {
  from: "all" as const,
  account: [],
  project: [],
  campaign: [],
  basis: "corrected" as const,
};
const leads = (query: Record<string, unknown> = {}) =>
  house.leads.leads(LeadsQuery.parse({ from: "all", limit: 500, ...query }), EVERYTHING);

/** Account a2 works at other times and allows less. */
const DEFINITIONS = readDefinitions(
  [
    {
      default: { workDays: [0, 1, 2, 3, 4], workHours: [9, 18], firstContactMinutes: 60 },
      accounts: { a2: { workDays: [1, 2, 6], workHours: [17, 20], firstContactMinutes: 30 } },
    },
  ],
  "test",
);

interface PlainLead {
  lead_key: number;
  lead_id: string;
  account_id: string;
  stage: string | null;
  logged: boolean;
  undecided: boolean;
  arrival_at: string;
  first_touch_at: string | null;
}

/** What each lead waits, worked out lead by lead from the plain tables. */
async function waitsByHand() {
  const rows = await house.warehouse.all<PlainLead>(
    `SELECT l.*, a.account_id FROM marts.leads_corrected AS l JOIN marts.accounts AS a USING (account_key)`,
  );
  const log = await house.warehouse.all<{
    lead_key: number;
    account_key: number;
    status: string;
    stage: string | null;
    changed_at: string;
  }>("SELECT * FROM marts.log_corrected ORDER BY lead_key, step");
  const last = await house.warehouse.first<{ day: string }>(
    "SELECT (max(last_day) + INTERVAL 1 DAY)::DATE AS day FROM marts.accounts",
  );
  const until = `${last?.day} 00:00:00`;
  return rows.map((row) => {
    const own = log.filter((one) => one.lead_key === row.lead_key);
    const touch = own.find((one) => one.stage !== "new");
    const together = log.filter(
      (one) =>
        touch !== undefined &&
        one.account_key === touch.account_key &&
        one.status === touch.status &&
        one.changed_at.slice(0, 16) === touch.changed_at.slice(0, 16),
    );
    const bulk = together.length >= 10;
    const contact =
      row.first_touch_at !== null
        ? "touched"
        : row.stage === "new"
          ? "never"
          : row.stage === "unknown"
            ? "unrecorded"
            : "untimed";
    const rule = { ...DEFINITIONS.default, ...DEFINITIONS.accounts[row.account_id] };
    const end = row.first_touch_at ?? (until > row.arrival_at ? until : row.arrival_at);
    const working = workingMinutes(row.arrival_at, end, rule);
    const over = working > rule.firstContactMinutes;
    const late =
      contact !== "touched" && contact !== "never"
        ? null
        : !over
          ? false
          : contact === "touched" && bulk
            ? null
            : true;
    return {
      ...row,
      contact,
      late,
      bulk,
      working,
      afterHours: !isWorkingTime(row.arrival_at, rule),
      attempts: own.filter((one) => one.stage === "attempting").length,
      weekday: new Date(`${row.arrival_at.slice(0, 10)}T00:00:00Z`).getUTCDay(),
      hour: Number(row.arrival_at.slice(11, 13)),
    };
  });
}

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const filters = fc.record({
  stage: maybe(fc.constantFrom("new", "attempting", "qualified", "unknown", "unmapped")),
  contact: maybe(fc.constantFrom("touched", "untimed", "never", "unrecorded")),
  late: maybe(fc.constantFrom("yes", "no")),
  afterHours: maybe(fc.constantFrom("yes", "no")),
  judged: maybe(fc.constantFrom("yes", "no")),
  logged: maybe(fc.constantFrom("yes", "no")),
  attempts: maybe(fc.integer({ min: 0, max: 5 })),
  weekday: maybe(fc.integer({ min: 0, max: 6 })),
  account: maybe(fc.constantFrom("a1", "a2")),
});

describe("lists and figures of random worlds", () => {
  it("hold the leads that the plain tables hold, through any filters, at any offset", async () => {
    await fc.assert(
      fc.asyncProperty(
        smallWorld,
        fc.array(filters, { minLength: 4, maxLength: 6 }),
        async (world, asked) => {
          await house.settle(asFiles(world), DEFINITIONS);
          const known = await waitsByHand();
          for (const one of asked) {
            const yes = (flag: "yes" | "no" | undefined, is: boolean | null) =>
              flag === undefined || (is !== null && is === (flag === "yes"));
            const expected = known.filter(
              (lead) =>
                (one.stage === undefined || (lead.stage ?? "unmapped") === one.stage) &&
                (one.contact === undefined || lead.contact === one.contact) &&
                yes(one.late, lead.late) &&
                yes(one.afterHours, lead.afterHours) &&
                yes(one.judged, lead.stage !== null && !lead.undecided) &&
                yes(one.logged, lead.logged) &&
                (one.attempts === undefined || Math.min(lead.attempts, 5) === one.attempts) &&
                (one.weekday === undefined || lead.weekday === one.weekday) &&
                (one.account === undefined || lead.account_id === one.account),
            );
            const given = Object.fromEntries(
              Object.entries(one).filter(([, value]) => value !== undefined),
            );
            const list = await leads({ ...given, order: "asc" });
            expect({ one, ids: list.items.map((row) => row.leadId).sort() }).toEqual({
              one,
              ids: expected.map((lead) => lead.lead_id).sort(),
            });
            expect(list.total).toBe(expected.length);
            const part = await leads({ ...given, order: "asc", offset: 2, limit: 3 });
            expect(part.items).toEqual(list.items.slice(2, 5));
            expect(part.total).toBe(list.total);
          }
        },
      ),
      { numRuns: 10 },
    );
  }, 120_000);

  it("open, from every figure of speed, as many leads as the figure says", async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, async (world) => {
        await house.settle(asFiles(world), DEFINITIONS);
        const speed = await house.leads.speed({ ...ALL, bulk: "left_out" }, EVERYTHING);
        const known = await waitsByHand();
        const total = async (query: Record<string, unknown>) => (await leads(query)).total;
        for (const { contact, leads: n } of speed.contacts) {
          expect(n).toBe(known.filter((lead) => lead.contact === contact).length);
          expect(await total({ contact })).toBe(n);
        }
        const { sla } = speed;
        expect(sla.inTime + sla.lateTouched + sla.lateWaiting + sla.pending + sla.unknown).toBe(
          known.length,
        );
        expect(await total({ late: "yes" })).toBe(sla.lateTouched + sla.lateWaiting);
        expect(await total({ late: "no", contact: "never" })).toBe(sla.pending);
        expect(await total({ late: "no", contact: "touched" })).toBe(sla.inTime);
        expect(await total({ afterHours: "yes" })).toBe(speed.afterHours.leads);
        for (const { attempts, leads: n } of speed.attempts)
          expect(await total({ contact: "touched", attempts })).toBe(n);
        expect(await total({ contact: "touched", attempts: 1, stage: "attempting" })).toBe(
          speed.oneAttempt.leads,
        );
        for (const cell of speed.cells.slice(0, 4))
          expect(await total({ weekday: cell.weekday, hour: cell.hour })).toBe(cell.leads);
        for (const one of speed.accounts) {
          expect(await total({ account: one.id })).toBe(one.leads);
          expect(await total({ account: one.id, contact: "never" })).toBe(one.never);
          expect(await total({ account: one.id, late: "yes" })).toBe(one.late);
        }
        const sum = (of: readonly { readonly leads: number }[]) =>
          of.reduce((all, one) => all + one.leads, 0);
        expect(sum(speed.cells)).toBe(known.length);
        expect(sum(speed.accounts)).toBe(known.length);
      }),
      { numRuns: 5 },
    );
  }, 120_000);

  it("share the spend of campaigns that brought leads among all of them, and lose none of it", async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, async (world) => {
        await house.settle(asFiles(world), DEFINITIONS);
        const speed = await house.leads.speed({ ...ALL, bulk: "left_out" }, EVERYTHING);
        const spent = await house.warehouse.first<{ spend: number | null; known: boolean }>(
          `SELECT sum(d.spend_minor) AS spend, (SELECT bool_or(spend_since IS NOT NULL) FROM marts.accounts) AS known
           FROM marts.delivery_corrected AS d
           WHERE d.campaign_key IN (SELECT campaign_key FROM marts.leads_corrected)`,
        );
        if (!spent?.known) return;
        const shared = speed.contacts.reduce((sum, one) => sum + (one.spendMinor ?? 0), 0);
        // Each of the four sums is rounded once.
        expect(Math.abs(shared - (spent.spend ?? 0))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 6 },
    );
  }, 60_000);

  it("lead from step to step without losing anybody, and stand where the funnel says", async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, async (world) => {
        await house.settle(asFiles(world), DEFINITIONS);
        const flow = await house.leads.flow({ ...ALL, bulk: "left_out" }, EVERYTHING);
        expect(flow.stages.reduce((sum, one) => sum + one.at, 0)).toBe(flow.leads ?? 0);
        expect(flow.nodes.find((node) => node.step === 0)?.leads ?? 0).toBe(flow.logged);
        for (const node of flow.nodes.filter((one) => one.step > 0)) {
          const into = flow.links.filter(
            (link) => link.step === node.step - 1 && link.to === node.stage,
          );
          expect(into.reduce((sum, link) => sum + link.leads, 0)).toBe(node.leads);
          const out = flow.links.filter(
            (link) => link.step === node.step && link.from === node.stage,
          );
          expect(out.reduce((sum, link) => sum + link.leads, 0)).toBeLessThanOrEqual(node.leads);
        }
        const funnel = await house.queries.funnel(ALL, EVERYTHING);
        for (const { stage, at } of [...funnel.stages, ...funnel.beside])
          expect(flow.stages.find((one) => one.stage === stage)?.at).toBe(at);
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});

const lead = (id: string, at: string, status: string | null, more: RawRow = {}): RawRow => ({
  file_id: 3,
  lead_id: id,
  campaign_id: "c1",
  added_at: at,
  lead_status: status,
  ...more,
});
const change = (id: string, at: string, status: string): RawRow => ({
  file_id: 4,
  lead_id: id,
  status,
  changed_at: at,
});
const CAMPAIGN = { file_id: 1, campaign_id: "c1", account_id: "a1", project_name: "Palm" };

describe("by hand", () => {
  it("half are contacted after three of four minutes, where the second was watched for two alone", () => {
    // 1: 3 of 4 wait on; 3: 1 of 2; 4: none. Shares waiting: 0.75, 0.375, 0.
    const wait = waitOf({ minutes: [1, 2, 3, 4], contacted: [1, 0, 1, 1] });
    expect(wait).toMatchObject({ n: 4, contacted: 3, medianMinutes: 3, p90Minutes: 4 });
    expect(wait.contactedMedianMinutes).toBe(3);
    expect(waitOf({ minutes: [10, 20], contacted: [0, 0] })).toMatchObject({
      contacted: 0,
      medianMinutes: null,
    });
  });

  it("cohorts count who was qualified by which week of age, and know what has not come yet", async () => {
    await house.settle({
      campaigns: [CAMPAIGN],
      campaign_leads: [
        lead("l1", "2024-06-02 10:00:00", null),
        lead("l2", "2024-06-03 10:00:00", null),
        lead("l3", "2024-06-08 10:00:00", "NEW_LEAD"),
        lead("l4", "2024-06-20 10:00:00", "NEW_LEAD"),
      ],
      lead_status_changes: [
        change("l1", "2024-06-05 10:00:00", "QUALIFIED"),
        change("l2", "2024-06-12 10:00:00", "QUALIFIED"),
      ],
    });
    const answer = await house.leads.cohorts(ALL, EVERYTHING);
    expect(answer.until).toBe("2024-06-21 00:00:00");
    expect(answer.cohorts.map(({ week, leads: n }) => [week, n])).toEqual([
      ["2024-06-02", 3],
      ["2024-06-16", 1],
    ]);
    const [first, second] = answer.cohorts;
    expect(first).toMatchObject({ judged: 2, logged: 2, qualified: 2, mature: false });
    expect(first?.byAge.slice(0, 3)).toEqual([1, 2, 2]);
    // The week ended on 9 June: its youngest lead is 12 days old, its oldest 19.
    expect(first).toMatchObject({ wholeAges: 1, someAges: 3 });
    expect(second).toMatchObject({ wholeAges: 0, someAges: 1 });
  });

  it("time in stage runs from entry to entry, and leaves out what was typed in bulk unless told", async () => {
    const many = Array.from({ length: 10 }, (_, i) => `b${i}`);
    await house.settle({
      campaigns: [CAMPAIGN],
      campaign_leads: [
        lead("l1", "2024-06-02 10:00:00", null),
        ...many.map((id) => lead(id, "2024-06-02 10:00:00", null)),
      ],
      lead_status_changes: [
        change("l1", "2024-06-02 11:00:00", "NO_ANSWER"),
        change("l1", "2024-06-02 12:00:00", "CALL_AGAIN"),
        change("l1", "2024-06-02 14:00:00", "QUALIFIED"),
        ...many.map((id) => change(id, "2024-06-03 10:00:30", "LOW_BUDGET")),
      ],
    });
    const stays = async (bulk: "left_out" | "counted") =>
      new Map(
        (await house.leads.flow({ ...ALL, bulk }, EVERYTHING)).stages.map((one) => [
          one.stage,
          one.stay,
        ]),
      );
    const without = await stays("left_out");
    expect(without.get("new")).toMatchObject({ n: 1, medianMinutes: 60, still: 0, bulk: 10 });
    // Two statuses of one stage are one stay.
    expect(without.get("attempting")).toMatchObject({ n: 1, medianMinutes: 180 });
    expect(without.get("qualified")).toMatchObject({ n: 0, medianMinutes: null, still: 1 });
    const withBulk = await stays("counted");
    expect(withBulk.get("new")).toMatchObject({ n: 11, medianMinutes: 1440.5 });
    const speed = await house.leads.speed({ ...ALL, bulk: "left_out" }, EVERYTHING);
    expect(speed.bulkTouches).toBe(10);
    expect(speed.wait).toMatchObject({ n: 1, contacted: 1, medianMinutes: 60 });
    expect(speed.sla).toMatchObject({ inTime: 1, unknown: 10 });
    const detail = await house.leads.lead("b3", { basis: "corrected" }, EVERYTHING);
    expect(detail.timeline.map(({ kind, bulk }) => [kind, bulk])).toEqual([
      ["arrival", false],
      ["status", true],
    ]);
    expect(detail.late).toBeNull();
  });

  it("one lead tells its hours, its lines and the same phone's other leads, within the caller's accounts", async () => {
    await house.settle({
      campaigns: [CAMPAIGN, { ...CAMPAIGN, campaign_id: "c2", account_id: "a2" }],
      campaign_leads: [
        // A Thursday; work begins again on Sunday at nine.
        lead("l1", "2024-06-06 17:30:00", null, { phone: "01012345678", name: "Mona" }),
        lead("l2", "2024-06-05 10:00:00", "NEW_LEAD", { phone: "+20 101 234 5678" }),
        lead("l3", "2024-06-04 10:00:00", "NEW_LEAD", {
          phone: "0020 1012345678",
          campaign_id: "c2",
        }),
        lead("l4", "2024-06-04 10:00:00", "NEW_LEAD", { phone: "01055555555" }),
      ],
      lead_status_changes: [change("l1", "2024-06-09 09:45:00", "NO_ANSWER")],
    });
    const basis = { basis: "corrected" as const };
    const whole = await house.leads.lead("l1", basis, EVERYTHING);
    expect(whole).toMatchObject({
      workingMinutes: 75,
      firstContactMinutes: 60,
      late: true,
      afterHours: false,
      attempts: 1,
      contact: "touched",
    });
    expect(whole.lead.waitMinutes).toBe(3 * 1440 - 465);
    expect(whole.repeats.map((one) => one.leadId)).toEqual(["l2", "l3"]);
    expect(whole.timeline.map(({ source }) => [source?.table, source?.line])).toEqual([
      ["campaign_leads", 2],
      ["lead_status_changes", 2],
    ]);
    const scope = { accounts: ["a1"], contacts: [] };
    const bounded = await house.leads.lead("l1", basis, scope);
    expect(bounded.repeats.map((one) => one.leadId)).toEqual(["l2"]);
    expect(bounded.lead.phone).not.toBe(whole.lead.phone);
    await expect(house.leads.lead("l3", basis, scope)).rejects.toMatchObject({
      code: "LEAD_UNKNOWN",
    });
    const past = await house.leads.lead("l1", { ...basis, asOf: "2024-06-06" }, EVERYTHING);
    expect(past.timeline).toHaveLength(1);
    expect(past.contact).toBe("unrecorded");
  });

  it("search finds an Arabic name in any spelling, a phone in any form and digits, an e-mail, an id", async () => {
    await house.settle({
      campaigns: [CAMPAIGN],
      campaign_leads: [
        lead("l1", "2024-06-02 10:00:00", "NEW_LEAD", { name: "أحمد عبدالله الهادى" }),
        lead("l2", "2024-06-02 11:00:00", "NEW_LEAD", {
          name: "فاطمة إبراهيم",
          phone: "01098765432",
        }),
        lead("7001", "2024-06-02 12:00:00", "NEW_LEAD", {
          name: "Nour Invented",
          email: "Nour.Invented@example.com",
        }),
      ],
    });
    const found = async (search: string) =>
      (await leads({ search })).items.map((row) => row.leadId).sort();
    for (const text of ["احمد", "أَحمَد", "أحـمد", "إحمد", "آحمد", "الهادي", "الهادى"])
      expect({ text, found: await found(text) }).toEqual({ text, found: ["l1"] });
    for (const text of ["فاطمه", "فاطمة", "ابراهيم", "اِبراهيم"])
      expect({ text, found: await found(text) }).toEqual({ text, found: ["l2"] });
    for (const text of [
      "01098765432",
      "٠١٠٩٨٧٦٥٤٣٢",
      "۰۱۰۹۸۷۶۵۴۳۲",
      "+20 109 876 5432",
      "0020-109-876-5432",
      "(010) 9876 5432",
      "98765432",
    ])
      expect({ text, found: await found(text) }).toEqual({ text, found: ["l2"] });
    for (const text of ["nour", "NOUR.invented@", "7001", "٧٠٠١"])
      expect({ text, found: await found(text) }).toEqual({ text, found: ["7001"] });
    expect(await found("nobody is called so")).toEqual([]);
  });

  it("moves beyond the last step are counted, not drawn", () => {
    const moves = [
      { step: 0, stage: "arrival", next: "new", leads: 3 },
      { step: 5, stage: "new", next: "lost", leads: 2 },
      { step: 5, stage: "new", next: null, leads: 1 },
    ];
    expect(flowOf(moves)).toEqual({
      nodes: [
        { step: 0, stage: "arrival", leads: 3 },
        { step: 5, stage: "new", leads: 3 },
      ],
      links: [{ step: 0, from: "arrival", to: "new", leads: 3 }],
      further: 2,
    });
  });
});
