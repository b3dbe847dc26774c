/** Won from nothing: leads that the log takes from new to won at once, with no call, answer or meeting between. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { leaveAsIs } from "../remedies.ts";

export const wonFromNothing = listingRule({
  id: "won-from-nothing",
  title: { en: "Deals out of nothing", ar: "صفقات من لا شيء" },
  needs: ["log"],
  thresholds: { least: 2 },
  sql: sqlFile(import.meta.url, "../sql/rules/won-from-nothing.sql"),
  unit: UNITS.leads,
  of: (look) => look.rows.log,
  why: {
    en: "These deals never count as reached, qualified or met: every rate between two steps of the funnel is off by them.",
    ar: "هذه الصفقات لا تُحتسب أبدًا ضمن من وُصل إليهم أو تأهلوا أو التُقي بهم: فتختل بها كل نسبة بين خطوتين في القمع.",
  },
  async tell({ look, evidence: { rows }, threshold }) {
    if (rows < threshold("least")) return null;
    const parts = await look.session.first<{ won: number; hours: number; quick: number }>(
      `SELECT any_value(won_leads) AS won, median(minutes) / 60 AS hours,
              count(*) FILTER (WHERE minutes < 60) AS quick FROM ${GATHERED}`,
    );
    const won = parts?.won ?? rows;
    const quick = parts?.quick ?? 0;
    const hours = parts?.hours ?? 0;
    return {
      severity: rows >= won / 2 && rows >= 20 ? "warning" : "info",
      of: won,
      sentence: look.speak(
        (s) =>
          `${s.count(rows)} of ${s.n(won, { one: "{n} won lead", other: "{n} won leads" })} (${s.percent(rows / won)}) went from new to won with nothing logged between; half of them within ${s.duration(hours)}${quick > 0 ? `, ${s.count(quick)} in less than an hour` : ""}.`,
        (s) =>
          `${s.count(rows)} من ${s.count(won)} صفقة (${s.percent(rows / won)}) انتقلت من جديد إلى صفقة دون أن يُسجَّل بينهما شيء؛ نصفها خلال ${s.duration(hours)}${quick > 0 ? `، و${s.count(quick)} في أقل من ساعة` : ""}.`,
      ),
      thresholds: [{ name: "least", value: threshold("least"), seen: rows }],
      question: {
        id: "won-from-nothing",
        text: {
          en: "Were these deals entered afterwards, and what happened to these leads before?",
          ar: "هل أُدخلت هذه الصفقات لاحقًا، وماذا جرى مع أصحابها قبل ذلك؟",
        },
      },
      remedies: [leaveAsIs({ en: "Known: entered afterwards", ar: "معروف: أُدخلت لاحقًا" })],
    };
  },
});
