/** Follow-up spread: how differently accounts judge their leads. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/follow-up-spread.sql");

export const followUpSpread: InsightRule = {
  id: "follow-up-spread",
  title: { en: "Who follows up, who does not", ar: "من يتابع ومن لا يتابع" },
  needs: ["leads", "log"],
  async tell({ session, speak, listing }) {
    const rows = await session.all<{
      quarter: number;
      accounts: number;
      leads: number;
      judged: number;
    }>(SQL);
    const least = rows.find((row) => row.quarter === 1);
    const most = rows.find((row) => row.quarter === 4);
    if (!least || !most || rows.length < 4) return null;
    const low = shareOf(least.judged, least.leads);
    const high = shareOf(most.judged, most.leads);
    if ((low.high ?? 1) >= (high.low ?? 0)) return null;
    return {
      sentence: speak(
        (s) =>
          `The quarter of accounts that follows up least judges ${s.percent(low.value ?? 0)} of its ${s.count(least.leads)} logged leads, the quarter that follows up most ${s.percent(high.value ?? 0)} of ${s.count(most.leads)}.`,
        (s) =>
          `ربع الحسابات الأقل متابعة يحكم على ${s.percent(low.value ?? 0)} من عملائه المسجَّلين (${s.count(least.leads)})، والربع الأكثر متابعة على ${s.percent(high.value ?? 0)} من ${s.count(most.leads)}.`,
      ),
      advice: {
        en: "Compare accounts by qualified leads only after comparing how many of their leads were judged.",
        ar: "لا تقارنوا الحسابات بالمؤهلين قبل مقارنة كم من عملائها حُكم عليهم.",
      },
      moneyMinor: null,
      estimate: low,
      picture: {
        kind: "bars",
        over: "label",
        unit: "share",
        x: ["1", "2", "3", "4"],
        names: [
          { en: "1, least", ar: "1، الأقل" },
          { en: "2", ar: "2" },
          { en: "3", ar: "3" },
          { en: "4, most", ar: "4، الأكثر" },
        ],
        series: [
          {
            name: {
              en: "Share of leads judged, by quarter of accounts",
              ar: "نسبة من حُكم عليهم لكل ربع من الحسابات",
            },
            values: rows.map((row) => row.judged / row.leads),
          },
        ],
      },
      sql: listing(SQL),
    };
  },
};
