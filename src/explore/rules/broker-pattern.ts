/**
 * Broker pattern: one number that asks in many accounts, or about many projects of one account; within weeks, under
 * several names, or very often.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS, PHONES } from "../nouns.ts";
import { leaveAsIs, leaveOutLeads } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/broker-pattern.sql");

export const brokerPattern = listingRule({
  id: "broker-pattern",
  title: { en: "One number that asks everywhere", ar: "رقم واحد يسأل في كل مكان" },
  needs: ["leads"],
  thresholds: { leads: 5, accounts: 3, projects: 4, names: 3, days: 30 },
  sql: SQL,
  params: (_, threshold) => ({
    broker_leads: threshold("leads"),
    broker_accounts: threshold("accounts"),
    broker_projects: threshold("projects"),
    broker_names: threshold("names"),
    days: threshold("days"),
  }),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "Brokers and competitors ask everywhere: they are no buyers, and each of their leads was paid for.",
    ar: "السماسرة والمنافسون يسألون في كل مكان: ليسوا مشترين، وقد دُفع ثمن كل عميل منهم.",
  },
  tell({ look, evidence: { rows, items, itemsTotal }, params, threshold }) {
    return {
      severity: severityOf(rows / look.rows.leads, { warning: 0.02, critical: 0.3 }),
      sentence: look.speak(
        (s) =>
          `${s.n(itemsTotal, PHONES.en)} left ${s.n(rows, LEADS.en)} in at least ${s.count(threshold("accounts"))} accounts or ${s.count(threshold("projects"))} projects; the busiest ${s.count(items[0]?.rows ?? 0)}.`,
        (s) =>
          `من ${s.n(itemsTotal, PHONES.ar)} جاء ${s.n(rows, LEADS.ar)} في ${s.count(threshold("accounts"))} حسابات أو ${s.count(threshold("projects"))} مشاريع على الأقل؛ وأكثرها ${s.count(items[0]?.rows ?? 0)}.`,
      ),
      items: items.map((item) => ({ ...item, account: null })),
      thresholds: [{ name: "leads", value: threshold("leads"), seen: items[0]?.rows ?? 0 }],
      question: {
        id: "broker-pattern",
        text: {
          en: "Are these numbers brokers, competitors or your own people?",
          ar: "هل هذه أرقام سماسرة أم منافسين أم من فريقكم؟",
        },
      },
      remedies: [
        leaveOutLeads(
          { look, sql: SQL, params },
          rows,
          { en: "Do not count these leads", ar: "عدم احتساب هؤلاء" },
          true,
        ),
        leaveAsIs(),
      ],
    };
  },
});
