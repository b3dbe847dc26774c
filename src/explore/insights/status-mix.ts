/** Status mix: what the current statuses say, and how much they leave open. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/status-mix.sql");
const SHOWN = 8;

export const statusMix: InsightRule = {
  id: "status-mix",
  title: { en: "What the statuses say", ar: "ماذا تقول الحالات" },
  needs: ["leads"],
  async tell({ session, speak, listing }) {
    const rows = await session.all<{ status: string; undecided: boolean; leads: number }>(SQL);
    const leads = rows.reduce((sum, row) => sum + row.leads, 0);
    const open = rows.reduce((sum, row) => sum + (row.undecided ? row.leads : 0), 0);
    const [first] = rows;
    if (!first || rows.length < 2) return null;
    const estimate = shareOf(open, leads);
    const named = first.status === "" ? "—" : first.status;
    return {
      sentence: speak(
        (s) =>
          `${s.percent(open / leads)} of ${s.n(leads, { one: "{n} lead", other: "{n} leads" })} carry a status that judges nothing; the most frequent status, ${s.name(named)}, holds ${s.percent(first.leads / leads)}. Only ${s.n(leads - open, { one: "{n} lead", other: "{n} leads" })} can tell good from bad.`,
        (s) =>
          `${s.percent(open / leads)} من ${s.n(leads, { one: "عميل واحد", two: "عميلين", few: "{n} عملاء", many: "{n} عميلًا", other: "{n} عميل" })} يحملون حالة لا تحكم بشيء؛ وأكثر الحالات، ${s.name(named)}، عند ${s.percent(first.leads / leads)} منهم. ولا يميّز الجيد من الرديء إلا ${s.n(leads - open, { one: "عميل واحد", two: "عميلان", few: "{n} عملاء", many: "{n} عميلًا", other: "{n} عميل" })}.`,
      ),
      advice: {
        en: "Read every rate of qualified leads as a share of those judged, and beside it the share still undecided.",
        ar: "اقرأ كل معدل تأهيل على أنه نسبة ممن حُكم عليهم، وبجانبه نسبة من لم يُحسم أمرهم.",
      },
      moneyMinor: null,
      estimate,
      picture: {
        kind: "bars",
        over: "label",
        unit: "count",
        x: rows.slice(0, SHOWN).map((row) => (row.status === "" ? "—" : row.status)),
        series: [
          {
            name: { en: "Leads", ar: "العملاء المحتملون" },
            values: rows.slice(0, SHOWN).map((row) => row.leads),
          },
        ],
      },
      sql: listing(SQL),
    };
  },
};
