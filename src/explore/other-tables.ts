/**
 * Tables that no format claims, explored: takes typed tables of any kind, gives their profiles, how they name each
 * other, generic findings, and what there is to be said of the outcome, in the shapes of every other report.
 */
import type { ExploreReport, Finding, Insight, Relation } from "../contract/explore.ts";
import { SEVERITIES } from "../contract/explore.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { shareOf } from "./insight.ts";
import type { OtherCase, OtherRule, OtherTable } from "./other-table.ts";
import {
  constantColumns,
  emptyColumns,
  hiddenMissing,
  loneValues,
  mixedSpellings,
} from "./other-tables-columns.ts";
import { leakageSuspectsOfTable, outcomeEvidence, outcomeOf } from "./other-tables-outcome.ts";
import { determinedColumns } from "./other-tables-pairs.ts";
import {
  clicksOverImpressions,
  conversionsWithoutClick,
  exactCopies,
  missingDays,
  repeatedIds,
  sampleRatio,
} from "./other-tables-rows.ts";
import { type UnreadFile, unreadableRows, unreadFiles } from "./other-tables-unread.ts";
import { profileTable } from "./profile/profile-table.ts";
import { columnsOf, identifier, type ProfiledColumn } from "./profile/profiled.ts";
import { checkRelation } from "./relations.ts";
import { type Speak, speaker } from "./say.ts";

export const OTHER_RULES: readonly OtherRule[] = [
  unreadableRows,
  leakageSuspectsOfTable,
  sampleRatio,
  exactCopies,
  repeatedIds,
  clicksOverImpressions,
  conversionsWithoutClick,
  hiddenMissing,
  mixedSpellings,
  loneValues,
  missingDays,
  determinedColumns,
  constantColumns,
  emptyColumns,
];

export interface OtherOptions {
  /** Column of the outcome, in whichever table has it; null = guessed from names. */
  readonly target: string | null;
  /** Thresholds by `rule.name` where they differ from the rules' own. */
  readonly thresholds?: Readonly<Record<string, number>>;
  /** Files that were to be tables and could not be read. */
  readonly unread?: readonly UnreadFile[];
}

export type OtherAnswer = Pick<
  ExploreReport,
  "tables" | "relations" | "findings" | "checked" | "insights" | "firstDay" | "lastDay"
>;

async function look(
  session: Session,
  speak: Speak,
  table: OtherTable,
  target: string | null,
): Promise<Omit<OtherCase, "threshold">> {
  const described = (await columnsOf(session, table.relation)).filter(
    ({ name }) => name !== "_line",
  );
  const day = described.find(({ kind }) => kind === "date" || kind === "timestamp");
  const profile = await profileTable(session, {
    table: table.name,
    from: table.relation,
    columns: described,
    sources: table.sources,
    parts: day ? { month: `strftime(${day.sql}, '%Y-%m')` } : {},
  });
  const columns: ProfiledColumn[] = described.map((column, i) => ({
    ...column,
    kind: profile.columns[i]?.kind ?? "text",
  }));
  const outcome = await outcomeOf(session, table.relation, profile.columns, target);
  return { session, speak, table, profile, columns, outcome };
}

/** How often the outcome came true, and what is known before it that tells most of it. */
async function outcomeInsight(one: OtherCase): Promise<Insight | null> {
  const { outcome, speak } = one;
  if (outcome === null) return null;
  const evidence = await outcomeEvidence(one, outcome);
  const best = evidence.find(({ verdict, gain }) => verdict === null && gain >= 0.01);
  const share = outcome.hits / outcome.rows;
  return {
    id: `outcome:${one.table.name}`,
    title: { en: "The outcome", ar: "النتيجة" },
    sentence: speak(
      (s) =>
        `${outcome.given ? "" : `Taken by its name as the outcome: ${s.name(outcome.column)}. `}${s.name(outcome.column)} came true in ${s.count(outcome.hits)} of ${s.count(outcome.rows)} rows (${s.percent(share)}).${best ? ` Among columns that raise no suspicion ${s.name(best.column)} tells most of it: ${s.percent(best.gain)} of the uncertainty, on rows it was not learnt from.` : " No column that raises no suspicion tells more than 1% of it."}`,
      (s) =>
        `${outcome.given ? "" : `عُدّ ${s.name(outcome.column)} النتيجةَ بحسب اسمه. `}تحققت ${s.name(outcome.column)} في ${s.count(outcome.hits)} من ${s.count(outcome.rows)} صف (${s.percent(share)}).${best ? ` ومن الأعمدة التي لا شبهة فيها يفسّر ${s.name(best.column)} أكثرها: ${s.percent(best.gain)} من عدم اليقين، على صفوف لم يُتعلَّم منها.` : " ولا يفسّر أي عمود لا شبهة فيه أكثر من 1٪ منها."}`,
    ),
    advice: outcome.given
      ? null
      : {
          en: "If another column is the outcome, name it with --target.",
          ar: "إن كانت النتيجة عمودًا آخر فسمِّه بالخيار --target.",
        },
    moneyMinor: null,
    estimate: shareOf(outcome.hits, outcome.rows),
    picture: null,
    sql: `SELECT avg(${outcome.sql}) AS share, count(${outcome.sql}) AS rows FROM ${identifier(one.table.name)}`,
  };
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** Whether a column's name says that it names rows of a table by that key. */
function pointsTo(column: string, table: string, key: string): boolean {
  const own = plain(column);
  if (own === plain(key) && own !== "id") return true;
  const singular = plain(table.replace(/\.[a-z]+$/i, ""))
    .replace(/ies$/, "y")
    .replace(/s$/, "");
  return (
    singular.length > 2 &&
    (own === `${singular}id` || own === singular) &&
    /id$|^key$|code$/.test(plain(key))
  );
}

/** Columns of one table that name rows of another: by their names, and at least half of their values do. */
async function relationsBetween(
  session: Session,
  cases: readonly Omit<OtherCase, "threshold">[],
): Promise<Relation[]> {
  const found: Relation[] = [];
  for (const parent of cases) {
    const keys = parent.profile.keys.filter(
      ({ columns, unique }) => unique && columns.length === 1,
    );
    for (const child of cases) {
      if (child === parent) continue;
      for (const {
        columns: [key = ""],
      } of keys) {
        for (const { name, kind } of child.profile.columns) {
          if (kind === "empty" || !pointsTo(name, parent.table.name, key)) continue;
          const side = (one: Omit<OtherCase, "threshold">, column: string) => ({
            table: one.table.name,
            column,
            keys: `SELECT ${identifier(column)}::VARCHAR AS key, ${identifier(column)}::VARCHAR AS shown FROM ${one.table.relation}`,
          });
          const relation = await checkRelation(session, side(child, name), side(parent, key));
          if (relation.rows > 0 && relation.orphans <= relation.rows / 2) found.push(relation);
        }
      }
    }
  }
  return found;
}

const grave = (finding: Finding) => SEVERITIES.indexOf(finding.severity);

/** Explores typed tables; the order of findings is by gravity, then by the share of rows they touch. */
export async function exploreTables(
  session: Session,
  tables: readonly OtherTable[],
  options: OtherOptions,
): Promise<OtherAnswer> {
  const speak = speaker({ currency: null, currencyDecimals: 2 });
  const cases: Omit<OtherCase, "threshold">[] = [];
  for (const table of tables) cases.push(await look(session, speak, table, options.target));
  const findings: Finding[] = [];
  const insights: Insight[] = [];
  const fired = new Set<string>();
  for (const one of cases) {
    const withThresholds = (rule: OtherRule): OtherCase => ({
      ...one,
      threshold: (name) => {
        const own = rule.thresholds[name];
        if (own === undefined) throw new Error(`${rule.id} has no threshold "${name}"`);
        return options.thresholds?.[`${rule.id}.${name}`] ?? own;
      },
    });
    for (const rule of OTHER_RULES) {
      const finding = await rule.find(withThresholds(rule));
      if (finding === null) continue;
      fired.add(rule.id);
      findings.push(finding);
    }
    const insight = await outcomeInsight(withThresholds(leakageSuspectsOfTable));
    if (insight) insights.push(insight);
  }
  const { unread = [] } = options;
  if (unread.length > 0) findings.push(unreadFiles(speak, unread, tables.length));
  findings.sort(
    (left, right) => grave(left) - grave(right) || right.rows / right.of - left.rows / left.of,
  );
  const times = cases.flatMap(({ profile }) => profile.columns.flatMap(({ time }) => time ?? []));
  const days = (pick: "first" | "last") => times.map((time) => time[pick].slice(0, 10)).sort();
  const anyOutcome = cases.some(({ outcome }) => outcome !== null);
  return {
    tables: cases.map(({ profile }) => profile),
    relations: await relationsBetween(session, cases),
    findings,
    checked: {
      rules: OTHER_RULES.length,
      quiet: OTHER_RULES.filter(
        ({ id }) => !fired.has(id) && (id !== leakageSuspectsOfTable.id || anyOutcome),
      ).map(({ id }) => id),
      skipped: anyOutcome
        ? []
        : [
            {
              rule: leakageSuspectsOfTable.id,
              why: {
                en: "No column's name says that it is an outcome; name one with --target.",
                ar: "لا يدل اسم أي عمود على أنه نتيجة؛ سمِّ عمودًا بالخيار --target.",
              },
            },
          ],
      titles: Object.fromEntries(OTHER_RULES.map(({ id, title }) => [id, title])),
    },
    insights,
    firstDay: days("first")[0] ?? null,
    lastDay: days("last").at(-1) ?? null,
  };
}
