/** Damaged ids: a spreadsheet wrote them as 1.23E+11, or kept fifteen digits and put zeros for the rest. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const damagedIds = listingRule({
  id: "damaged-ids",
  title: { en: "Ids damaged by a spreadsheet", ar: "معرّفات أفسدها جدول حسابي" },
  needs: [],
  thresholds: {},
  sql: sqlFile(import.meta.url, "../sql/rules/damaged-ids.sql"),
  tables: ["campaigns", "leads", "log", "insights"],
  unit: { en: "rows of all tables", ar: "صفوف كل الجداول" },
  of: ({ rows }) => rows.campaigns + rows.insights + rows.leads + rows.log,
  why: {
    en: "Several campaigns or leads become one, and nothing finds its partner in another table.",
    ar: "تصير عدة حملات أو عملاء واحدًا، ولا يجد شيء قرينه في جدول آخر.",
  },
  async tell({ look, evidence: { rows, items } }) {
    const { rows: sizes } = look;
    const of = sizes.campaigns + sizes.insights + sizes.leads + sizes.log;
    const kinds = await look.session.first<{ scientific: number; cut: number; ids: number }>(
      `SELECT count(*) FILTER (WHERE kind = 'scientific') AS scientific,
              count(*) FILTER (WHERE kind = 'cut') AS cut, count(DISTINCT id) AS ids FROM ${GATHERED}`,
    );
    return {
      severity: severityOf(rows / of, { warning: 0.0001, critical: 0.01 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, ROWS.en)} carry an id that a spreadsheet damaged (${s.count(kinds?.ids ?? 0)} different ones): ${s.count(kinds?.scientific ?? 0)} written like 1.23E+11, ${s.count(kinds?.cut ?? 0)} cut to fifteen digits; in ${s.list([...new Set(items.map((item) => s.name(item.label)))])}.`,
        (s) =>
          `${s.n(rows, ROWS.ar)} بمعرّف أفسده جدول حسابي (${s.count(kinds?.ids ?? 0)} معرّفًا مختلفًا): ${s.count(kinds?.scientific ?? 0)} مكتوبة مثل 1.23E+11، و${s.count(kinds?.cut ?? 0)} قُصّت إلى خمسة عشر رقمًا؛ في ${s.list([...new Set(items.map((item) => s.name(item.label)))])}.`,
      ),
      question: {
        id: "damaged-ids",
        text: {
          en: "Can the table be exported again without opening it in a spreadsheet?",
          ar: "هل يمكن تصدير الجدول من جديد دون فتحه في جدول حسابي؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
