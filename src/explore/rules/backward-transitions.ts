/**
 * Backward transitions: log rows that take a lead down the funnel, such as qualified → no answer. A meeting that failed
 * can look like this; so does a status list that is used as a to-do list.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS, TIMES } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const backwardTransitions = listingRule({
  id: "backward-transitions",
  title: { en: "Steps down the funnel", ar: "رجوع في القمع" },
  needs: ["log"],
  thresholds: {},
  sql: sqlFile(import.meta.url, "../sql/rules/backward-transitions.sql"),
  unit: UNITS.logRows,
  of: (look) => look.rows.log,
  why: {
    en: "Whoever counts the current status loses these leads, whoever counts the log keeps them: the two never agree.",
    ar: "من يعدّ الحالة الحالية يفقد هؤلاء، ومن يعدّ السجل يحتفظ بهم: فلا يتفق الاثنان أبدًا.",
  },
  async tell({ look, evidence: { rows, leads, items } }) {
    const parts = await look.session.first<{ qualified: number }>(
      `SELECT count(*) FILTER (WHERE from_stage IN ('qualified', 'meeting')) AS qualified FROM ${GATHERED}`,
    );
    const qualified = parts?.qualified ?? 0;
    const first = items[0];
    return {
      severity: severityOf(rows / look.rows.log, { warning: 0.02, critical: 0.2 }),
      sentence: look.speak(
        (s) =>
          `${s.n(leads ?? 0, LEADS.en)} went down the funnel ${s.n(rows, TIMES.en)}, ${s.count(qualified)} of these after having been qualified. Most often: ${s.name(first?.label ?? "")} (${s.count(first?.rows ?? 0)}).`,
        (s) =>
          `رجع ${s.n(leads ?? 0, LEADS.ar)} في القمع ${s.n(rows, TIMES.ar)}، منها ${s.count(qualified)} بعد تأهّل. الأكثر تكرارًا: ${s.name(first?.label ?? "")} (${s.count(first?.rows ?? 0)}).`,
      ),
      question: {
        id: "backward-transitions",
        text: {
          en: "Does a qualified lead that does not pick up any more still count as qualified?",
          ar: "هل يبقى العميل المؤهل محسوبًا مؤهلًا إذا لم يعد يجيب؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
