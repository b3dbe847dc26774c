import fc from "fast-check";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launch, open, openWindow } from "./browser.ts";
import { wrongNumbers } from "./check.ts";
import { addressOf, type Choice, choicesOf, EVERYTHING } from "./choices.ts";
import { openOracle } from "./oracle.ts";
import type { Stage } from "./stage.ts";
import { ARABIC_PROJECT, AWKWARD_PROJECT, SAMPLE_FEES } from "./worlds.ts";

const PAGES = Number(process.env.LEADSMART_PAGES ?? 25);
const SEED = Number(process.env.LEADSMART_SEED ?? 20_260);
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function look(
  stage: Stage,
  settings: Parameters<typeof openOracle>[1],
  numRuns: number,
  first: readonly Choice[],
): Promise<void> {
  const oracle = await openOracle(stage.tables, settings);
  const page = await openWindow(browser, stage.origin, stage.state);
  try {
    await fc.assert(
      fc.asyncProperty(choicesOf(oracle), async (choice) => {
        await open(page, addressOf(choice));
        expect(await wrongNumbers(page, oracle, choice), addressOf(choice)).toEqual([]);
      }),
      { numRuns, seed: SEED, endOnFailure: true, examples: first.map((choice) => [choice]) },
    );
  } finally {
    await page.context().close();
    oracle.close();
  }
}

describe("for random periods, accounts, projects and bases, every number on the page is what SQL over the files gives", () => {
  it(`on the sample world, ${PAGES} pages`, async () => {
    await look(inject("sample"), SAMPLE_FEES, PAGES, [
      EVERYTHING,
      { ...EVERYTHING, project: [AWKWARD_PROJECT, ARABIC_PROJECT], grain: "week" },
      { ...EVERYTHING, account: ["51", "87"] },
      { ...EVERYTHING, project: [AWKWARD_PROJECT], account: ["no such account"], basis: "raw" },
    ]);
  });

  it(`on the real tables, ${Math.ceil(PAGES / 2)} pages`, async ({ skip }) => {
    const stage = inject("real");
    if (stage === null) return skip("the real tables are not on this machine");
    await look(stage, { defaultFee: 1, fees: {} }, Math.ceil(PAGES / 2), [
      EVERYTHING,
      { ...EVERYTHING, basis: "raw", grain: "month" },
    ]);
  });
});
