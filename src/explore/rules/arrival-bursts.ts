/** Arrival bursts: many leads of one account in one minute, which an import, a backfill or a machine wrote. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const arrivalBursts = listingRule({
  id: "arrival-bursts",
  title: { en: "Leads that arrived all at once", ar: "عملاء وصلوا دفعة واحدة" },
  needs: ["leads"],
  thresholds: { perMinute: 10, chance: 0.001 },
  sql: sqlFile(import.meta.url, "../sql/rules/arrival-bursts.sql"),
  params: (_, threshold) => ({
    per_minute: threshold("perMinute"),
    chance: threshold("chance"),
  }),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "The time is that of an import or a machine: hour of arrival, response time and the day's cost per lead are wrong for these.",
    ar: "الوقت وقت استيراد أو آلة: فساعة الوصول وزمن الاستجابة وتكلفة العميل في ذلك اليوم خاطئة لهؤلاء.",
  },
  tell({ look, evidence: { rows, items, itemsTotal }, threshold }) {
    const first = items[0];
    return {
      severity: severityOf(rows / look.rows.leads, { warning: 0.01, critical: 0.2 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LEADS.en)} (${s.percent(rows / look.rows.leads)}) arrived in ${s.n(itemsTotal, { one: "{n} burst", other: "{n} bursts" })} of at least ${s.count(threshold("perMinute"))} leads of one account within a minute; the largest, ${s.name(first?.label ?? "")}, holds ${s.count(first?.rows ?? 0)}.`,
        (s) =>
          `${s.n(rows, LEADS.ar)} (${s.percent(rows / look.rows.leads)}) وصلوا في ${s.n(itemsTotal, { one: "دفعة واحدة", two: "دفعتين", few: "{n} دفعات", other: "{n} دفعة" })} لا تقل الواحدة عن ${s.count(threshold("perMinute"))} لحساب واحد خلال دقيقة؛ وأكبرها ${s.name(first?.label ?? "")} وفيها ${s.count(first?.rows ?? 0)}.`,
      ),
      thresholds: [{ name: "perMinute", value: threshold("perMinute"), seen: first?.rows ?? 0 }],
      question: {
        id: "arrival-bursts",
        text: {
          en: "Were these leads imported from elsewhere or sent by a machine, and when did they really come?",
          ar: "هل استُورد هؤلاء من مصدر آخر أم أرسلتهم آلة، ومتى جاؤوا حقًا؟",
        },
      },
      remedies: [leaveAsIs({ en: "Known: imported", ar: "معروف: مستوردون" })],
    };
  },
});
