/**
 * Refused rows: records of a file that could not be read as what their column is, such as a date in another format than
 * the rest of its column. They are kept whole, and count nowhere.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

const COUNTS_SQL = `
  SELECT count(DISTINCT (file_id, line)) AS records, count(DISTINCT file_id) AS files,
         count(DISTINCT (file_id, line)) FILTER (WHERE code LIKE '%DATE%') AS dates,
         count(DISTINCT (file_id, line)) FILTER (WHERE code LIKE '%NUMBER%' OR code LIKE '%DECIMALS%') AS numbers,
         count(DISTINCT (file_id, line)) FILTER (WHERE code = 'MISSING_VALUE') AS missing,
         (SELECT sum(rows_read)::BIGINT FROM files) AS read,
         (SELECT max(n / nullif(f.rows_read, 0)) FROM (SELECT file_id, count(DISTINCT line) AS n FROM ${GATHERED}
                  GROUP BY file_id) JOIN files AS f USING (file_id)) AS worst
  FROM ${GATHERED}`;

interface Counts {
  readonly records: number;
  readonly files: number;
  readonly dates: number;
  readonly numbers: number;
  readonly missing: number;
  readonly read: number;
  readonly worst: number | null;
}

export const refusedRows = listingRule({
  id: "refused-rows",
  title: { en: "Rows that were refused", ar: "صفوف رُفضت" },
  needs: [],
  thresholds: {},
  sql: sqlFile(import.meta.url, "../sql/rules/refused-rows.sql"),
  tables: ["files"],
  unit: { en: "records read", ar: "سجلات مقروءة" },
  of: () => 0,
  why: {
    en: "What they hold is in no figure; a date read wrongly would be worse than a date refused, as 3/4 is two days.",
    ar: "ما فيها ليس في أي رقم؛ وقراءة تاريخ خطأً أسوأ من رفضه، فـ3/4 يومان مختلفان.",
  },
  async tell({ look, evidence: { items } }) {
    // Rejects belong to files, not accounts: who sees some accounts only is told nothing of them.
    if (look.scope.accounts !== "all") return null;
    const counts = await look.session.first<Counts>(COUNTS_SQL);
    if (counts === null) return null;
    const shown = items.slice(0, 3);
    return {
      severity: severityOf(counts.worst ?? 0, { warning: 0.01, critical: 0.1 }),
      rows: counts.records,
      of: counts.read,
      sentence: look.speak(
        (s) =>
          `${s.n(counts.records, ROWS.en)} of ${s.count(counts.read)} read ${counts.records === 1 ? "was" : "were"} refused in ${s.count(counts.files)} ${counts.files === 1 ? "file" : "files"}: ${s.count(counts.dates)} for a date, ${s.count(counts.numbers)} for a number, ${s.count(counts.missing)} for a missing value. Most: ${s.list(shown.map((item) => `${s.name(item.label)} ${s.count(item.rows)}`))}.`,
        (s) =>
          `رُفض ${s.n(counts.records, ROWS.ar)} من ${s.count(counts.read)} في ${s.count(counts.files)} من الملفات: ${s.count(counts.dates)} بسبب تاريخ، و${s.count(counts.numbers)} بسبب رقم، و${s.count(counts.missing)} بسبب قيمة ناقصة. والأكثر: ${s.list(shown.map((item) => `${s.name(item.label)} ${s.count(item.rows)}`))}.`,
      ),
      question: {
        id: "refused-rows",
        text: {
          en: "Can the file be exported again with one format per column?",
          ar: "هل يمكن تصدير الملف من جديد بصيغة واحدة لكل عمود؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
