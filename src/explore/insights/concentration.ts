/** Concentration: how few accounts hold half of the spend. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/concentration.sql");
const ENOUGH_ACCOUNTS = 5;

export const concentration: InsightRule = {
  id: "concentration",
  title: { en: "Where the money is", ar: "أين يتركّز المال" },
  needs: ["insights"],
  async tell({ session, speak, listing }) {
    const rows = await session.all<{
      account_id: string;
      spend_minor: number;
      share: number;
      share_so_far: number;
    }>(SQL);
    const [first] = rows;
    if (!first || rows.length < ENOUGH_ACCOUNTS) return null;
    const half = rows.findIndex((row) => row.share_so_far >= 0.5) + 1;
    const total = rows.reduce((sum, row) => sum + row.spend_minor, 0);
    const tail = rows.length - half;
    return {
      sentence: speak(
        (s) =>
          `${s.n(half, { one: "{n} account holds", other: "{n} accounts hold" })} half of the ${s.money(total)} spent; the largest, ${s.name(first.account_id)}, alone ${s.percent(first.share)}. The other ${s.n(tail, { one: "{n} account shares", other: "{n} accounts share" })} the other half.`,
        (s) =>
          `${s.n(half, { one: "حساب واحد يملك", two: "حسابان يملكان", few: "{n} حسابات تملك", other: "{n} حسابًا تملك" })} نصف ما أُنفق وقدره ${s.money(total)}؛ وأكبرها ${s.name(first.account_id)} وحده ${s.percent(first.share)}. والنصف الآخر موزّع على ${s.n(tail, { one: "حساب واحد", two: "حسابين", few: "{n} حسابات", other: "{n} حسابًا" })}.`,
      ),
      advice: {
        en: "Averages over all accounts are the averages of these few; look at them one by one, and at the rest together.",
        ar: "متوسطات كل الحسابات هي في الحقيقة متوسطات هذه القلّة؛ انظر إليها واحدًا واحدًا، وإلى الباقي مجتمعًا.",
      },
      moneyMinor: Math.round(total / 2),
      estimate: null,
      picture: {
        kind: "bars",
        over: "label",
        unit: "money",
        x: rows.slice(0, 10).map((row) => row.account_id),
        series: [
          {
            name: { en: "Spend", ar: "الإنفاق" },
            values: rows.slice(0, 10).map((row) => row.spend_minor),
          },
        ],
      },
      sql: listing(SQL),
    };
  },
};
