/** Contradictory statuses: a lead is qualified and rejected, or the other way round, in the same minute. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const contradictoryStatuses = listingRule({
  id: "contradictory-statuses",
  title: { en: "Yes and no in one minute", ar: "نعم ولا في دقيقة واحدة" },
  needs: ["log"],
  thresholds: { withinSeconds: 60 },
  sql: sqlFile(import.meta.url, "../sql/rules/contradictory-statuses.sql"),
  params: (_, threshold) => ({ within_seconds: threshold("withinSeconds") }),
  unit: UNITS.logRows,
  of: (look) => look.rows.log,
  why: {
    en: "Nobody can tell which of the two answers holds, and whoever asks “ever qualified?” counts the slip.",
    ar: "لا يمكن معرفة أي الجوابين صحيح، ومن يسأل «هل تأهّل يومًا؟» يعدّ الخطأ نفسه.",
  },
  tell({ look, evidence: { rows, leads, items }, threshold }) {
    const first = items[0];
    const seconds = threshold("withinSeconds");
    return {
      severity: severityOf(rows / look.rows.log, { warning: 0.01, critical: 0.2 }),
      sentence: look.speak(
        (s) =>
          `${s.n(leads ?? 0, LEADS.en)} ${leads === 1 ? "was" : "were"} called qualified and rejected within ${s.count(seconds)} seconds; most often ${s.name(first?.label ?? "")} (${s.count(first?.rows ?? 0)}).`,
        (s) =>
          `وُصف ${s.n(leads ?? 0, LEADS.ar)} بالتأهّل والرفض معًا خلال ${s.count(seconds)} ثانية، والأكثر تكرارًا ${s.name(first?.label ?? "")} (${s.count(first?.rows ?? 0)}).`,
      ),
      question: {
        id: "contradictory-statuses",
        text: {
          en: "When a status is corrected at once, does only the last one count?",
          ar: "إذا صُحّحت الحالة في الحال، فهل تُحتسب الأخيرة وحدها؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
