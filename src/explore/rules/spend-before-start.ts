/** Spend before start: delivery on days before the campaign began. One day is a time zone; more is an edited start. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutDelivery } from "../delivery-remedies.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/spend-before-start.sql");

export const spendBeforeStart = listingRule({
  id: "spend-before-start",
  title: { en: "Spend before the start", ar: "إنفاق قبل البداية" },
  needs: ["campaigns", "insights"],
  thresholds: {},
  sql: SQL,
  unit: DELIVERY_UNITS.insightRows,
  of: (look) => look.rows.insights,
  why: {
    en: "A campaign cannot spend before it begins: its start was edited, its clock is another one, or the rows are not its own.",
    ar: "لا تنفق حملة قبل أن تبدأ: عُدّلت بدايتها، أو ساعتها غير ساعة البيانات، أو الصفوف ليست لها.",
  },
  async tell({ look, evidence: { rows, moneyMinor, itemsTotal } }) {
    const money = moneyMinor ?? 0;
    const parts = await look.session.first<{ most: number; one: number }>(
      `SELECT max(days_early) AS most, count(*) FILTER (WHERE days_early = 1) AS one FROM ${GATHERED}`,
    );
    const most = parts?.most ?? 0;
    const one = parts?.one ?? 0;
    return {
      severity: severityOf(await shareOfSpend(look, money), { warning: 0.005, critical: 0.1 }),
      sentence: look.speak(
        (s) =>
          `${s.n(itemsTotal, { one: "{n} campaign spent", other: "{n} campaigns spent" })} ${s.moneyFull(money)} before the day of their start (${s.n(rows, ROWS.en)}), ${one === rows ? "always on the day before, as a clock of another time zone would have it" : `up to ${s.n(most, { one: "{n} day", other: "{n} days" })} early`}.`,
        (s) =>
          `${s.n(itemsTotal, { one: "حملة واحدة أنفقت", two: "حملتان أنفقتا", few: "{n} حملات أنفقت", other: "{n} حملة أنفقت" })} ${s.moneyFull(money)} قبل يوم بدايتها (${s.n(rows, ROWS.ar)})، ${one === rows ? "ودائمًا في اليوم السابق كما تفعل ساعة من منطقة زمنية أخرى" : `حتى ${s.n(most, { one: "يوم واحد", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })} مبكرًا`}.`,
      ),
      question: {
        id: "spend-before-start",
        text: {
          en: "Are start times edited after launch, and in which time zone are they written?",
          ar: "هل تُعدَّل أوقات البداية بعد الإطلاق، وبأي منطقة زمنية تُكتب؟",
        },
      },
      remedies: [
        leaveAsIs(),
        leaveOutDelivery(
          { look, sql: SQL },
          { en: "Leave these rows out", ar: "استبعاد هذه الصفوف" },
          { spendMinor: -money, leads: 0, recommended: false },
        ),
      ],
    };
  },
});
