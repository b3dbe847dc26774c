import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SelectionQuery } from "../../src/contract/common.ts";
import { type Definitions, readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { workingMinutes } from "../../src/domain/working-time.ts";
import { createTodayQuestions, type TodayQuestions } from "../../src/marts/today-questions.ts";
import { proposedHours } from "../../src/marts/working-hours.ts";
import { type House, openHouse, type RawRow } from "./raw-world.ts";

let house: House;
let questions: TodayQuestions;
let definitions: Definitions = readDefinitions([], "test");
beforeAll(async () => {
  house = await openHouse();
  questions = createTodayQuestions({
    warehouse: house.warehouse,
    definitions: () => definitions,
  });
});
afterAll(() => house.close());

/** A lead with its arrival and, where it was touched, the first status beyond new. */
interface Lead {
  readonly account: string;
  readonly arrival: string;
  readonly touch: string | null;
}

const at = (days: number, minutes: number) =>
  new Date(Date.UTC(2024, 2, 1 + days, 0, minutes)).toISOString().slice(0, 19).replace("T", " ");

function world(leads: readonly Lead[]) {
  const campaigns = ["a1", "a2"].map((account, i) => ({
    campaign_id: `c-${account}`,
    account_id: account,
    file_id: 1,
    line: i + 2,
  }));
  return {
    campaigns,
    insights: campaigns.map((one, i) => ({
      level: "ad_set",
      campaign_id: one.campaign_id,
      ad_set_id: "s",
      day: "2024-03-01",
      spend_minor: 10_000,
      file_id: 2,
      line: i + 2,
    })),
    campaign_leads: leads.map(
      (lead, i): RawRow => ({
        lead_id: `l${i}`,
        campaign_id: `c-${lead.account}`,
        added_at: lead.arrival,
        lead_status: lead.touch === null ? "NEW_LEAD" : "NO_ANSWER",
        file_id: 3,
        line: i + 2,
      }),
    ),
    lead_status_changes: leads
      .flatMap((lead, i): RawRow[] =>
        lead.touch === null
          ? []
          : [{ lead_id: `l${i}`, status: "NO_ANSWER", changed_at: lead.touch }],
      )
      .map((row, i) => ({ ...row, file_id: 4, line: i + 2 })),
  };
}

const minutes = fc.integer({ min: 0, max: 1439 });
const lead: fc.Arbitrary<Lead> = fc
  .record({
    account: fc.constantFrom("a1", "a2"),
    arrived: fc.integer({ min: 0, max: 12 }),
    minute: minutes,
    wait: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: null }),
  })
  .map(({ account, arrived, minute, wait }) => ({
    account,
    arrival: at(arrived, minute),
    touch: wait === null ? null : at(arrived, minute + wait),
  }));
const hours = fc
  .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 24 }))
  .filter(([from, to]) => from < to);
const calendar = fc.record({
  workDays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 7 }),
  workHours: hours,
  firstContactMinutes: fc.constantFrom(5, 60, 600),
});

it("counts first contacts in working minutes as the definition of working time does, account by account", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(lead, { minLength: 1, maxLength: 15 }),
      calendar,
      fc.option(calendar, { nil: null }),
      async (leads, all, own) => {
        definitions = readDefinitions(
          [{ default: all, ...(own ? { accounts: { a2: own } } : {}) }],
          "test",
        );
        await house.settle(world(leads), definitions);
        const {
          firstContact,
          at: until,
          newLeads,
          neverContacted,
        } = await questions.today(SelectionQuery.parse({}), EVERYTHING);
        // Leads end on the last day of the data; what the log says later is not told of yet.
        const lastDay =
          leads
            .map((one) => one.arrival.slice(0, 10))
            .sort()
            .at(-1) ?? "";
        const moments = leads.flatMap((one) => [
          one.arrival,
          ...(one.touch !== null && one.touch.slice(0, 10) <= lastDay ? [one.touch] : []),
        ]);
        const end = moments.sort().at(-1) ?? "";
        expect(until).toBe(end);
        const weekAgo = new Date(Date.parse(`${end.slice(0, 10)}T00:00:00Z`) - 7 * 86_400_000)
          .toISOString()
          .slice(0, 10);
        const recent = leads.filter((one) => one.arrival.slice(0, 10) > weekAgo);
        const judged = recent.map((one) => {
          const settings = one.account === "a2" && own ? own : all;
          const reached = one.touch ?? end;
          const waited = workingMinutes(one.arrival, [reached, end].sort()[0] ?? end, settings);
          return { touched: one.touch !== null, inTime: waited <= settings.firstContactMinutes };
        });
        const count = (keep: (one: (typeof judged)[number]) => boolean) =>
          judged.filter(keep).length;
        expect(firstContact).toMatchObject({
          leads: recent.length,
          inTime: count((one) => one.touched && one.inTime),
          late: count((one) => one.touched && !one.inTime),
          breached: count((one) => !one.touched && !one.inTime),
          due: count((one) => !one.touched && one.inTime),
        });
        expect(newLeads).toMatchObject({
          day: lastDay,
          leads: leads.filter((one) => one.arrival.startsWith(lastDay)).length,
        });
        expect(neverContacted?.leads).toBe(leads.filter((one) => one.touch === null).length);
      },
    ),
    { numRuns: 15 },
  );
}, 120_000);

it("prices waiting leads at the cost per lead of their own campaigns", async () => {
  definitions = readDefinitions([], "test");
  // Campaign a1: 10,000 for two leads, one never touched; a2: 10,000 for one lead that was.
  await house.settle(
    world([
      { account: "a1", arrival: "2024-03-04 10:00:00", touch: null },
      { account: "a1", arrival: "2024-03-04 10:00:00", touch: "2024-03-04 10:30:00" },
      { account: "a2", arrival: "2024-03-04 10:00:00", touch: "2024-03-05 12:00:00" },
    ]),
  );
  const answer = await questions.today(SelectionQuery.parse({}), EVERYTHING);
  expect(answer.neverContacted).toEqual({ leads: 1, of: 3, moneyMinor: 5000 });
  const ownOnly = await questions.today(SelectionQuery.parse({}), { accounts: ["a2"] });
  expect(ownOnly.neverContacted).toEqual({ leads: 0, of: 1, moneyMinor: 0 });
});

it("proposes the days and hours in which the log is written", () => {
  const counts = [0, 1, 2, 3, 4].flatMap((weekday) =>
    [10, 11, 12, 13, 14, 15, 16].map((hour) => ({ weekday, hour, count: 10 })),
  );
  // A few strays on a free day and at night change nothing.
  const strays = [
    { weekday: 5, hour: 2, count: 5 },
    { weekday: 1, hour: 23, count: 4 },
  ];
  const proposed = proposedHours([...counts, ...strays]);
  expect(proposed).toMatchObject({ workDays: [0, 1, 2, 3, 4], workHours: [10, 17] });
  expect(proposed?.share).toBeCloseTo(350 / 359, 10);
  expect(proposedHours(strays)).toBeNull();
});
