/** Arrival hours: when leads come during the day. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/arrival-hours.sql");
const ENOUGH = 240;
const WINDOW = 6;
const clock = (hour: number) => `${String(hour % 24).padStart(2, "0")}:00`;

export const arrivalHours: InsightRule = {
  id: "arrival-hours",
  title: { en: "When leads come", ar: "متى يصل العملاء" },
  needs: ["leads"],
  async tell({ session, speak, listing }) {
    const rows = await session.all<{ hour: number; leads: number }>(SQL);
    const byHour = Array.from(
      { length: 24 },
      (_, hour) => rows.find((row) => row.hour === hour)?.leads ?? 0,
    );
    const leads = byHour.reduce((sum, n) => sum + n, 0);
    // Dates without a time of day all fall on midnight.
    if (leads < ENOUGH || (byHour[0] ?? 0) > leads / 2) return null;
    const windowAt = (from: number) =>
      Array.from({ length: WINDOW }, (_, i) => byHour[(from + i) % 24] ?? 0).reduce(
        (sum, n) => sum + n,
        0,
      );
    let start = 0;
    for (let hour = 1; hour < 24; hour++) if (windowAt(hour) > windowAt(start)) start = hour;
    const busiest = windowAt(start);
    const share = busiest / leads;
    const period = `${clock(start)}–${clock(start + WINDOW)}`;
    return {
      sentence: speak(
        (s) => `The busiest six hours, ${period}, bring ${s.percent(share)} of all leads.`,
        (s) => `أكثر ست ساعات ازدحامًا، ${s.name(period)}، تجلب ${s.percent(share)} من كل العملاء.`,
      ),
      advice: {
        en: "Staff these hours first.",
        ar: "ابدؤوا بتغطية هذه الساعات.",
      },
      moneyMinor: null,
      estimate: shareOf(busiest, leads),
      picture: {
        kind: "bars",
        over: "label",
        unit: "count",
        x: byHour.map((_, hour) => clock(hour)),
        series: [{ name: { en: "Leads by hour", ar: "العملاء حسب الساعة" }, values: byHour }],
      },
      sql: listing(SQL),
    };
  },
};
