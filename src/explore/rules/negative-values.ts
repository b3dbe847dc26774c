/**
 * Negative values: spend, impressions, clicks or reach below zero. Delivery cannot be negative; such rows are
 * refunds booked as delivery, or a sign lost on the way.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { examples, lineRanges, tally } from "../evidence.ts";
import type { Rule } from "../rule.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/negative-values.sql");

export const negativeValues: Rule = {
  id: "negative-values",
  title: { en: "Negative values", ar: "قيم سالبة" },
  needs: ["insights"],
  thresholds: {},
  async find(look) {
    const { rows, ...counted } = await tally(look, SQL);
    if (rows === 0) return [];
    const { speak } = look;
    const money = counted.moneyMinor ?? 0;
    return [
      {
        key: "negative-values",
        severity: money > 0 ? "warning" : "info",
        sentence: speak(
          (s) =>
            `${s.n(rows, { one: "{n} row has", other: "{n} rows have" })} a value below zero${money > 0 ? `; together they take ${s.money(money)} off the spend` : ""}.`,
          (s) =>
            `${s.n(rows, { one: "صف واحد فيه", two: "صفّان فيهما", few: "{n} صفوف فيها", other: "{n} صفًا فيها" })} قيمة أقل من الصفر${money > 0 ? `، وتُنقص مجتمعةً ${s.money(money)} من الإنفاق` : ""}.`,
        ),
        why: {
          en: "Delivery cannot be negative: a refund booked as delivery hides what a day really cost.",
          ar: "لا يكون العرض سالبًا: استرداد مسجَّل كأنه عرض يخفي تكلفة اليوم الحقيقية.",
        },
        tables: ["insights"],
        unit: { en: "rows", ar: "صفوف" },
        rows,
        of: look.rows.insights,
        ...counted,
        thresholds: [],
        examples: await examples(look, SQL),
        sql: look.listing(SQL),
        question: {
          id: "negative-values",
          text: {
            en: "Are negative amounts refunds, and should they lower the day's spend?",
            ar: "هل المبالغ السالبة مبالغ مستردّة، وهل ينبغي أن تُخفّض إنفاق اليوم؟",
          },
        },
        picture: null,
        remedies: [
          {
            kind: "exclude",
            recommended: true,
            label: { en: "Leave these rows out", ar: "استبعاد هذه الصفوف" },
            spendMinor: money,
            leads: null,
            action: async (items) => ({
              method: "exclude_rows",
              rows: await lineRanges(look, "insights", SQL, {}, items),
            }),
          },
          {
            kind: "accept",
            recommended: false,
            label: { en: "They are right as they stand", ar: "صحيحة كما هي" },
            spendMinor: null,
            leads: null,
            action: async () => ({ method: "accept" }),
          },
        ],
      },
    ];
  },
};
