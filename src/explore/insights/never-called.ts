/** Never called: leads that are logged and that nobody touched, in money. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/never-called.sql");
const ENOUGH = 30;

export const neverCalled: InsightRule = {
  id: "never-called",
  title: { en: "Paid for and never called", ar: "دُفع ثمنهم ولم يُتصل بهم" },
  needs: ["leads", "log", "insights"],
  async tell({ session, speak, listing }) {
    const row = await session.first<{
      logged: number | null;
      never: number;
      spend_minor: number | null;
    }>(SQL);
    if (!row?.logged || row.logged < ENOUGH || row.never === 0) return null;
    const share = row.never / row.logged;
    const money = row.spend_minor;
    return {
      sentence: speak(
        (s) =>
          `${s.n(row.never, { one: "{n} lead", other: "{n} leads" })}, ${s.percent(share)} of those in the status log, never got beyond new.${money === null ? "" : ` At the cost per lead of their own campaigns they cost ${s.money(money)}.`}`,
        (s) =>
          `${s.n(row.never, { one: "عميل واحد", two: "عميلان", few: "{n} عملاء", many: "{n} عميلًا", other: "{n} عميل" })}، أي ${s.percent(share)} ممن في سجل الحالات، لم يتجاوزوا حالة «جديد».${money === null ? "" : ` وبتكلفة العميل في حملاتهم كلّفوا ${s.money(money)}.`}`,
      ),
      advice: {
        en: "Call the youngest of them today; for the old ones ask whether they were called without a note.",
        ar: "اتصلوا بأحدثهم اليوم؛ واسألوا عن القدامى: هل اتُّصل بهم دون تسجيل؟",
      },
      moneyMinor: money,
      estimate: shareOf(row.never, row.logged),
      picture: null,
      sql: listing(SQL),
    };
  },
};
