/** Current status against the log: the lead table says one thing, the last row of the log another. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const currentVsLog = listingRule({
  id: "current-vs-log",
  title: { en: "Current status against the log", ar: "الحالة الحالية مقابل السجل" },
  needs: ["leads", "log"],
  thresholds: {},
  sql: sqlFile(import.meta.url, "../sql/rules/current-vs-log.sql"),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "One of the two is out of date: qualified leads counted from the table and from the log differ by these.",
    ar: "أحدهما قديم: وبهذا القدر يختلف عدد المؤهلين بين الجدول والسجل.",
  },
  async tell({ look, evidence: { rows, items } }) {
    // As of an earlier day the log ends there, but the table's status is today's.
    const end = await look.session.first<{ day: string | null }>(
      `SELECT max(m.last_day)::VARCHAR AS day FROM marts.accounts AS m JOIN accounts USING (account_id)`,
    );
    if (end?.day && look.lastDay !== null && look.lastDay < end.day) return null;
    const counts = await look.session.first<{ logged: number; lost: number; won: number }>(
      `SELECT (SELECT count(*) FROM leads WHERE logged) AS logged,
              count(*) FILTER (WHERE last_stage IN ('qualified', 'meeting', 'won')
                               AND coalesce(current_stage, '') NOT IN ('qualified', 'meeting', 'won')) AS lost,
              count(*) FILTER (WHERE current_stage IN ('qualified', 'meeting', 'won')
                               AND coalesce(last_stage, '') NOT IN ('qualified', 'meeting', 'won')) AS won
       FROM ${GATHERED}`,
    );
    const logged = counts?.logged ?? rows;
    const first = items[0];
    return {
      severity: severityOf(rows / logged, { warning: 0.01, critical: 0.2 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LEADS.en)} of ${s.count(logged)} with a log ${rows === 1 ? "has" : "have"} another status now than the log says last; qualified only in the table: ${s.count(counts?.won ?? 0)}, only in the log: ${s.count(counts?.lost ?? 0)}. Most often: ${s.name(first?.label ?? "")} (${s.count(first?.rows ?? 0)}).`,
        (s) =>
          `${s.n(rows, LEADS.ar)} من ${s.count(logged)} لهم سجل حالتهم الآن غير آخر ما في السجل؛ ${s.count(counts?.won ?? 0)} مؤهلون في الجدول وحده، و${s.count(counts?.lost ?? 0)} في السجل وحده. الأكثر تكرارًا: ${s.name(first?.label ?? "")} (${s.count(first?.rows ?? 0)}).`,
      ),
      question: {
        id: "current-vs-log",
        text: {
          en: "Which is right where they differ: the status of the lead table, or the last row of the log?",
          ar: "أيهما الصحيح عند الاختلاف: حالة جدول العملاء أم آخر صف في السجل؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
