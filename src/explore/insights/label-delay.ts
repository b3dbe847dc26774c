/** Label delay: how long a qualified lead takes to be logged as one, and how many never are. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/label-delay.sql");
const ENOUGH = 30;

export const labelDelay: InsightRule = {
  id: "label-delay",
  title: { en: "How late the verdict comes", ar: "كم يتأخر الحكم" },
  needs: ["leads", "log"],
  async tell({ session, speak, listing, settings }) {
    const horizon = settings.conversionHorizonDays;
    const row = await session.first<{
      qualified: number;
      dated: number;
      median_days: number | null;
      late_days: number | null;
      within_week: number;
      within_horizon: number;
    }>(SQL, { horizon });
    if (!row || row.dated < ENOUGH || row.median_days === null || row.late_days === null)
      return null;
    const { qualified, dated, median_days: median, late_days: late } = row;
    return {
      sentence: speak(
        (s) =>
          `Half of the qualified leads are logged as such within ${s.duration(median * 24)} of arriving, one in ten only after ${s.duration(late * 24)}; ${s.percent(row.within_horizon / qualified)} are within ${s.n(horizon, { one: "{n} day", other: "{n} days" })}. ${s.n(qualified - dated, { one: "{n} qualified lead has", other: "{n} qualified leads have" })} no dated entry at all.`,
        (s) =>
          `نصف العملاء المؤهلين يُسجَّلون كذلك خلال ${s.duration(median * 24)} من وصولهم، وواحد من كل عشرة بعد أكثر من ${s.duration(late * 24)}؛ و${s.percent(row.within_horizon / qualified)} منهم خلال ${s.n(horizon, { one: "يوم واحد", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })}. و${s.n(qualified - dated, { one: "عميل مؤهل واحد", two: "عميلان مؤهلان", few: "{n} عملاء مؤهلين", other: "{n} عميلًا مؤهلًا" })} بلا أي تاريخ مسجَّل.`,
      ),
      advice: {
        en: "Young campaigns look worse than they are: judge a month only when its leads have had that long.",
        ar: "الحملات الحديثة تبدو أسوأ مما هي: لا تحكم على شهر قبل أن تمضي على عملائه هذه المدة.",
      },
      moneyMinor: null,
      estimate: shareOf(row.within_horizon, qualified),
      picture: null,
      sql: listing(SQL, { horizon }),
    };
  },
};
