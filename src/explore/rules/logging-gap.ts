/**
 * Months without log: since the log started, leads of a month are hardly logged, though those of others are. The export of
 * the log lacks a stretch, or sales wrote elsewhere; their leads look untouched and are not.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { type LoggedMonth, loggedMonthsOf, loggedShare } from "../logged-months.ts";
import type { Look } from "../look.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

const NO_MONTH = "none";

/** The month in the middle by share of leads logged. */
function usualShare(months: readonly LoggedMonth[]): number {
  const shares = months.map(loggedShare).sort((left, right) => left - right);
  return shares[Math.floor(shares.length / 2)] ?? 0;
}

async function gapsOf(look: Look, threshold: (name: string) => number) {
  const { months, start } = await loggedMonthsOf(look);
  const since = months.filter((one) => start !== undefined && one.month >= start.month);
  const usual = usualShare(since);
  const gaps = since.filter(
    (one) =>
      loggedShare(one) < threshold("share") * usual &&
      one.leads * (usual - loggedShare(one)) >= threshold("missing"),
  );
  return { since, usual, gaps };
}

export const loggingGap = listingRule({
  id: "logging-gap",
  title: { en: "Months missing from the status log", ar: "أشهر ناقصة من سجل الحالات" },
  needs: ["leads", "log"],
  thresholds: { share: 0.6, missing: 15 },
  sql: sqlFile(import.meta.url, "../sql/rules/logging-gap.sql"),
  params: async (look, threshold) => ({
    months: [NO_MONTH, ...(await gapsOf(look, threshold)).gaps.map((one) => one.month)],
  }),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "Leads of these months look untouched and unjudged: response times, rates and every label of theirs are wrong.",
    ar: "يبدو عملاء هذه الأشهر بلا متابعة ولا حكم: فأزمنة الاستجابة والنسب وكل تصنيف لهم خاطئ.",
  },
  async tell({ look, evidence: { rows, items }, threshold }) {
    const { since, usual, gaps } = await gapsOf(look, threshold);
    const least = Math.min(...gaps.map(loggedShare));
    const byMonth = new Map(gaps.map((one) => [one.month, one]));
    return {
      severity: severityOf(rows / look.rows.leads, { warning: 0.002, critical: 0.1 }),
      sentence: look.speak(
        (s) =>
          `${s.list(gaps.slice(0, 4).map((one) => `In ${s.month(one.month)} ${s.percent(loggedShare(one))} of ${s.n(one.leads, LEADS.en)} are in the status log`))}; in other months since it started it is ${s.percent(usual)}.`,
        (s) =>
          `${s.list(gaps.slice(0, 4).map((one) => `في ${s.month(one.month)} سُجّل ${s.percent(loggedShare(one))} من ${s.n(one.leads, LEADS.ar)}`))}؛ وفي الأشهر الأخرى منذ بدء السجل ${s.percent(usual)}.`,
      ),
      items: items.map((item) => {
        const month = byMonth.get(item.id);
        if (month === undefined) return { ...item, account: null };
        const detail = look.speak(
          (s) => `${s.percent(loggedShare(month))} of ${s.n(month.leads, LEADS.en)} logged`,
          (s) => `سُجّل ${s.percent(loggedShare(month))} من ${s.n(month.leads, LEADS.ar)}`,
        );
        return { ...item, account: null, detail };
      }),
      thresholds: [{ name: "share", value: threshold("share"), seen: least / usual }],
      picture: {
        kind: "line",
        over: "month",
        unit: "share",
        x: since.map((one) => one.month),
        series: [
          {
            name: { en: "Leads with a status log", ar: "عملاء لهم سجل حالات" },
            values: since.map(loggedShare),
          },
        ],
      },
      question: {
        id: "logging-gap",
        text: {
          en: "Can the status log of these months be exported again, or was it never written?",
          ar: "هل يمكن تصدير سجل حالات هذه الأشهر من جديد، أم لم يُكتب أصلًا؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
