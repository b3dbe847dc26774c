/** Cost spread: what the dearest quarter of spend pays for a lead against the cheapest. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/cost-spread.sql");
const ENOUGH_CAMPAIGNS = 20;

export const costSpread: InsightRule = {
  id: "cost-spread",
  title: { en: "What a lead costs, cheap to dear", ar: "تكلفة العميل من الأرخص إلى الأغلى" },
  needs: ["leads", "insights"],
  async tell({ session, speak, listing }) {
    const rows = await session.all<{
      quarter: number;
      campaigns: number;
      leads: number;
      spend_minor: number;
      cpl_minor: number;
    }>(SQL);
    const cheap = rows.find((row) => row.quarter === 0);
    const dear = rows.find((row) => row.quarter === 3);
    const campaigns = rows.reduce((sum, row) => sum + row.campaigns, 0);
    if (!cheap || !dear || rows.length < 4 || campaigns < ENOUGH_CAMPAIGNS) return null;
    const ratio = dear.cpl_minor / cheap.cpl_minor;
    return {
      sentence: speak(
        (s) =>
          `The dearest quarter of spend buys leads at ${s.money(dear.cpl_minor)}, the cheapest at ${s.money(cheap.cpl_minor)}: ${s.number(ratio)} times as much (${s.count(campaigns)} campaigns with at least ten leads). A cheap lead is not a good one by itself.`,
        (s) =>
          `أغلى ربع من الإنفاق يشتري العميل بـ ${s.money(dear.cpl_minor)}، وأرخصه بـ ${s.money(cheap.cpl_minor)}: أي ${s.number(ratio)} ضعفًا (${s.count(campaigns)} حملة لها عشرة عملاء على الأقل). والعميل الرخيص ليس جيدًا لمجرد رخصه.`,
      ),
      advice: {
        en: "Compare the dear campaigns by cost per qualified lead before cutting them.",
        ar: "قارنوا الحملات الغالية بتكلفة العميل المؤهل قبل تقليصها.",
      },
      moneyMinor: dear.spend_minor,
      estimate: { value: ratio, n: campaigns, low: null, high: null },
      picture: {
        kind: "bars",
        over: "label",
        unit: "money",
        x: ["1", "2", "3", "4"],
        names: [
          { en: "1, cheapest", ar: "1، الأرخص" },
          { en: "2", ar: "2" },
          { en: "3", ar: "3" },
          { en: "4, dearest", ar: "4، الأغلى" },
        ],
        series: [
          {
            name: {
              en: "Cost per lead by quarter of spend, cheapest first",
              ar: "تكلفة العميل لكل ربع من الإنفاق، الأرخص أولًا",
            },
            values: rows.map((row) => Math.round(row.cpl_minor)),
          },
        ],
      },
      sql: listing(SQL),
    };
  },
};
