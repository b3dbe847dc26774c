/** Takes a model, one row and what may be changed in it, and gives the cheapest change that brings it over a threshold. */
import type { Column, Dataset } from "../dataset/dataset.ts";
import { type Combination, cheapestFirst, isBefore } from "./cheapest-first.ts";
import { checkOption, optionsOver } from "./checks.ts";
import { type Lever, type LeverAtRow, leversAtRow, type Value } from "./levers.ts";
import type { Model } from "./model.ts";
import type { Trees } from "./trees.ts";

/** What the prediction is to become: one of both bounds. */
export interface Goal {
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Of multi-class models the class's place; default 0. */
  readonly output?: number;
}

export interface CounterfactualOptions {
  /** Most predictions in each of both searches, 1 … 10 000 000, default 20 000. */
  readonly tries: number;
  /** Half-made changes kept from step to step of the second search, 1 … 1000, default 20. */
  readonly beam: number;
}

export interface Change {
  readonly column: string;
  readonly from: Value;
  readonly to: Value;
  readonly cost: number;
}

export interface Counterfactual {
  /**
   * `already`: nothing needs to change. `found`: the changes get there. `impossible`: no allowed change does (all were
   * tried). `not found`: none of those tried does; there may be one.
   */
  readonly status: "already" | "found" | "impossible" | "not found";
  /** Whether it is known that nothing cheaper gets there. */
  readonly cheapest: boolean;
  /** In the order of the levers; empty unless found. */
  readonly changes: readonly Change[];
  readonly cost: number;
  readonly before: number;
  /** With the changes; as before where there are none. */
  readonly after: number;
  /** Rows predicted. */
  readonly tried: number;
}

/** A combination and what the model says of it. */
interface Tried extends Combination {
  readonly said: number;
}

/** Rows predicted at once. */
const BATCH = 256;

/**
 * The cheapest change of one row that brings its prediction over a threshold.
 *
 * All combinations of the levers' choices are tried from the cheapest on, so the first that gets there is the cheapest
 * of all; for few levers this is quick. Where `tries` run out, a beam search changes one more column at a time and
 * mends what it finds: its answer gets there, but may not be the cheapest.
 *
 * A change of the row is not yet a change of the world: the model knows what goes together, not what brings what about.
 *
 * @param model with `trees` (a forest or boosting) only numbers that matter are tried
 * @param row a dataset of one row
 * @throws Problem `LEARN_OPTION`, what `predict` throws
 */
export function counterfactual(
  model: Model & { readonly trees?: Trees },
  row: Dataset,
  goal: Goal,
  levers: readonly Lever[],
  given: Partial<CounterfactualOptions> = {},
): Counterfactual {
  const options = optionsOver<CounterfactualOptions>({ tries: 20_000, beam: 20 }, given);
  checkOptions(options, row);
  const atRow = leversAtRow(levers, row, model.features, model.trees ?? null);
  const gap = gapOf(goal, model);
  const search = searchOf(model, row, goal.output ?? 0, atRow);
  const still = search.of(atRow.map(() => 0));
  const [before] = search.tried([still]);
  const answer = (
    status: Counterfactual["status"],
    cheapest: boolean,
    found: Tried | null,
  ): Counterfactual => ({
    status,
    cheapest,
    changes: found === null ? [] : changesOf(atRow, found),
    cost: found?.cost ?? 0,
    before: before!.said,
    after: found?.said ?? before!.said,
    tried: search.count(),
  });
  if (gap(before!.said) <= 0) return answer("already", true, null);
  const { found, all } = cheapest(search, gap, options.tries);
  if (found !== null) return answer("found", true, found);
  if (all) return answer("impossible", true, null);
  const beamed = beamSearch(search, gap, before!, options);
  if (beamed === null) return answer("not found", false, null);
  return answer("found", false, mended(search, gap, beamed));
}

function checkOptions({ tries, beam }: CounterfactualOptions, row: Dataset): void {
  const whole = (value: number, most: number) =>
    Number.isInteger(value) && value >= 1 && value <= most;
  checkOption(whole(tries, 10_000_000), "tries", tries, "a whole number from 1 to 10000000");
  checkOption(whole(beam, 1000), "beam", beam, "a whole number from 1 to 1000");
  checkOption(row.rows === 1, "row", `${row.rows} rows`, "one row");
}

/** How far a prediction is from the goal; 0 or less where it is reached. */
function gapOf({ atLeast, atMost, output = 0 }: Goal, { task, classes }: Model) {
  const outputs = task === "multiclass" ? (classes?.length ?? 1) : 1;
  checkOption(
    Number.isInteger(output) && output >= 0 && output < outputs,
    "goal output",
    output,
    `a whole number from 0 to ${outputs - 1}`,
  );
  const bound = atLeast ?? atMost ?? Number.NaN;
  checkOption(
    Number.isFinite(bound) && (atLeast === undefined || atMost === undefined),
    "goal",
    `atLeast ${atLeast}, atMost ${atMost}`,
    "a finite number as one of both",
  );
  return atLeast === undefined ? (said: number) => said - bound : (said: number) => bound - said;
}

interface Search {
  readonly levers: readonly LeverAtRow[];
  of(places: readonly number[]): Combination;
  tried(combinations: readonly Combination[]): Tried[];
  /** Rows predicted so far. */
  count(): number;
}

function searchOf(
  model: Model,
  row: Dataset,
  output: number,
  levers: readonly LeverAtRow[],
): Search {
  let count = 0;
  const predicted = (combinations: readonly Combination[]): Tried[] => {
    const rows = combinations.length;
    const columns = row.columns.map((column) => {
      const at = levers.findIndex(({ feature }) => feature.name === column.name);
      const lever = levers[at];
      return repeated(column, rows, (i) => {
        const place = combinations[i]?.places[at] ?? 0;
        return place === 0 ? undefined : lever?.choices[place]?.value;
      });
    });
    const bare = { target: null, weights: null, groups: null, times: null };
    const said = model.predict({ rows, columns, ...bare });
    const outputs = said.length / rows;
    count += rows;
    return combinations.map((one, i) => ({ ...one, said: said[i * outputs + output]! }));
  };
  return {
    levers,
    of: (places) => ({
      places,
      cost: places.reduce((sum, place, i) => sum + levers[i]!.choices[place]!.cost, 0),
      changed: places.filter((place) => place > 0).length,
    }),
    tried(combinations) {
      const out: Tried[] = [];
      for (let start = 0; start < combinations.length; start += BATCH)
        out.push(...predicted(combinations.slice(start, start + BATCH)));
      return out;
    },
    count: () => count,
  };
}

/** A row's column many times over. @param valueAt undefined = as it is */
function repeated(column: Column, rows: number, valueAt: (i: number) => Value | undefined): Column {
  if (column.kind === "categorical") {
    const levels = [...column.levels];
    const codeOf = new Map(levels.map((level, code) => [level, code]));
    const codes = Int32Array.from({ length: rows }, (_, i) => {
      const value = valueAt(i);
      if (typeof value !== "string") return column.codes[0]!;
      const known = codeOf.get(value);
      if (known !== undefined) return known;
      codeOf.set(value, levels.length);
      return levels.push(value) - 1;
    });
    return { ...column, codes, levels };
  }
  const number = (_: unknown, i: number) => {
    const value = valueAt(i);
    return value === undefined ? column.values[0]! : Number(value);
  };
  const { name } = column;
  if (column.kind === "boolean")
    return { kind: "boolean", name, values: Int8Array.from({ length: rows }, number) };
  return { kind: column.kind, name, values: Float64Array.from({ length: rows }, number) };
}

function cheapest(
  search: Search,
  gap: (said: number) => number,
  tries: number,
): { found: Tried | null; all: boolean } {
  const costs = search.levers.map(({ choices }) => choices.map(({ cost }) => cost));
  const combinations = cheapestFirst(costs);
  combinations.next(); // nothing changed
  for (let left = tries; left > 0; ) {
    const batch: Combination[] = [];
    while (batch.length < Math.min(BATCH, left)) {
      const next = combinations.next();
      if (next.done) break;
      batch.push(next.value);
    }
    if (batch.length === 0) return { found: null, all: true };
    const found = search.tried(batch).find(({ said }) => gap(said) <= 0);
    if (found) return { found, all: false };
    left -= batch.length;
  }
  return { found: null, all: combinations.next().done === true };
}

/** One more column is changed at each step; kept are the nearest to the goal, and those that come nearer most cheaply. */
function beamSearch(
  search: Search,
  gap: (said: number) => number,
  still: Tried,
  { tries, beam }: CounterfactualOptions,
): Tried | null {
  const { levers } = search;
  let best: Tried | null = null;
  let kept: readonly Tried[] = [still];
  for (let step = 0, left = tries; step < levers.length && left > 0; step++) {
    const seen = new Set<string>();
    const choices = kept.reduce(
      (sum, { places }) =>
        sum +
        levers.reduce((all, one, i) => all + (places[i] === 0 ? one.choices.length - 1 : 0), 0),
      0,
    );
    // Where not all can be tried, an even part of each lever's choices is.
    const every = Math.max(1, Math.ceil((choices * (levers.length - step)) / left));
    const next: Combination[] = [];
    for (const { places } of kept) {
      for (const [i, lever] of levers.entries()) {
        if (places[i] !== 0) continue;
        for (let place = lever.choices.length - 1; place > 0; place -= every) {
          const combination = search.of(places.with(i, place));
          const key = combination.places.join();
          if (seen.has(key) || (best !== null && combination.cost >= best.cost)) continue;
          seen.add(key);
          next.push(combination);
        }
      }
    }
    const tried = search.tried(next.slice(0, left));
    left -= tried.length;
    for (const one of tried)
      if (gap(one.said) <= 0 && (best === null || isBefore(one, best))) best = one;
    const open = tried.filter(({ said }) => gap(said) > 0);
    const gain = (one: Tried) => (gap(still.said) - gap(one.said)) / (one.cost + Number.MIN_VALUE);
    const nearest = [...open].sort((a, b) => gap(a.said) - gap(b.said) || a.cost - b.cost);
    const thriftiest = [...open].sort((a, b) => gain(b) - gain(a));
    const half = Math.ceil(beam / 2);
    kept = [...new Set([...nearest.slice(0, half), ...thriftiest.slice(0, beam - half)])];
  }
  return best;
}

/** Makes one change after another as small as the goal allows, until none can be smaller. */
function mended(search: Search, gap: (said: number) => number, found: Tried): Tried {
  let best = found;
  for (let better = true; better; ) {
    better = false;
    for (const [i, place] of best.places.entries()) {
      const smaller = Array.from({ length: place }, (_, at) => search.of(best.places.with(i, at)));
      const enough = search.tried(smaller).find(({ said }) => gap(said) <= 0);
      if (!enough) continue;
      best = enough;
      better = true;
    }
  }
  return best;
}

function changesOf(levers: readonly LeverAtRow[], { places }: Combination): Change[] {
  return levers.flatMap(({ feature, choices }, i) => {
    const choice = choices[places[i]!];
    if (places[i] === 0 || choice === undefined) return [];
    const from = choices[0]?.value ?? null;
    return [{ column: feature.name, from, to: choice.value, cost: choice.cost }];
  });
}
