/** Spikes and drops: accounts whose leads cost more, or less, in the last week than in the four before. */
import { benjaminiHochberg } from "../../stats/multiple-testing.ts";
import { binomialTest } from "../../stats/proportion-tests.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";
import type { Look } from "../look.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/cost-jump.sql");

/** Leads of both spans together from which on an account is tested. */
const ENOUGH_LEADS = 20;
/** A cost this far from before is worth telling. */
const WORTH_TELLING = 1.25;
const FALSE_SHARE = 0.05;

export interface JumpRow {
  readonly account_id: string;
  readonly spend_now: number;
  readonly leads_now: number;
  readonly spend_before: number;
  readonly leads_before: number;
}

export interface Jump extends JumpRow {
  readonly before: number;
  /** What the leads of the last week cost more than before; below 0: less. */
  readonly excessMinor: number;
}

/**
 * Accounts whose cost per lead changed by more than chance and by a quarter at least. Given all leads of both spans, those
 * of the last week are binomial with the week's share of the spend, if the cost stayed; the p-values are held against
 * false alarms among all accounts tested.
 */
export function jumpsOf(rows: readonly JumpRow[]): {
  readonly tested: number;
  readonly jumps: Jump[];
} {
  const told = rows.filter(
    (row) =>
      row.spend_now > 0 &&
      row.spend_before > 0 &&
      row.leads_before > 0 &&
      row.leads_now + row.leads_before >= ENOUGH_LEADS,
  );
  const ps = told.map(
    (row) =>
      binomialTest(
        { hits: row.leads_now, trials: row.leads_now + row.leads_before },
        row.spend_now / (row.spend_now + row.spend_before),
      ).p,
  );
  const adjusted = benjaminiHochberg(ps.map((p) => Math.min(1, p)));
  const jumps = told.flatMap((row, i): Jump[] => {
    const before = row.spend_before / row.leads_before;
    const ratio =
      row.leads_now === 0 ? Number.POSITIVE_INFINITY : row.spend_now / row.leads_now / before;
    const far = ratio >= WORTH_TELLING || ratio <= 1 / WORTH_TELLING;
    if (!far || (adjusted[i] ?? 1) >= FALSE_SHARE) return [];
    return [{ ...row, before, excessMinor: row.spend_now - row.leads_now * before }];
  });
  return { tested: told.length, jumps };
}

async function found(look: Look) {
  const rows = await look.session.all<JumpRow & { from_day: string; last_day: string }>(SQL);
  const [any] = rows;
  return any ? { ...jumpsOf(rows), from: any.from_day, to: any.last_day } : null;
}

const picture = (jumps: readonly Jump[]) => ({
  kind: "bars" as const,
  over: "label" as const,
  unit: "money" as const,
  x: jumps.slice(0, 10).map((one) => one.account_id),
  series: [
    {
      name: { en: "Cost per lead before", ar: "تكلفة العميل من قبل" },
      values: jumps.slice(0, 10).map((one) => Math.round(one.before)),
    },
    {
      name: { en: "in the last week", ar: "في الأسبوع الأخير" },
      values: jumps
        .slice(0, 10)
        .map((one) => (one.leads_now === 0 ? null : Math.round(one.spend_now / one.leads_now))),
    },
  ],
});

export const costSpike: InsightRule = {
  id: "cost-spike",
  title: { en: "Leads became dearer", ar: "صار العملاء أغلى" },
  needs: ["insights", "leads"],
  async tell(look) {
    const told = await found(look);
    const jumps = (told?.jumps ?? [])
      .filter((one) => one.excessMinor > 0)
      .sort((one, other) => other.excessMinor - one.excessMinor);
    const [first] = jumps;
    if (!told || !first) return null;
    const money = jumps.reduce((sum, one) => sum + one.excessMinor, 0);
    const now = first.leads_now === 0 ? null : first.spend_now / first.leads_now;
    return {
      sentence: look.speak(
        (s) =>
          `In ${s.period(told.from, told.to)} leads cost ${s.money(money)} more than in the four weeks before, in ${s.n(jumps.length, { one: "{n} account", other: "{n} accounts" })} of ${s.count(told.tested)} tested; most of all in ${s.name(first.account_id)}: ${now === null ? `${s.money(first.spend_now)} brought none` : `${s.money(now)} a lead`}, before ${s.money(first.before)} (n = ${s.count(first.leads_now)} and ${s.count(first.leads_before)}).`,
        (s) =>
          `في ${s.period(told.from, told.to)} كلّف العملاء ${s.money(money)} زيادة عن الأسابيع الأربعة السابقة، في ${s.n(jumps.length, { one: "حساب واحد", two: "حسابين", few: "{n} حسابات", other: "{n} حسابًا" })} من ${s.count(told.tested)} اختُبرت؛ وأولها ${s.name(first.account_id)}: ${now === null ? `أُنفق ${s.money(first.spend_now)} ولم يأتِ أحد` : `${s.money(now)} للعميل`}، وكان ${s.money(first.before)} (العدد ${s.count(first.leads_now)} و${s.count(first.leads_before)}).`,
      ),
      advice: {
        en: "Check first whether all leads of that week reached the table; then see on Today through which campaigns.",
        ar: "تأكدوا أولًا أن كل عملاء ذلك الأسبوع وصلوا إلى الجدول، ثم انظروا في صفحة اليوم عبر أي حملات.",
      },
      moneyMinor: Math.round(money),
      estimate: { value: now, n: first.leads_now, low: null, high: null },
      picture: picture(jumps),
      sql: look.listing(SQL),
    };
  },
};

export const costDrop: InsightRule = {
  id: "cost-drop",
  title: { en: "Leads became cheaper", ar: "صار العملاء أرخص" },
  needs: ["insights", "leads"],
  async tell(look) {
    const told = await found(look);
    const jumps = (told?.jumps ?? [])
      .filter((one) => one.excessMinor < 0)
      .sort((one, other) => one.excessMinor - other.excessMinor);
    const [first] = jumps;
    if (!told || !first) return null;
    const money = -jumps.reduce((sum, one) => sum + one.excessMinor, 0);
    const now = first.spend_now / first.leads_now;
    return {
      sentence: look.speak(
        (s) =>
          `In ${s.period(told.from, told.to)} leads cost ${s.money(money)} less than in the four weeks before, in ${s.n(jumps.length, { one: "{n} account", other: "{n} accounts" })} of ${s.count(told.tested)} tested; most of all in ${s.name(first.account_id)}: ${s.money(now)} a lead, before ${s.money(first.before)} (n = ${s.count(first.leads_now)} and ${s.count(first.leads_before)}).`,
        (s) =>
          `في ${s.period(told.from, told.to)} كلّف العملاء أقل بمقدار ${s.money(money)} من الأسابيع الأربعة السابقة، في ${s.n(jumps.length, { one: "حساب واحد", two: "حسابين", few: "{n} حسابات", other: "{n} حسابًا" })} من ${s.count(told.tested)} اختُبرت؛ وأولها ${s.name(first.account_id)}: ${s.money(now)} للعميل، وكان ${s.money(first.before)} (العدد ${s.count(first.leads_now)} و${s.count(first.leads_before)}).`,
      ),
      advice: {
        en: "Cheaper leads are not better ones by themselves: wait for their verdicts before moving money.",
        ar: "العميل الأرخص ليس أفضل لمجرد رخصه: انتظروا الحكم عليه قبل نقل المال.",
      },
      moneyMinor: Math.round(money),
      estimate: { value: now, n: first.leads_now, low: null, high: null },
      picture: picture(jumps),
      sql: look.listing(SQL),
    };
  },
};
