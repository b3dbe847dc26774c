/** Never touched: logged leads that nobody changed after they came in, and how long the others waited. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const neverTouched = listingRule({
  id: "never-touched",
  title: { en: "Leads nobody touched", ar: "عملاء لم يمسّهم أحد" },
  needs: ["log"],
  thresholds: { minimumShare: 0.2 },
  sql: sqlFile(import.meta.url, "../sql/rules/never-touched.sql"),
  unit: { en: "leads with a log", ar: "عملاء لهم سجل" },
  of: (look) => look.rows.leads,
  why: {
    en: "They were paid for and never judged: as failures they would blame the ads for calls that were not made.",
    ar: "دُفع ثمنهم ولم يُبتّ في أمرهم: ولو عُدّوا فشلًا لحُمّلت الإعلانات ذنب مكالمات لم تتم.",
  },
  async tell({ look, evidence, threshold }) {
    const { rows } = evidence;
    const waits = await look.session.first<{ logged: number; median: number | null }>(
      `SELECT count(*) AS logged, median(date_diff('second', first_at, touched_at)) / 3600.0 AS median FROM lead_logs`,
    );
    const logged = waits?.logged ?? rows;
    const share = rows / logged;
    if (share < threshold("minimumShare")) return null;
    const median = waits?.median ?? null;
    return {
      severity: "info",
      of: logged,
      sentence: look.speak(
        (s) =>
          `${s.count(rows)} of ${s.n(logged, LEADS.en)} with a log (${s.percent(share)}) were never touched after they came in${median === null ? "" : `; half of the others waited longer than ${s.duration(median)} for the first touch`}.`,
        (s) =>
          `${s.count(rows)} من ${s.n(logged, LEADS.ar)} لهم سجل (${s.percent(share)}) لم يمسّهم أحد بعد وصولهم${median === null ? "" : `؛ وانتظر نصف الباقين أكثر من ${s.duration(median)} حتى أول تواصل`}.`,
      ),
      thresholds: [{ name: "minimumShare", value: threshold("minimumShare"), seen: share }],
      question: {
        id: "never-touched",
        text: {
          en: "Are these leads really not called, or are calls without an answer not logged?",
          ar: "هل لم يُتصل بهؤلاء حقًا، أم أن المكالمات بلا رد لا تُسجَّل؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
