/**
 * Implausible click rate: campaigns far outside what all others show (robust deviations of the log rate), and single
 * days many times above the campaign's other days. Clicks of another kind, bots, or a column of another meaning.
 * Campaigns of exchanged columns or running totals are other findings.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutDelivery, markCampaigns } from "../delivery-remedies.ts";
import { exchangedColumnsOf, exchangedKeys } from "../exchanged-columns.ts";
import { GATHERED, gather, severityOf } from "../gather.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { totalSpansOf } from "../series-totals.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/implausible-ctr.sql");

export const implausibleCtr: Rule = {
  id: "implausible-ctr",
  title: { en: "Implausible click rate", ar: "معدل نقر غير معقول" },
  needs: ["insights"],
  thresholds: { deviations: 5.5, deviationsAbove: 4, times: 8, clicksExpected: 20 },
  async find(look, threshold) {
    const params = {
      exchanged: exchangedKeys([
        ...(await exchangedColumnsOf(look)),
        ...(await totalSpansOf(look)),
      ]),
      deviations: threshold("deviations"),
      deviations_above: threshold("deviationsAbove"),
      times: threshold("times"),
      clicks_expected: threshold("clicksExpected"),
    };
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const parts = await look.session.first<{ rate: number; usual: number; whole: number }>(
      `SELECT arg_max(ctr, abs(ln(greatest(ctr, 0.00001) / usual_ctr))) AS rate,
              arg_max(usual_ctr, abs(ln(greatest(ctr, 0.00001) / usual_ctr))) AS usual,
              count(DISTINCT item) FILTER (WHERE whole_campaign) AS whole FROM ${GATHERED}`,
    );
    const { rate = 0, usual = 0 } = parts ?? {};
    const money = evidence.moneyMinor ?? 0;
    return [
      {
        ...evidence,
        key: "implausible-ctr",
        severity: severityOf(await shareOfSpend(look, money), { warning: 0.01, critical: 1.1 }),
        sentence: look.speak(
          (s) =>
            `${s.n(evidence.itemsTotal, { one: "{n} campaign has", other: "{n} campaigns have" })} a click rate out of all proportion, in ${s.n(evidence.rows, { one: "{n} row", other: "{n} rows" })} (${s.money(money)} of spend): at the most ${s.percent(rate)} where ${s.percent(usual)} is usual.`,
          (s) =>
            `${s.n(evidence.itemsTotal, CAMPAIGNS.ar)} بمعدل نقر خارج كل تناسب في ${s.n(evidence.rows, { one: "صف واحد", two: "صفّين", few: "{n} صفوف", other: "{n} صفًا" })} (إنفاق ${s.money(money)}): أقصاه ${s.percent(rate)} حيث المعتاد ${s.percent(usual)}.`,
        ),
        why: {
          en: "Such clicks are another kind of click, machines, or another column: cost per click and click rate mislead.",
          ar: "نقرات كهذه نوع آخر من النقرات أو آلات أو عمود آخر: تكلفة النقرة ومعدل النقر مضلّلان.",
        },
        tables: ["insights"],
        unit: DELIVERY_UNITS.insightRows,
        of: look.rows.insights,
        thresholds: [
          {
            name: "implausible-ctr.times",
            value: threshold("times"),
            seen: usual > 0 ? Math.round((10 * rate) / usual) / 10 : 0,
          },
        ],
        question: {
          id: "implausible-ctr",
          text: {
            en: "Does the clicks column of these rows count link clicks, all clicks, or something else?",
            ar: "هل يعدّ عمود النقرات في هذه الصفوف نقرات الرابط أم كل النقرات أم شيئًا آخر؟",
          },
        },
        picture: null,
        remedies: [
          markCampaigns({ look, sql: SQL, params }, true),
          leaveAsIs(),
          leaveOutDelivery(
            { look, sql: SQL, params },
            { en: "Leave these rows out", ar: "استبعاد هذه الصفوف" },
            { spendMinor: -money, leads: 0, recommended: false },
          ),
        ],
      },
    ];
  },
};
