/** Campaign life: how long campaigns deliver, and where the money lies. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/campaign-life.sql");
const ENOUGH = 20;

export const campaignLife: InsightRule = {
  id: "campaign-life",
  title: { en: "How long campaigns live", ar: "كم تعيش الحملات" },
  needs: ["insights"],
  async tell({ session, speak, listing }) {
    const row = await session.first<{
      campaigns: number;
      median_days: number;
      short: number;
      short_spend_minor: number;
      spend_minor: number;
    }>(SQL);
    if (!row || row.campaigns < ENOUGH) return null;
    const share = row.short / row.campaigns;
    const money = row.short_spend_minor / row.spend_minor;
    return {
      sentence: speak(
        (s) =>
          `The median campaign delivers for ${s.n(row.median_days, { one: "{n} day", other: "{n} days" })}; ${s.percent(share)} end within three days and spend ${s.money(row.short_spend_minor)}, ${s.percent(money)} of all.`,
        (s) =>
          `الحملة الوسيطة تعمل ${s.n(row.median_days, { one: "يومًا واحدًا", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })}؛ و${s.percent(share)} تنتهي خلال ثلاثة أيام وتنفق ${s.money(row.short_spend_minor)}، أي ${s.percent(money)} من الكل.`,
      ),
      advice: {
        en: 'Decide on the first day, and for ended ones whether to launch again; "stop" comes too late for most.',
        ar: "قرّروا من اليوم الأول، وللمنتهية هل تُعاد؛ فقرار «الإيقاف» يأتي متأخرًا لمعظمها.",
      },
      moneyMinor: row.short_spend_minor,
      estimate: shareOf(row.short, row.campaigns),
      picture: null,
      sql: listing(SQL),
    };
  },
};
