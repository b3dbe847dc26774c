/** Unusable e-mail addresses: malformed, of a throw-away service, or of a domain that is a slip of the keyboard. */
import { z } from "zod";
import type { Text } from "../../contract/explore.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs, leaveOutLeads } from "../remedies.ts";
import { wordsText } from "../words.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/unusable-emails.sql");

const { domains: DISPOSABLE } = z
  .object({ domains: z.array(z.string()) })
  .parse(JSON.parse(wordsText("disposable-domains")));
const MISTYPED = wordsText("mistyped-domains");

const KINDS: Readonly<Record<string, Text>> = {
  malformed: { en: "malformed", ar: "مكتوبة خطأ" },
  disposable: { en: "of a throw-away mail service", ar: "من خدمة بريد مؤقت" },
  mistyped: { en: "of a mistyped domain", ar: "نطاقها مكتوب خطأ" },
};

export const unusableEmails = listingRule({
  id: "unusable-emails",
  title: { en: "E-mail addresses that reach nobody", ar: "عناوين بريد لا تصل إلى أحد" },
  needs: ["leads"],
  thresholds: {},
  sql: SQL,
  params: () => ({ disposable: [...DISPOSABLE], mistyped: MISTYPED }),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "Who leaves a throw-away address seldom wants a call, and who mistyped one waits in vain for an answer.",
    ar: "من يترك عنوانًا مؤقتًا نادرًا ما يريد مكالمة، ومن أخطأ في عنوانه ينتظر ردًا لن يصل.",
  },
  tell({ look, evidence: { rows, items }, params }) {
    const named = items.map((item) => ({ item, text: KINDS[item.id] ?? { en: "", ar: "" } }));
    return {
      severity: severityOf(rows / look.rows.leads, { warning: 0.1, critical: 0.8 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LEADS.en)} (${s.percent(rows / look.rows.leads)}) left an e-mail address that reaches nobody: ${s.list(named.map(({ item, text }) => `${s.count(item.rows)} ${text.en}`))}.`,
        (s) =>
          `${s.n(rows, LEADS.ar)} (${s.percent(rows / look.rows.leads)}) تركوا عنوان بريد لا يصل إلى أحد: ${s.list(named.map(({ item, text }) => `${s.count(item.rows)} ${text.ar}`))}.`,
      ),
      items: named.map(({ item, text }) => ({ ...item, account: null, detail: text })),
      question: {
        id: "unusable-emails",
        text: {
          en: "Does the form check addresses, and is e-mail used to reach leads at all?",
          ar: "هل يتحقق النموذج من العناوين، وهل يُستخدم البريد أصلًا للوصول إلى العملاء؟",
        },
      },
      remedies: [
        leaveAsIs(),
        leaveOutLeads(
          { look, sql: SQL, params },
          rows,
          { en: "Do not count these leads", ar: "عدم احتساب هؤلاء" },
          false,
        ),
      ],
    };
  },
});
