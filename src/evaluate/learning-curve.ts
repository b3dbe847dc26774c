/** How good a model becomes with more rows to learn from: whether gathering more is worth it. */
import { isProblem } from "../base/problem.ts";
import { seededRandom } from "../base/random.ts";
import { type Dataset, takeRows } from "../dataset/dataset.ts";
import type { Model } from "../learn/model.ts";
import { checkOption } from "./checks.ts";
import { grouping } from "./groups.ts";

export interface LearningCurveOptions {
  /** Trains on some of the rows. The seed differs from repeat to repeat. */
  readonly fit: (dataset: Dataset, seed: number) => Model | Promise<Model>;
  /** How good a model is on rows; null where they do not tell. */
  readonly measure: (model: Model, dataset: Dataset) => number | null;
  readonly seed: number;
  /** Shares of the training rows (of their groups, where there are any), rising, in (0, 1]; default 0.1, 0.2, 0.4, 0.7, 1. */
  readonly shares?: readonly number[];
  /** Draws of each share, 1 … 100; default 3. Within one draw a smaller share is part of a larger one. */
  readonly repeats?: number;
  /** Ends it between two fits; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Measures of the models that learnt from as many rows. */
export interface LearningPoint {
  readonly share: number;
  /** Rows learnt from, the mean over draws. */
  readonly rows: number;
  readonly onTraining: Spread;
  readonly onTest: Spread;
  /** Codes of the Problems of draws that could not be fitted (as `LEARN_ONE_CLASS`). */
  readonly refused: readonly string[];
}

/** Over the draws in which the measure is defined; the range of draws is no interval. */
export interface Spread {
  readonly mean: number | null;
  readonly lowest: number | null;
  readonly highest: number | null;
  readonly draws: number;
}

/**
 * Fits models on growing parts of the training rows and measures each on what it learnt from and on the test rows.
 *
 * @throws Problem `EVALUATE_OPTION`; whatever `fit` and `measure` throw that is no Problem
 */
export async function learningCurve(
  training: Dataset,
  test: Dataset,
  options: LearningCurveOptions,
): Promise<LearningPoint[]> {
  const { measure, seed, signal, repeats = 3, shares = [0.1, 0.2, 0.4, 0.7, 1] } = options;
  const rising = shares.every((share, i) => share > (shares[i - 1] ?? 0) && share <= 1);
  checkOption("shares", shares.length > 0 && rising, shares, "rising shares above 0, at most 1");
  const fine = Number.isInteger(repeats) && repeats >= 1 && repeats <= 100;
  checkOption("repeats", fine, repeats, "a whole number from 1 to 100");
  const random = seededRandom(seed);
  const draws = Array.from({ length: repeats }, (_, repeat) =>
    shuffledRows(training, random.fork(`learning curve, draw ${repeat}`).next),
  );
  const points: LearningPoint[] = [];
  for (const share of shares) {
    const refused: string[] = [];
    const onTraining: number[] = [];
    const onTest: number[] = [];
    let rows = 0;
    for (const [repeat, draw] of draws.entries()) {
      signal?.throwIfAborted();
      const part = takeRows(training, draw(share));
      rows += part.rows;
      try {
        const model = await options.fit(part, seed + repeat);
        const learnt = measure(model, part);
        const told = measure(model, test);
        if (learnt !== null) onTraining.push(learnt);
        if (told !== null) onTest.push(told);
      } catch (error) {
        if (!isProblem(error) || signal?.aborted) throw error;
        refused.push(error.code);
      }
    }
    points.push({
      share,
      rows: rows / repeats,
      onTraining: spread(onTraining),
      onTest: spread(onTest),
      refused,
    });
  }
  return points;
}

/** Rows of the first groups of a shuffled list, in their own order; a larger share holds a smaller one. */
function shuffledRows(
  { groups, rows }: Dataset,
  next: () => number,
): (share: number) => Uint32Array {
  const { groups: count, of } = grouping(groups, rows);
  const rank = Uint32Array.from({ length: count }, (_, place) => place);
  for (let place = count - 1; place > 0; place--) {
    const other = Math.floor(next() * (place + 1));
    const kept = rank[place]!;
    rank[place] = rank[other]!;
    rank[other] = kept;
  }
  const places = Uint32Array.from({ length: rows }, (_, row) => row);
  return (share) => {
    const taken = Math.ceil(share * count - 1e-9);
    return places.filter((row) => rank[of[row]!]! < taken);
  };
}

function spread(values: readonly number[]): Spread {
  if (values.length === 0) return { mean: null, lowest: null, highest: null, draws: 0 };
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    lowest: Math.min(...values),
    highest: Math.max(...values),
    draws: values.length,
  };
}
