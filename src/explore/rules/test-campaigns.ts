/** Test campaigns: made to try something out, by their name. Their spend is small, their leads are colleagues. */
import { z } from "zod";
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutCampaigns, markCampaigns } from "../delivery-remedies.ts";
import { severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend } from "../totals.ts";
import { wordsText } from "../words.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/test-campaigns.sql");

/**
 * Patterns. `tests`: whole words that say it; `others`: what such words also mean, as a test of audiences or texts is a
 * real campaign, and a test drive is a product.
 */
const { tests, others } = z
  .object({ tests: z.array(z.string()), others: z.array(z.string()) })
  .parse(JSON.parse(wordsText("test-campaigns")));
const WORDS = `(^|[^\\p{L}])(${tests.join("|")})([^\\p{L}]|$)`;
const NOT = others.join("|");

export const testCampaigns = listingRule({
  id: "test-campaigns",
  title: { en: "Test campaigns", ar: "حملات تجريبية" },
  needs: ["campaigns"],
  thresholds: {},
  sql: SQL,
  params: () => ({ words: WORDS, not: NOT }),
  unit: DELIVERY_UNITS.campaigns,
  of: (look) => look.rows.campaigns,
  why: {
    en: "Their leads are colleagues who tried the form: they count as unqualified and teach every model the wrong thing.",
    ar: "عملاؤها زملاء جرّبوا النموذج: يُحسبون غير مؤهلين ويعلّمون كل نموذج شيئًا خاطئًا.",
  },
  async tell({ look, evidence: { rows, leads, moneyMinor, items }, params }) {
    const money = moneyMinor ?? 0;
    const names = items.slice(0, 3).map((item) => item.label);
    return {
      severity: severityOf(await shareOfSpend(look, money), { warning: 0.005, critical: 1.1 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, CAMPAIGNS.en)} ${rows === 1 ? "is" : "are"} a test by name (${s.list(names.map((name) => s.name(name)))}${rows > names.length ? " …" : ""}), with ${s.moneyFull(money)} of spend and ${s.n(leads ?? 0, LEADS.en)}.`,
        (s) =>
          `${s.n(rows, CAMPAIGNS.ar)} تجريبية بحسب الاسم (${s.list(names.map((name) => s.name(name)))}${rows > names.length ? " …" : ""})، بإنفاق ${s.moneyFull(money)} و${s.n(leads ?? 0, LEADS.ar)}.`,
      ),
      question: {
        id: "test-campaigns",
        text: {
          en: "Were these campaigns only made to try something out?",
          ar: "هل أُنشئت هذه الحملات للتجربة فقط؟",
        },
      },
      remedies: [
        leaveOutCampaigns(
          { look, sql: SQL, params },
          { en: "Leave these campaigns and their leads out", ar: "استبعاد هذه الحملات وعملائها" },
          { spendMinor: -money, leads: -(leads ?? 0), recommended: true },
        ),
        leaveAsIs({ en: "They are real campaigns", ar: "هي حملات حقيقية" }),
        markCampaigns({ look, sql: SQL, params }, false),
      ],
    };
  },
});
