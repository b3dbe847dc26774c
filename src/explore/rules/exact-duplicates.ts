/**
 * Exact duplicates: a row that stands in its file a second time, every column the same. They are left out by
 * themselves; the finding says how many, and what they would have added. A whole block told twice is a finding of its
 * own (repeated-block).
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import type { LookTable } from "../look.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Say } from "../say.ts";
import { shareOfSpend } from "../totals.ts";
import { BLOCK_ROWS } from "./repeated-block.ts";

const NAMES = {
  insights: { en: "insights", ar: "أداء الإعلانات" },
  lead_status_changes: { en: "status log", ar: "سجل الحالات" },
  campaign_leads: { en: "leads", ar: "العملاء المحتملين" },
  campaigns: { en: "campaigns", ar: "الحملات" },
  deals: { en: "deals", ar: "الصفقات" },
  people: { en: "people", ar: "فريق المبيعات" },
} as const;

/** The tables of a look by the names that drops have for them. */
const LOOKED_AT: Readonly<Record<string, LookTable>> = {
  insights: "insights",
  lead_status_changes: "log",
  campaign_leads: "leads",
  campaigns: "campaigns",
};

export const exactDuplicates = listingRule({
  id: "exact-duplicates",
  title: { en: "Exact duplicates", ar: "صفوف مكررة حرفيًا" },
  needs: [],
  thresholds: {},
  sql: sqlFile(import.meta.url, "../sql/rules/exact-duplicates.sql"),
  params: () => ({ block_rows: BLOCK_ROWS }),
  tables: ["insights", "campaign_leads", "lead_status_changes", "campaigns"],
  unit: DELIVERY_UNITS.rows,
  of: (look) => look.rows.insights + look.rows.leads + look.rows.log + look.rows.campaigns,
  why: {
    en: "Counted twice, they inflate spend and counts; every total except the raw one already leaves them out.",
    ar: "لو حُسبت مرتين لضخّمت الإنفاق والأعداد؛ كل المجاميع عدا الخام تستبعدها بالفعل.",
  },
  async tell({ look, evidence: { rows, moneyMinor, items } }) {
    const money = moneyMinor ?? 0;
    const { name } = (await look.session.first<{ name: string }>(
      `SELECT min(file) AS name FROM ${GATHERED}`,
    )) ?? { name: "" };
    const parts = (s: Say) =>
      s.list(
        items.map((item) => {
          const known = NAMES[item.id as keyof typeof NAMES];
          const table = known ? known[s.language] : s.name(item.id);
          return `${s.count(item.rows)} ${s.language === "en" ? "in" : "في"} ${table}`;
        }),
      );
    const shareOf = ({ id, rows: repeated }: { readonly id: string; readonly rows: number }) => {
      const table = LOOKED_AT[id];
      return table === undefined ? 0 : repeated / Math.max(1, look.rows[table]);
    };
    const share = Math.max(await shareOfSpend(look, money), ...items.map(shareOf));
    return {
      severity: severityOf(share, { warning: 0.01, critical: 1.1 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} row repeats", other: "{n} rows repeat" })} an earlier row of the same file exactly: ${parts(s)}.${money > 0 ? ` With them the spend would be ${s.moneyFull(money)} higher.` : ""}`,
        (s) =>
          `${s.n(rows, ROWS.ar)} تكرار حرفي لصف سابق في الملف نفسه: ${parts(s)}.${money > 0 ? ` لو بقيت لزاد الإنفاق ${s.moneyFull(money)}.` : ""}`,
      ),
      question: {
        id: "exact-duplicates",
        text: {
          en: `Does the export behind ${name} join tables, or was it run twice?`,
          ar: `هل يدمج التصدير الذي أخرج ‎${name}‎ جداول، أم شُغّل مرتين؟`,
        },
      },
      remedies: [leaveAsIs({ en: "Known: they stay left out", ar: "معروف: تبقى مستبعدة" })],
    };
  },
});
