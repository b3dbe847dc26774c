/** Weekday: on which days leads are cheap. */

import { costInterval } from "../../stats/intervals.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/weekday.sql");
const ENOUGH = 700;
const NAMES = {
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  ar: ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"],
};

export const weekday: InsightRule = {
  id: "weekday",
  title: { en: "Cheap and dear weekdays", ar: "أيام رخيصة وأيام غالية" },
  needs: ["leads", "insights"],
  async tell({ session, speak, listing }) {
    const rows = await session.all<{ weekday: number; leads: number; spend_minor: number }>(SQL);
    const leads = rows.reduce((sum, row) => sum + row.leads, 0);
    if (leads < ENOUGH || rows.some((row) => row.leads === 0 || row.spend_minor <= 0)) return null;
    const cost = (row: { leads: number; spend_minor: number }) => row.spend_minor / row.leads;
    const sorted = [...rows].sort((left, right) => cost(left) - cost(right));
    const cheap = sorted[0];
    const dear = sorted.at(-1);
    if (!cheap || !dear) return null;
    const low = costInterval(cheap.spend_minor, cheap.leads);
    const high = costInterval(dear.spend_minor, dear.leads);
    if (low?.high == null || high === null || low.high >= high.low) return null;
    return {
      sentence: speak(
        (s) =>
          `A lead costs ${s.money(cost(cheap))} on ${NAMES.en[cheap.weekday]}s and ${s.money(cost(dear))} on ${NAMES.en[dear.weekday]}s, by the day of spend and of arrival.`,
        (s) =>
          `يكلّف العميل ${s.money(cost(cheap))} يوم ${NAMES.ar[cheap.weekday]} و${s.money(cost(dear))} يوم ${NAMES.ar[dear.weekday]}، بحسب يوم الإنفاق ويوم الوصول.`,
      ),
      advice: {
        en: "Before shifting budget by weekday, check that leads of the cheap days are judged as good.",
        ar: "قبل نقل الميزانية بين الأيام تأكدوا أن عملاء الأيام الرخيصة يُحكم عليهم بالجودة نفسها.",
      },
      moneyMinor: null,
      estimate: { value: cost(dear) / cost(cheap), n: leads, low: null, high: null },
      picture: {
        kind: "bars",
        over: "label",
        unit: "money",
        x: rows.map((row) => String(row.weekday)),
        names: rows.map(({ weekday: day }) => ({
          en: NAMES.en[day] ?? "",
          ar: NAMES.ar[day] ?? "",
        })),
        series: [
          {
            name: { en: "Cost per lead by weekday", ar: "تكلفة العميل حسب اليوم" },
            values: rows.map((row) => Math.round(cost(row))),
          },
        ],
      },
      sql: listing(SQL),
    };
  },
};
