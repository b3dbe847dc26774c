/**
 * Duplicate campaigns: the same campaign under a second id. Either its delivery is the other's to the last figure, or
 * it was created minutes after one of the same account, project, budget and stop, in a table where that is rare; where
 * people launch several at once as a matter of course, only equal delivery tells.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutCampaigns, markCampaigns } from "../delivery-remedies.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/duplicate-campaigns.sql");
const COPIES = `SELECT * FROM (${SQL}) WHERE same_delivery`;

export const duplicateCampaigns = listingRule({
  id: "duplicate-campaigns",
  title: { en: "Campaigns created twice", ar: "حملات أُنشئت مرتين" },
  needs: ["campaigns"],
  thresholds: { minutes: 10, usual: 0.1 },
  sql: SQL,
  params: (_, threshold) => ({ minutes: threshold("minutes"), usual: threshold("usual") }),
  unit: DELIVERY_UNITS.campaigns,
  of: (look) => look.rows.campaigns,
  why: {
    en: "Two campaigns for one purpose bid against each other and split the evidence on both.",
    ar: "حملتان لغرض واحد تزايدان على بعضهما وتقسمان الدليل بينهما.",
  },
  async tell({ look, evidence: { rows, moneyMinor }, params, threshold }) {
    const parts = await look.session.first<{ copies: number; spend: number; leads: number }>(
      `SELECT count(*) FILTER (WHERE same_delivery) AS copies,
              coalesce(sum(money_minor) FILTER (WHERE same_delivery), 0)::BIGINT AS spend,
              coalesce(sum(leads) FILTER (WHERE same_delivery), 0)::BIGINT AS leads FROM ${GATHERED}`,
    );
    const { copies = 0, spend = 0, leads = 0 } = parts ?? {};
    const money = moneyMinor ?? 0;
    const close = rows - copies;
    return {
      severity:
        copies > 0
          ? severityOf(await shareOfSpend(look, spend), { warning: 0.001, critical: 0.05 })
          : "info",
      sentence: look.speak(
        (s) =>
          [
            copies > 0
              ? `${s.n(copies, { one: "{n} campaign has", other: "{n} campaigns have" })} exactly the delivery of another one, so ${s.moneyFull(spend)} counts twice.`
              : "",
            close > 0
              ? `${s.n(close, { one: "{n} campaign was", other: "{n} campaigns were" })} created within ${s.count(threshold("minutes"))} minutes of one with the same account, project, budget and end; ${close === 1 ? "it spent" : "they spent"} ${s.moneyFull(money - spend)}.`
              : "",
          ]
            .filter(Boolean)
            .join(" "),
        (s) =>
          [
            copies > 0
              ? `${s.n(copies, { one: "حملة واحدة لها", two: "حملتان لهما", few: "{n} حملات لها", other: "{n} حملة لها" })} بيانات عرض مطابقة تمامًا لحملة أخرى، فيُحسب ${s.moneyFull(spend)} مرتين.`
              : "",
            close > 0
              ? `${s.n(close, { one: "حملة واحدة أُنشئت", two: "حملتان أُنشئتا", few: "{n} حملات أُنشئت", other: "{n} حملة أُنشئت" })} خلال ${s.count(threshold("minutes"))} دقائق من حملة بالحساب والمشروع والميزانية والنهاية نفسها، بإنفاق ${s.moneyFull(money - spend)}.`
              : "",
          ]
            .filter(Boolean)
            .join(" "),
      ),
      thresholds:
        close > 0
          ? [{ name: "duplicate-campaigns.minutes", value: threshold("minutes"), seen: close }]
          : [],
      question: {
        id: "duplicate-campaigns",
        text: {
          en: "Were these campaigns meant to run side by side?",
          ar: "هل قُصد تشغيل هذه الحملات جنبًا إلى جنب؟",
        },
      },
      remedies: [
        ...(copies > 0
          ? [
              leaveOutCampaigns(
                { look, sql: COPIES, params },
                { en: "Leave the copies out", ar: "استبعاد النسخ" },
                { spendMinor: -spend, leads: -leads, recommended: true },
              ),
            ]
          : []),
        markCampaigns({ look, sql: SQL, params }, copies === 0),
        leaveAsIs({ en: "They were meant so", ar: "مقصود" }),
      ],
    };
  },
});
