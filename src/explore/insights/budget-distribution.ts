/** Budget distribution: what campaigns are given per day, what they use of it, and what is live. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/budget-distribution.sql");
const ENOUGH = 20;

export const budgetDistribution: InsightRule = {
  id: "budget-distribution",
  title: { en: "What campaigns are given", ar: "ما يُخصَّص للحملات" },
  needs: ["campaigns", "insights"],
  async tell({ session, speak, listing, lastDay }) {
    const params = { last_day: lastDay };
    const row = await session.first<{
      campaigns: number;
      low_minor: number;
      median_minor: number;
      high_minor: number;
      sum_minor: number;
      delivered: number | null;
      full_days: number;
      live_minor: number | null;
      live: number;
    }>(SQL, params);
    if (!row || row.campaigns < ENOUGH || lastDay === null) return null;
    const enough = row.delivered !== null && row.full_days >= ENOUGH;
    return {
      sentence: speak(
        (s) =>
          `Half of ${s.count(row.campaigns)} campaigns have a daily budget up to ${s.money(row.median_minor)}; one in ten above ${s.money(row.high_minor)}.${enough ? ` On a full day a campaign uses ${s.percent(row.delivered ?? 0)} of it at the median (n = ${s.count(row.full_days)}).` : ""} ${row.live === 0 ? `None is live on ${s.day(lastDay)}` : `${s.n(row.live, { one: "{n} is", other: "{n} are" })} live on ${s.day(lastDay)}, with ${s.money(row.live_minor ?? 0)} a day`}; adding up the budgets of all campaigns ever (${s.money(row.sum_minor)}) means nothing.`,
        (s) =>
          `نصف الحملات (${s.count(row.campaigns)}) ميزانيتها اليومية لا تتجاوز ${s.money(row.median_minor)}، وواحدة من كل عشر فوق ${s.money(row.high_minor)}.${enough ? ` في اليوم الكامل تستهلك الحملة ${s.percent(row.delivered ?? 0)} منها في الوسيط (العدد ${s.count(row.full_days)}).` : ""} ${row.live === 0 ? `لا حملة نشطة في ${s.day(lastDay)}` : `النشط منها في ${s.day(lastDay)}: ${s.count(row.live)} بميزانية ${s.money(row.live_minor ?? 0)} يوميًا`}؛ أما جمع ميزانيات كل الحملات عبر الزمن (${s.money(row.sum_minor)}) فلا معنى له.`,
      ),
      advice: {
        en: "Ask whether the daily budget is gross of tax and fees before judging pace by it.",
        ar: "اسألوا هل الميزانية اليومية شاملة الضريبة والرسوم قبل الحكم على وتيرة الصرف بها.",
      },
      moneyMinor: row.live_minor,
      estimate: enough ? { value: row.delivered, n: row.full_days, low: null, high: null } : null,
      picture: null,
      sql: listing(SQL, params),
    };
  },
};
