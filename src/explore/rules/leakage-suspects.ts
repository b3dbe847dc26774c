/**
 * Columns of leads that know the outcome: answers, notes and scores that are filled or changed only after somebody has
 * judged the lead. Looked for among the columns that no field claims and the person a lead is assigned to.
 */
import type { Finding } from "../../contract/explore.ts";
import { COLUMNS_UNIT } from "../other-table.ts";
import { evidenceText, suspectsOf, suspectsSentence } from "../other-tables-outcome.ts";
import { attributeColumns } from "../profile/attributes.ts";
import { LEAKAGE_THRESHOLDS, type LeakageEvidence, leakageOf } from "../profile/leakage.ts";
import { valueSql } from "../profile/values.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";

/** Judged leads: 1 where qualified or beyond, 0 where turned down or not reached. */
const QUALIFIED = `CASE WHEN stage IS NULL OR undecided THEN NULL
  WHEN stage IN ('qualified', 'meeting', 'won') THEN 1 ELSE 0 END`;
/** All leads: 1 where judged. */
const JUDGED = "CASE WHEN stage IS NULL OR undecided THEN 0 ELSE 1 END";
/** Fewer leads with each outcome than these prove nothing. */
const LEAST_LEADS = 50;

/** What a column tells once a lead is judged at all: only whether it is filled can be told apart from the season. */
function filledByJudging(evidence: LeakageEvidence, least: number): LeakageEvidence | null {
  const { missing } = evidence;
  if (missing === null || missing.others - missing.hits < least || Math.abs(missing.z) < 10)
    return null;
  return { ...evidence, gain: 0, settled: 0, verdict: "late" };
}

export const leakageSuspects: Rule = {
  id: "leakage-suspects",
  title: { en: "Lead columns that know the outcome", ar: "أعمدة عملاء تعرف النتيجة مسبقًا" },
  needs: ["leads"],
  thresholds: {
    determines: LEAKAGE_THRESHOLDS.determines,
    late: LEAKAGE_THRESHOLDS.late,
    missing: 0.25,
    missingUntilJudged: 0.5,
  },
  async find(look, threshold) {
    const { session, speak } = look;
    const attributes = await attributeColumns(session, "leads");
    if (attributes.length === 0) return [];
    const counted = await session.first<Record<string, number>>(
      `SELECT coalesce(sum((${QUALIFIED})), 0)::BIGINT AS hits, count(${QUALIFIED}) AS judged, count(*) AS leads,
              ${attributes.map((column, i) => `approx_count_distinct(${valueSql(column)}) AS d${i}`).join(", ")}
       FROM leads`,
    );
    const { hits = 0, judged = 0, leads = 0 } = counted ?? {};
    const columns = attributes.map((column, i) => ({
      ...column,
      distinct: counted?.[`d${i}`] ?? 0,
    }));
    const thresholds = {
      determines: threshold("determines"),
      late: threshold("late"),
      missing: threshold("missing"),
    };
    const place = { from: "leads", row: "lead_id", name: "qualified" };
    const byColumn = new Map<string, LeakageEvidence>();
    if (leads - judged >= LEAST_LEADS && judged >= LEAST_LEADS) {
      for (const each of await leakageOf(
        session,
        { ...place, outcome: JUDGED },
        columns,
        thresholds,
      )) {
        const late = filledByJudging(each, threshold("missingUntilJudged"));
        if (late) byColumn.set(each.column, late);
      }
    }
    if (hits >= LEAST_LEADS && judged - hits >= LEAST_LEADS) {
      for (const each of await leakageOf(
        session,
        { ...place, outcome: QUALIFIED },
        columns,
        thresholds,
      )) {
        if (each.verdict === "determines" || !byColumn.has(each.column))
          byColumn.set(each.column, each);
      }
    }
    const suspects = suspectsOf(
      [...byColumn.values()].sort((left, right) => right.gain - left.gain),
    );
    const [first] = suspects;
    if (!first) return [];
    const chosen = columns.filter(({ name }) => suspects.some(({ column }) => column === name));
    const sql = `SELECT stage, undecided, count(*) AS leads, ${chosen
      .map(({ name, sql: value }) => `count(${value}) AS "${name.replaceAll('"', '""')}"`)
      .join(", ")}\nFROM leads\nGROUP BY ALL\nORDER BY leads DESC`;
    const stages = await session.all<Record<string, string | number | boolean | null>>(sql);
    const shown = Object.keys(stages[0] ?? {});
    const after = { en: "the lead was judged", ar: "الحكم على العميل المحتمل" };
    const items: Finding["items"] = suspects.map((evidence) => ({
      id: evidence.column,
      label: evidence.column,
      account: null,
      rows: leads,
      moneyMinor: null,
      leads: null,
      detail: speak(
        (s) => evidenceText(evidence, s),
        (s) => evidenceText(evidence, s),
      ),
      treatment: null,
    }));
    return [
      {
        key: "leakage-suspects",
        severity: suspects.some(({ verdict }) => verdict !== "ask") ? "warning" : "info",
        sentence: speak(
          (s) => suspectsSentence(suspects, after, s),
          (s) => suspectsSentence(suspects, after, s),
        ),
        why: {
          en: "A score that learns from them looks nearly perfect and fails on every new lead, whose columns are still empty.",
          ar: "التقييم الذي يتعلم منها يبدو شبه كامل ثم يفشل مع كل عميل محتمل جديد ما زالت أعمدته فارغة.",
        },
        tables: ["campaign_leads"],
        unit: COLUMNS_UNIT,
        rows: suspects.length,
        of: columns.length,
        moneyMinor: null,
        leads: judged,
        thresholds: [{ name: "determines", value: threshold("determines"), seen: first.gain }],
        items,
        itemsTotal: items.length,
        examples: {
          columns: shown,
          rows: stages.slice(0, 10).map((row) => shown.map((name) => row[name] ?? null)),
        },
        sql: look.listing(sql),
        question: {
          id: "leakage-suspects",
          text: {
            en: "At which moment is each of these columns filled in: by the form, or by sales after the call?",
            ar: "متى يُملأ كل عمود من هذه الأعمدة: من النموذج نفسه، أم من المبيعات بعد المكالمة؟",
          },
        },
        picture: null,
        remedies: [
          leaveAsIs({
            en: "They are known when the lead comes",
            ar: "هي معروفة عند وصول العميل المحتمل",
          }),
        ],
      },
    ];
  },
};
