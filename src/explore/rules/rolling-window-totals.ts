/**
 * Rolling windows: totals of the last so many days (three, a week, two weeks, a month) stored as daily rows. Taken apart
 * from the start of a series, such totals give own amounts that are never negative; daily amounts never do for long.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { GATHERED, gather, severityOf } from "../gather.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { spanParams, windowTotalsOf } from "../series-totals.ts";
import { shareOfSpend } from "../totals.ts";
import { WINDOW_TOTAL_THRESHOLDS, type WindowTotal } from "../window-totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/rolling-window-totals.sql");

function spansOf(totals: readonly WindowTotal[], items: readonly string[] | null) {
  return totals
    .filter((one) => items === null || items.includes(one.campaignId))
    .map(({ account, campaignId, entity, measures, from, until, width }) => ({
      account,
      campaignId,
      entity,
      measures: [...measures],
      from,
      until,
      days: width,
    }));
}

export const rollingWindowTotals: Rule = {
  id: "rolling-window-totals",
  title: {
    en: "Totals of several days stored as daily rows",
    ar: "مجاميع عدة أيام مخزّنة كصفوف يومية",
  },
  needs: ["insights"],
  thresholds: WINDOW_TOTAL_THRESHOLDS,
  async find(look, threshold) {
    const totals = await windowTotalsOf(look);
    if (totals.length === 0) return [];
    const params = { ...spanParams(totals), widths: totals.map((one) => one.width) };
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const parts = await look.session.first<{ width: number; reported: number }>(
      `SELECT mode(window_days) AS width, coalesce(sum(reported_spend_minor), 0)::BIGINT AS reported FROM ${GATHERED}`,
    );
    const { width = 0, reported = 0 } = parts ?? {};
    const beyond = evidence.moneyMinor ?? 0;
    return [
      {
        ...evidence,
        key: "rolling-window-totals",
        severity: severityOf(await shareOfSpend(look, beyond), { warning: 0, critical: 0.005 }),
        sentence: look.speak(
          (s) =>
            `${s.n(evidence.itemsTotal, { one: "{n} campaign stores", other: "{n} campaigns store" })} totals of the last ${s.n(width, { one: "{n} day", other: "{n} days" })} as if each were a day's own${beyond > 0 ? `: ${s.money(reported)} is reported where ${s.money(reported - beyond)} was spent` : "; spend is as it was"}.`,
          (s) =>
            `${s.n(evidence.itemsTotal, CAMPAIGNS.ar)} تخزّن مجموع آخر ${s.n(width, { one: "يوم", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })} كأنه مبلغ اليوم${beyond > 0 ? `: المسجَّل ${s.money(reported)} والمنفَق فعلًا ${s.money(reported - beyond)}` : "، والإنفاق سليم"}.`,
        ),
        why: {
          en: "Each day is counted again on the days after it: spend comes out as many times too high as the window has days.",
          ar: "يُحسب كل يوم مرة أخرى في الأيام التالية، فيظهر الإنفاق مضاعفًا بعدد أيام النافذة.",
        },
        tables: ["insights"],
        unit: DELIVERY_UNITS.insightRows,
        of: look.rows.insights,
        thresholds: [
          {
            name: "rolling-window-totals.evidence",
            value: threshold("evidence"),
            seen: Math.round(10 * Math.min(...totals.map((one) => one.evidence))) / 10,
          },
        ],
        question: {
          id: "rolling-window-totals",
          text: {
            en: "Which export wrote these campaigns, and can it be run by day instead of by window?",
            ar: "أي تصدير كتب هذه الحملات، وهل يمكن تشغيله باليوم بدل النافذة؟",
          },
        },
        picture: null,
        remedies: [
          {
            kind: "correct",
            recommended: true,
            label: {
              en: "Turn the totals of windows into daily amounts, over these days only",
              ar: "تحويل مجاميع النوافذ إلى مبالغ يومية في هذه الأيام فقط",
            },
            spendMinor: beyond === 0 ? 0 : -beyond,
            leads: 0,
            action: async (items) => ({
              method: "difference_window",
              series: spansOf(totals, items),
            }),
          },
          leaveAsIs({ en: "They are daily amounts", ar: "هي مبالغ يومية" }),
        ],
      },
    ];
  },
};
