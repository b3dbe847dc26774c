/** Junk leads: names such as test, asdf or aaa, and addresses such as test@…: somebody tried the form. */
import { z } from "zod";
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs, leaveOutLeads } from "../remedies.ts";
import { wordsText } from "../words.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/junk-leads.sql");
const JUNK = z
  .object({ names: z.array(z.string()), parts: z.array(z.string()) })
  .parse(JSON.parse(wordsText("junk-names")));

export const junkLeads = listingRule({
  id: "junk-leads",
  title: { en: "Leads that only tried the form", ar: "تجارب للنموذج لا عملاء" },
  needs: ["leads"],
  thresholds: {},
  sql: SQL,
  params: () => ({ names: [...JUNK.names], parts: JUNK.parts.join("|") }),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "Nobody stands behind them: they make a campaign look cheaper per lead and worse per qualified lead.",
    ar: "لا أحد وراءهم: فهم يجعلون تكلفة العميل تبدو أقل وتكلفة المؤهل أعلى.",
  },
  tell({ look, evidence: { rows, items }, params }) {
    const named = items.find((item) => item.id === "name")?.rows ?? 0;
    return {
      severity: severityOf(rows / look.rows.leads, { warning: 0.02, critical: 0.3 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LEADS.en)} ${rows === 1 ? "looks" : "look"} like trials of a form: ${s.count(named)} by the name (test, asdf, aaa, digits), ${s.count(rows - named)} by the address.`,
        (s) =>
          `${s.n(rows, LEADS.ar)} يبدون تجارب للنموذج: ${s.count(named)} بالاسم (test أو asdf أو aaa أو أرقام)، و${s.count(rows - named)} بالعنوان.`,
      ),
      items: items.map((item) => ({ ...item, account: null })),
      question: {
        id: "junk-leads",
        text: {
          en: "Who tries forms out, and may these leads be left out of all figures?",
          ar: "من يجرّب النماذج، وهل تُستبعد هذه التجارب من كل الأرقام؟",
        },
      },
      remedies: [
        leaveOutLeads(
          { look, sql: SQL, params },
          rows,
          { en: "Do not count these leads", ar: "عدم احتساب هؤلاء" },
          true,
        ),
        leaveAsIs(),
      ],
    };
  },
});
