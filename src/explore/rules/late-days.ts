/**
 * Late days: days whose figures changed when a newer file told them again. Platforms go on correcting a day for some time;
 * until then the newest days look cheaper or dearer than they will be.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/late-days.sql");

export const lateDays = listingRule({
  id: "late-days",
  title: { en: "Days changed after the fact", ar: "أيام تغيّرت بعد تسجيلها" },
  needs: ["insights"],
  thresholds: {},
  sql: SQL,
  unit: DELIVERY_UNITS.insightRows,
  of: (look) => look.rows.insights,
  why: {
    en: "What a day cost is not final on the day after: reports of the newest days change without anybody doing anything.",
    ar: "تكلفة اليوم ليست نهائية في اليوم التالي: تقارير أحدث الأيام تتغير دون أن يفعل أحد شيئًا.",
  },
  async tell({ look, evidence: { rows, moneyMinor } }) {
    const parts = await look.session.first<{
      from: string;
      until: string;
      change: number;
      before: number;
      oldest: number;
    }>(
      `SELECT min(day)::VARCHAR AS "from", max(day)::VARCHAR AS until,
              coalesce(sum(spend_now - spend_before), 0)::BIGINT AS change,
              coalesce(sum(spend_before), 0)::BIGINT AS before, max(days_old) AS oldest FROM ${GATHERED}`,
    );
    const { from = "", until = "", change = 0, before = 0 } = parts ?? {};
    return {
      severity: severityOf(await shareOfSpend(look, moneyMinor), { warning: 0.01, critical: 1.1 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} row of insights", other: "{n} rows of insights" })} (${s.period(from, until)}) changed when a newer file told them again: spend by ${change >= 0 ? "+" : "−"}${s.moneyFull(Math.abs(change))}${before > 0 ? ` (${change >= 0 ? "+" : "−"}${s.percent(Math.abs(change) / before)} of these rows)` : ""}.`,
        (s) =>
          `${s.n(rows, { one: "صف أداء واحد", two: "صفّا أداء", few: "{n} صفوف أداء", other: "{n} صف أداء" })} (${s.period(from, until)}) تغيّرت حين أعاد ملف أحدث ذكرها: الإنفاق ${change >= 0 ? "زاد" : "نقص"} ${s.moneyFull(Math.abs(change))}${before > 0 ? ` (${s.percent(Math.abs(change) / before)} من هذه الصفوف)` : ""}.`,
      ),
      question: {
        id: "late-days",
        text: {
          en: "After how many days does the platform no longer correct a day?",
          ar: "بعد كم يوم تكفّ المنصة عن تصحيح اليوم؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
