import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Rule } from "../../src/explore/rule.ts";
import { budgetMeaning } from "../../src/explore/rules/budget-meaning.ts";
import { duplicateCampaigns } from "../../src/explore/rules/duplicate-campaigns.ts";
import { leadsNoQualified } from "../../src/explore/rules/leads-no-qualified.ts";
import { liveBudget } from "../../src/explore/rules/live-budget.ts";
import { missingDays } from "../../src/explore/rules/missing-days.ts";
import { neverDelivered } from "../../src/explore/rules/never-delivered.ts";
import { overBudget } from "../../src/explore/rules/over-budget.ts";
import { projectSpelling } from "../../src/explore/rules/project-spelling.ts";
import { spendAfterStop } from "../../src/explore/rules/spend-after-stop.ts";
import { spendBeforeStart } from "../../src/explore/rules/spend-before-start.ts";
import { spendNoLead } from "../../src/explore/rules/spend-no-lead.ts";
import { stopBeforeStart } from "../../src/explore/rules/stop-before-start.ts";
import { testCampaigns } from "../../src/explore/rules/test-campaigns.ts";
import { trackingOutage } from "../../src/explore/rules/tracking-outage.ts";
import { unitChange } from "../../src/explore/rules/unit-change.ts";
import { type House, openHouse, type RawRow } from "../marts/raw-world.ts";
import { asTotals, dailyDays, dayAfter, rowsOf } from "./delivery.ts";
import { findingsOf } from "./look-at.ts";
import { campaign, lead, type Plan } from "./planned.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Thirty campaigns, three days apart, of three accounts. */
const PLANS: readonly Plan[] = Array.from({ length: 30 }, (_, n) => ({
  id: `c${n}`,
  account: `a${n % 3}`,
  project: ["Palm Court", "North Bay", "واحة النيل"][n % 3] as string,
  start: 3 * n,
}));
const CAMPAIGNS = PLANS.map(campaign);

/** Two leads a campaign, one of them qualified. */
const LEADS = PLANS.flatMap(({ id }) => [
  lead(`${id}-1`, id, "QUALIFIED"),
  lead(`${id}-2`, id, "NOT_QUALIFIED"),
]);

async function found(
  rule: Rule,
  all: readonly ReturnType<typeof campaign>[] = CAMPAIGNS,
  leads: readonly RawRow[] = LEADS,
  settings: object = {},
) {
  await house.settle({
    campaigns: all.map((one) => one.row),
    insights: all.flatMap((one) => one.insights),
    campaign_leads: leads,
  });
  return findingsOf(house, rule, settings);
}

const extra = (plan: Plan) => [...CAMPAIGNS, campaign(plan)];

it("every rule about campaigns is quiet on ordinary ones, but for what budgets of ended ones add up to", async () => {
  for (const rule of [
    budgetMeaning,
    duplicateCampaigns,
    leadsNoQualified,
    missingDays,
    neverDelivered,
    overBudget,
    projectSpelling,
    spendAfterStop,
    spendBeforeStart,
    spendNoLead,
    stopBeforeStart,
    testCampaigns,
    trackingOutage,
    unitChange,
  ]) {
    expect(await found(rule), rule.id).toEqual([]);
  }
});

describe("spend out of its time", () => {
  it("finds what was spent after the stop, and sets running totals apart", async () => {
    const late = campaign({
      id: "c50",
      days: 10,
      changes: { stop_time: `${dayAfter(6)} 23:59:59` },
    });
    const totals = campaign({
      id: "c51",
      days: 10,
      changes: { stop_time: `${dayAfter(6)} 23:59:59` },
    });
    const running = {
      ...totals,
      insights: rowsOf("c51", "c51s", asTotals(totals.insights, 20)),
    };
    const money = late.insights.slice(7).reduce((sum, row) => sum + row.spend_minor, 0);
    expect(await found(spendAfterStop, [...CAMPAIGNS, late])).toMatchObject([
      { rows: 3, moneyMinor: money, items: [{ id: "c50" }] },
    ]);
    const [both] = await found(spendAfterStop, [...CAMPAIGNS, late, running]);
    expect(both).toMatchObject({ itemsTotal: 2, rows: 3 + 23 });
    expect(both?.sentence.en).toMatch(/the other 1 campaign reports/);
    expect(both?.proposals[0]).toMatchObject({ kind: "exclude", spendMinor: -money });
    expect(
      await found(spendAfterStop, [...CAMPAIGNS, late], LEADS, { spendAfterStop: "billed" }),
    ).toMatchObject([{ severity: "info" }]);
  });

  it("finds what was spent before the start", async () => {
    const early = campaign({ id: "c52", changes: { start_time: `${dayAfter(2)} 08:00:00` } });
    const money = early.insights.slice(0, 2).reduce((sum, row) => sum + row.spend_minor, 0);
    expect(await found(spendBeforeStart, [...CAMPAIGNS, early])).toMatchObject([
      { rows: 2, moneyMinor: money },
    ]);
  });

  it("finds a campaign that stops before it starts", async () => {
    const all = extra({ id: "c53", changes: { stop_time: `${dayAfter(-3)} 23:59:59` } });
    expect(await found(stopBeforeStart, all)).toMatchObject([{ rows: 1, items: [{ id: "c53" }] }]);
  });

  it("finds the day above the budget and its excess, and lets a hundredth pass", async () => {
    const over = campaign({ id: "c54" });
    const days = over.insights.map((row, n) => ({
      ...row,
      spend_minor: n === 4 ? 130_000 : n === 5 ? 101_000 : row.spend_minor,
    }));
    expect(await found(overBudget, [...CAMPAIGNS, { ...over, insights: days }])).toMatchObject([
      { rows: 1, moneyMinor: 30_000, items: [{ id: "c54" }] },
    ]);
  });
});

describe("campaigns by their outcome", () => {
  it("finds the campaign that never delivered", async () => {
    const silent = { ...campaign({ id: "c55" }), insights: [] };
    expect(await found(neverDelivered, [...CAMPAIGNS, silent])).toMatchObject([
      { rows: 1, of: 31, items: [{ id: "c55" }] },
    ]);
  });

  it("lists all that brought no lead, and names those that chance does not explain", async () => {
    const leads = PLANS.flatMap(({ id }) =>
      Array.from({ length: 10 }, (_, n) => lead(`${id}-${n}`, id, "NEW_LEAD")),
    );
    const small = campaign({ id: "c56", days: 1, budget: 2000 });
    const large = campaign({ id: "c57" });
    const [finding] = await found(spendNoLead, [...CAMPAIGNS, small, large], leads);
    expect(finding).toMatchObject({ rows: 2, itemsTotal: 1, items: [{ id: "c57" }] });
    const money = [...small.insights, ...large.insights].reduce(
      (sum, row) => sum + row.spend_minor,
      0,
    );
    expect(finding?.moneyMinor).toBe(money);
  });

  it("warns of a great campaign without a lead, not where many such campaigns bring none", async () => {
    const leads = PLANS.flatMap(({ id }) =>
      Array.from({ length: 10 }, (_, n) => lead(`${id}-${n}`, id, "NEW_LEAD")),
    );
    const great = campaign({ id: "c57", budget: 1_000_000 });
    expect(await found(spendNoLead, [...CAMPAIGNS, great], leads)).toMatchObject([
      { severity: "warning", itemsTotal: 1 },
    ]);
    const many = Array.from({ length: 12 }, (_, n) =>
      campaign({ id: `c${60 + n}`, account: `a${n % 3}` }),
    );
    expect(await found(spendNoLead, [...CAMPAIGNS, ...many], leads)).toMatchObject([
      { severity: "info", itemsTotal: 12 },
    ]);
  });

  it("tells campaigns never judged from those judged and found wanting", async () => {
    const all = [...extra({ id: "c58" }), campaign({ id: "c59" })];
    const leads = [
      ...LEADS,
      lead("x1", "c58", "NEW_LEAD"),
      lead("x2", "c58", "UNKNOWN"),
      lead("x3", "c59", "NOT_QUALIFIED"),
    ];
    const [finding] = await found(leadsNoQualified, all, leads);
    expect(finding).toMatchObject({ rows: 2, leads: 3, severity: "info" });
    expect(finding?.sentence.en).toMatch(/66\.7%.*1 campaign \(2 leads.*1 \(1 leads/s);
    // A status that no stage covers is no verdict.
    const strange = [...LEADS, lead("x1", "c58", "NEW_LEAD"), lead("x2", "c58", "WHO_KNOWS")];
    const [open] = await found(leadsNoQualified, extra({ id: "c58" }), strange);
    expect(open?.sentence.en).toMatch(/1 campaign \(2 leads, [^)]*\) were never judged/);
  });
});

it("points to a row that is there, where a campaign is known by rows of two files alone", async () => {
  const of = (lead_id: string, file_id: number, line: number) => ({
    ...lead(lead_id, "zz", "NEW_LEAD"),
    account_id: "a1",
    file_id,
    line,
  });
  const day = { ...dailyDays(4, 1)[0], level: "ad_set", account_id: "a1", ad_set_id: "s" };
  const [first, second] = [
    { file_id: 1, line: 9 },
    { file_id: 2, line: 2 },
  ];
  await house.settle({
    campaigns: CAMPAIGNS.map((one) => one.row),
    campaign_leads: [of("x1", 1, 9), of("x2", 2, 2)],
    insights: [
      { ...day, campaign_id: "yy", ...first },
      { ...day, campaign_id: "yy", ad_set_id: "t", ...second },
    ],
  });
  for (const rule of [leadsNoQualified, spendNoLead]) {
    const [finding] = await findingsOf(house, rule);
    const at = (name: string) => finding?.examples.columns.indexOf(name) ?? -1;
    const [row] = finding?.examples.rows ?? [];
    expect([row?.[at("file_id")], row?.[at("line")]], rule.id).toEqual([1, 9]);
  }
});

describe("campaigns by their name and making", () => {
  it("finds tests by whole words, in both languages, and no test drive", async () => {
    const all = [
      ...extra({ id: "c60", project: "TEST - do not use" }),
      campaign({ id: "c61", project: "حملة تجربة" }),
      campaign({ id: "c62", project: "Test drive days" }),
      campaign({ id: "c63", project: "Latest Towers" }),
      campaign({ id: "c64", project: "Demo" }),
      campaign({ id: "c65", project: "QA check" }),
      campaign({ id: "c66", project: "Demonstration Hall" }),
    ];
    const [finding] = await found(testCampaigns, all);
    expect(finding?.items.map((item) => item.id).sort()).toEqual(["c60", "c61", "c64", "c65"]);
  });

  it("finds a campaign made twice within minutes, and a copy of another's delivery", async () => {
    const twin = campaign({
      id: "c64",
      changes: { account_id: "a0", start_time: `${dayAfter(0)} 09:06:00` },
    });
    expect(await found(duplicateCampaigns, [...CAMPAIGNS, twin])).toMatchObject([
      { rows: 1, items: [{ id: "c64" }], severity: "info" },
    ]);
    const copy = campaign({ id: "c65", account: "a1", start: 40, project: "Other" });
    const insights = (CAMPAIGNS[4]?.insights ?? []).map((row) => ({
      ...row,
      campaign_id: "c65",
      ad_set_id: "c65s",
    }));
    const [finding] = await found(duplicateCampaigns, [...CAMPAIGNS, { ...copy, insights }]);
    expect(finding).toMatchObject({
      rows: 1,
      proposals: [{ kind: "exclude", recommended: true }, {}, {}],
    });
  });

  it("finds other spellings of a project and what they merge into, and cleans what cannot be seen", async () => {
    const all = [
      ...extra({ id: "c66", project: "palm court" }),
      campaign({ id: "c67", project: "North Bay\u200f" }),
      campaign({ id: "c68", project: "واحه النيل" }),
      campaign({ id: "c69", project: "North Bay 2" }),
    ];
    const [finding] = await found(projectSpelling, all);
    expect(finding?.items.map((item) => [item.id, item.detail?.en]).sort()).toEqual([
      ["North Bay\u200f", "→ North Bay"],
      ["palm court", "→ Palm Court"],
      ["واحه النيل", "→ واحة النيل"],
    ]);
    expect(finding?.proposals[0]).toMatchObject({ kind: "merge", recommended: true });
  });

  it("hears a name through accents and letters of another script that look the same", async () => {
    const all = [
      ...extra({ id: "c66", project: "P\u0430lm Court" }),
      campaign({ id: "c67", project: "North B\u00e1y" }),
      campaign({ id: "c68", project: "\uff30alm Court" }),
    ];
    const [finding] = await found(projectSpelling, all);
    expect(finding?.items.map((item) => item.detail?.en).sort()).toEqual([
      "→ North Bay",
      "→ Palm Court",
      "→ Palm Court",
    ]);
  });

  it("takes two letters exchanged, or one missing, for a slip of the account's commoner name", async () => {
    const names = [
      "Nroth Bay",
      "Noth Bay",
      "North Bar",
      "North Bay 2",
      "North Bay I",
      "North Bay II",
    ];
    const all = [
      ...CAMPAIGNS,
      ...names.map((project, n) => campaign({ id: `c${80 + n}`, project })),
      campaign({ id: "c90", account: "a0", project: "Nroth Bay" }),
    ];
    const [finding] = await found(projectSpelling, all);
    expect(finding?.items.map((item) => [item.id, item.detail?.en]).sort()).toEqual([
      ["Noth Bay", "→ North Bay"],
      ["Nroth Bay", "→ North Bay"],
    ]);
    expect(finding?.rows).toBe(2);
  });

  it("finds twins of one campaign in ten, and takes twins of every other for the way people work", async () => {
    const twins = (every: number) =>
      PLANS.filter((_, n) => n % every === 0).map((plan, n) => {
        const twin = campaign({ ...plan, id: `c${100 + n}` });
        const start_time = `${dayAfter(plan.start ?? 0)} 09:1${plan.id.slice(-1)}:00`;
        return { ...twin, row: { ...twin.row, start_time } };
      });
    expect(await found(duplicateCampaigns, [...CAMPAIGNS, ...twins(10)])).toMatchObject([
      { rows: 3, severity: "info" },
    ]);
    expect(await found(duplicateCampaigns, [...CAMPAIGNS, ...twins(2)])).toEqual([]);
  });
});

it("holds the sum of all budgets against what was live at once", async () => {
  const [finding] = await found(liveBudget);
  expect(finding).toMatchObject({ severity: "info" });
  // Thirty budgets of EGP 1,000; ten-day lives three days apart overlap fourfold.
  expect(finding?.sentence.en).toMatch(/EGP\s30,000\.00, but never more than EGP\s4,000\.00/);
  // One that nobody ever stops lives on, also on the last day.
  const endless = campaign({ id: "c70", budget: 50_000, changes: { stop_time: null } });
  const [with70] = await found(liveBudget, [...CAMPAIGNS, endless]);
  expect(with70?.sentence.en).toMatch(/never more than EGP\s4,500\.00/);
  expect(with70?.sentence.en).toMatch(/it was EGP\s1,500\.00 in 2 campaigns/);
});

it("says where delivery piles up against the budget, if it does", async () => {
  const gross = CAMPAIGNS.map((one) => ({
    ...one,
    insights: one.insights.map((row, n) => ({ ...row, spend_minor: 62_000 + ((n * 7919) % 2000) })),
  }));
  const [finding] = await found(budgetMeaning, gross);
  expect(finding?.sentence.en).toMatch(/0\.635/);
  const net = gross.map((one) => ({
    ...one,
    insights: one.insights.map((row) => ({ ...row, spend_minor: row.spend_minor + 36_000 })),
  }));
  expect(await found(budgetMeaning, net)).toEqual([]);
});
