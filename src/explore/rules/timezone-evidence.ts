/**
 * Time-zone evidence: leads that arrive hours before their campaign starts, none earlier than a few hours. No lead comes
 * before its ad; when a part of them does by no more than one shift of clocks, the two tables keep different clocks.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/timezone-evidence.sql");
const FEWEST = 20;
/** No two time zones that do business together lie further apart. */
const LARGEST_SHIFT = 14;

export const timezoneEvidence = listingRule({
  id: "timezone-evidence",
  title: { en: "Campaigns and leads on different clocks", ar: "ساعة الحملات غير ساعة العملاء" },
  needs: ["leads", "campaigns"],
  thresholds: { share: 0.01 },
  sql: SQL,
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "Hours of one table held against hours of another are off by the shift: days, speed to lead and night work all move.",
    ar: "مقارنة ساعات جدول بساعات آخر تنحرف بمقدار الفرق: الأيام وسرعة الاتصال وعمل الليل كلها تتحرك.",
  },
  async tell({ look, evidence: { rows }, threshold }) {
    const share = rows / look.rows.leads;
    if (rows < FEWEST || share < threshold("share")) return null;
    const parts = await look.session.first<{ most: number }>(
      `SELECT quantile_cont(hours_early, 0.98) AS most FROM ${GATHERED}`,
    );
    const most = parts?.most ?? 0;
    if (most > LARGEST_SHIFT) return null;
    const shift = Math.ceil(most - 0.05);
    return {
      severity: "warning",
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} lead arrives", other: "{n} leads arrive" })} (${s.percent(share)}) before the start of the campaign, nearly all by less than ${s.number(shift)} hours: lead times seem to run ${s.number(shift)} hours behind campaign times.`,
        (s) =>
          `${s.n(rows, LEADS.ar)} (${s.percent(share)}) يسبق وصولهم بداية حملتهم، وكلهم تقريبًا بأقل من ${s.number(shift)} ساعات: يبدو أن ساعة العملاء متأخرة ${s.number(shift)} ساعات عن ساعة الحملات.`,
      ),
      thresholds: [
        {
          name: "timezone-evidence.share",
          value: threshold("share"),
          seen: Math.round(1000 * share) / 1000,
        },
      ],
      question: {
        id: "time-zone",
        text: {
          en: "In which time zone are start times and arrival times written?",
          ar: "بأي منطقة زمنية تُكتب أوقات البداية وأوقات الوصول؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
