/**
 * What the unknown status means: a status that leads without a log have and leads with one hardly ever have is not a
 * judgement but a stand-in for "nobody logged anything".
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

/** Statuses of unlogged leads with how many logged leads and log rows have them. */
const STAND_IN_SQL = `
  SELECT g.item AS status, any_value(g.stage) AS stage, count(*) AS n,
         coalesce(any_value(l.n), 0) AS logged, coalesce(any_value(r.n), 0) AS entries
  FROM ${GATHERED} AS g
  LEFT JOIN (SELECT coalesce(status, '') AS status, count(*) AS n FROM leads WHERE logged GROUP BY ALL) AS l
         ON l.status = g.item
  LEFT JOIN (SELECT status, count(*) AS n FROM log GROUP BY status) AS r ON r.status = g.item
  GROUP BY g.item ORDER BY n DESC, g.item`;

interface Standing {
  readonly status: string;
  readonly stage: string | null;
  readonly n: number;
  readonly logged: number;
  readonly entries: number;
}

export const unknownStatus = listingRule({
  id: "unknown-status",
  title: { en: "What the unknown status means", ar: "ماذا تعني الحالة المجهولة" },
  needs: ["leads", "log"],
  thresholds: { minimumShare: 0.01, unloggedShare: 0.95 },
  sql: sqlFile(import.meta.url, "../sql/rules/unknown-status.sql"),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "It says that nobody logged anything, not that the lead is bad: as a failure it would drown every rate.",
    ar: "هي تقول إن أحدًا لم يسجل شيئًا، لا إن العميل سيئ: ولو عُدّت فشلًا لأغرقت كل نسبة.",
  },
  async tell({ look, evidence: { rows }, threshold }) {
    const statuses = await look.session.all<Standing>(STAND_IN_SQL);
    const unlogged = threshold("unloggedShare");
    const standIn = statuses.find(
      (one) =>
        one.stage !== "new" &&
        one.entries <= (1 - unlogged) * one.n &&
        one.n / (one.n + one.logged) >= unlogged,
    );
    if (standIn === undefined || standIn.n < threshold("minimumShare") * look.rows.leads)
      return null;
    const others = statuses.filter((one) => one !== standIn && one.status !== "").slice(0, 5);
    const rest = rows - standIn.n;
    const none = standIn.status === "";
    const share = standIn.n / look.rows.leads;
    const bad = standIn.stage === "lost" || standIn.stage === "invalid";
    return {
      severity: bad ? "critical" : severityOf(share, { warning: 0.1, critical: 1.1 }),
      sentence: look.speak(
        (s) =>
          `${s.n(standIn.n, LEADS.en)} (${s.percent(share)} of all) ${none ? "have no status" : `are ${s.name(standIn.status)}`}, and ${standIn.logged === 0 ? "not one" : `only ${s.count(standIn.logged)}`} of these has a row in the status log: it marks “nothing logged”. Of the ${s.n(rows, LEADS.en)} without a log ${s.count(rest)} carry another status${others.length > 0 ? `: ${s.list(others.map((one) => `${s.name(one.status)} ${s.count(one.n)}`))}` : ""}.`,
        (s) =>
          `${s.n(standIn.n, LEADS.ar)} (${s.percent(share)} من الجميع) ${none ? "بلا حالة" : `حالتهم ${s.name(standIn.status)}`}، و${standIn.logged === 0 ? "ليس لأي منهم" : `لـ${s.count(standIn.logged)} منهم فقط`} صف في سجل الحالات: فهي تعني «لم يُسجَّل شيء». ومن ${s.n(rows, LEADS.ar)} بلا سجل يحمل ${s.count(rest)} حالة أخرى${others.length > 0 ? `: ${s.list(others.map((one) => `${s.name(one.status)} ${s.count(one.n)}`))}` : ""}.`,
      ),
      thresholds: [
        {
          name: "unloggedShare",
          value: unlogged,
          seen: standIn.n / (standIn.n + standIn.logged),
        },
      ],
      question: {
        id: "unknown-status",
        text: {
          en: "Were leads without a log called, and where is that noted?",
          ar: "هل اتُّصل بالعملاء الذين لا سجل لهم، وأين دُوّن ذلك؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
