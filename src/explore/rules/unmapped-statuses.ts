/**
 * Unmapped statuses: a status that no status map knows. Its rows are in no stage: they count as leads, and neither as
 * judged nor as qualified, until the status is mapped.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS, STATUSES } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const unmappedStatuses = listingRule({
  id: "unmapped-statuses",
  title: { en: "Statuses nobody has explained", ar: "حالات لم يشرحها أحد" },
  needs: ["leads"],
  thresholds: {},
  sql: sqlFile(import.meta.url, "../sql/rules/unmapped-statuses.sql"),
  tables: ["leads", "log"],
  unit: { en: "rows of leads and log", ar: "صفوف العملاء والسجل" },
  of: (look) => look.rows.leads + look.rows.log,
  why: {
    en: "Until a status is given a stage, its rows stay out of the funnel and out of every rate.",
    ar: "ما لم تُعطَ الحالة مرحلة تبقى صفوفها خارج القمع وخارج كل نسبة.",
  },
  async tell({ look, evidence: { rows, items, itemsTotal } }) {
    const places = await look.session.first<{ log: number; leads: number }>(
      `SELECT count(*) FILTER (WHERE place = 'log') AS log, count(*) FILTER (WHERE place = 'leads') AS leads
       FROM ${GATHERED}`,
    );
    const shown = items.slice(0, 5).map((item) => item.label);
    return {
      severity: severityOf(rows / (look.rows.leads + look.rows.log), {
        warning: 0.01,
        critical: 0.1,
      }),
      sentence: look.speak(
        (s) =>
          `${s.n(itemsTotal, STATUSES.en)} without a stage: ${s.list(shown.map(s.name))}${itemsTotal > shown.length ? ", …" : ""}; ${s.n(places?.log ?? 0, ROWS.en)} of the log and ${s.count(places?.leads ?? 0)} leads.`,
        (s) =>
          `${s.n(itemsTotal, STATUSES.ar)} بلا مرحلة: ${s.list(shown.map(s.name))}${itemsTotal > shown.length ? "، …" : ""}؛ ${s.n(places?.log ?? 0, ROWS.ar)} في السجل و${s.count(places?.leads ?? 0)} من العملاء المحتملين.`,
      ),
      question: {
        id: "status-map",
        text: {
          en: "What does each of these statuses say about a lead?",
          ar: "ماذا تقول كل حالة من هذه عن العميل؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
