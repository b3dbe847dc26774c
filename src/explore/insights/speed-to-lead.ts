/** Speed to lead: how long leads wait for the first touch, and whether the log lets one see that waiting costs. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/speed-to-lead.sql");
const ENOUGH = 100;
const BUCKETS = [
  { en: "within 1 h", ar: "خلال ساعة" },
  { en: "1–24 h", ar: "1–24 ساعة" },
  { en: "1–3 days", ar: "1–3 أيام" },
  { en: "later", ar: "بعد ذلك" },
];

export const speedToLead: InsightRule = {
  id: "speed-to-lead",
  title: { en: "How long leads wait", ar: "كم ينتظر العملاء" },
  needs: ["leads", "log"],
  async tell({ session, speak, listing }) {
    const rows = await session.all<{
      bucket: number;
      leads: number;
      qualified: number;
      median_hours: number;
    }>(SQL);
    const touched = rows.reduce((sum, row) => sum + row.leads, 0);
    const median = rows[0]?.median_hours;
    if (touched < ENOUGH || median === undefined) return null;
    const at = (bucket: number) =>
      rows.find((row) => row.bucket === bucket) ?? { leads: 0, qualified: 0 };
    const add = (buckets: readonly number[]) => {
      const parts = buckets.map(at);
      return shareOf(
        parts.reduce((sum, part) => sum + part.qualified, 0),
        parts.reduce((sum, part) => sum + part.leads, 0),
      );
    };
    const fast = add([0, 1]);
    const slow = add([2, 3]);
    const hour = at(0).leads / touched;
    const day = (at(0).leads + at(1).leads) / touched;
    const known = fast.value !== null && slow.value !== null;
    // Intervals that do not touch, so that chance alone is no explanation.
    const faster = known && (fast.low ?? 0) > (slow.high ?? 1);
    const slower = known && (slow.low ?? 0) > (fast.high ?? 1);
    const both = { fast: fast.value ?? 0, slow: slow.value ?? 0 };
    return {
      sentence: speak(
        (s) =>
          `The leads that were touched waited ${s.duration(median)} at the median; ${s.percent(hour)} were touched within an hour, ${s.percent(day)} within a day.${
            faster
              ? ` Of those touched within a day ${s.percent(both.fast)} were logged as qualified, of the later ones ${s.percent(both.slow)}.`
              : slower
                ? ` On paper the later ones do better (${s.percent(both.slow)} qualified against ${s.percent(both.fast)}): that is how statuses typed in long after the call look, not what waiting does.`
                : ""
          }`,
        (s) =>
          `من جرى التواصل معهم انتظروا ${s.duration(median)} في الوسيط؛ ${s.percent(hour)} خلال ساعة و${s.percent(day)} خلال يوم.${
            faster
              ? ` تأهّل ${s.percent(both.fast)} ممن جرى التواصل معهم خلال يوم، و${s.percent(both.slow)} ممن بعدهم.`
              : slower
                ? ` على الورق يبدو المتأخرون أفضل (${s.percent(both.slow)} مقابل ${s.percent(both.fast)}): وهكذا تبدو حالات تُدخل بعد المكالمة بوقت طويل، لا أثر الانتظار نفسه.`
                : ""
          }`,
      ),
      advice: slower
        ? {
            en: "Log the call when it happens; until then these times cannot show what speed is worth.",
            ar: "سجّلوا المكالمة وقت حدوثها؛ فحتى ذلك الحين لا تُظهر هذه الأوقات قيمة السرعة.",
          }
        : {
            en: "Call new leads within the hour and compare again in a month.",
            ar: "اتصلوا بالعملاء الجدد خلال ساعة وقارنوا بعد شهر.",
          },
      moneyMinor: null,
      estimate: { value: median, n: touched, low: null, high: null },
      picture: {
        kind: "bars",
        over: "label",
        unit: "count",
        x: BUCKETS.map(({ en }) => en),
        names: BUCKETS,
        series: [
          {
            name: { en: "Leads by wait for the first touch", ar: "العملاء حسب انتظار أول تواصل" },
            values: BUCKETS.map((_, bucket) => at(bucket).leads),
          },
        ],
      },
      sql: listing(SQL),
    };
  },
};
