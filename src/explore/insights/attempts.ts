/** Attempts: how often sales try before a lead counts as not reached. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/attempts.sql");
const ENOUGH = 30;

export const attempts: InsightRule = {
  id: "attempts",
  title: { en: "One try and gone", ar: "محاولة واحدة وانتهى" },
  needs: ["leads", "log"],
  async tell({ session, speak, listing }) {
    const row = await session.first<{ leads: number; once: number }>(SQL);
    if (!row || row.leads < ENOUGH) return null;
    const share = row.once / row.leads;
    return {
      sentence: speak(
        (s) =>
          `Of ${s.count(row.leads)} leads that stand as not reached, ${s.percent(share)} have a single attempt in the log.`,
        (s) =>
          `من ${s.count(row.leads)} عميل بقوا دون رد، ${s.percent(share)} لهم محاولة واحدة فقط في السجل.`,
      ),
      advice: {
        en: "Ask whether further tries are made and not logged; if not, a second call at another hour is the cheapest lead there is.",
        ar: "اسألوا هل تُجرى محاولات أخرى دون تسجيل؛ فإن لم تكن، فمكالمة ثانية في ساعة أخرى أرخص عميل ممكن.",
      },
      moneyMinor: null,
      estimate: shareOf(row.once, row.leads),
      picture: null,
      sql: listing(SQL),
    };
  },
};
