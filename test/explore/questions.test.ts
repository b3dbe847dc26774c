import { afterAll, beforeAll, expect, it } from "vitest";
import type { Finding, Question } from "../../src/contract/explore.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { findAll, plainFinding } from "../../src/explore/find.ts";
import { openLook } from "../../src/explore/look.ts";
import { type Answers, askAll } from "../../src/explore/questions.ts";
import { negativeValues } from "../../src/explore/rules/negative-values.ts";
import { type House, openHouse } from "../marts/raw-world.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.settle({
    campaigns: [{ campaign_id: "c1", account_id: "a1" }],
    insights: [
      { level: "ad_set", campaign_id: "c1", ad_set_id: "s", day: "2024-05-01", spend_minor: -500 },
      { level: "ad_set", campaign_id: "c1", ad_set_id: "s", day: "2024-05-02", spend_minor: 900 },
    ],
    campaign_leads: [
      {
        lead_id: "l1",
        campaign_id: "c1",
        lead_status: "CALL BACK LATER",
        added_at: "2024-05-01 10:00:00",
      },
    ],
  });
});
afterAll(() => house.close());

async function asked(
  settings: object = {},
  answers: Answers = new Map(),
  treatments: Finding["treatments"] = [],
): Promise<Question[]> {
  const look = await openLook(house.warehouse, {
    scope: EVERYTHING,
    definitions: readDefinitions([{ default: settings }], "a test"),
  });
  try {
    const { live } = await findAll(look, [negativeValues]);
    const findings = live.map(plainFinding).map((one) => ({ ...one, treatments }));
    return await askAll(look, findings, [], answers);
  } finally {
    await look.close();
  }
}
const byId = (questions: readonly Question[], id: string) => questions.find((one) => one.id === id);

it("shows for each setting what is in force, in words where an option says it", async () => {
  const questions = await asked({ conversionHorizonDays: 45, budgetMeaning: "gross" });
  expect(byId(questions, "budget-meaning")?.inForce).toEqual({
    value: "gross",
    label: expect.objectContaining({ en: "Gross of tax and fees" }),
  });
  expect(byId(questions, "conversion-horizon")?.inForce).toEqual({
    value: 45,
    label: { en: "45", ar: "45" },
  });
});

it("offers every setting's options as values that the definitions take", async () => {
  for (const { setting, options } of await asked()) {
    if (setting === null) continue;
    for (const { value } of options) {
      const definitions = readDefinitions([{ default: { [setting]: value } }], setting);
      expect(definitions.default).toMatchObject({ [setting]: value });
    }
  }
});

it("asks what a status means that no stage covers, and an answer gives it one", async () => {
  const question = byId(await asked(), "status:CALL BACK LATER");
  expect(question?.setting).toBe("statusMap");
  expect(question?.evidence[0]?.en).toMatch(/^1 lead carries it now/);
  expect(question?.options).toContainEqual({
    value: { "CALL BACK LATER": "attempting" },
    label: { en: "attempting", ar: "محاولة تواصل" },
  });
});

it("asks about a finding that only a person can judge, first of all while it is open", async () => {
  const [first] = await asked();
  expect(first).toMatchObject({
    id: "finding:negative-values",
    setting: null,
    finding: "negative-values",
    moneyMinor: 500,
    inForce: { value: null },
    answered: null,
  });
  expect(first?.options.map(({ value }) => value)).toEqual(["exclude", "accept"]);
});

it("puts answered questions last, with who answered and when", async () => {
  const at = new Date("2024-06-01T10:00:00Z");
  const questions = await asked({}, new Map([["budget-meaning", { by: "Mona", at }]]), [
    {
      id: "t1",
      finding: "negative-values",
      rule: "negative-values",
      kind: "exclude",
      items: null,
      by: "Omar",
      at: "2024-06-02T10:00:00.000Z",
      applies: true,
    },
  ]);
  expect(questions.slice(-2).map(({ id, answered }) => [id, answered?.by])).toEqual([
    ["finding:negative-values", "Omar"],
    ["budget-meaning", "Mona"],
  ]);
  expect(byId(questions, "finding:negative-values")?.inForce.label.en).toBe("Leave these rows out");
});
