/**
 * Spend after stop: delivery on days after the campaign's stop. Either it was paused and resumed, its stop was edited,
 * or it was billed past its end. Rows of running totals are told apart: their spend is not spend.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutDelivery, markCampaigns } from "../delivery-remedies.ts";
import { GATHERED, gather, severityOf } from "../gather.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { spanParams, totalSpansOf } from "../series-totals.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/spend-after-stop.sql");
/** Without the rows of running totals. */
const DAILY = `SELECT * FROM (${SQL}) WHERE NOT total`;

export const spendAfterStop: Rule = {
  id: "spend-after-stop",
  title: { en: "Spend after the stop", ar: "إنفاق بعد التوقف" },
  needs: ["campaigns", "insights"],
  thresholds: {},
  async find(look) {
    const params = spanParams(await totalSpansOf(look));
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const parts = await look.session.first<{
      others: number;
      otherSpend: number;
      spend: number;
      days: number;
      most: number;
    }>(
      `SELECT count(DISTINCT item) FILTER (WHERE NOT totals) AS others,
              coalesce(sum(money_minor) FILTER (WHERE NOT totals), 0)::BIGINT AS "otherSpend",
              coalesce(sum(money_minor) FILTER (WHERE NOT total), 0)::BIGINT AS spend,
              count(DISTINCT (item, day)) AS days, max(days_late) AS most
       FROM (SELECT *, bool_or(total) OVER (PARTITION BY account_id, item) AS totals FROM ${GATHERED})`,
    );
    const { others = 0, otherSpend = 0, spend = 0, days = 0, most = 0 } = parts ?? {};
    const money = evidence.moneyMinor ?? 0;
    const totals = evidence.itemsTotal - others;
    const apart = totals > 0;
    const answered = look.settings.spendAfterStop;
    return [
      {
        ...evidence,
        key: "spend-after-stop",
        severity:
          answered === "billed"
            ? "info"
            : severityOf(await shareOfSpend(look, spend), { warning: 0.002, critical: 1.1 }),
        sentence: look.speak(
          (s) =>
            `${s.n(evidence.itemsTotal, { one: "{n} campaign reports", other: "{n} campaigns report" })} ${s.moneyFull(money)} on days after their stop (${s.n(days, { one: "{n} day", other: "{n} days" })} of campaigns, up to ${s.n(most, { one: "{n} day", other: "{n} days" })} later).${
              apart
                ? ` ${s.n(totals, { one: "{n} of them stores", other: "{n} of them store" })} running totals there; the other ${s.n(others, { one: "{n} campaign reports", other: "{n} campaigns report" })} ${s.moneyFull(otherSpend)}.`
                : ""
            }`,
          (s) =>
            `${s.n(evidence.itemsTotal, { one: "حملة واحدة تسجّل", two: "حملتان تسجّلان", few: "{n} حملات تسجّل", other: "{n} حملة تسجّل" })} ${s.moneyFull(money)} في أيام بعد توقفها (حتى ${s.n(most, { one: "يوم واحد", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })} بعده).${
              apart
                ? ` منها ${s.count(totals)} تخزّن هناك مجاميع تراكمية؛ والباقي ${s.n(others, CAMPAIGNS.ar)} بمبلغ ${s.moneyFull(otherSpend)}.`
                : ""
            }`,
        ),
        why: {
          en: "Either the stop time is not when delivery ended, or money goes on after somebody meant it to end.",
          ar: "إما أن وقت التوقف ليس نهاية العرض فعلًا، أو أن المال يستمر بعد أن أراد أحدهم إيقافه.",
        },
        tables: ["insights", "campaigns"],
        unit: DELIVERY_UNITS.insightRows,
        of: look.rows.insights,
        thresholds: [],
        question: {
          id: "spend-after-stop",
          text: {
            en: "Was spend after the stop billed? Are campaigns resumed without a new stop time?",
            ar: "هل فُوتِر الإنفاق بعد التوقف؟ وهل تُستأنف الحملات بلا وقت توقف جديد؟",
          },
        },
        picture: null,
        remedies: [
          ...(spend > 0
            ? [
                leaveOutDelivery(
                  { look, sql: DAILY, params },
                  {
                    en: "Not billed: leave these rows out (running totals apart)",
                    ar: "لم يُفوتر: استبعاد هذه الصفوف (عدا المجاميع التراكمية)",
                  },
                  { spendMinor: -spend, leads: 0, recommended: answered === "not_billed" },
                ),
              ]
            : []),
          leaveAsIs({ en: "It was billed: keep it", ar: "فُوتِر بالفعل: يبقى" }),
          markCampaigns({ look, sql: SQL, params }, false),
        ],
      },
    ];
  },
};
