/**
 * Hours that never were: log rows in the hour that the account's clocks skipped in spring. As many as on other nights
 * mean that the times are not wall clock of that zone, and days and hours of all rows are shifted.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { missingHours } from "../clock-changes.ts";
import { UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LOG_ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const clockChange = listingRule({
  id: "clock-change",
  title: { en: "Times in an hour that never was", ar: "أوقات في ساعة لم تكن" },
  needs: ["log"],
  thresholds: { leastRows: 30 },
  sql: sqlFile(import.meta.url, "../sql/rules/clock-change.sql"),
  params: async (look) => {
    const { firstDay, lastDay } = look;
    if (firstDay === null || lastDay === null) return { missing: "[]" };
    const zones = await look.session.all<{ zone: string }>(
      `SELECT DISTINCT time_zone AS zone FROM accounts ORDER BY zone`,
    );
    const gaps = zones.flatMap(({ zone }) => missingHours(zone, firstDay, lastDay));
    return { missing: JSON.stringify(gaps) };
  },
  unit: UNITS.logRows,
  of: (look) => look.rows.log,
  why: {
    en: "The log is then written in another zone than the account's: working hours, days and response times are off by its hours.",
    ar: "السجل إذن مكتوب بمنطقة زمنية غير منطقة الحساب: فساعات العمل والأيام وأزمنة الاستجابة مزاحة بفرقها.",
  },
  tell({ look, evidence: { rows, items }, threshold }) {
    if (rows < threshold("leastRows")) return null;
    const days = items.slice(0, 4).map((item) => item.id);
    return {
      // One spring's night is little evidence, and asks more than it says.
      severity: "info",
      sentence: look.speak(
        (s) =>
          `${s.n(rows, LOG_ROWS.en)} lie in an hour that the clocks skipped (${s.list(days.map((day) => s.day(day)))}): these times are not wall clock of ${s.name(look.settings.timeZone)}.`,
        (s) =>
          `يقع ${s.n(rows, LOG_ROWS.ar)} في ساعة تخطّتها الساعات (${s.list(days.map((day) => s.day(day)))}): هذه الأوقات ليست بتوقيت ${s.name(look.settings.timeZone)}.`,
      ),
      items: items.map((item) => ({ ...item, account: null })),
      thresholds: [{ name: "leastRows", value: threshold("leastRows"), seen: rows }],
      question: {
        id: "time-zone",
        text: {
          en: "In which time zone are the log's times written?",
          ar: "بأي منطقة زمنية تُكتب أوقات السجل؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
