/**
 * Never delivered: campaigns without a single insights row. Most were drafts or were rejected; where leads name such a
 * campaign, its delivery is missing instead.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { markCampaigns } from "../delivery-remedies.ts";
import { GATHERED } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/never-delivered.sql");

export const neverDelivered = listingRule({
  id: "never-delivered",
  title: { en: "Campaigns never delivered", ar: "حملات لم تُعرض قط" },
  needs: ["campaigns", "insights"],
  thresholds: {},
  sql: SQL,
  unit: DELIVERY_UNITS.campaigns,
  of: (look) => look.rows.campaigns,
  why: {
    en: "They are no failures of advertising: averages per campaign and sums of budgets that include them are wrong.",
    ar: "ليست إخفاقًا إعلانيًا: أي متوسط لكل حملة أو مجموع ميزانيات يضمها خاطئ.",
  },
  async tell({ look, evidence: { rows, leads } }) {
    const parts = await look.session.first<{ named: number }>(
      `SELECT count(*) FILTER (WHERE leads > 0) AS named FROM ${GATHERED}`,
    );
    const named = parts?.named ?? 0;
    return {
      severity: named > Math.max(2, 0.02 * look.rows.campaigns) ? "warning" : "info",
      sentence: look.speak(
        (s) =>
          `${s.n(rows, CAMPAIGNS.en)} of ${s.count(look.rows.campaigns)} (${s.percent(rows / look.rows.campaigns)}) never delivered: not one insights row names them.${named > 0 ? ` ${s.n(leads ?? 0, LEADS.en)} came from ${s.count(named)} of them all the same, so delivery is missing there.` : ""}`,
        (s) =>
          `${s.n(rows, CAMPAIGNS.ar)} من أصل ${s.count(look.rows.campaigns)} (${s.percent(rows / look.rows.campaigns)}) لم تُعرض قط: لا صف أداء واحد يذكرها.${named > 0 ? ` ومع ذلك جاء من ${s.count(named)} منها ${s.n(leads ?? 0, LEADS.ar)}، فبيانات عرضها ناقصة.` : ""}`,
      ),
      leads: leads === 0 ? null : leads,
      question: {
        id: "never-delivered",
        text: {
          en: "Are these drafts and rejected campaigns, or is their delivery missing from the export?",
          ar: "هل هذه مسودات وحملات مرفوضة، أم أن عرضها ناقص من التصدير؟",
        },
      },
      remedies: [
        leaveAsIs({ en: "Drafts: known", ar: "مسودات: معروف" }),
        markCampaigns({ look, sql: SQL }, true),
      ],
    };
  },
});
