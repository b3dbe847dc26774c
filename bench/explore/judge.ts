/** Holds what was found against what was planted: recall by planted place, precision by listed row. */
import type { Examined, Place } from "./examine.ts";
import { type Ground, later } from "./ground.ts";
import type { Mutation, Planted } from "./mutation.ts";
import { linesOf, type Row, TABLE_NAMES, type TableName } from "./tables.ts";

/** Rules that describe every world, faulty or not: their rows are no alarms. */
const DESCRIBING: ReadonlySet<string> = new Set([
  "leads-no-qualified",
  "live-budget",
  "never-touched",
  "spend-no-lead",
  "substring-trap",
]);

export interface PlantedIn {
  readonly mutation: Mutation;
  readonly planted: Planted;
}

export interface Recall {
  readonly mutation: string;
  readonly planted: number;
  readonly found: number;
  /** Rules that named at least one of the places, the expected ones first. */
  readonly by: readonly string[];
  /** Of a decoy: the rules that named it. */
  readonly wronged: readonly string[];
}

export interface RuleRows {
  listed: number;
  /** Rows that touch nothing planted. */
  strange: number;
}

const key = (table: TableName | null, line: number | null) => `${table} ${line}`;

/** Everything planted under one word each: "line insights 7", "campaign 12", "lead 5", "account 3", "day …". */
function wordsOf(
  planted: Planted,
  keyOf: ReadonlyMap<Row, string>,
): { places: string[]; all: Set<string> } {
  const lines = (planted.lines ?? []).map((row) => `line ${keyOf.get(row)}`);
  const places = [
    ...lines,
    ...(planted.campaigns ?? []).map((id) => `campaign ${id}`),
    ...(planted.leads ?? []).map((id) => `lead ${id}`),
    ...(planted.accounts ?? []).map((id) => `account ${id}`),
    ...(planted.days ?? []).map((day) => `day ${day}`),
    ...(planted.months ? [`month ${planted.months.join(" ")}`] : []),
    ...(planted.names ?? []).map((name) => `name ${name}`),
  ];
  const touched = (planted.touched ?? []).map((row) => `line ${keyOf.get(row)}`);
  return { places, all: new Set([...places, ...touched]) };
}

const LONGEST_STRETCH = 60;

function daysBetween(from: string, until: string): string[] {
  const days: string[] = [];
  for (
    let day = from;
    day <= until && days.length < LONGEST_STRETCH;
    day = later(`${day} 00:00:00`, 86_400).slice(0, 10)
  )
    days.push(`day ${day}`);
  return days;
}

const wordsOfPlace = (place: Place) => [
  `line ${key(place.table, place.line)}`,
  ...(place.campaign === null ? [] : [`campaign ${place.campaign}`]),
  ...(place.lead === null ? [] : [`lead ${place.lead}`]),
  ...(place.account === null ? [] : [`account ${place.account}`]),
  ...(place.day === null ? [] : daysBetween(place.day, place.until ?? place.day)),
];

/** Words a finding names beside its rows: items' ids and labels, its sentence. */
function named({ finding }: Examined): string[] {
  return [
    finding.sentence.en,
    ...finding.items.flatMap((item) => [item.id, item.label, item.detail?.en ?? ""]),
  ];
}

function names(texts: readonly string[], word: string): boolean {
  const space = word.indexOf(" ");
  const kind = word.slice(0, space);
  const value = word.slice(space + 1);
  if (kind === "name") return texts.some((text) => text.includes(value));
  if (kind === "month") {
    const spoken = value.split(" ").map((month) =>
      new Date(`${month}-01T00:00:00Z`).toLocaleString("en-GB", {
        month: "short",
        year: "numeric",
        timeZone: "UTC",
      }),
    );
    return texts.some((text) => spoken.some((month) => text.includes(month)));
  }
  if (kind === "day") {
    const day = new Date(`${value}T00:00:00Z`);
    const spoken = `${day.getUTCDate()} ${day.toLocaleString("en-GB", { month: "short", timeZone: "UTC" })}`;
    return texts.some((text) => text.includes(value) || text.includes(spoken));
  }
  return (
    kind !== "line" &&
    texts.some((text) => text === value || text.split(/[^\p{L}\p{N}]+/u).includes(value))
  );
}

/** Lines, and the campaigns and leads of them, that some mutation touched. */
function disturbed(
  ground: Ground,
  planted: readonly PlantedIn[],
  keyOf: ReadonlyMap<Row, string>,
): Set<string> {
  const words = new Set<string>();
  for (const one of planted) {
    for (const word of wordsOf(one.planted, keyOf).all) words.add(word);
    for (const row of [...(one.planted.lines ?? []), ...(one.planted.touched ?? [])]) {
      const table = keyOf.get(row)?.split(" ")[0] as TableName | undefined;
      if (table === "insights" || table === "leads")
        words.add(`campaign ${ground.get(table, row, "campaign_id")}`);
      if (table === "campaigns") words.add(`campaign ${ground.get(table, row, "id")}`);
      if (table === "leads") words.add(`lead ${ground.get(table, row, "id")}`);
      if (table === "log") words.add(`lead ${ground.get(table, row, "lead_id")}`);
    }
    for (const day of one.planted.days ?? [])
      for (const step of [-1, 1])
        words.add(`day ${later(`${day} 00:00:00`, step * 86_400).slice(0, 10)}`);
  }
  return words;
}

/**
 * @param baseline rows that a rule lists in the same world without any mutation, as words; they are judged elsewhere
 * @returns recall per mutation and, per rule, the rows it lists
 */
export function judge(
  ground: Ground,
  planted: readonly PlantedIn[],
  examined: readonly Examined[],
  baseline: ReadonlyMap<string, ReadonlySet<string>>,
): { recalls: Recall[]; rules: Map<string, RuleRows>; strangers: string[] } {
  const keyOf = new Map<Row, string>();
  for (const table of TABLE_NAMES)
    for (const [row, line] of linesOf(ground.tables[table])) keyOf.set(row, key(table, line));
  const found = new Map<string, { words: Set<string>; texts: string[] }>();
  for (const one of examined) {
    const own = found.get(one.finding.rule) ?? { words: new Set<string>(), texts: [] };
    for (const place of one.places) for (const word of wordsOfPlace(place)) own.words.add(word);
    own.texts.push(...named(one));
    found.set(one.finding.rule, own);
  }
  const recalls = planted.map(({ mutation, planted: what }): Recall => {
    const { places } = wordsOf(what, keyOf);
    const twin = new Map((what.touched ?? []).map((row) => [`line ${keyOf.get(row)}`, true]));
    const says = (rule: string, word: string) => {
      const own = found.get(rule);
      return own !== undefined && (own.words.has(word) || names(own.texts, word));
    };
    const said = (word: string) => mutation.rules.some((rule) => says(rule, word));
    const hits = places.filter(said).length;
    const copies = mutation.id === "exact-duplicates" || mutation.id === "conflicting-keys";
    const others = copies ? [...twin.keys()].filter(said).length : 0;
    const naming = [...found.keys()].filter((rule) => places.some((word) => says(rule, word)));
    return {
      mutation: mutation.id,
      planted: places.length,
      found: Math.min(places.length, Math.max(hits, others)),
      by: naming,
      wronged:
        mutation.rules.length === 0
          ? naming.filter(
              (rule) =>
                !DESCRIBING.has(rule) &&
                places.some((word) => says(rule, word) && !baseline.get(rule)?.has(word)),
            )
          : [],
    };
  });
  const all = disturbed(ground, planted, keyOf);
  const rules = new Map<string, RuleRows>();
  const strangers: string[] = [];
  for (const { finding, places } of examined) {
    if (DESCRIBING.has(finding.rule)) continue;
    const rows = rules.get(finding.rule) ?? { listed: 0, strange: 0 };
    const before = baseline.get(finding.rule);
    let strange = 0;
    for (const place of places) {
      const words = wordsOfPlace(place);
      if (
        before &&
        words.some(
          (word) =>
            !word.startsWith("account") &&
            !word.startsWith("line") &&
            !word.startsWith("day") &&
            before.has(word),
        )
      )
        continue;
      rows.listed++;
      if (!words.some((word) => all.has(word))) strange++;
    }
    if (strange > 0 && before === undefined)
      strangers.push(
        `${finding.rule}: ${strange} of ${places.length} rows; ${finding.sentence.en}`,
      );
    rows.strange += strange;
    rules.set(finding.rule, rows);
  }
  return { recalls, rules, strangers };
}

/** Words of all rows that each rule lists, to be taken as given. */
export function baselineOf(examined: readonly Examined[]): Map<string, Set<string>> {
  const words = new Map<string, Set<string>>();
  for (const { finding, places } of examined) {
    const own = words.get(finding.rule) ?? new Set<string>();
    for (const place of places) for (const word of wordsOfPlace(place)) own.add(word);
    words.set(finding.rule, own);
  }
  return words;
}
