/** Worst and best campaigns by the cost of a qualified lead, where the evidence bears it out. */
import type { Text } from "../../contract/explore.ts";
import { benjaminiHochberg } from "../../stats/multiple-testing.ts";
import { poisson } from "../../stats/poisson.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule, Told } from "../insight.ts";
import type { Look } from "../look.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/campaign-costs.sql");

/** Qualified leads of an account from which on its own cost is a norm. */
const NORM_QUALIFIED = 10;
/** Qualified leads that a campaign's money would have bought at the norm, below which nothing can be told. */
const ENOUGH_EXPECTED = 3;
/** A campaign whose leads were judged less than this part of its account's says nothing of its leads. */
const JUDGED_SHARE = 0.5;
/** Expected share of false alarms among those told. */
const FALSE_SHARE = 0.05;
const SHOWN = 10;

export interface CampaignCost {
  readonly account_id: string;
  readonly campaign_id: string;
  readonly name: string;
  readonly spend_minor: number;
  readonly leads: number;
  readonly judged: number;
  readonly qualified: number;
}

export interface StandingOut extends CampaignCost {
  /** Qualified leads that its money buys at its account's cost. */
  readonly expected: number;
  /** What its qualified leads cost more than at that cost; below 0: less. */
  readonly excessMinor: number;
}

/**
 * Campaigns whose qualified leads differ from what their money buys in their account by more than chance: exact Poisson
 * tails on both sides, held against false alarms among all campaigns tested (Benjamini–Hochberg). Campaigns whose leads
 * were hardly judged are not tested: nobody called is no bad campaign.
 */
export function standingOut(rows: readonly CampaignCost[]): {
  readonly tested: number;
  readonly unjudged: number;
  readonly worst: readonly StandingOut[];
  readonly best: readonly StandingOut[];
} {
  const accounts = new Map<
    string,
    { spend: number; leads: number; judged: number; good: number }
  >();
  for (const row of rows) {
    const sum = accounts.get(row.account_id) ?? { spend: 0, leads: 0, judged: 0, good: 0 };
    accounts.set(row.account_id, {
      spend: sum.spend + row.spend_minor,
      leads: sum.leads + row.leads,
      judged: sum.judged + row.judged,
      good: sum.good + row.qualified,
    });
  }
  const able = rows.flatMap((row) => {
    const norm = accounts.get(row.account_id);
    if (!norm || norm.good < NORM_QUALIFIED) return [];
    const cost = norm.spend / norm.good;
    const expected = row.spend_minor / cost;
    if (expected < ENOUGH_EXPECTED) return [];
    const judged = norm.leads === 0 ? 0 : norm.judged / norm.leads;
    const hardly = row.leads > 0 && row.judged / row.leads < judged * JUDGED_SHARE;
    return [{ ...row, expected, excessMinor: row.spend_minor - row.qualified * cost, hardly }];
  });
  const told = able.filter((one) => !one.hardly);
  const ps = told.map(({ qualified, expected }) => {
    const chance = poisson(expected);
    const above = qualified === 0 ? 1 : chance.upper(qualified - 1);
    return Math.min(1, 2 * Math.min(chance.cdf(qualified), above));
  });
  const adjusted = benjaminiHochberg(ps);
  const sure = told.filter((_, i) => (adjusted[i] ?? 1) < FALSE_SHARE);
  const bySize = (one: StandingOut, other: StandingOut) =>
    Math.abs(other.excessMinor) - Math.abs(one.excessMinor);
  return {
    tested: told.length,
    unjudged: able.length - told.length,
    worst: sure.filter((one) => one.excessMinor > 0).sort(bySize),
    best: sure.filter((one) => one.excessMinor < 0).sort(bySize),
  };
}

async function costsOf(look: Look) {
  if (look.lastDay === null) return null;
  const end = new Date(`${look.lastDay}T00:00:00Z`);
  end.setUTCDate(end.getUTCDate() - look.settings.conversionHorizonDays);
  const params = { mature_until: end.toISOString().slice(0, 10) };
  const rows = await look.session.all<CampaignCost>(SQL, params);
  return { ...standingOut(rows), sql: look.listing(SQL, params) };
}

function pictureOf(items: readonly StandingOut[], name: Text): Told["picture"] {
  return {
    kind: "bars",
    over: "label",
    unit: "money",
    x: items.map((one) => one.name),
    series: [
      {
        name,
        values: items.map((one) => Math.abs(Math.round(one.excessMinor))),
      },
    ],
  };
}

export const worstCampaigns: InsightRule = {
  id: "worst-campaigns",
  title: { en: "Campaigns that waste most", ar: "أكثر الحملات هدرًا" },
  needs: ["insights", "leads"],
  async tell(look) {
    const found = await costsOf(look);
    const [first] = found?.worst ?? [];
    if (!found || !first) return null;
    const { worst, tested, unjudged } = found;
    const money = worst.reduce((sum, one) => sum + one.excessMinor, 0);
    return {
      sentence: look.speak(
        (s) =>
          `${s.n(worst.length, { one: "{n} campaign pays", other: "{n} campaigns pay" })} ${s.money(money)} more for qualified leads than ${s.n(worst.length, { one: "its account does", other: "their accounts do" })}; most of all ${s.name(first.name)}: ${s.money(first.spend_minor)} brought ${s.count(first.qualified)} where ${s.number(first.expected)} were to be expected. Of ${s.count(tested)} campaigns tested, these differ by more than chance${unjudged > 0 ? `; ${s.count(unjudged)} were left out because hardly anybody judged their leads` : ""}.`,
        (s) =>
          `${s.n(worst.length, { one: "حملة واحدة تدفع", two: "حملتان تدفعان", few: "{n} حملات تدفع", many: "{n} حملة تدفع", other: "{n} حملة تدفع" })} ${s.money(money)} زيادة على تكلفة المؤهلين في حساباتها؛ وأولها ${s.name(first.name)}: أنفقت ${s.money(first.spend_minor)} وجلبت ${s.count(first.qualified)} وكان المتوقع ${s.number(first.expected)}. اختُبرت ${s.count(tested)} حملة وهذه تختلف بما لا تفسّره المصادفة${unjudged > 0 ? `، وتُركت ${s.count(unjudged)} لأن عملاءها لم يُحكم عليهم تقريبًا` : ""}.`,
      ),
      advice: {
        en: "Move their money to campaigns of the same account that stand at its cost, or find out why these bring less.",
        ar: "انقلوا مالها إلى حملات في الحساب نفسه عند تكلفته، أو ابحثوا لماذا تجلب أقل.",
      },
      moneyMinor: Math.round(money),
      estimate: { value: first.qualified / first.expected, n: tested, low: null, high: null },
      picture: pictureOf(worst.slice(0, SHOWN), {
        en: "Paid more than at the account's cost of a qualified lead",
        ar: "زيادة عن تكلفة العميل المؤهل في الحساب",
      }),
      campaigns: worst.map((one) => one.campaign_id),
      sql: found.sql,
    };
  },
};

export const bestCampaigns: InsightRule = {
  id: "best-campaigns",
  title: { en: "Campaigns that earn most", ar: "أكثر الحملات كسبًا" },
  needs: ["insights", "leads"],
  async tell(look) {
    const found = await costsOf(look);
    const [first] = found?.best ?? [];
    if (!found || !first) return null;
    const { best, tested } = found;
    const money = best.reduce((sum, one) => sum - one.excessMinor, 0);
    return {
      sentence: look.speak(
        (s) =>
          `${s.n(best.length, { one: "{n} campaign brings", other: "{n} campaigns bring" })} qualified leads for ${s.money(money)} less than ${s.n(best.length, { one: "its account pays", other: "their accounts pay" })}; most of all ${s.name(first.name)}: ${s.count(first.qualified)} for ${s.money(first.spend_minor)} where ${s.number(first.expected)} were to be expected. Of ${s.count(tested)} campaigns tested, these differ by more than chance.`,
        (s) =>
          `${s.n(best.length, { one: "حملة واحدة تجلب", two: "حملتان تجلبان", few: "{n} حملات تجلب", many: "{n} حملة تجلب", other: "{n} حملة تجلب" })} المؤهلين بأقل مما تدفعه حساباتها بمقدار ${s.money(money)}؛ وأولها ${s.name(first.name)}: ${s.count(first.qualified)} مقابل ${s.money(first.spend_minor)} وكان المتوقع ${s.number(first.expected)}. اختُبرت ${s.count(tested)} حملة وهذه تختلف بما لا تفسّره المصادفة.`,
      ),
      advice: {
        en: "Look at what they share (project, audience, days) before giving them more money: more of it may bring less.",
        ar: "انظروا إلى ما يجمعها (المشروع والجمهور والأيام) قبل زيادة مالها: فقد يقلّ مردود الزيادة.",
      },
      moneyMinor: Math.round(money),
      estimate: { value: first.qualified / first.expected, n: tested, low: null, high: null },
      picture: pictureOf(best.slice(0, SHOWN), {
        en: "Paid less than at the account's cost of a qualified lead",
        ar: "أقل من تكلفة العميل المؤهل في الحساب",
      }),
      campaigns: best.map((one) => one.campaign_id),
      sql: found.sql,
    };
  },
};
