/**
 * Lead outage: hours or days without a single lead although money is spent and leads came before and after. A form that
 * broke, or an export that lacks a day; the leads are lost or somewhere else, the money is not.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

const SPENT_SQL = `
  SELECT sum(i.spend_minor)::BIGINT AS spent,
         (SELECT string_agg(strftime(from_moment, '%Y-%m-%d'), ',' ORDER BY leads DESC) FROM ${GATHERED}) AS days
  FROM insights AS i
  WHERE i.day IN (SELECT from_moment::DATE FROM ${GATHERED})`;

export const leadOutage = listingRule({
  id: "lead-outage",
  title: { en: "Hours without any lead", ar: "ساعات بلا أي عميل" },
  needs: ["leads", "insights"],
  thresholds: { expected: 15 },
  sql: sqlFile(import.meta.url, "../sql/rules/lead-outage.sql"),
  params: (_, threshold) => ({ expected: threshold("expected") }),
  unit: { en: "outages", ar: "انقطاعات" },
  of: () => 0,
  why: {
    en: "The ads ran and were paid for: the leads were lost, or lie in a form or an export that nobody fetched.",
    ar: "عملت الإعلانات ودُفع ثمنها: ضاع العملاء، أو هم في نموذج أو تصدير لم يجلبه أحد.",
  },
  async tell({ look, evidence: { rows, leads, items }, threshold }) {
    const spent = await look.session.first<{ spent: number | null; days: string }>(SPENT_SQL);
    const money = spent?.spent ?? null;
    const days = (spent?.days ?? "").split(",").slice(0, 4);
    const lost = leads ?? 0;
    return {
      severity: severityOf(lost / look.rows.leads, { warning: 0.002, critical: 0.05 }),
      of: rows,
      sentence: look.speak(
        (s) =>
          `Not one lead came in ${s.n(rows, { one: "{n} stretch", other: "{n} stretches" })} of hours while ads were running (${s.list(days.map((day) => s.day(day)))}): about ${s.n(lost, LEADS.en)} are missing by the usual number of those days.`,
        (s) =>
          `لم يصل أي عميل في ${s.n(rows, { one: "فترة واحدة", two: "فترتين", few: "{n} فترات", other: "{n} فترة" })} كانت الإعلانات تعمل فيها (${s.list(days.map((day) => s.day(day)))}): ينقص نحو ${s.n(lost, LEADS.ar)} قياسًا على المعتاد في تلك الأيام.`,
      ),
      ...(money === null ? {} : { moneyMinor: money }),
      items: items.map((item) => ({ ...item, account: null })),
      thresholds: [
        { name: "expected", value: threshold("expected"), seen: items[0]?.leads ?? lost },
      ],
      question: {
        id: "lead-outage",
        text: {
          en: "Was the form or the export down on these days, and can its leads still be fetched?",
          ar: "هل تعطل النموذج أو التصدير في تلك الأيام، وهل يمكن جلب عملائها؟",
        },
      },
      remedies: [leaveAsIs({ en: "Known: nothing to fetch", ar: "معروف: لا شيء يُجلب" })],
    };
  },
});
