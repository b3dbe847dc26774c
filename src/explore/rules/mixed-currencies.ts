/**
 * Mixed currencies: delivery in more than one currency. Amounts of two are never added; rows whose file is in another
 * currency than their account are left out until somebody says what they are.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { GATHERED } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/mixed-currencies.sql");

export const mixedCurrencies = listingRule({
  id: "mixed-currencies",
  title: { en: "More than one currency", ar: "أكثر من عملة" },
  needs: ["campaigns"],
  thresholds: {},
  sql: SQL,
  tables: ["insights", "campaigns"],
  unit: DELIVERY_UNITS.insightRows,
  of: (look) => look.rows.insights,
  why: {
    en: "Amounts of two currencies have no sum: totals over all accounts are shown without one.",
    ar: "مبالغ بعملتين لا مجموع لها: تُعرض المجاميع على كل الحسابات بلا عملة.",
  },
  async tell({ look, evidence: { rows } }) {
    const parts = await look.session.first<{ out: number; currencies: string[] | null }>(
      `SELECT count(*) FILTER (WHERE left_out) AS out, list(DISTINCT currency ORDER BY currency) AS currencies FROM ${GATHERED}`,
    );
    const out = parts?.out ?? 0;
    const currencies = parts?.currencies ?? [];
    return {
      // The sum would add what cannot be added.
      moneyMinor: null,
      severity: out > 0 ? "warning" : "info",
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} insights row is", other: "{n} insights rows are" })} in ${s.list(currencies)} beside the usual currency.${out > 0 ? ` ${s.n(out, { one: "{n} of them is", other: "{n} of them are" })} left out, as ${out === 1 ? "its file names" : "their files name"} another currency than the account.` : ""}`,
        (s) =>
          `${s.n(rows, ROWS.ar)} بعملة ${s.list(currencies)} إلى جانب العملة المعتادة.${out > 0 ? ` استُبعد منها ${s.count(out)} لأن ملفها يذكر عملة غير عملة الحساب.` : ""}`,
      ),
      question: {
        id: "mixed-currencies",
        text: {
          en: "In which currency is each account billed?",
          ar: "بأي عملة يُحاسَب كل حساب؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
