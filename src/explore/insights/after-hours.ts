/** After-hours arrivals: how many leads come while nobody works, and whether they wait longer. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/after-hours.sql");
const ENOUGH = 100;

export const afterHours: InsightRule = {
  id: "after-hours",
  title: { en: "Leads after hours", ar: "عملاء خارج الدوام" },
  needs: ["leads"],
  async tell({ session, speak, listing, settings }) {
    const [from, to] = settings.workHours;
    const params = { work_days: settings.workDays, from_hour: from, to_hour: to };
    const rows = await session.all<{
      at_work: boolean;
      leads: number;
      median_hours: number | null;
    }>(SQL, params);
    const work = rows.find((row) => row.at_work);
    const off = rows.find((row) => !row.at_work);
    const leads = (work?.leads ?? 0) + (off?.leads ?? 0);
    if (!off || leads < ENOUGH) return null;
    const waits = off.median_hours !== null && work?.median_hours != null;
    const hours = `${from}:00–${to}:00`;
    return {
      sentence: speak(
        (s) =>
          `${s.percent(off.leads / leads)} of ${s.count(leads)} leads arrive outside working hours (${hours}).${waits ? ` They wait ${s.duration(off.median_hours ?? 0)} for the first touch at the median, the others ${s.duration(work?.median_hours ?? 0)}.` : ""}`,
        (s) =>
          `${s.percent(off.leads / leads)} من ${s.count(leads)} عميل يصلون خارج أوقات العمل (${hours}).${waits ? ` ينتظرون أول تواصل ${s.duration(off.median_hours ?? 0)} في الوسيط، والآخرون ${s.duration(work?.median_hours ?? 0)}.` : ""}`,
      ),
      advice: {
        en: "If somebody, or an agent, answered in the evening, most leads would be met while they still look.",
        ar: "لو ردّ أحد، أو وكيل آلي، مساءً لوصلنا إلى معظم العملاء وهم ما زالوا يبحثون.",
      },
      moneyMinor: null,
      estimate: shareOf(off.leads, leads),
      picture: null,
      sql: listing(SQL, params),
    };
  },
};
