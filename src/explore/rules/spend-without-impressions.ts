/**
 * Spend without impressions, and impressions without spend: money for nothing shown, or showing for no money. Either a
 * measure was lost on the way, or the row holds a fee, a refund or organic delivery.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutDelivery } from "../delivery-remedies.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/spend-without-impressions.sql");

export const spendWithoutImpressions = listingRule({
  id: "spend-without-impressions",
  title: { en: "Spend without impressions", ar: "إنفاق بلا ظهور" },
  needs: ["insights"],
  thresholds: { impressions: 100 },
  sql: SQL,
  params: (_, threshold) => ({ impressions: threshold("impressions") }),
  unit: DELIVERY_UNITS.insightRows,
  of: (look) => look.rows.insights,
  why: {
    en: "Delivery costs money and money buys delivery: where one is missing, every cost ratio of the day is wrong.",
    ar: "العرض يكلّف مالًا والمال يشتري عرضًا: حيث يغيب أحدهما تخطئ كل نسب التكلفة لذلك اليوم.",
  },
  async tell({ look, evidence: { rows, moneyMinor }, params, threshold }) {
    const parts = await look.session.first<{ free: number; shown: number }>(
      `SELECT count(*) FILTER (WHERE spend_minor = 0) AS free,
              coalesce(sum(impressions) FILTER (WHERE spend_minor = 0), 0)::BIGINT AS shown FROM ${GATHERED}`,
    );
    const free = parts?.free ?? 0;
    const shown = parts?.shown ?? 0;
    const money = moneyMinor ?? 0;
    const share = Math.max(await shareOfSpend(look, money), rows / look.rows.insights);
    const unseen = rows - free;
    return {
      severity: severityOf(share, { warning: 0.002, critical: 0.05 }),
      sentence: look.speak(
        (s) =>
          [
            unseen > 0
              ? `${s.n(unseen, { one: "{n} row costs", other: "{n} rows cost" })} ${s.moneyFull(money)} without a single impression.`
              : "",
            free > 0
              ? `${s.n(free, { one: "{n} row has", other: "{n} rows have" })} ${s.count(shown)} impressions and no spend.`
              : "",
          ]
            .filter(Boolean)
            .join(" "),
        (s) =>
          [
            unseen > 0 ? `${s.n(unseen, ROWS.ar)} بتكلفة ${s.moneyFull(money)} دون ظهور واحد.` : "",
            free > 0 ? `${s.n(free, ROWS.ar)} فيها ${s.count(shown)} ظهورًا بلا إنفاق.` : "",
          ]
            .filter(Boolean)
            .join(" "),
      ),
      thresholds:
        free > 0
          ? [
              {
                name: "spend-without-impressions.impressions",
                value: threshold("impressions"),
                seen: shown,
              },
            ]
          : [],
      question: {
        id: "spend-without-impressions",
        text: {
          en: "Are these fees, refunds or organic delivery, or was a column lost?",
          ar: "هل هذه رسوم أو مبالغ مستردّة أو ظهور غير مدفوع، أم ضاع عمود؟",
        },
      },
      remedies: [
        leaveAsIs(),
        leaveOutDelivery(
          { look, sql: SQL, params },
          { en: "Leave these rows out", ar: "استبعاد هذه الصفوف" },
          { spendMinor: -money, leads: 0, recommended: false },
        ),
      ],
    };
  },
});
