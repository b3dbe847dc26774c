import fc from "fast-check";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launch, openWindow } from "./browser.ts";
import { addressOf, choicesOf } from "./choices.ts";
import { addDays } from "./days.ts";
import { type Oracle, openOracle } from "./oracle.ts";
import { type Ask, PLACES } from "./places.ts";
import type { Stage } from "./stage.ts";
import { SAMPLE_FEES } from "./worlds.ts";

/** Filter combinations for each world, dealt to the places in turn. */
const RUNS = Number(process.env.LEADSMART_FILTERS ?? 12);
const GIVEN = process.env.LEADSMART_SEED;
/** One seed that stays, and one that nobody has tried; what fails by it is repeated by LEADSMART_SEED. */
const SEEDS = GIVEN === undefined ? [20_261, Date.now() % 1_000_000] : [Number(GIVEN)];
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const FILTERS: Readonly<Record<string, readonly string[]>> = {
  stage: ["new", "attempting", "engaged", "qualified", "won", "lost", "unknown"],
  contact: ["touched", "untimed", "never", "unrecorded"],
  judged: ["yes", "no"],
  logged: ["yes", "no"],
  late: ["yes", "no"],
  afterHours: ["yes", "no"],
  weekday: ["0", "3", "5", "6"],
  hour: ["0", "9", "13", "18", "22"],
  attempts: ["0", "1", "2", "5"],
};

function asksOf(oracle: Oracle): fc.Arbitrary<Ask> {
  const filters = fc
    .uniqueArray(fc.constantFrom(...Object.keys(FILTERS)), { maxLength: 2 })
    .chain((names) =>
      fc.record(
        Object.fromEntries(
          names.map((name) => [name, fc.constantFrom(...(FILTERS[name] ?? []))] as const),
        ),
      ),
    );
  return fc.record({
    choice: choicesOf(oracle),
    filters,
    segment: fc.constantFrom("project" as const, "account" as const, "weekday" as const),
    change: fc.record({
      since: fc.constant("period"),
      told: fc.constantFrom("spend", "leads", "qualified"),
    }),
    nth: fc.nat(10_000),
  });
}

/** Of what has days of its own, one in three is looked at as it was known within or after them. */
function knownThen(ask: Ask, oracle: Oracle, place: string): Ask {
  const { choice } = ask;
  const dated = choice.from !== null && choice.from !== "all" && choice.to !== null;
  if (!dated || !["leads", "funnel", "cohorts", "speed"].includes(place) || ask.nth % 3 !== 0)
    return ask;
  const asOf = addDays(choice.to ?? "", (ask.nth % 41) - 10);
  if (asOf < oracle.firstDay || asOf > oracle.lastDay) return ask;
  return { ...ask, choice: { ...choice, asOf } };
}

async function look(
  world: string,
  stage: Stage,
  settings: Parameters<typeof openOracle>[1],
  seed: number,
): Promise<void> {
  const oracle = await openOracle(stage.tables, settings);
  const page = await openWindow(browser, stage.origin, stage.state);
  const places = Object.entries(PLACES);
  const looked: Record<string, number> = {};
  let turn = 0;
  try {
    await fc.assert(
      fc.asyncProperty(asksOf(oracle), async (asked) => {
        const [place, check] = places[turn++ % places.length] ?? places[0] ?? [];
        if (place === undefined || check === undefined) throw new Error("no place");
        const ask = knownThen(asked, oracle, place);
        looked[place] = (looked[place] ?? 0) + 1;
        expect(await check(page, oracle, ask), `${place} at ${addressOf(ask.choice)}`).toEqual([]);
      }),
      { numRuns: RUNS, seed, endOnFailure: true },
    );
    console.info(JSON.stringify({ world, seed, combinations: RUNS, looked }));
  } finally {
    await page.context().close();
    oracle.close();
  }
}

describe.each(SEEDS)(
  "in every place, for random filters, what is shown is what SQL over the files gives: seed %i",
  (seed) => {
    it(`on the sample world, ${RUNS} combinations`, { timeout: 7_200_000 }, () =>
      look("sample", inject("sample"), SAMPLE_FEES, seed),
    );

    it(`on the real tables, ${RUNS} combinations`, { timeout: 7_200_000 }, async ({ skip }) => {
      const stage = inject("real");
      if (stage === null) return skip("the real tables are not on this machine");
      await look("real", stage, { defaultFee: 1, fees: {} }, seed);
    });
  },
);
