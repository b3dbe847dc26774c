/**
 * Future dates of leads and log: dated after the day of the import, or far behind all other rows of the table with
 * nothing between. A single such row stretches every chart and moves every "last 30 days".
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { lineRanges } from "../evidence.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS, LOG_ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/future-sales-dates.sql");

const PLACES = [
  ["leads", "campaign_leads"],
  ["log", "lead_status_changes"],
] as const;

export const futureSalesDates = listingRule({
  id: "future-sales-dates",
  title: { en: "Leads and statuses from the future", ar: "عملاء وحالات من المستقبل" },
  needs: ["leads"],
  thresholds: { gapDays: 60, gapTimes: 4, strayShare: 0.001 },
  sql: SQL,
  params: (_, threshold) => ({
    gap_days: threshold("gapDays"),
    gap_times: threshold("gapTimes"),
    stray_share: threshold("strayShare"),
  }),
  tables: ["leads", "log"],
  unit: { en: "rows of leads and log", ar: "صفوف العملاء والسجل" },
  of: (look) => look.rows.leads + look.rows.log,
  why: {
    en: "A date that cannot be puts its lead into no real period and hides the true end of the data.",
    ar: "التاريخ المستحيل يضع عميله خارج أي فترة حقيقية ويخفي النهاية الفعلية للبيانات.",
  },
  async tell({ look, evidence: { rows }, params }) {
    const parts = await look.session.first<{
      leads: number;
      log: number;
      ahead: number;
      latest: string;
    }>(
      `SELECT count(*) FILTER (WHERE place = 'leads') AS leads, count(*) FILTER (WHERE place = 'log') AS log,
              count(*) FILTER (WHERE ahead) AS ahead, max(moment)::DATE::VARCHAR AS latest FROM ${GATHERED}`,
    );
    const of = look.rows.leads + look.rows.log;
    const leads = parts?.leads ?? 0;
    const log = parts?.log ?? 0;
    const latest = parts?.latest ?? "";
    return {
      severity: severityOf(rows / of, { warning: 0.005, critical: 0.1 }),
      sentence: look.speak(
        (s) =>
          `${s.n(leads, LEADS.en)} and ${s.n(log, LOG_ROWS.en)} are dated where nothing can have happened yet, ${s.count(parts?.ahead ?? 0)} of them after the day of the import; the latest on ${s.day(latest)}.`,
        (s) =>
          `${s.n(leads, LEADS.ar)} و${s.n(log, LOG_ROWS.ar)} بتاريخ لا يمكن أن يكون قد حدث فيه شيء بعد، منها ${s.count(parts?.ahead ?? 0)} بعد يوم الاستيراد؛ وآخرها في ${s.day(latest)}.`,
      ),
      question: {
        id: "future-sales-dates",
        text: {
          en: "When did these leads really come: is the year mistyped, or the clock of a device wrong?",
          ar: "متى جاء هؤلاء العملاء حقًا: هل السنة مكتوبة خطأ أم أن ساعة جهاز خاطئة؟",
        },
      },
      remedies: [
        {
          kind: "exclude",
          recommended: false,
          label: { en: "Leave these rows out", ar: "استبعاد هذه الصفوف" },
          spendMinor: null,
          leads: leads === 0 ? null : -leads,
          action: async (chosen) => ({
            method: "exclude_rows",
            rows: (
              await Promise.all(
                PLACES.map(([place, table]) =>
                  lineRanges(
                    look,
                    table,
                    `SELECT * FROM (\n${SQL}) WHERE place = '${place}'`,
                    params,
                    chosen,
                  ),
                ),
              )
            ).flat(),
          }),
        },
        leaveAsIs({ en: "Known: count them as they are", ar: "معروف: تُحتسب كما هي" }),
      ],
    };
  },
});
