/** What a person would want to foretell in a table, and the columns that know it too early. */
import type { TableProfile, Text } from "../contract/explore.ts";
import type { Session } from "../warehouse/warehouse.ts";
import {
  COLUMNS_UNIT,
  found,
  item,
  type OtherCase,
  type OtherColumn,
  type OtherRule,
  type Outcome,
} from "./other-table.ts";
import { placeholdersOf } from "./other-tables-columns.ts";
import { LEAKAGE_THRESHOLDS, type LeakageEvidence, leakageOf } from "./profile/leakage.ts";
import { identifier, isMeasure } from "./profile/profiled.ts";
import type { Say } from "./say.ts";

/** Names of outcomes, the surest first; among columns of one rank the rarest outcome lies furthest down the funnel. */
const OUTCOME_NAMES: readonly RegExp[] = [
  /^(target|label|outcome|y true)$/i,
  /^(is |has )?(converted|conversion|approved conversion|qualified|won|sold|purchased?|churn(ed)?|subscribed|closed won|deal done)( flag)?$/i,
  /^retention( \d+)?$|^retained( \d+)?$/i,
  /^(response|responded|visit(ed)?|clicked|success|result)$/i,
  /^(تم التحويل|التحويل|مؤهل|النتيجة)$/,
];
/** An outcome that hardly ever or nearly always comes true, or in few rows, says nothing. */
const LEAST_HITS = 20;

const plainName = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_\s-]+/g, " ")
    .trim();

function yesOrNo(column: OtherColumn): string | null {
  const name = identifier(column.name);
  if (column.kind === "boolean") return `CAST(${name} AS INTEGER)`;
  // A count came true where there is at least one.
  if (isMeasure(column.kind) && (column.numbers?.negatives ?? 1) === 0) {
    return `CAST(${name} > 0 AS INTEGER)`;
  }
  return null;
}

/**
 * The outcome of a table: the column that a person named, or the one whose name says so.
 *
 * @returns null where there is none that is yes or no, or a count
 */
export async function outcomeOf(
  session: Session,
  relation: string,
  columns: readonly OtherColumn[],
  target: string | null,
): Promise<Outcome | null> {
  const ranked =
    target === null
      ? columns.flatMap((column) => {
          const rank = OUTCOME_NAMES.findIndex((names) => names.test(plainName(column.name)));
          return rank < 0 ? [] : [{ column, rank }];
        })
      : columns
          .filter(({ name }) => name.toLowerCase() === target.toLowerCase())
          .map((column) => ({ column, rank: 0 }));
  const able: { outcome: Outcome; rank: number }[] = [];
  for (const { column, rank } of ranked) {
    const sql = yesOrNo(column);
    if (sql === null) continue;
    const counted = await session.first<{ rows: number; hits: number }>(
      `SELECT count(y) AS rows, coalesce(sum(y), 0)::BIGINT AS hits FROM (SELECT ${sql} AS y FROM ${relation})`,
    );
    const { rows, hits } = counted ?? { rows: 0, hits: 0 };
    if (hits < LEAST_HITS || rows - hits < LEAST_HITS) continue;
    able.push({ rank, outcome: { column: column.name, given: target !== null, sql, rows, hits } });
  }
  able.sort(
    (left, right) =>
      left.rank - right.rank ||
      left.outcome.hits / left.outcome.rows - right.outcome.hits / right.outcome.rows,
  );
  return able[0]?.outcome ?? null;
}

const known = new WeakMap<TableProfile, Promise<LeakageEvidence[]>>();

/** What every other column tells of the outcome; asked once per table. */
export function outcomeEvidence(one: OtherCase, outcome: Outcome): Promise<LeakageEvidence[]> {
  let evidence = known.get(one.profile);
  if (evidence === undefined) {
    evidence = leakageOf(
      one.session,
      { from: one.table.relation, row: "_line", outcome: outcome.sql, name: outcome.column },
      one.columns.flatMap((column) => {
        const profile = one.profile.columns.find(({ name }) => name === column.name);
        if (profile === undefined || column.name === outcome.column) return [];
        const placeholders = placeholdersOf(profile).map(({ value }) => value);
        return [{ ...column, distinct: profile.distinct.value, placeholders }];
      }),
      {
        determines: one.threshold("determines"),
        late: one.threshold("late"),
        missing: one.threshold("missing"),
      },
    );
    known.set(one.profile, evidence);
  }
  return evidence;
}

/** The numbers behind one suspicion, in words. */
export function evidenceText(evidence: LeakageEvidence, s: Say): string {
  const english = s.language === "en";
  const parts: string[] = [];
  if (evidence.gain >= 0.005) {
    parts.push(
      english
        ? `explains ${s.percent(evidence.gain)} of the outcome by itself`
        : `يفسّر وحده ${s.percent(evidence.gain)} من النتيجة`,
    );
  }
  if (evidence.missing && Math.abs(evidence.missing.hits - evidence.missing.others) >= 0.05) {
    const { hits, others } = evidence.missing;
    parts.push(
      english
        ? `empty in ${s.percent(hits)} of the rows with the outcome and ${s.percent(others)} of those without`
        : `فارغ في ${s.percent(hits)} من الصفوف التي تحققت فيها النتيجة و${s.percent(others)} من غيرها`,
    );
  }
  if (evidence.settled >= 0.05) {
    parts.push(
      english
        ? `its value all but settles ${s.percent(evidence.settled)} of the rows`
        : `قيمته تحسم ${s.percent(evidence.settled)} من الصفوف تقريبًا`,
    );
  }
  if (evidence.named === "late") {
    parts.push(english ? "its name says it is written later" : "اسمه يدل على أنه يُكتب لاحقًا");
  }
  if (evidence.named === "alike") {
    parts.push(english ? "it measures nearly the same thing" : "يقيس الشيء نفسه تقريبًا");
  }
  return parts.join(english ? "; " : "؛ ");
}

const ORDER = ["determines", "late", "ask"] as const;

/** Suspects in the order of how sure it is. */
export function suspectsOf(evidence: readonly LeakageEvidence[]): LeakageEvidence[] {
  return ORDER.flatMap((verdict) => evidence.filter((each) => each.verdict === verdict));
}

/** The sentence about suspects, for files and for leads alike. */
export function suspectsSentence(
  suspects: readonly LeakageEvidence[],
  outcome: Text,
  say: Say,
): string {
  const sure = suspects
    .filter(({ verdict }) => verdict !== "ask")
    .map(({ column }) => say.name(column));
  const ask = suspects
    .filter(({ verdict }) => verdict === "ask")
    .map(({ column }) => say.name(column));
  if (say.language === "en") {
    const first =
      sure.length === 0
        ? ""
        : `${say.n(sure.length, { one: "{n} column seems", other: "{n} columns seem" })} to be filled or changed after ${outcome.en}: ${say.list(sure)}.`;
    const second =
      ask.length === 0
        ? ""
        : `Ask when ${say.list(ask)} ${ask.length === 1 ? "is" : "are"} filled in: ${ask.length === 1 ? "it goes" : "they go"} with the outcome more than a fact known before should.`;
    return [first, second].filter((part) => part !== "").join(" ");
  }
  const first =
    sure.length === 0
      ? ""
      : `${say.n(sure.length, { one: "عمود واحد يبدو أنه يُملأ أو يُعدَّل", two: "عمودان يبدو أنهما يُملآن أو يُعدَّلان", few: "{n} أعمدة يبدو أنها تُملأ أو تُعدَّل", other: "{n} عمودًا يبدو أنها تُملأ أو تُعدَّل" })} بعد ${outcome.ar}: ${say.list(sure)}.`;
  const second =
    ask.length === 0
      ? ""
      : `${first === "" ? "اسأل" : "واسأل"} متى ${ask.length === 1 ? "يُملأ" : "تُملأ"} ${say.list(ask)}: ${ask.length === 1 ? "فهو يرتبط" : "فهي ترتبط"} بالنتيجة أكثر مما ينبغي لمعلومة معروفة قبلها.`;
  return [first, second].filter((part) => part !== "").join(" ");
}

export const leakageSuspectsOfTable: OtherRule = {
  id: "leakage-suspects",
  title: { en: "Columns that know the outcome", ar: "أعمدة تعرف النتيجة مسبقًا" },
  thresholds: { ...LEAKAGE_THRESHOLDS },
  async find(one) {
    const { outcome, speak } = one;
    if (outcome === null) return null;
    const suspects = suspectsOf(await outcomeEvidence(one, outcome));
    const [first] = suspects;
    if (!first) return null;
    const sure = suspects.filter(({ verdict }) => verdict !== "ask");
    const after: Text = {
      en: `the outcome (${outcome.column})`,
      ar: `النتيجة (${outcome.column})`,
    };
    return found(this, one, {
      severity: sure.some(({ verdict }) => verdict === "determines")
        ? "critical"
        : sure.length > 0
          ? "warning"
          : "info",
      rows: suspects.length,
      of: one.profile.columns.length,
      unit: COLUMNS_UNIT,
      thresholds: [{ name: "determines", value: one.threshold("determines"), seen: first.gain }],
      sentence: speak(
        (s) => suspectsSentence(suspects, after, s),
        (s) => suspectsSentence(suspects, after, s),
      ),
      why: {
        en: "A forecast that learns from them looks nearly perfect and fails on the first new row, where they are still empty.",
        ar: "التوقّع الذي يتعلم منها يبدو شبه كامل ثم يفشل عند أول صف جديد، حيث تكون ما زالت فارغة.",
      },
      items: suspects.map((evidence) =>
        item(
          evidence.column,
          outcome.rows,
          speak(
            (s) => evidenceText(evidence, s),
            (s) => evidenceText(evidence, s),
          ),
        ),
      ),
      question: {
        id: "leakage-suspects",
        text: {
          en: "At which moment is each of these columns filled in, and by whom?",
          ar: "في أي لحظة يُملأ كل عمود من هذه الأعمدة، ومن يملؤه؟",
        },
      },
      sql: (from) =>
        `SELECT ${identifier(first.column)}, count(*) AS rows, avg(${outcome.sql}) AS outcome_share FROM ${from} GROUP BY ALL ORDER BY rows DESC`,
    });
  },
};
