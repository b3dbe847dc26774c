/** Columns that tell each other: the value of one fixes the value of the other. */
import { COLUMNS_UNIT, found, item, type OtherCase, type OtherRule } from "./other-table.ts";
import { identifier } from "./profile/profiled.ts";

/** Rows on which pairs are tried before all rows are asked. */
const TRIED_ROWS = 2000;
const MOST_COLUMNS = 24;

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly both: boolean;
}

/** Columns with several values, none of which nearly fills the table, and which do not name single rows. */
function able({ profile }: OtherCase) {
  return profile.columns
    .filter(
      ({ kind, distinct, top, missing }) =>
        kind !== "empty" &&
        kind !== "number" &&
        kind !== "boolean" &&
        distinct.value >= 3 &&
        distinct.value <= Math.min(5000, profile.rows / 5) &&
        missing < 0.5 * profile.rows &&
        (top[0]?.share ?? 0) < 0.95,
    )
    .slice(0, MOST_COLUMNS);
}

/** Pairs in which `from` has one `to` per value, checked on all rows. */
async function pairsOf(one: OtherCase): Promise<Pair[]> {
  const columns = able(one);
  const { session, table } = one;
  const tries: [number, number][] = [];
  for (const [i, left] of columns.entries()) {
    for (const [k, right] of columns.entries()) {
      if (i !== k && left.distinct.value >= right.distinct.value) tries.push([i, k]);
    }
  }
  if (tries.length === 0) return [];
  const name = (i: number) => identifier(columns[i]?.name ?? "");
  // One look per column at all it might fix: within each of its values the others must not vary.
  const holds = async (from: string, i: number, others: readonly number[]) => {
    const row = await session.first<Record<string, boolean>>(
      `SELECT ${others.map((_, at) => `bool_and(coalesce(same${at}, true)) AS p${at}`).join(", ")} FROM (
         SELECT ${others.map((k, at) => `min(${name(k)}) = max(${name(k)}) AS same${at}`).join(", ")}
         FROM ${from} WHERE ${name(i)} IS NOT NULL GROUP BY ${name(i)})`,
    );
    return others.filter((_, at) => row?.[`p${at}`] === true);
  };
  const sample = "determined_sample";
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${sample} AS SELECT * FROM ${table.relation} ORDER BY hash(_line) LIMIT ${TRIED_ROWS}`,
  );
  const sure: [number, number][] = [];
  for (const i of columns.keys()) {
    const others = tries.flatMap(([a, k]) => (a === i ? [k] : []));
    const likely = others.length === 0 ? [] : await holds(sample, i, others);
    const found = likely.length === 0 ? [] : await holds(table.relation, i, likely);
    sure.push(...found.map((k): [number, number] => [i, k]));
  }
  await session.run(`DROP TABLE ${sample}`);
  const is = (i: number, k: number) => sure.some(([a, b]) => a === i && b === k);
  return sure
    .filter(([i, k]) => !(is(k, i) && k < i))
    .map(([i, k]) => ({
      from: columns[i]?.name ?? "",
      to: columns[k]?.name ?? "",
      both: is(k, i),
    }));
}

export const determinedColumns: OtherRule = {
  id: "determined-columns",
  title: { en: "Columns that say the same", ar: "أعمدة تقول الشيء نفسه" },
  thresholds: {},
  async find(one) {
    const pairs = await pairsOf(one);
    const [first] = pairs;
    if (!first) return null;
    const { speak, profile } = one;
    const arrow = (pair: Pair) => (pair.both ? "↔" : "→");
    return found(this, one, {
      severity: "info",
      rows: new Set(pairs.flatMap(({ from, to }) => [from, to])).size,
      of: profile.columns.length,
      unit: COLUMNS_UNIT,
      sentence: speak(
        (s) =>
          `${s.n(pairs.length, { one: "In {n} pair of columns", other: "In {n} pairs of columns" })} one value fixes the other: ${s.list(pairs.slice(0, 5).map((pair) => `${s.name(pair.from)} ${arrow(pair)} ${s.name(pair.to)}`))}.`,
        (s) =>
          `${s.n(pairs.length, { one: "في زوج واحد من الأعمدة", two: "في زوجين من الأعمدة", few: "في {n} أزواج من الأعمدة", other: "في {n} زوجًا من الأعمدة" })} تحدّد قيمةُ أحدهما قيمةَ الآخر: ${s.list(pairs.slice(0, 5).map((pair) => `${s.name(pair.from)} ${arrow(pair)} ${s.name(pair.to)}`))}.`,
      ),
      why: {
        en: "The second column adds no information beside the first; in a model the two compete for one effect.",
        ar: "العمود الثاني لا يضيف معلومة إلى الأول، وفي نموذج يتنازعان أثرًا واحدًا.",
      },
      items: pairs.map((pair) =>
        item(`${pair.from} ${arrow(pair)} ${pair.to}`, profile.rows, null),
      ),
      sql: (from) =>
        `SELECT ${identifier(first.from)}, ${identifier(first.to)}, count(*) AS rows FROM ${from} GROUP BY ALL ORDER BY rows DESC`,
    });
  },
};
