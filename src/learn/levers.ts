/** Takes what may be changed in a row, and gives for each column the values worth trying, cheapest first. */
import type { Dataset } from "../dataset/dataset.ts";
import { checkOption } from "./checks.ts";
import { encoded, type Feature } from "./features.ts";
import type { Trees } from "./trees.ts";

/** A column that may be changed, how, and what it costs. */
export interface Lever {
  readonly column: string;
  /** Only larger or only smaller (of booleans: only to true or only to false); default: both. */
  readonly direction?: "up" | "down";
  /** Range of the new number; default: none. */
  readonly least?: number;
  readonly most?: number;
  /** A number moves by whole steps from where it is; a missing one comes to a multiple. Default: any number. */
  readonly step?: number;
  /** Of a categorical column those it may be changed to; default: all that the model knows. */
  readonly levels?: readonly string[];
  /** What a change by `unit` costs, or a change of a level, of a boolean or of a missing value; 0 or more, default 1. */
  readonly cost?: number;
  /** Of numbers and times, above 0, default 1. */
  readonly unit?: number;
  /** What touching the column costs in addition; 0 or more, default 0. */
  readonly fixed?: number;
}

export type Value = number | boolean | string | null;

/** A value that a column can be given. */
export interface Choice {
  readonly value: Value;
  readonly cost: number;
}

/** A lever at one row: its first choice is to leave the column as it is, at no cost. */
export interface LeverAtRow {
  readonly feature: Feature;
  readonly choices: readonly Choice[];
}

/**
 * The choices of each lever.
 *
 * With trees they are all that can matter: predictions change only where a number passes a split, so for each stretch
 * between two splits only the nearest allowed number is kept. Without trees a number needs a step and a range.
 *
 * @param row a dataset of one row
 * @param trees of the model; null where it has none
 * @throws Problem `LEARN_OPTION`, `LEARN_COLUMN_MISSING`, `LEARN_COLUMN_KIND`
 */
export function leversAtRow(
  levers: readonly Lever[],
  row: Dataset,
  features: readonly Feature[],
  trees: Trees | null,
): LeverAtRow[] {
  const names = features.map((feature) => feature.name);
  const twice = new Set(levers.map(({ column }) => column)).size !== levers.length;
  checkOption(
    !twice && levers.length > 0,
    "levers",
    levers.map(({ column }) => column),
    "each column once, at least one",
  );
  return levers.map((lever) => {
    const place = names.indexOf(lever.column);
    checkOption(place >= 0, "levers", lever.column, `only: ${names.join(", ")}`);
    const feature = features[place] as Feature;
    checkLever(lever, feature);
    const now = encoded(row, [feature])[0]![0]!;
    const choices =
      feature.kind === "categorical"
        ? levelChoices(lever, feature, now)
        : feature.kind === "boolean"
          ? booleanChoices(lever, now)
          : numberChoices(lever, now, trees === null ? null : splitsOf(trees, place));
    choices.sort((a, b) => a.cost - b.cost);
    return { feature, choices: [{ value: shown(row, feature, now), cost: 0 }, ...choices] };
  });
}

/** What stands in the row, also a level that the model does not know. */
function shown(row: Dataset, { name, kind }: Feature, x: number): Value {
  const column = row.columns.find((one) => one.name === name);
  if (column?.kind === "categorical") return column.levels[column.codes[0]!] ?? null;
  if (Number.isNaN(x)) return null;
  return kind === "boolean" ? x === 1 : x;
}

function checkLever(lever: Lever, feature: Feature): void {
  const { column, direction, least, most, step, levels, cost = 1, unit = 1, fixed = 0 } = lever;
  const option = (name: keyof Lever) => `levers ${column} ${name}`;
  const given = Object.keys(lever).filter((name) => lever[name as keyof Lever] !== undefined);
  const numeric = feature.kind === "numeric" || feature.kind === "time";
  const taken = ["column", "cost", "fixed"]
    .concat(feature.kind === "categorical" ? ["levels"] : ["direction"])
    .concat(numeric ? ["least", "most", "step", "unit"] : []);
  for (const name of given)
    checkOption(taken.includes(name), `levers ${column}`, name, `only: ${taken.join(", ")}`);
  checkOption(
    direction === undefined || direction === "up" || direction === "down",
    option("direction"),
    direction,
    "up, down or nothing",
  );
  const finite = (value: number, above: number) => value >= above && value < Infinity;
  checkOption(finite(cost, 0), option("cost"), cost, "a finite number of 0 or more");
  checkOption(finite(fixed, 0), option("fixed"), fixed, "a finite number of 0 or more");
  checkOption(finite(unit, 0) && unit > 0, option("unit"), unit, "a finite number above 0");
  checkOption(
    step === undefined || (finite(step, 0) && step > 0),
    option("step"),
    step,
    "a finite number above 0",
  );
  checkOption(
    (least ?? -Infinity) <= (most ?? Infinity),
    option("least"),
    least,
    "no more than most",
  );
  for (const level of levels ?? [])
    checkOption(
      feature.levels?.includes(level) === true,
      option("levels"),
      level,
      "only levels that the model knows",
    );
}

function levelChoices({ levels, cost = 1, fixed = 0 }: Lever, feature: Feature, now: number) {
  const all = feature.levels ?? [];
  return (levels ?? all)
    .filter((level) => level !== all[now])
    .map((value): Choice => ({ value, cost: fixed + cost }));
}

function booleanChoices({ direction, cost = 1, fixed = 0 }: Lever, now: number): Choice[] {
  if (Number.isNaN(now) && direction !== undefined) return [];
  return [false, true]
    .filter(
      (value) =>
        Number(value) !== now &&
        value !== (direction === "up" ? false : direction === "down" ? true : null),
    )
    .map((value) => ({ value, cost: fixed + cost }));
}

/** Where a feature's splits lie, increasing: left is x ≤ split. */
function splitsOf({ feature, categorySet, threshold }: Trees, place: number): number[] {
  const splits = new Set<number>();
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] === place && categorySet[node]! < 0) splits.add(threshold[node]!);
  }
  return [...splits].sort((a, b) => a - b);
}

function numberChoices(lever: Lever, now: number, splits: readonly number[] | null): Choice[] {
  const { column, direction, least = -Infinity, most = Infinity, step } = lever;
  const { cost = 1, unit = 1, fixed = 0 } = lever;
  const missing = Number.isNaN(now);
  if (missing && direction !== undefined) return [];
  const allowed = (x: number) =>
    x >= least &&
    x <= most &&
    x !== now &&
    Number.isFinite(x) &&
    !(direction === "up" && x < now) &&
    !(direction === "down" && x > now);
  const numbers = new Set<number>();
  const add = (x: number) => {
    if (allowed(x)) numbers.add(x + 0);
  };
  if (splits === null) {
    checkOption(
      step !== undefined && (most - least) / step <= 100_000,
      `levers ${column} step`,
      step,
      "a step and a range of 100000 steps at most, as the model has no trees that say where to look",
    );
    const from = missing ? 0 : now;
    const size = step ?? 1;
    for (let k = Math.ceil((least - from) / size); from + k * size <= most; k++)
      add(from + k * size);
  } else {
    // The nearest number of each stretch, as seen from where the row is.
    for (const split of splits) {
      if (missing || split >= now) add(firstAbove(split, missing ? 0 : now, step));
      if (missing || split < now) add(lastUpTo(split, missing ? 0 : now, step));
    }
    // A stretch that the range cuts on the near side begins there.
    if (missing || now < least) add(firstFrom(least, missing ? 0 : now, step));
    if (missing || now > most) add(lastUpTo(most, missing ? 0 : now, step));
  }
  return Array.from(numbers, (value) => ({
    value,
    cost: fixed + (missing ? cost : (cost * Math.abs(value - now)) / unit),
  }));
}

/** The smallest number above `split` that is whole steps from `origin`; without a step the next number there is. */
function firstAbove(split: number, origin: number, step: number | undefined): number {
  if (step === undefined) return nextUp(split);
  let k = Math.floor((split - origin) / step);
  while (origin + k * step <= split) k++;
  return origin + k * step;
}

function firstFrom(least: number, origin: number, step: number | undefined): number {
  if (step === undefined) return least;
  let k = Math.floor((least - origin) / step);
  while (origin + k * step < least) k++;
  return origin + k * step;
}

function lastUpTo(split: number, origin: number, step: number | undefined): number {
  if (step === undefined) return split;
  let k = Math.ceil((split - origin) / step);
  while (origin + k * step > split) k--;
  return origin + k * step;
}

const cell = new Float64Array(1);
const bits = new BigInt64Array(cell.buffer);

/** The next larger number. */
function nextUp(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  cell[0] = x;
  bits[0]! += x > 0 ? 1n : -1n;
  return cell[0]!;
}
