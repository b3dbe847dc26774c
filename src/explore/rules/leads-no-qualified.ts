/**
 * Leads and none qualified: campaigns whose leads never got beyond, told apart by whether anybody judged them. Where
 * leads were judged and found wanting, the ads speak; where nobody judged, nothing is known of the ads.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { markCampaigns } from "../delivery-remedies.ts";
import { GATHERED } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/leads-no-qualified.sql");

export const leadsNoQualified = listingRule({
  id: "leads-no-qualified",
  title: { en: "Leads and none qualified", ar: "عملاء دون أي مؤهل" },
  needs: ["leads", "insights"],
  thresholds: {},
  sql: SQL,
  tables: ["leads", "insights", "campaigns"],
  unit: DELIVERY_UNITS.campaigns,
  of: (look) => look.rows.campaigns,
  why: {
    en: "Stopping a campaign whose leads nobody judged punishes the ads for missing follow-up.",
    ar: "إيقاف حملة لم يحكم أحد على عملائها يعاقب الإعلان على غياب المتابعة.",
  },
  async tell({ look, evidence: { rows, leads, moneyMinor } }) {
    const parts = await look.session.first<{
      undecided: number;
      never: number;
      neverLeads: number;
      neverSpend: number;
    }>(
      `SELECT coalesce(sum(undecided), 0)::BIGINT AS undecided, count(*) FILTER (WHERE judged = 0) AS never,
              coalesce(sum(leads) FILTER (WHERE judged = 0), 0)::BIGINT AS "neverLeads",
              coalesce(sum(money_minor) FILTER (WHERE judged = 0), 0)::BIGINT AS "neverSpend" FROM ${GATHERED}`,
    );
    const { undecided = 0, never = 0, neverLeads = 0, neverSpend = 0 } = parts ?? {};
    const all = leads ?? 0;
    const money = moneyMinor ?? 0;
    const share = await shareOfSpend(look, money);
    const open = all > 0 ? undecided / all : 0;
    return {
      severity: "info",
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} campaign", other: "{n} campaigns" })} with ${s.n(all, LEADS.en)} and ${s.moneyFull(money)} of spend (${s.percent(share)} of all) have no qualified lead; ${s.percent(open)} of these leads are undecided. ${s.n(never, { one: "{n} campaign", other: "{n} campaigns" })} (${s.n(neverLeads, LEADS.en)}, ${s.money(neverSpend)}) were never judged at all, ${s.count(rows - never)} (${s.count(all - neverLeads)} leads, ${s.money(money - neverSpend)}) were judged and found wanting.`,
        (s) =>
          `${s.n(rows, { one: "حملة واحدة", two: "حملتان", few: "{n} حملات", other: "{n} حملة" })} فيها ${s.n(all, LEADS.ar)} وإنفاق ${s.moneyFull(money)} (${s.percent(share)} من الكل) بلا عميل مؤهل واحد؛ و${s.percent(open)} من هؤلاء لم يُحسم أمرهم. منها ${s.count(never)} حملة (${s.n(neverLeads, LEADS.ar)}، ${s.money(neverSpend)}) لم يُحكم على أي من عملائها، و${s.count(rows - never)} (${s.count(all - neverLeads)} عميلًا، ${s.money(money - neverSpend)}) حُكم عليهم ولم يتأهل أحد.`,
      ),
      question: {
        id: "leads-no-qualified",
        text: {
          en: "Are leads without a verdict called and not written down, or are they not called?",
          ar: "العملاء بلا حكم: هل اتُّصل بهم ولم يُدوَّن ذلك، أم لم يتصل بهم أحد؟",
        },
      },
      remedies: [leaveAsIs(), markCampaigns({ look, sql: SQL }, false)],
    };
  },
});
