/** Sales order: whom the sales team seems to call first now. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/sales-order.sql");
const ENOUGH = 200;

export const salesOrder: InsightRule = {
  id: "sales-order",
  title: { en: "Whom sales call first", ar: "بمن يبدأ فريق المبيعات" },
  needs: ["leads", "log"],
  async tell({ session, speak, listing }) {
    const row = await session.first<{
      touched: number;
      in_batch: number;
      turns: number;
      back: number;
    }>(SQL);
    if (!row || row.turns < ENOUGH) return null;
    const back = row.back / row.turns;
    const batch = row.in_batch / row.touched;
    const order = back < 0.35 ? "oldest" : back > 0.65 ? "newest" : "none";
    const english = {
      oldest: "mostly in the order of arrival",
      newest: "mostly the newest first",
      none: "in no order of arrival",
    }[order];
    const arabic = {
      oldest: "غالبًا بترتيب الوصول",
      newest: "غالبًا الأحدث أولًا",
      none: "بلا ترتيب يتبع الوصول",
    }[order];
    return {
      sentence: speak(
        (s) =>
          `Leads are first touched ${english}: in ${s.percent(back)} of ${s.count(row.turns)} turns the next lead had arrived before the last one. ${s.percent(batch)} of first touches come in batches, three or more of an account in one minute.`,
        (s) =>
          `يجري أول تواصل ${arabic}: ففي ${s.percent(back)} من ${s.count(row.turns)} نقلة كان العميل التالي قد وصل قبل سابقه. و${s.percent(batch)} من أول تواصل يأتي دفعات، ثلاثة فأكثر من حساب واحد في دقيقة واحدة.`,
      ),
      advice: {
        en: "Nothing suggests that the most promising lead is called first; a ranked queue would change that.",
        ar: "لا شيء يدل على أن العميل الأكثر وعدًا يُتصل به أولًا؛ وقائمة مرتّبة تغيّر ذلك.",
      },
      moneyMinor: null,
      estimate: shareOf(row.back, row.turns),
      picture: null,
      sql: listing(SQL),
    };
  },
};
