/** Orphans: log rows of leads nobody has, leads of campaigns nobody has. They wait outside all figures, or stand alone. */
import type { Text } from "../../contract/explore.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

const KINDS: Readonly<Record<string, Text>> = {
  lead: { en: "leads of an unknown account", ar: "عملاء لحساب مجهول" },
  log: { en: "log rows of an unknown lead", ar: "صفوف سجل لعميل مجهول" },
  campaign: {
    en: "leads of a campaign that no table of campaigns has",
    ar: "عملاء لحملة لا يضمها جدول الحملات",
  },
};

export const orphanRows = listingRule({
  id: "orphan-rows",
  title: { en: "Rows that belong to nobody", ar: "صفوف لا تنتمي إلى أحد" },
  needs: [],
  thresholds: {},
  sql: sqlFile(import.meta.url, "../sql/rules/orphan-rows.sql"),
  tables: ["leads", "log", "campaigns"],
  unit: { en: "rows of leads and log", ar: "صفوف العملاء والسجل" },
  of: (look) => look.rows.leads + look.rows.log,
  why: {
    en: "What belongs to no campaign has no cost, and what belongs to no lead has no outcome: the tables were exported at different times or in part.",
    ar: "ما لا حملة له لا تكلفة له، وما لا عميل له لا نتيجة له: صُدّرت الجداول في أوقات مختلفة أو ناقصة.",
  },
  async tell({ look, evidence: { rows, items } }) {
    const all = await look.session.first<{ n: number }>(
      `SELECT count(*) AS n FROM drops WHERE reason = 'unresolved'
       AND table_name IN ('campaign_leads', 'lead_status_changes')`,
    );
    const of = look.rows.leads + look.rows.log + (all?.n ?? 0);
    const named = items.map((item) => ({ item, text: KINDS[item.id] ?? { en: "", ar: "" } }));
    return {
      severity: severityOf(rows / of, { warning: 0.01, critical: 0.2 }),
      of,
      sentence: look.speak(
        (s) =>
          `${s.n(rows, ROWS.en)} (${s.percent(rows / of)}) ${rows === 1 ? "belongs" : "belong"} to nobody: ${s.list(named.map(({ item, text }) => `${s.count(item.rows)} ${text.en}`))}.`,
        (s) =>
          `${s.n(rows, ROWS.ar)} (${s.percent(rows / of)}) بلا صاحب: ${s.list(named.map(({ item, text }) => `${s.count(item.rows)} ${text.ar}`))}.`,
      ),
      items: named.map(({ item, text }) => ({ ...item, account: null, detail: text })),
      question: {
        id: "orphan-rows",
        text: {
          en: "Which export holds the campaigns or leads that these rows name?",
          ar: "أي تصدير يضم الحملات أو العملاء الذين تذكرهم هذه الصفوف؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
