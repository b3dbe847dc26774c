/** Stop before start: a campaign that ends before it begins; day and month exchanged, or the two columns. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { markCampaigns } from "../delivery-remedies.ts";
import { severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { leaveAsIs } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/stop-before-start.sql");

export const stopBeforeStart = listingRule({
  id: "stop-before-start",
  title: { en: "Stop before start", ar: "توقف قبل البداية" },
  needs: ["campaigns"],
  thresholds: {},
  sql: SQL,
  unit: DELIVERY_UNITS.campaigns,
  of: (look) => look.rows.campaigns,
  why: {
    en: "Such a campaign is never live: its budget counts nowhere and all its delivery looks out of time.",
    ar: "حملة كهذه لا تكون نشطة أبدًا: ميزانيتها لا تُحسب في أي يوم وكل عرضها يبدو خارج وقته.",
  },
  async tell({ look, evidence: { rows, moneyMinor } }) {
    const money = moneyMinor ?? 0;
    return {
      severity: severityOf(rows / look.rows.campaigns, { warning: 0.01, critical: 0.3 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} campaign stops", other: "{n} campaigns stop" })} before ${rows === 1 ? "it starts" : "they start"}${money > 0 ? `; ${s.moneyFull(money)} was spent on ${rows === 1 ? "it" : "them"}` : ""}.`,
        (s) =>
          `${s.n(rows, CAMPAIGNS.ar)} تتوقف قبل أن تبدأ${money > 0 ? `؛ والإنفاق عليها ${s.moneyFull(money)}` : ""}.`,
      ),
      question: {
        id: "stop-before-start",
        text: {
          en: "Are day and month exchanged in these dates, or start and stop themselves?",
          ar: "هل تبادل اليوم والشهر في هذه التواريخ، أم البداية والتوقف نفسيهما؟",
        },
      },
      remedies: [markCampaigns({ look, sql: SQL }, true), leaveAsIs()],
    };
  },
});
