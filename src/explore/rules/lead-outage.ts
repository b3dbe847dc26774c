/**
 * Lead outage: hours, days or weeks without a single lead although money is spent and leads came before and after, on the
 * whole platform or in one large account. A form that broke, or an export that lacks days; the leads are lost or
 * somewhere else, the money is not. An exact test against the unevenness of days and weeks keeps chance out.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Say } from "../say.ts";

const STRETCHES_SQL = `
  SELECT min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day, any_value(account_id) AS account
  FROM ${GATHERED} GROUP BY item ORDER BY sum(expected) DESC, item`;

interface Stretch {
  readonly first_day: string;
  readonly last_day: string;
  readonly account: string | null;
}

export const leadOutage = listingRule({
  id: "lead-outage",
  title: { en: "Hours without any lead", ar: "ساعات بلا أي عميل" },
  needs: ["leads", "insights"],
  thresholds: { expected: 15, chance: 0.003 },
  sql: sqlFile(import.meta.url, "../sql/rules/lead-outage.sql"),
  params: (_, threshold) => ({ expected: threshold("expected"), chance: threshold("chance") }),
  unit: { en: "days without leads", ar: "أيام بلا عملاء" },
  of: () => 0,
  why: {
    en: "The ads ran and were paid for: the leads were lost, or lie in a form or an export that nobody fetched.",
    ar: "عملت الإعلانات ودُفع ثمنها: ضاع العملاء، أو هم في نموذج أو تصدير لم يجلبه أحد.",
  },
  async tell({ look, evidence: { rows, leads, items, itemsTotal }, threshold }) {
    const stretches = await look.session.all<Stretch>(STRETCHES_SQL);
    const lost = leads ?? 0;
    const named = (s: Say, of: string) =>
      s.list(
        stretches.slice(0, 4).map(({ first_day, last_day, account }) => {
          const days = first_day === last_day ? s.day(first_day) : s.period(first_day, last_day);
          return account === null ? days : `${days} ${of} ${s.name(account)}`;
        }),
      );
    return {
      severity: severityOf(lost / look.rows.leads, { warning: 0.002, critical: 0.05 }),
      of: rows,
      sentence: look.speak(
        (s) =>
          `Not one lead came in ${s.n(itemsTotal, { one: "{n} stretch", other: "{n} stretches" })} of hours while ads were running (${named(s, "in account")}): about ${s.n(lost, LEADS.en)} are missing by the usual number of those days.`,
        (s) =>
          `لم يصل أي عميل في ${s.n(itemsTotal, { one: "فترة واحدة", two: "فترتين", few: "{n} فترات", other: "{n} فترة" })} كانت الإعلانات تعمل فيها (${named(s, "في حساب")}): ينقص نحو ${s.n(lost, LEADS.ar)} قياسًا على المعتاد في تلك الأيام.`,
      ),
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
