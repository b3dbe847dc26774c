/** Thin evidence: how few accounts and campaigns have enough qualified leads to be judged by their own. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/thin-evidence.sql");
const ENOUGH_ACCOUNTS = 10;

export const thinEvidence: InsightRule = {
  id: "thin-evidence",
  title: { en: "How much there is to go by", ar: "كم من الأدلة لدينا" },
  needs: ["leads", "insights"],
  async tell({ session, speak, listing }) {
    const row = await session.first<{
      accounts: number;
      enough: number;
      without: number;
      median_leads: number;
    }>(SQL);
    if (!row || row.accounts < ENOUGH_ACCOUNTS) return null;
    return {
      sentence: speak(
        (s) =>
          `Of ${s.count(row.accounts)} accounts with leads, ${s.count(row.enough)} have at least 40 qualified ones and ${s.count(row.without)} have none; the median campaign that spent has ${s.n(row.median_leads, { one: "{n} lead", other: "{n} leads" })}.`,
        (s) =>
          `من ${s.count(row.accounts)} حسابًا لها عملاء، لدى ${s.count(row.enough)} منها 40 مؤهلًا على الأقل، و${s.count(row.without)} بلا أي مؤهل؛ والحملة الوسيطة التي أنفقت لها ${s.n(row.median_leads, { zero: "صفر من العملاء", one: "عميل واحد", two: "عميلان", few: "{n} عملاء", other: "{n} عميل" })}.`,
      ),
      advice: {
        en: "For most accounts a figure of their own is chance: use rates shrunk towards their peers, with intervals.",
        ar: "رقم الحساب وحده في معظم الحسابات مصادفة: استخدموا معدلات مقرَّبة نحو أقرانها مع فترات ثقة.",
      },
      moneyMinor: null,
      estimate: shareOf(row.enough, row.accounts),
      picture: null,
      sql: listing(SQL),
    };
  },
};
