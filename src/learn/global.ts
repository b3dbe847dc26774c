/** Takes the explanations of many rows and gives what they say together: which features matter, which way, and where. */
import { Problem } from "../base/problem.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { checkOption, optionsOver } from "./checks.ts";
import { encoded, type Feature } from "./features.ts";
import type { Explanation } from "./model.ts";
import { type RowMean, rowMean } from "./row-mean.ts";

/** What a feature adds to one output. */
export interface OutputEffect {
  /** Mean of |value|, on the explanation's scale. */
  readonly size: RowMean;
  /**
   * −1 … 1: how far larger numbers of the feature go with larger additions (Spearman's rank correlation over rows where
   * it is known; weights do not count). Null for levels, and where one of both does not vary.
   */
  readonly direction: number | null;
}

export interface FeatureEffect {
  readonly feature: Feature;
  /** Sum of the sizes over the outputs. */
  readonly size: number;
  /** One per output. */
  readonly outputs: readonly OutputEffect[];
}

export interface GlobalSummary {
  readonly scale: Explanation["scale"];
  /** Rows with a weight above 0. */
  readonly rows: number;
  /** Largest first; of equal ones in the order of the features. */
  readonly effects: readonly FeatureEffect[];
}

/** Rows whose values are alike, and what the feature adds to them. */
export interface EffectGroup {
  /** Missing: also levels that the model never saw, as it treats them the same. */
  readonly kind: "level" | "numbers" | "missing";
  /** Of a level; else null. */
  readonly level: string | null;
  /** Of numbers, booleans (0 and 1) and times: the smallest and the largest; else null. */
  readonly from: number | null;
  readonly to: number | null;
  /** Mean of what the feature adds. */
  readonly effect: RowMean;
}

/**
 * Which features matter: the mean size of what each adds, with its uncertainty and direction.
 *
 * @param dataset the rows explained, in the same order; its weights and groups count
 * @throws Problem `DATASET_LENGTH` (other rows than those explained), `LEARN_EMPTY` (no row counts),
 * `LEARN_COLUMN_MISSING`, `LEARN_COLUMN_KIND`
 */
export function globalSummary(explanation: Explanation, dataset: Dataset): GlobalSummary {
  checkRows(explanation, dataset);
  const { features, outputs, values, scale } = explanation;
  const columns = encoded(dataset, features);
  let rows = 0;
  const effects = features.map((feature, f): FeatureEffect => {
    const known = feature.levels === null ? knownRows(columns[f]!) : null;
    const ranks = known === null ? null : ranksOf(known.map((row) => columns[f]![row]!));
    const ofOutput = Array.from({ length: outputs }, (_, k): OutputEffect => {
      const at = (row: number) => values[(row * features.length + f) * outputs + k]!;
      const size = rowMean(dataset, (row) => Math.abs(at(row)));
      rows = size.rows;
      const direction =
        known === null || ranks === null ? null : correlation(ranks, ranksOf(known.map(at)));
      return { size, direction };
    });
    const size = ofOutput.reduce((sum, one) => sum + one.size.value, 0);
    return { feature, size, outputs: ofOutput };
  });
  return { scale, rows, effects: effects.sort((a, b) => b.size - a.size) };
}

export interface EffectOptions {
  /** Most groups of numbers, about equal in rows; equal numbers stay together. 2 … 1000, default 10. */
  readonly groups: number;
  /** The output looked at, default 0. */
  readonly output: number;
}

/**
 * Where a feature matters: what it adds by level, or by group of its numbers, with sample size and uncertainty. Groups
 * without a row that counts are left out; missing comes last.
 *
 * @param dataset the rows explained, in the same order
 * @throws Problem as `globalSummary`, `LEARN_OPTION` (no such feature or output, groups out of range)
 */
export function effectByValue(
  explanation: Explanation,
  dataset: Dataset,
  name: string,
  given: Partial<EffectOptions> = {},
): EffectGroup[] {
  const { groups, output } = optionsOver<EffectOptions>({ groups: 10, output: 0 }, given);
  checkRows(explanation, dataset);
  const { features, outputs, values } = explanation;
  const place = features.findIndex((feature) => feature.name === name);
  const names = features.map((feature) => feature.name).join(", ");
  checkOption(place >= 0, "name", name, `one of: ${names}`);
  checkOption(
    Number.isInteger(output) && output >= 0 && output < outputs,
    "output",
    output,
    `a whole number from 0 to ${outputs - 1}`,
  );
  checkOption(
    Number.isInteger(groups) && groups >= 2 && groups <= 1000,
    "groups",
    groups,
    "a whole number from 2 to 1000",
  );
  const feature = features[place]!;
  const column = encoded(dataset, features)[place]!;
  const rowEffect = (rows: ArrayLike<number>) =>
    rowMean(dataset, (row) => values[(row * features.length + place) * outputs + output]!, rows);
  const known = knownRows(column);
  const parts =
    feature.levels === null
      ? byNumber(column, known, groups).map((rows): EffectGroup => {
          const [from, to] = [column[rows[0]!]!, column[rows.at(-1)!]!];
          return { kind: "numbers", level: null, from, to, effect: rowEffect(rows) };
        })
      : byLevel(column, known, feature.levels.length).map(
          (rows, code): EffectGroup => ({
            kind: "level",
            level: feature.levels?.[code] ?? null,
            from: null,
            to: null,
            effect: rowEffect(rows),
          }),
        );
  const unknown = Uint32Array.from(column.keys()).filter((row) => Number.isNaN(column[row]!));
  const nothing = { kind: "missing", level: null, from: null, to: null } as const;
  return [...parts, { ...nothing, effect: rowEffect(unknown) }].filter(
    ({ effect }) => effect.rows > 0,
  );
}

function checkRows({ features, outputs, values }: Explanation, { rows, weights }: Dataset): void {
  if (values.length !== rows * features.length * outputs) {
    throw new Problem("DATASET_LENGTH", {
      what: `There are ${rows} rows where ${values.length / (features.length * outputs)} are explained`,
      where: "explanation",
      fix: "Give the rows that were explained, in the same order.",
    });
  }
  if (weights === null ? rows === 0 : !weights.some((weight) => weight > 0)) {
    throw new Problem("LEARN_EMPTY", {
      what: "There are no rows that count",
      where: "dataset",
      fix: "Give at least one row with a weight above 0.",
    });
  }
}

function knownRows(column: Float64Array): Float64Array {
  return Float64Array.from(column.keys()).filter((row) => !Number.isNaN(column[row]!));
}

/** Rows in the order of their numbers, cut into at most `most` parts of about equal length; ties are not cut. */
function byNumber(column: Float64Array, known: Float64Array, most: number): Float64Array[] {
  const order = known.slice().sort((a, b) => column[a]! - column[b]! || a - b);
  const parts: Float64Array[] = [];
  let start = 0;
  for (let i = 1; i <= order.length; i++) {
    const full = i >= ((parts.length + 1) * order.length) / most;
    const whole = i === order.length || column[order[i]!] !== column[order[i - 1]!];
    if (!whole || !(full || i === order.length)) continue;
    parts.push(order.subarray(start, i));
    start = i;
  }
  return parts;
}

function byLevel(column: Float64Array, known: Float64Array, levels: number): number[][] {
  const parts = Array.from({ length: levels }, (): number[] => []);
  for (const row of known) parts[column[row]!]?.push(row);
  return parts;
}

/** Ranks from 0; equal numbers share the mean of theirs. */
function ranksOf(numbers: Float64Array): Float64Array {
  const order = Uint32Array.from(numbers.keys()).sort((a, b) => numbers[a]! - numbers[b]!);
  const ranks = new Float64Array(numbers.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && numbers[order[end]!] === numbers[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}

/** Pearson's; null where one of both does not vary. Ranks have the mean (n − 1) / 2. */
function correlation(a: Float64Array, b: Float64Array): number | null {
  const mean = (a.length - 1) / 2;
  let both = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    both += (a[i]! - mean) * (b[i]! - mean);
    squaresA += (a[i]! - mean) ** 2;
    squaresB += (b[i]! - mean) ** 2;
  }
  return squaresA > 0 && squaresB > 0 ? both / Math.sqrt(squaresA * squaresB) : null;
}
