import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SelectionQuery } from "../../src/contract/common.ts";
import { CHANGE_MEASURES, ChangesAnswer, ChangesQuery } from "../../src/contract/today.ts";
import type { Scope } from "../../src/domain/scope.ts";
import {
  createTodayQuestions,
  dayIn,
  type TodayQuestions,
} from "../../src/marts/today-questions.ts";
import { DEFAULTS, type House, openHouse, type RawRow } from "./raw-world.ts";
import { asFiles, day, FIRST_DAY, LAST_DAY, smallWorld } from "./worlds.ts";

let house: House;
let questions: TodayQuestions;
beforeAll(async () => {
  house = await openHouse();
  questions = createTodayQuestions({ warehouse: house.warehouse, definitions: () => DEFAULTS });
});
afterAll(() => house.close());

const ALL: Scope = { accounts: "all" };
const LATER = new Date("2026-01-01T12:00:00Z");
const ask = async (query: Record<string, unknown>, scope = ALL, now = LATER) =>
  ChangesAnswer.parse(await questions.changes(ChangesQuery.parse(query), scope, now));

const PARTS = ["spend", "mix", "rate", "started", "ended"] as const;

describe("over random worlds, spans, scopes and measures", () => {
  it("movers and the rest make up the whole change, and the sums are those of the key figures", async () => {
    const lengths = fc.integer({ min: 1, max: 5 });
    const scopes = fc.constantFrom<Scope>(ALL, { accounts: ["a1"] }, { accounts: ["a2"] });
    const asked = fc.record({
      days: lengths,
      start: fc.integer({ min: 0, max: 11 }),
      by: fc.constantFrom(undefined, ...CHANGE_MEASURES),
      limit: fc.integer({ min: 1, max: 3 }),
      scope: scopes,
    });
    type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;
    const check = async ({ days, start, by, limit, scope }: Asked) => {
      const from = Math.min(LAST_DAY, FIRST_DAY + start);
      const period = { from: day(from), to: day(Math.min(31, from + days - 1)) };
      const answer = await ask({ ...period, limit, ...(by ? { by } : {}) }, scope);
      const { kpis } = await house.queries.kpis(SelectionQuery.parse(period), scope);
      const kpi = (id: string) => kpis.find((one) => one.id === id);
      if (answer.before === null) {
        expect(answer.by).toBeNull();
        return;
      }
      for (const [name, id] of [
        ["spendMinor", "spend"],
        ["leads", "leads"],
        ["qualified", "qualified"],
      ] as const) {
        expect(answer.totals[name].after ?? 0, id).toBe(kpi(id)?.value ?? 0);
        expect(answer.totals[name].before ?? 0, `${id} before`).toBe(kpi(id)?.previous ?? 0);
      }
      // Rows that know no spend are no spend here.
      expect(answer.totals.cplMinor.after ?? 0).toBe(kpi("cpl")?.value ?? 0);
      if (answer.by === null || answer.effects === null) {
        expect(answer.missing).not.toBeNull();
        expect(answer.movers).toEqual([]);
        return;
      }
      const lines = [...answer.movers, ...(answer.rest ? [answer.rest] : [])];
      for (const part of ["total", ...PARTS] as const) {
        const sum = lines.reduce((all, line) => all + line.effects[part], 0);
        expect(Math.abs(sum - answer.effects[part])).toBeLessThan(1e-9);
      }
      const own = PARTS.reduce((all, part) => all + (answer.effects?.[part] ?? 0), 0);
      expect(Math.abs(own - answer.effects.total)).toBeLessThan(1e-9);
      expect(answer.movers.length).toBeLessThanOrEqual(limit);
      if (scope.accounts !== "all") {
        for (const one of answer.movers) expect(scope.accounts).toContain(one.account);
      }
      const { totals } = answer;
      if (answer.by === "spend" || answer.by === "leads" || answer.by === "qualified") {
        const sums = totals[answer.by === "spend" ? "spendMinor" : answer.by];
        const change = (sums.after ?? 0) - (sums.before ?? 0);
        expect(Math.abs(answer.effects.total - change)).toBeLessThan(1e-9);
      } else {
        // The money is what the later leads cost more than at the earlier price, to the cent.
        const count = answer.evidence?.after ?? 0;
        const price = totals[answer.by === "cpl" ? "cplMinor" : "cpqlMinor"];
        const spend = price.after === null ? null : price.after * count;
        if (spend !== null) {
          expect(
            Math.abs(answer.effects.total - (spend - count * (price.before ?? Number.NaN))),
          ).toBeLessThanOrEqual(0.5 + 1e-6);
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(
        smallWorld,
        fc.array(asked, { minLength: 12, maxLength: 12 }),
        async (world, questionsAsked) => {
          await house.settle(asFiles(world));
          for (const one of questionsAsked) await check(one);
        },
      ),
      { numRuns: 10, endOnFailure: true },
    );
  }, 120_000);
});

/** One campaign with a lead at each of these hours of each day. */
function arrivals(days: readonly { readonly n: number; readonly hours: readonly number[] }[]) {
  return {
    campaigns: [{ campaign_id: "c1", account_id: "a1", file_id: 1, line: 2 }],
    insights: days.map(({ n }, i) => ({
      level: "ad_set",
      campaign_id: "c1",
      ad_set_id: "s1",
      day: day(n),
      spend_minor: 1000,
      file_id: 2,
      line: i + 2,
    })),
    campaign_leads: days
      .flatMap(({ n, hours }): RawRow[] =>
        hours.map((hour) => ({
          lead_id: `${n}-${hour}`,
          campaign_id: "c1",
          added_at: `${day(n)} ${String(hour).padStart(2, "0")}:00:00`,
          lead_status: "NEW_LEAD",
        })),
      )
      .map((row, i) => ({ ...row, file_id: 3, line: i + 2 })),
  };
}
const week = [1, 2, 3, 4, 5, 6, 7].map((n) => ({ n, hours: [10, 21] }));

describe("the last day", () => {
  it("is left out where its leads stop hours before those of the seven days before it, and said", async () => {
    await house.settle(arrivals([...week, { n: 8, hours: [9] }]));
    const answer = await ask({ from: day(1), to: day(8), span: "day", by: "spend" });
    expect(answer.partialDay).toMatchObject({
      day: day(8),
      why: "stops_early",
      lastArrival: `${day(8)} 09:00:00`,
      spendMinor: 1000,
      leads: 1,
    });
    expect(answer.after).toEqual({ from: day(7), to: day(7), days: 1 });
    expect(answer.before).toEqual({ from: day(6), to: day(6), days: 1 });
  });

  it("counts where its leads come as late as on other days", async () => {
    await house.settle(arrivals([...week, { n: 8, hours: [20] }]));
    const answer = await ask({ from: day(1), to: day(8), span: "day", by: "spend" });
    expect(answer.partialDay).toBeNull();
    expect(answer.after?.to).toBe(day(8));
  });

  it("is not over while the clock of the account still shows it", async () => {
    await house.settle(arrivals([...week, { n: 8, hours: [20] }]));
    const query = { from: day(1), to: day(8), span: "day" };
    // 22:30 UTC is half past midnight in Cairo: there the day is over.
    const over = await ask(query, ALL, new Date(`${day(8)}T22:30:00Z`));
    expect(over.partialDay).toBeNull();
    const running = await ask(query, ALL, new Date(`${day(8)}T21:30:00Z`));
    expect(running.partialDay?.why).toBe("not_over");
    expect(dayIn("Africa/Cairo", new Date(`${day(8)}T22:30:00Z`))).toBe(day(9));
  });
});

it("tells of the cost of a lead while the qualified ones are too young or too few, and compares them at the same age", async () => {
  await house.settle({
    ...arrivals([
      { n: 1, hours: [9, 10] },
      { n: 2, hours: [9, 10] },
    ]),
    lead_status_changes: [
      { lead_id: "1-9", status: "QUALIFIED", changed_at: `${day(1)} 20:00:00` },
      { lead_id: "1-10", status: "QUALIFIED", changed_at: `${day(2)} 20:00:00` },
      { lead_id: "2-9", status: "QUALIFIED", changed_at: `${day(2)} 20:00:00` },
    ].map((row, i) => ({ ...row, file_id: 4, line: i + 2 })),
  });
  const answer = await ask({ from: day(2), to: day(2) });
  expect(answer.by).toBe("cpl");
  // The lead of day 1 that was qualified on day 2 was one day older than those of day 2 can be.
  expect(answer.immature).toMatchObject({
    ageDays: 0,
    qualifiedAtSameAge: { before: 1, after: 1 },
  });
});

it("does not add money of several currencies", async () => {
  await house.settle({
    ...arrivals([
      { n: 1, hours: [9] },
      { n: 2, hours: [9] },
    ]),
    campaigns: [
      {
        campaign_id: "c1",
        account_id: "a1",
        file_id: 1,
        line: 2,
        attributes: '{"currency":"USD"}',
      },
    ],
  });
  const answer = await ask({ from: day(2), to: day(2), by: "leads" });
  expect(answer.by).toBe("leads");
  expect(answer.effects?.total).toBe(0);
});
