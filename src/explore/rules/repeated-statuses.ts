/**
 * Repeated statuses: the same status logged again for the same lead, within minutes or where a second time means
 * nothing. Attempts of different days are attempts, not repeats.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS, LOG_ROWS } from "../nouns.ts";
import { leaveAsIs, leaveOutRows } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/repeated-statuses.sql");

export const repeatedStatuses = listingRule({
  id: "repeated-statuses",
  title: { en: "The same status again", ar: "الحالة نفسها مرة أخرى" },
  needs: ["log"],
  thresholds: { withinMinutes: 10 },
  sql: SQL,
  params: (_, threshold) => ({ within_minutes: threshold("withinMinutes") }),
  unit: UNITS.logRows,
  of: (look) => look.rows.log,
  why: {
    en: "Whoever counts rows of the log instead of leads counts these twice.",
    ar: "من يعدّ صفوف السجل بدل العملاء يعدّ هذه مرتين.",
  },
  tell({ look, evidence: { rows, leads, items }, params }) {
    const first = items[0];
    return {
      severity: severityOf(rows / look.rows.log, { warning: 0.02, critical: 0.2 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LOG_ROWS.en)} ${rows === 1 ? "repeats" : "repeat"} the status that the same lead already had (${s.n(leads ?? 0, LEADS.en)}); most often ${s.name(first?.label ?? "")}, ${s.count(first?.rows ?? 0)}.`,
        (s) =>
          `تكررت للعميل حالته نفسها في ${s.n(rows, LOG_ROWS.ar)} (${s.n(leads ?? 0, LEADS.ar)})، وأكثرها ${s.name(first?.label ?? "")}: ${s.count(first?.rows ?? 0)}.`,
      ),
      question: {
        id: "repeated-statuses",
        text: {
          en: "Is a status that is logged twice a second attempt, or a double click?",
          ar: "هل الحالة المسجلة مرتين محاولة ثانية أم نقرة مكررة؟",
        },
      },
      remedies: [
        leaveOutRows(
          { look, sql: SQL, params },
          "lead_status_changes",
          { en: "Keep the first row of each", ar: "إبقاء أول صف من كل منها" },
          true,
        ),
        leaveAsIs(),
      ],
    };
  },
});
