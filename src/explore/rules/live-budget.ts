/**
 * Live budget: the daily budgets of all campaigns of all time added up, as a total row does it, against what was ever
 * live at one moment. Told for information: the sum is right as arithmetic and wrong as a budget.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { gather } from "../gather.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/live-budget.sql");
const CAMPAIGNS = sqlFile(import.meta.url, "../sql/rules/live-budget-campaigns.sql");

interface Live {
  readonly at: string;
  readonly budget: number;
  readonly campaigns: number;
}

export const liveBudget: Rule = {
  id: "live-budget",
  title: { en: "Budgets of ended campaigns", ar: "ميزانيات حملات منتهية" },
  needs: ["campaigns"],
  thresholds: { times: 3 },
  async find(look, threshold) {
    const day = look.lastDay;
    if (day === null) return [];
    const { session } = look;
    const all = await session.first<{ budget: number; campaigns: number }>(
      "SELECT coalesce(sum(daily_budget_minor), 0)::BIGINT AS budget, count(daily_budget_minor) AS campaigns FROM campaigns",
    );
    const turns = `(${SQL})`;
    const peak = await session.first<Live>(
      `SELECT moment AS "at", budget_minor AS budget, campaigns FROM ${turns} WHERE starts ORDER BY budget_minor DESC, moment LIMIT 1`,
    );
    const end = await session.first<{ budget: number; campaigns: number }>(
      `SELECT coalesce(sum(daily_budget_minor), 0)::BIGINT AS budget, count(*) AS campaigns FROM campaigns
       WHERE start_time <= $day::DATE + INTERVAL 1 DAY AND coalesce(stop_time, 'infinity') >= $day::DATE`,
      { day },
    );
    if (!all || !peak || !end || peak.budget <= 0) return [];
    const times = all.budget / peak.budget;
    if (times < threshold("times")) return [];
    const params = { day };
    const evidence = await gather(look, CAMPAIGNS, params);
    if (evidence === null) return [];
    return [
      {
        ...evidence,
        key: "live-budget",
        severity: "info",
        sentence: look.speak(
          (s) =>
            `The daily budgets of all campaigns add up to ${s.moneyFull(all.budget)}, but never more than ${s.moneyFull(peak.budget)} was live at one moment (${s.day(peak.at)}, ${s.n(peak.campaigns, { one: "{n} campaign", other: "{n} campaigns" })}); on ${s.day(day)} it was ${s.moneyFull(end.budget)} in ${s.n(end.campaigns, { one: "{n} campaign", other: "{n} campaigns" })}.`,
          (s) =>
            `مجموع الميزانيات اليومية لكل الحملات ${s.moneyFull(all.budget)}، لكن لم يكن نشطًا في لحظة واحدة أكثر من ${s.moneyFull(peak.budget)} (${s.day(peak.at)}، ${s.count(peak.campaigns)} حملة)؛ وفي ${s.day(day)} كان ${s.moneyFull(end.budget)} في ${s.count(end.campaigns)} حملة.`,
        ),
        why: {
          en: "Adding the budgets of campaigns that ended long ago answers no question: what can be spent a day is the live sum.",
          ar: "جمع ميزانيات حملات انتهت منذ زمن لا يجيب عن سؤال: ما يمكن إنفاقه في اليوم هو مجموع النشط.",
        },
        tables: ["campaigns"],
        unit: DELIVERY_UNITS.campaigns,
        of: look.rows.campaigns,
        moneyMinor: null,
        thresholds: [
          {
            name: "live-budget.times",
            value: threshold("times"),
            seen: Math.round(10 * times) / 10,
          },
        ],
        question: null,
        picture: await monthly(),
        remedies: [leaveAsIs()],
      },
    ];

    async function monthly() {
      const months = await session.all<{ month: string; peak: number }>(
        `SELECT strftime(moment, '%Y-%m') AS month, max(budget_minor)::BIGINT AS peak FROM ${turns} WHERE starts
         GROUP BY month ORDER BY month`,
      );
      return {
        kind: "bars" as const,
        over: "month" as const,
        unit: "money" as const,
        x: months.map((one) => one.month),
        series: [
          {
            name: { en: "most live at once", ar: "أعلى مجموع نشط" },
            values: months.map((one) => one.peak),
          },
        ],
      };
    }
  },
};
