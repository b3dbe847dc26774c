/** Future dates of delivery: insights of days that had not come, campaigns that start years ahead; mistyped years. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutDelivery } from "../delivery-remedies.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/future-dates-delivery.sql");
const INSIGHTS = `SELECT * FROM (${SQL}) WHERE table_name = 'insights'`;

export const futureDatesDelivery = listingRule({
  id: "future-dates-delivery",
  title: { en: "Delivery in the future", ar: "عرض في المستقبل" },
  needs: ["campaigns"],
  thresholds: { years: 1 },
  sql: SQL,
  params: (_, threshold) => ({ years: threshold("years") }),
  tables: ["insights", "campaigns"],
  unit: DELIVERY_UNITS.rows,
  of: (look) => look.rows.insights + look.rows.campaigns,
  why: {
    en: "A mistyped year stretches every axis and hides its money from the month it belongs to.",
    ar: "سنة مكتوبة خطأ تمدّ كل محور وتخفي مالها عن الشهر الذي يخصه.",
  },
  async tell({ look, evidence: { rows, moneyMinor }, params }) {
    const money = moneyMinor ?? 0;
    const parts = await look.session.first<{ insights: number; last: string }>(
      `SELECT count(*) FILTER (WHERE table_name = 'insights') AS insights, max(day)::VARCHAR AS last FROM ${GATHERED}`,
    );
    const { insights = 0, last = "" } = parts ?? {};
    return {
      severity: severityOf(await shareOfSpend(look, money), { warning: 0.002, critical: 0.1 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} row lies", other: "{n} rows lie" })} in the future or years beyond all others, the last on ${s.day(last)}: ${s.count(insights)} of insights (${s.money(money)} of spend), ${s.count(rows - insights)} of campaigns.`,
        (s) =>
          `${s.n(rows, ROWS.ar)} في المستقبل أو بعد كل ما سواها بسنوات، آخرها ${s.day(last)}: ${s.count(insights)} من أداء الإعلانات (إنفاق ${s.money(money)}) و${s.count(rows - insights)} من الحملات.`,
      ),
      question: {
        id: "future-dates-delivery",
        text: {
          en: "Which year do these rows belong to?",
          ar: "إلى أي سنة تنتمي هذه الصفوف؟",
        },
      },
      remedies: [
        ...(insights > 0
          ? [
              leaveOutDelivery(
                { look, sql: INSIGHTS, params },
                { en: "Leave these insights out", ar: "استبعاد هذه الصفوف" },
                { spendMinor: -money, leads: 0, recommended: true },
              ),
            ]
          : []),
        leaveAsIs(),
      ],
    };
  },
});
