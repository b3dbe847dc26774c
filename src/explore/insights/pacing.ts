/** Pacing: campaigns that run now and spend much more, or much less, than their budget. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/pacing.sql");
/** Parts of the budget between which a campaign is on pace: platforms may exceed a day's budget by a tenth over a week. */
const ON_PACE = { low: 0.7, high: 1.1 };

interface Row {
  readonly campaign_id: string;
  readonly name: string;
  readonly spend_minor: number;
  readonly daily_budget_minor: number;
  readonly days: number;
}

export const pacing: InsightRule = {
  id: "pacing",
  title: { en: "Off their budget", ar: "بعيدة عن ميزانيتها" },
  needs: ["insights", "campaigns"],
  async tell({ session, speak, listing, settings }) {
    const rows = await session.all<Row>(SQL);
    const net =
      settings.budgetMeaning === "gross" ? (1 + settings.taxRate) * (1 + settings.feeRate) : 1;
    const paced = rows.map((row) => {
      const budget = (row.daily_budget_minor * row.days) / net;
      return { ...row, budget, part: row.spend_minor / budget };
    });
    const off = paced
      .filter(({ part }) => part < ON_PACE.low || part > ON_PACE.high)
      .sort(
        (one, other) =>
          Math.abs(other.spend_minor - other.budget) - Math.abs(one.spend_minor - one.budget),
      );
    const [first] = off;
    if (!first) return null;
    const over = off.filter(({ part }) => part > ON_PACE.high);
    const sum = (list: typeof off) =>
      list.reduce((all, one) => all + Math.abs(one.spend_minor - one.budget), 0);
    const left = off.filter(({ part }) => part < ON_PACE.low);
    const money = Math.round(sum(off));
    const unsure = settings.budgetMeaning === "unknown";
    return {
      sentence: speak(
        (s) =>
          `Of ${s.n(rows.length, { one: "{n} campaign that runs", other: "{n} campaigns that run" })}, ${s.count(left.length)} left ${s.money(sum(left))} of the last week's budget unspent and ${s.count(over.length)} spent ${s.money(sum(over))} above it. Most of all ${s.name(first.name)}: ${s.money(first.spend_minor)} of ${s.money(first.budget)} in ${s.n(first.days, { one: "{n} day", other: "{n} days" })}.${unsure ? " Nobody has said whether budgets hold tax and fee." : ""}`,
        (s) =>
          `من ${s.n(rows.length, { one: "حملة واحدة تعمل", two: "حملتين تعملان", few: "{n} حملات تعمل", many: "{n} حملة تعمل", other: "{n} حملة تعمل" })}، تركت ${s.count(left.length)} ما قدره ${s.money(sum(left))} من ميزانية الأسبوع الأخير، وتجاوزتها ${s.count(over.length)} بمقدار ${s.money(sum(over))}. وأولها ${s.name(first.name)}: ${s.money(first.spend_minor)} من ${s.money(first.budget)} في ${s.n(first.days, { one: "يوم واحد", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })}.${unsure ? " لم يقل أحد إن كانت الميزانيات تشمل الضريبة والرسوم." : ""}`,
      ),
      advice: {
        en: "Money that a campaign cannot spend works elsewhere; check bids and audiences where it lies idle.",
        ar: "المال الذي لا تستطيع حملة إنفاقه يعمل في غيرها؛ راجعوا المزايدات والجماهير حيث يبقى.",
      },
      moneyMinor: money,
      estimate: { value: off.length / rows.length, n: rows.length, low: null, high: null },
      picture: {
        kind: "bars",
        over: "label",
        unit: "money",
        x: off.slice(0, 10).map((one) => one.name),
        series: [
          {
            name: { en: "Budget of these days", ar: "ميزانية هذه الأيام" },
            values: off.slice(0, 10).map((one) => Math.round(one.budget)),
          },
          {
            name: { en: "Spent", ar: "أُنفق" },
            values: off.slice(0, 10).map((one) => one.spend_minor),
          },
        ],
      },
      campaigns: off.map((one) => one.campaign_id),
      sql: listing(SQL),
    };
  },
};
