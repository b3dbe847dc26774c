/**
 * Damaged phones: written by a spreadsheet as 1.23E+11, cut off, doubled, zeros, words, or numbers that no country has.
 * Nobody can call such a lead, and no two of them are one person.
 */
import type { Text } from "../../contract/explore.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs, leaveOutLeads } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/damaged-phones.sql");

const KINDS: Readonly<Record<string, Text>> = {
  spreadsheet: { en: "damaged by a spreadsheet (1.23E+11)", ar: "أفسدها جدول حسابي (1.23E+11)" },
  repeated: { en: "one digit repeated, or 12345678", ar: "رقم واحد مكرر أو 12345678" },
  wordy: { en: "no digits", ar: "بلا أرقام" },
  short: { en: "too short", ar: "أقصر مما يجب" },
  long: { en: "too long", ar: "أطول مما يجب" },
  impossible: { en: "impossible in its country", ar: "مستحيلة في بلدها" },
};

export const damagedPhones = listingRule({
  id: "damaged-phones",
  title: { en: "Phones nobody can call", ar: "هواتف لا يمكن الاتصال بها" },
  needs: ["leads"],
  thresholds: {},
  sql: SQL,
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "The lead was paid for and cannot be called; a damaged export can often be had again undamaged.",
    ar: "دُفع ثمن العميل ولا يمكن الاتصال به؛ والتصدير التالف يمكن غالبًا استخراجه سليمًا من جديد.",
  },
  tell({ look, evidence: { rows, items } }) {
    const named = items.map((item) => ({ item, text: KINDS[item.id] ?? { en: "", ar: "" } }));
    return {
      severity: severityOf(rows / look.rows.leads, { warning: 0.05, critical: 0.5 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LEADS.en)} (${s.percent(rows / look.rows.leads)}) ${rows === 1 ? "has" : "have"} a phone that cannot be called: ${s.list(named.map(({ item, text }) => `${s.count(item.rows)} ${text.en}`))}.`,
        (s) =>
          `${s.n(rows, LEADS.ar)} (${s.percent(rows / look.rows.leads)}) بهاتف لا يمكن الاتصال به: ${s.list(named.map(({ item, text }) => `${s.count(item.rows)} ${text.ar}`))}.`,
      ),
      items: named.map(({ item, text }) => ({ ...item, account: null, detail: text })),
      question: {
        id: "damaged-phones",
        text: {
          en: "Can these leads be exported again from the form, without a spreadsheet in between?",
          ar: "هل يمكن تصدير هؤلاء العملاء من النموذج مجددًا دون المرور بجدول حسابي؟",
        },
      },
      remedies: [
        leaveAsIs(),
        leaveOutLeads(
          { look, sql: SQL },
          rows,
          { en: "Do not count these leads", ar: "عدم احتساب هؤلاء" },
          false,
        ),
      ],
    };
  },
});
