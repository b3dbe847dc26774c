/**
 * Illegal transitions: log rows that leave a final stage, such as lost → qualified or won → new. Within seconds they are
 * slips of the finger; later ones are leads that somebody opened again.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS, TIMES } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const illegalTransitions = listingRule({
  id: "illegal-transitions",
  title: { en: "Final statuses that did not last", ar: "حالات نهائية لم تدم" },
  needs: ["log"],
  thresholds: { withinMinutes: 60 },
  sql: sqlFile(import.meta.url, "../sql/rules/illegal-transitions.sql"),
  params: (_, threshold) => ({ within_minutes: threshold("withinMinutes") }),
  unit: UNITS.logRows,
  of: (look) => look.rows.log,
  why: {
    en: "A final status that does not last makes two answers out of one lead: what counts depends on the day one looks.",
    ar: "الحالة النهائية التي لا تدوم تجعل للعميل الواحد جوابين: فما يُحتسب يتوقف على يوم النظر.",
  },
  async tell({ look, evidence: { rows, leads, items } }) {
    const parts = await look.session.first<{ slips: number; won: number }>(
      `SELECT count(*) FILTER (WHERE minutes <= 1) AS slips, count(*) FILTER (WHERE from_stage = 'won') AS won
       FROM ${GATHERED}`,
    );
    const slips = parts?.slips ?? 0;
    const won = parts?.won ?? 0;
    const first = items[0];
    return {
      severity: severityOf(rows / look.rows.log, { warning: 0.01, critical: 0.2 }),
      sentence: look.speak(
        (s) =>
          `${s.n(leads ?? 0, LEADS.en)} left a final status ${s.n(rows, TIMES.en)}, ${s.count(slips)} of these within a minute${won > 0 ? `; ${s.count(won)} left a won deal` : ""}. Most often: ${s.name(first?.label ?? "")} (${s.count(first?.rows ?? 0)}).`,
        (s) =>
          `خرج ${s.n(leads ?? 0, LEADS.ar)} من حالة نهائية ${s.n(rows, TIMES.ar)}، منها ${s.count(slips)} خلال دقيقة${won > 0 ? `، و${s.count(won)} من صفقة تمت` : ""}. الأكثر تكرارًا: ${s.name(first?.label ?? "")} (${s.count(first?.rows ?? 0)}).`,
      ),
      question: {
        id: "illegal-transitions",
        text: {
          en: "May a lost lead be opened again, and does its second answer then replace the first?",
          ar: "هل يجوز أن يُفتح العميل المفقود من جديد، وهل يحلّ جوابه الثاني محل الأول؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
