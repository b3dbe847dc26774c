/**
 * Negative values: spend, impressions, clicks or reach below zero. Delivery cannot be negative; such rows are
 * refunds booked as delivery, or a sign lost on the way.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutDelivery } from "../delivery-remedies.ts";
import { listingRule } from "../listing-rule.ts";
import { leaveAsIs } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/negative-values.sql");

export const negativeValues = listingRule({
  id: "negative-values",
  title: { en: "Negative values", ar: "قيم سالبة" },
  needs: ["insights"],
  thresholds: {},
  sql: SQL,
  unit: DELIVERY_UNITS.rows,
  of: (look) => look.rows.insights,
  why: {
    en: "Delivery cannot be negative: a refund booked as delivery hides what a day really cost.",
    ar: "لا يكون العرض سالبًا: استرداد مسجَّل كأنه عرض يخفي تكلفة اليوم الحقيقية.",
  },
  tell({ look, evidence: { rows, moneyMinor } }) {
    const money = moneyMinor ?? 0;
    return {
      severity: money > 0 ? "warning" : "info",
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} row has", other: "{n} rows have" })} a value below zero${money > 0 ? `; together they take ${s.money(money)} off the spend` : ""}.`,
        (s) =>
          `${s.n(rows, { one: "صف واحد فيه", two: "صفّان فيهما", few: "{n} صفوف فيها", other: "{n} صفًا فيها" })} قيمة أقل من الصفر${money > 0 ? `، وتُنقص مجتمعةً ${s.money(money)} من الإنفاق` : ""}.`,
      ),
      question: {
        id: "negative-values",
        text: {
          en: "Are negative amounts refunds, and should they lower the day's spend?",
          ar: "هل المبالغ السالبة مبالغ مستردّة، وهل ينبغي أن تُخفّض إنفاق اليوم؟",
        },
      },
      remedies: [
        leaveOutDelivery(
          { look, sql: SQL },
          { en: "Leave these rows out", ar: "استبعاد هذه الصفوف" },
          { spendMinor: money, leads: null, recommended: true },
        ),
        leaveAsIs({ en: "They are right as they stand", ar: "صحيحة كما هي" }),
      ],
    };
  },
});
