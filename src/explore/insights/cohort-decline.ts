/** Cohort decline: whether the share of qualified leads changes from one month of arrival to the next. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/cohort-decline.sql");

interface Cohort {
  readonly month: string;
  readonly leads: number;
  readonly qualified: number;
}

/**
 * Cochran–Armitage test for a trend in proportions over equally spaced groups.
 *
 * @returns the standard normal statistic; negative = falling; 0 where nothing varies
 * @see Armitage (1955), Biometrics 11(3)
 */
export function trendStatistic(groups: readonly { leads: number; qualified: number }[]): number {
  const n = groups.reduce((sum, group) => sum + group.leads, 0);
  const hits = groups.reduce((sum, group) => sum + group.qualified, 0);
  const share = hits / n;
  let weighted = 0;
  let first = 0;
  let second = 0;
  groups.forEach((group, t) => {
    weighted += t * (group.qualified - group.leads * share);
    first += t * group.leads;
    second += t * t * group.leads;
  });
  const variance = share * (1 - share) * (second - (first * first) / n);
  return variance > 0 ? weighted / Math.sqrt(variance) : 0;
}

export const cohortDecline: InsightRule = {
  id: "cohort-decline",
  title: { en: "Leads by month of arrival", ar: "العملاء حسب شهر الوصول" },
  needs: ["leads", "log"],
  async tell({ session, speak, listing, settings, lastDay }) {
    if (lastDay === null) return null;
    const horizon = settings.conversionHorizonDays;
    const params = { horizon, last_day: lastDay };
    const cohorts = await session.all<Cohort>(SQL, params);
    const first = cohorts[0];
    const last = cohorts.at(-1);
    if (!first || !last || cohorts.length < 3) return null;
    const z = trendStatistic(cohorts);
    if (Math.abs(z) < 3) return null;
    const rate = (cohort: Cohort) => cohort.qualified / cohort.leads;
    const falls = z < 0;
    return {
      sentence: speak(
        (s) =>
          `Of the logged leads that arrived in ${s.month(first.month)}, ${s.percent(rate(first))} were qualified within ${s.count(horizon)} days; of those of ${s.month(last.month)}, ${s.percent(rate(last))} (n = ${s.count(first.leads)} and ${s.count(last.leads)}). The share ${falls ? "falls" : "rises"} over ${s.count(cohorts.length)} months by more than chance explains.`,
        (s) =>
          `تأهّل خلال ${s.count(horizon)} يومًا ${s.percent(rate(first))} من العملاء المسجَّلين الذين وصلوا في ${s.month(first.month)}، و${s.percent(rate(last))} ممن وصلوا في ${s.month(last.month)} (العدد ${s.count(first.leads)} و${s.count(last.leads)}). ${falls ? "تنخفض" : "ترتفع"} النسبة عبر ${s.count(cohorts.length)} أشهر بما لا تفسّره المصادفة.`,
      ),
      advice: {
        en: "Test any model on later months than it learned from: a random split would hide this.",
        ar: "اختبر أي نموذج على أشهر أحدث مما تعلّم منه: فالتقسيم العشوائي يخفي هذا التغيّر.",
      },
      moneyMinor: null,
      estimate: shareOf(last.qualified, last.leads),
      picture: {
        kind: "line",
        over: "month",
        unit: "share",
        x: cohorts.map((cohort) => cohort.month),
        series: [
          {
            name: { en: "Qualified within the horizon", ar: "المؤهلون خلال المدة" },
            values: cohorts.map(rate),
          },
        ],
      },
      sql: listing(SQL, params),
    };
  },
};
