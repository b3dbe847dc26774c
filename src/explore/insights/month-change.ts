/** Month change: spend, leads and their cost over the whole months of the data. */

import { costInterval } from "../../stats/intervals.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/month-change.sql");
const ENOUGH_LEADS = 30;

export const monthChange: InsightRule = {
  id: "month-change",
  title: { en: "From month to month", ar: "من شهر إلى شهر" },
  needs: ["leads", "insights"],
  async tell({ session, speak, listing, lastDay }) {
    if (lastDay === null) return null;
    const params = { last_day: lastDay };
    const rows = await session.all<{ month: string; spend_minor: number; leads: number }>(
      SQL,
      params,
    );
    const spoken = rows.filter((row) => row.leads >= ENOUGH_LEADS && row.spend_minor > 0);
    const cost = (row: { leads: number; spend_minor: number }) => row.spend_minor / row.leads;
    const last = spoken.at(-1);
    const best = [...spoken].sort((left, right) => cost(left) - cost(right))[0];
    if (!last || !best || spoken.length < 3 || best.month === last.month) return null;
    const now = costInterval(last.spend_minor, last.leads);
    const then = costInterval(best.spend_minor, best.leads);
    if (now === null || then?.high == null || now.low <= then.high) return null;
    return {
      sentence: speak(
        (s) =>
          `A lead cost ${s.money(cost(best))} in ${s.month(best.month)}, the cheapest month, and ${s.money(cost(last))} in ${s.month(last.month)} (${s.count(last.leads)} leads for ${s.money(last.spend_minor)}).`,
        (s) =>
          `كلّف العميل ${s.money(cost(best))} في ${s.month(best.month)}، أرخص الأشهر، و${s.money(cost(last))} في ${s.month(last.month)} (${s.count(last.leads)} عميل مقابل ${s.money(last.spend_minor)}).`,
      ),
      advice: {
        en: "Check first whether all leads of the dear months were delivered into the table.",
        ar: "تأكدوا أولًا أن كل عملاء الأشهر الغالية وصلوا إلى الجدول.",
      },
      moneyMinor: last.spend_minor,
      estimate: { value: cost(last), n: last.leads, low: now.low, high: now.high },
      picture: {
        kind: "line",
        over: "month",
        unit: "money",
        x: rows.map((row) => row.month),
        series: [
          {
            name: { en: "Cost per lead", ar: "تكلفة العميل" },
            values: rows.map((row) => (row.leads > 0 ? Math.round(cost(row)) : null)),
          },
        ],
      },
      sql: listing(SQL, params),
    };
  },
};
