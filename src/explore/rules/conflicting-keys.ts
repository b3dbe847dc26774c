/**
 * Conflicting keys: one ad set and day told twice in a file with other figures. All rows count; which of them is right,
 * or whether they are parts of one day, only the one who exported them knows.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { leaveOutDelivery } from "../delivery-remedies.ts";
import { severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend } from "../totals.ts";
import { BLOCK_ROWS } from "./repeated-block.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/conflicting-keys.sql");
const SMALLER = `SELECT * FROM (${SQL}) WHERE smaller`;

export const conflictingKeys = listingRule({
  id: "conflicting-keys",
  title: { en: "One day told twice, differently", ar: "يوم واحد بقيمتين مختلفتين" },
  needs: ["insights"],
  thresholds: {},
  sql: SQL,
  params: () => ({ block_rows: BLOCK_ROWS }),
  unit: { en: "keys (ad set and day)", ar: "مفاتيح (مجموعة إعلانية ويوم)" },
  of: (look) => look.rows.insights,
  why: {
    en: "Both rows count: if one replaces the other, the day's spend is too high; if they are parts, it is right.",
    ar: "الصفّان محسوبان: إن كان أحدهما بدل الآخر فإنفاق اليوم مبالغ فيه، وإن كانا جزأين فهو صحيح.",
  },
  async tell({ look, evidence: { rows, itemsTotal, moneyMinor }, params }) {
    const money = moneyMinor ?? 0;
    return {
      rows: itemsTotal,
      severity: severityOf(await shareOfSpend(look, money), { warning: 0.0005, critical: 0.02 }),
      sentence: look.speak(
        (s) =>
          `${s.n(itemsTotal, { one: "{n} ad set and day stands", other: "{n} pairs of ad set and day stand" })} in the file more than once with different figures (${s.count(rows)} rows); the smaller tellings add ${s.money(money)} of spend.`,
        (s) =>
          `${s.n(itemsTotal, { one: "مجموعة إعلانية ويوم واحد مذكوران", two: "زوجان من مجموعة إعلانية ويوم مذكوران", few: "{n} أزواج من مجموعة إعلانية ويوم مذكورة", other: "{n} زوجًا من مجموعة إعلانية ويوم مذكورة" })} في الملف أكثر من مرة بأرقام مختلفة (${s.count(rows)} صفوف)؛ القيم الأصغر تضيف ${s.money(money)} إلى الإنفاق.`,
      ),
      question: {
        id: "conflicting-keys",
        text: {
          en: "Where a day is told twice: are the rows parts of the day, or does the later one replace the earlier?",
          ar: "حين يُذكر يوم مرتين: هل الصفّان جزآن من اليوم، أم يحل اللاحق محل السابق؟",
        },
      },
      remedies: [
        leaveOutDelivery(
          { look, sql: SMALLER, params },
          { en: "Keep only the largest telling", ar: "إبقاء القيمة الأكبر فقط" },
          { spendMinor: -money, leads: 0, recommended: false },
        ),
        leaveAsIs({
          en: "They are parts of one day: keep both",
          ar: "هما جزآن من يوم واحد: يبقيان معًا",
        }),
      ],
    };
  },
});
