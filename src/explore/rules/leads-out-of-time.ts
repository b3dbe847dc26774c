/**
 * Leads out of time: dated days before their campaign began or weeks after it ended. No ad brings a lead before it runs;
 * where the date would fit with day and month exchanged, that is what happened to it.
 */
import type { Text } from "../../contract/explore.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs, leaveOutLeads } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/leads-out-of-time.sql");

const KINDS: Readonly<Record<string, Text>> = {
  exchanged: {
    en: "would fit with day and month exchanged",
    ar: "يستقيم تاريخهم لو تبادل اليوم والشهر",
  },
  early: { en: "came before their campaign began", ar: "سبقوا بداية حملتهم" },
  late: { en: "came weeks after their campaign had ended", ar: "جاؤوا بعد انتهاء حملتهم بأسابيع" },
};

export const leadsOutOfTime = listingRule({
  id: "leads-out-of-time",
  title: { en: "Leads outside the life of their campaign", ar: "عملاء خارج عمر حملتهم" },
  needs: ["leads", "campaigns"],
  thresholds: { lateDays: 14, least: 2 },
  sql: SQL,
  params: (_, threshold) => ({ late: threshold("lateDays") }),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "A lead with a wrong date counts in a month in which nobody paid for it, and its waiting time is nonsense.",
    ar: "العميل ذو التاريخ الخاطئ يُحتسب في شهر لم يُدفع فيه ثمنه، وزمن انتظاره بلا معنى.",
  },
  tell({ look, evidence: { rows, items }, params, threshold }) {
    const kinds = items.map((item) => ({ item, text: KINDS[item.id] ?? { en: "", ar: "" } }));
    const fitting = items.find((item) => item.id === "exchanged")?.rows ?? 0;
    // One lead out of time may be a slip; one that fits when exchanged is none.
    if (fitting === 0 && rows < threshold("least")) return null;
    return {
      severity: severityOf(rows / look.rows.leads, { warning: 0.01, critical: 0.2 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LEADS.en)} ${rows === 1 ? "is" : "are"} dated when no ad of ${rows === 1 ? "its" : "their"} campaign ran: ${s.list(kinds.map(({ item, text }) => `${s.count(item.rows)} ${text.en}`))}.`,
        (s) =>
          `${s.n(rows, LEADS.ar)} بتاريخ لم يكن فيه أي إعلان لحملتهم يعمل: ${s.list(kinds.map(({ item, text }) => `${s.count(item.rows)} ${text.ar}`))}.`,
      ),
      items: kinds.map(({ item, text }) => ({ ...item, account: null, detail: text })),
      thresholds: [{ name: "lateDays", value: threshold("lateDays"), seen: rows }],
      question: {
        id: "leads-out-of-time",
        text:
          fitting > 0
            ? {
                en: "Which export or device writes day and month of these leads the other way round?",
                ar: "أي تصدير أو جهاز يكتب يوم هؤلاء العملاء وشهرهم معكوسين؟",
              }
            : {
                en: "When did these leads really come, and by which campaign?",
                ar: "متى جاء هؤلاء العملاء حقًا، وعبر أي حملة؟",
              },
      },
      remedies: [
        leaveOutLeads(
          { look, sql: SQL, params },
          rows,
          { en: "Do not count these leads", ar: "عدم احتساب هؤلاء" },
          false,
        ),
        leaveAsIs(),
      ],
    };
  },
});
