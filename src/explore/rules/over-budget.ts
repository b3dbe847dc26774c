/**
 * Over budget: days on which a campaign spent more than its daily budget. Platforms may exceed a day's budget and make up
 * for it within the week; an edited budget looks the same; a fault is spend nobody allowed. Running totals are left out.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { markCampaigns } from "../delivery-remedies.ts";
import { GATHERED, gather, severityOf } from "../gather.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { spanParams, totalSpansOf } from "../series-totals.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/over-budget.sql");

export const overBudget: Rule = {
  id: "over-budget",
  title: { en: "Spend above the daily budget", ar: "إنفاق فوق الميزانية اليومية" },
  needs: ["campaigns", "insights"],
  thresholds: { over: 0.02 },
  async find(look, threshold) {
    const params = { ...spanParams(await totalSpansOf(look)), over: threshold("over") };
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const parts = await look.session.first<{
      days: number;
      most: number;
      median: number;
    }>(
      `SELECT count(*) AS days, max(times) AS most, median(times) AS median
       FROM (SELECT item, day, max(day_spend_minor / daily_budget_minor) AS times FROM ${GATHERED} GROUP BY ALL)`,
    );
    const { days = 0, most = 0, median = 0 } = parts ?? {};
    const money = evidence.moneyMinor ?? 0;
    return [
      {
        ...evidence,
        key: "over-budget",
        severity: severityOf(await shareOfSpend(look, money), { warning: 0.002, critical: 0.1 }),
        sentence: look.speak(
          (s) =>
            `${s.n(evidence.itemsTotal, { one: "{n} campaign spent", other: "{n} campaigns spent" })} more than the daily budget on ${s.n(days, { one: "{n} day", other: "{n} days" })}, ${s.moneyFull(money)} in all; half of these days reach ${s.number(median)} times the budget or more, the highest ${s.number(most)} times.`,
          (s) =>
            `${s.n(evidence.itemsTotal, { one: "حملة واحدة تجاوزت", two: "حملتان تجاوزتا", few: "{n} حملات تجاوزت", other: "{n} حملة تجاوزت" })} ميزانيتها اليومية في ${s.n(days, { one: "يوم واحد", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })} بما مجموعه ${s.moneyFull(money)}؛ نصف هذه الأيام يبلغ ${s.number(median)} ضعف الميزانية أو أكثر، وأعلاها ${s.number(most)} ضعفًا.`,
        ),
        why: {
          en: "Either the budget was changed and only its last value is known, or money went out that nobody allowed.",
          ar: "إما أن الميزانية عُدّلت ولا تُعرف إلا قيمتها الأخيرة، أو خرج مال لم يسمح به أحد.",
        },
        tables: ["insights", "campaigns"],
        unit: DELIVERY_UNITS.insightRows,
        of: look.rows.insights,
        thresholds: [
          {
            name: "over-budget.over",
            value: threshold("over"),
            seen: Math.round(100 * (most - 1)) / 100,
          },
        ],
        question: {
          id: "over-budget",
          text: {
            en: "Are daily budgets edited while a campaign runs, and is only the last value kept?",
            ar: "هل تُعدَّل الميزانيات اليومية أثناء الحملة ولا تُحفظ إلا القيمة الأخيرة؟",
          },
        },
        picture: null,
        remedies: [leaveAsIs(), markCampaigns({ look, sql: SQL, params }, false)],
      },
    ];
  },
};
