/** One person in several leads: the same phone, or where there is none the same address, again in one account. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { DAYS, LEADS, PEOPLE } from "../nouns.ts";
import { leaveAsIs, leaveOutLeads } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/one-person-several-leads.sql");

const COUNTS_SQL = `
  SELECT count(DISTINCT (account_id, person)) AS persons, count(*) FILTER (WHERE other_campaign) AS elsewhere,
         median(days_later) AS days,
         (SELECT count(*) FROM (SELECT person FROM persons WHERE times > 1 GROUP BY person
                                HAVING count(DISTINCT account_id) > 1)) AS across
  FROM ${GATHERED}`;

export const onePersonSeveralLeads = listingRule({
  id: "one-person-several-leads",
  title: { en: "One person, several leads", ar: "شخص واحد في عدة عملاء" },
  needs: ["leads"],
  thresholds: { minimumShare: 0.0005, brokerLeads: 5, brokerAccounts: 3 },
  sql: SQL,
  params: (_, threshold) => ({
    broker_leads: threshold("brokerLeads"),
    broker_accounts: threshold("brokerAccounts"),
  }),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "Paid for twice and called twice; and a model that sees the same person in training and test looks better than it is.",
    ar: "يُدفع ثمنه مرتين ويُتصل به مرتين، والنموذج الذي يراه في التدريب والاختبار يبدو أفضل مما هو.",
  },
  async tell({ look, evidence: { rows }, params, threshold }) {
    // Among very many numbers two are equal by chance.
    if (rows < threshold("minimumShare") * look.rows.leads) return null;
    const counts = await look.session.first<{
      persons: number;
      elsewhere: number;
      days: number;
      across: number;
    }>(COUNTS_SQL);
    const once = look.settings.repeatedPerson === "one_person";
    return {
      severity: severityOf(rows / look.rows.leads, { warning: 0.05, critical: 0.3 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LEADS.en)} (${s.percent(rows / look.rows.leads)}) ${rows === 1 ? "is" : "are"} of ${s.n(counts?.persons ?? 0, PEOPLE.en)} whose number was already in the same account, half of them ${counts?.days ? `within ${s.n(counts.days, DAYS.en)}` : "on the same day"}; ${s.count(counts?.elsewhere ?? 0)} came by another campaign. ${s.n(counts?.across ?? 0, PEOPLE.en)} ${counts?.across === 1 ? "is" : "are"} known to more than one account.`,
        (s) =>
          `${s.n(rows, LEADS.ar)} (${s.percent(rows / look.rows.leads)}) يعودون إلى ${s.n(counts?.persons ?? 0, PEOPLE.ar)} أرقامهم موجودة من قبل في الحساب نفسه، نصفهم ${counts?.days ? `خلال ${s.n(counts.days, DAYS.ar)}` : "في اليوم نفسه"}؛ ومنهم ${s.count(counts?.elsewhere ?? 0)} عبر حملة أخرى. ويعرف أكثرُ من حساب ${s.n(counts?.across ?? 0, PEOPLE.ar)}.`,
      ),
      question: {
        id: "repeated-person",
        text: {
          en: "Is somebody who leaves a number twice two leads or one?",
          ar: "من يترك رقمه مرتين، هل هو عميلان أم واحد؟",
        },
      },
      remedies: [
        leaveOutLeads(
          { look, sql: SQL, params },
          rows,
          { en: "Count each person once per account", ar: "احتساب كل شخص مرة في الحساب" },
          once,
        ),
        leaveAsIs({ en: "Each lead counts", ar: "كل عميل يُحتسب" }),
      ],
    };
  },
});
