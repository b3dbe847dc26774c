/** Focus: whether the few campaigns that take most money bring their share of the qualified leads. */
import { wilsonInterval } from "../../stats/intervals.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/focus.sql");
const ENOUGH_CAMPAIGNS = 20;
const ENOUGH_QUALIFIED = 30;
/** The campaigns that take half of the money. */
const HALF = 0.5;

export const focus: InsightRule = {
  id: "focus",
  title: { en: "Few campaigns, half of the money", ar: "حملات قليلة ونصف المال" },
  needs: ["insights", "leads"],
  async tell({ session, speak, listing }) {
    const rows = await session.all<{ campaign_id: string; spend_minor: number; qualified: number }>(
      SQL,
    );
    const spend = rows.reduce((sum, row) => sum + row.spend_minor, 0);
    const good = rows.reduce((sum, row) => sum + row.qualified, 0);
    if (rows.length < ENOUGH_CAMPAIGNS || good < ENOUGH_QUALIFIED) return null;
    let held = 0;
    const top = rows.filter((row) => {
      const within = held < spend * HALF;
      held += within ? row.spend_minor : 0;
      return within;
    });
    const share = held / spend;
    const topGood = top.reduce((sum, row) => sum + row.qualified, 0);
    const interval = wilsonInterval(topGood, good);
    if (interval === null || (interval.low <= share && share <= interval.high)) return null;
    const dearer = topGood / good < share;
    const money = Math.round(Math.abs(held - (topGood / good) * spend));
    return {
      sentence: speak(
        (s) =>
          `${s.n(top.length, { one: "{n} campaign takes", other: "{n} campaigns take" })} ${s.percent(share)} of the spend and ${s.n(top.length, { one: "brings", other: "bring" })} ${s.percent(topGood / good)} of the qualified leads; the other ${s.count(rows.length - top.length)} bring the rest. ${dearer ? `Their qualified leads cost ${s.money(money)} more than the average.` : `Their qualified leads cost ${s.money(money)} less than the average.`}`,
        (s) =>
          `${s.n(top.length, { one: "حملة واحدة تأخذ", two: "حملتان تأخذان", few: "{n} حملات تأخذ", many: "{n} حملة تأخذ", other: "{n} حملة تأخذ" })} ${s.percent(share)} من الإنفاق وتجلب ${s.percent(topGood / good)} من المؤهلين؛ والباقي من ${s.count(rows.length - top.length)} حملة أخرى. ${dearer ? `كلّف مؤهلوها ${s.money(money)} زيادة على المتوسط.` : `كلّف مؤهلوها ${s.money(money)} أقل من المتوسط.`}`,
      ),
      advice: dearer
        ? {
            en: "The large campaigns decide what a qualified lead costs: look at them one by one before the many small ones.",
            ar: "الحملات الكبيرة هي التي تحدد تكلفة المؤهل: انظروا إليها واحدة واحدة قبل الكثيرة الصغيرة.",
          }
        : {
            en: "The many small campaigns are the dear ones: fewer, larger ones may do the same for less.",
            ar: "الحملات الصغيرة الكثيرة هي الغالية: فحملات أقل وأكبر قد تأتي بالنتيجة نفسها بمال أقل.",
          },
      moneyMinor: money,
      estimate: { value: topGood / good, n: good, low: interval.low, high: interval.high },
      picture: null,
      campaigns: top.map((row) => row.campaign_id),
      sql: listing(SQL),
    };
  },
};
