/**
 * Time-zone evidence: leads that arrive hours before their campaign starts, none earlier than a few hours, or whose logs
 * begin the same hours after each arrival. No lead comes before its ad, and nobody logs to the minute three hours late:
 * the tables keep different clocks.
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
  params: (_, threshold) => ({
    share: threshold("share"),
    fewest: FEWEST,
    largest: LARGEST_SHIFT,
  }),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "Hours of one table held against hours of another are off by the shift: days, speed to lead and night work all move.",
    ar: "مقارنة ساعات جدول بساعات آخر تنحرف بمقدار الفرق: الأيام وسرعة الاتصال وعمل الليل كلها تتحرك.",
  },
  async tell({ look, evidence: { rows }, threshold }) {
    const parts = await look.session.first<{
      early: number;
      most: number | null;
      logged: number;
      accounts: number;
      hours: number | null;
    }>(
      `SELECT count(*) FILTER (WHERE evidence = 'start') AS early, count(*) FILTER (WHERE evidence = 'log') AS logged,
              quantile_cont(hours_early, 0.98) FILTER (WHERE evidence = 'start') AS most,
              count(DISTINCT account_id) FILTER (WHERE evidence = 'log') AS accounts,
              mode(hours_early) FILTER (WHERE evidence = 'log') AS hours FROM ${GATHERED}`,
    );
    const share = rows / look.rows.leads;
    const early = parts?.early ?? 0;
    const logged = parts?.logged ?? 0;
    const shift = Math.ceil((parts?.most ?? 0) - 0.05);
    const hours = parts?.hours ?? 0;
    return {
      severity: "warning",
      sentence: look.speak(
        (s) =>
          [
            ...(early === 0
              ? []
              : [
                  `${s.n(early, { one: "{n} lead arrives", other: "{n} leads arrive" })} (${s.percent(early / look.rows.leads)}) before the start of the campaign, nearly all by less than ${s.number(shift)} hours: lead times seem to run ${s.number(shift)} hours behind campaign times.`,
                ]),
            ...(logged === 0
              ? []
              : [
                  `The logs of ${s.n(logged, LEADS.en)} in ${s.n(parts?.accounts ?? 0, { one: "{n} account", other: "{n} accounts" })} begin ${s.number(hours)} hours after each arrival, to the minute: their lead times run that far behind the log.`,
                ]),
          ].join(" "),
        (s) =>
          [
            ...(early === 0
              ? []
              : [
                  `${s.n(early, LEADS.ar)} (${s.percent(early / look.rows.leads)}) يسبق وصولهم بداية حملتهم، وكلهم تقريبًا بأقل من ${s.number(shift)} ساعات: يبدو أن ساعة العملاء متأخرة ${s.number(shift)} ساعات عن ساعة الحملات.`,
                ]),
            ...(logged === 0
              ? []
              : [
                  `سجلات ${s.n(logged, LEADS.ar)} في ${s.n(parts?.accounts ?? 0, { one: "حساب واحد", two: "حسابين", few: "{n} حسابات", other: "{n} حسابًا" })} تبدأ بعد كل وصول بـ${s.number(hours)} ساعات بالدقيقة: فساعة هؤلاء متأخرة بهذا القدر عن ساعة السجل.`,
                ]),
          ].join(" "),
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
