/**
 * Frozen series: an ad set that reports the same spend, impressions, clicks and reach day after day. A sync that no
 * longer reaches the platform writes the last day it saw again. Running totals that stand still are another finding.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutDelivery } from "../delivery-remedies.ts";
import { GATHERED, gather, severityOf } from "../gather.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { spanParams, totalSpansOf } from "../series-totals.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/frozen-series.sql");

export const frozenSeries: Rule = {
  id: "frozen-series",
  title: { en: "The same day over and over", ar: "اليوم نفسه يتكرر" },
  needs: ["insights"],
  thresholds: { repeats: 2 },
  async find(look, threshold) {
    const params = { ...spanParams(await totalSpansOf(look)), repeats: threshold("repeats") };
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const parts = await look.session.first<{ longest: number; from: string; until: string }>(
      `SELECT max(repeats) AS longest, min(day)::VARCHAR AS "from", max(day)::VARCHAR AS until FROM ${GATHERED}`,
    );
    const { longest = 0, from = "", until = "" } = parts ?? {};
    const money = evidence.moneyMinor ?? 0;
    return [
      {
        ...evidence,
        key: "frozen-series",
        severity: severityOf(await shareOfSpend(look, money), { warning: 0, critical: 0.02 }),
        sentence: look.speak(
          (s) =>
            `${s.n(evidence.itemsTotal, { one: "{n} campaign repeats", other: "{n} campaigns repeat" })} the day before in every figure on ${s.n(evidence.rows, { one: "{n} row", other: "{n} rows" })}, up to ${s.n(longest, { one: "{n} day", other: "{n} days" })} on end (${s.period(from, until)}); ${s.money(money)} of spend is repeated so.`,
          (s) =>
            `${s.n(evidence.itemsTotal, CAMPAIGNS.ar)} تكرر أرقام اليوم السابق كلها في ${s.n(evidence.rows, { one: "صف واحد", two: "صفّين", few: "{n} صفوف", other: "{n} صفًا" })}، حتى ${s.n(longest, { one: "يوم واحد", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })} متتالية (${s.period(from, until)})؛ فيتكرر ${s.money(money)} من الإنفاق.`,
        ),
        why: {
          en: "No day of delivery equals another in every figure: what is repeated was not spent, and what was spent is unknown.",
          ar: "لا يساوي يوم عرض يومًا آخر في كل أرقامه: ما يتكرر لم يُنفق، وما أُنفق فعلًا غير معروف.",
        },
        tables: ["insights"],
        unit: DELIVERY_UNITS.insightRows,
        of: look.rows.insights,
        thresholds: [{ name: "frozen-series.repeats", value: threshold("repeats"), seen: longest }],
        question: {
          id: "frozen-series",
          text: {
            en: "Did the sync stop in these days, and can they be fetched again?",
            ar: "هل توقفت المزامنة في هذه الأيام، وهل يمكن جلبها من جديد؟",
          },
        },
        picture: null,
        remedies: [
          leaveOutDelivery(
            { look, sql: SQL, params },
            { en: "Leave the repeats out", ar: "استبعاد الصفوف المتكررة" },
            { spendMinor: -money, leads: 0, recommended: true },
          ),
          leaveAsIs(),
        ],
      },
    ];
  },
};
