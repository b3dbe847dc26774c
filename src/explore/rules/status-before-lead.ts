/**
 * Status before lead: a status logged before its lead arrived. A few are clocks or edited dates; when most leads are
 * early by the same number of quarter hours, the two tables were written in different time zones.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LOG_ROWS } from "../nouns.ts";
import { leaveAsIs, leaveOutRows } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/status-before-lead.sql");

/** Share of all log rows that must be early, and of those that one shift must explain, to speak of time zones. */
const MOST = 0.3;
const SAME_SHIFT = 0.8;

export const statusBeforeLead = listingRule({
  id: "status-before-lead",
  title: { en: "Status before lead", ar: "حالة قبل وصول العميل" },
  needs: ["leads", "log"],
  thresholds: { toleranceSeconds: 60 },
  sql: SQL,
  params: (look, threshold) => ({
    tolerance_seconds: threshold("toleranceSeconds"),
    last_day: look.lastDay,
  }),
  unit: UNITS.logRows,
  of: (look) => look.rows.log,
  why: {
    en: "A lead cannot be judged before it exists: response times and outcomes within a number of days come out wrong.",
    ar: "لا يُحكم على عميل قبل أن يصل: أزمنة الاستجابة والنتائج خلال عدد من الأيام تخرج خاطئة.",
  },
  async tell({ look, evidence: { rows }, params, threshold }) {
    const early = await look.session.first<{ median: number; shift: number; same: number }>(
      `SELECT median(hours_early) AS median, any_value(shift) AS shift,
              avg((abs(hours_early - shift) < 0.1)::INTEGER) AS same
       FROM ${GATHERED}, (SELECT mode(round(hours_early * 4) / 4) AS shift FROM ${GATHERED})`,
    );
    const share = rows / look.rows.log;
    const median = early?.median ?? 0;
    const shift = share >= MOST && early && early.same >= SAME_SHIFT ? early.shift : 0;
    return {
      severity: severityOf(share, { warning: 0.01, critical: MOST }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LOG_ROWS.en)} (of ${s.count(look.rows.log)}) ${rows === 1 ? "lies" : "lie"} before the arrival of the lead, at the median by ${s.duration(median)}.${shift > 0 ? ` Most are early by the same ${s.number(shift)} hours: the two tables are written in different time zones.` : ""}`,
        (s) =>
          `يسبق وصولَ العميل ${s.n(rows, LOG_ROWS.ar)} من أصل ${s.count(look.rows.log)}، والوسيط ${s.duration(median)}.${shift > 0 ? ` ومعظمها يسبق بالمقدار نفسه، ${s.number(shift)} ساعة: الجدولان مكتوبان في منطقتين زمنيتين مختلفتين.` : ""}`,
      ),
      thresholds: [
        {
          name: "toleranceSeconds",
          value: threshold("toleranceSeconds"),
          seen: Math.round(median * 3600),
        },
      ],
      question: {
        id: "status-before-lead",
        text: {
          en: "Are log times and arrival times written by the same clock, in the same time zone?",
          ar: "هل تُكتب أوقات السجل وأوقات الوصول بالساعة نفسها وفي المنطقة الزمنية نفسها؟",
        },
      },
      remedies: [
        leaveOutRows(
          { look, sql: SQL, params },
          "lead_status_changes",
          { en: "Leave these log rows out", ar: "استبعاد هذه الصفوف من السجل" },
          shift === 0,
        ),
        leaveAsIs(),
      ],
    };
  },
});
