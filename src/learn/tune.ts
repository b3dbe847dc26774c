/**
 * Search of options: takes a learner, what may be chosen, and an honest split, and gives the best options found by
 * random search with successive halving, on that split alone.
 *
 * @see Bergstra & Bengio (2012), JMLR 13; Jamieson & Talwalkar (2016), AISTATS
 */
import { Problem } from "../base/problem.ts";
import { seededRandom } from "../base/random.ts";
import { type Dataset, takeRows } from "../dataset/dataset.ts";
import type { Split } from "../dataset/split.ts";
import { checkOption } from "./checks.ts";
import type { Learner, Model, TrainingControl } from "./model.ts";
import { checkSpace, drawOptions, type Space } from "./tune-space.ts";

/** How good predictions are of rows whose target is known; larger is better, NaN is worst. */
export type Score = (predictions: Float64Array, rows: Dataset) => number;

/** How long to search: until so many models were fit, or until a moment of a clock. */
export type Budget =
  | { readonly fits: number }
  | { readonly untilMs: number; readonly now: () => number };

export interface TuneOptions {
  /** Which rows are learnt from and which the options are chosen by; the others are not touched. */
  readonly split: Split;
  readonly score: Score;
  readonly space: Space;
  readonly budget: Budget;
  /** Options that are the same in every trial. Default none. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** One in so many goes on to the next rung, with so many times the rows; 2 … 10. Default 3. */
  readonly halving?: number;
  /** Rungs of a round, the last of all rows; 1 … 5. Default 3: a ninth, a third, all. */
  readonly rungs?: number;
  /** A whole number. Default 0. */
  readonly seed?: number;
}

/** One model that was fit. */
export interface Trial {
  /** Place of the choice among all that were drawn. */
  readonly choice: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** Rows learnt from ÷ rows of the split to learn from. */
  readonly share: number;
  /** On the rows of the split to be tested on; −∞ where it could not be learnt or scored. */
  readonly score: number;
  /** Code of the Problem that kept it from being learnt; null = none. */
  readonly problem: string | null;
}

export interface Tuned {
  readonly options: Readonly<Record<string, unknown>>;
  readonly score: number;
  /** Learnt from all rows of the split to learn from, with the best options. */
  readonly model: Model;
  /** In the order in which they were fit. */
  readonly trials: readonly Trial[];
}

interface Candidate {
  readonly choice: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly score: number;
  readonly model: Model | null;
}

/**
 * Rounds follow each other until the budget ends: of each round's choices all are fit on a small part of the rows to
 * learn from, the best of them on a larger part, and the best of these on all; a round that would go beyond the fits
 * left is smaller. Only scores on all rows are compared across rounds. When the clock ends a round early, the best of
 * its furthest rung is fit on all rows only if there is no other model.
 *
 * With a budget of fits the result depends on data, options and seed alone.
 *
 * @throws Problem `LEARN_OPTION` (an option or a range of the space), `LEARN_TUNING` (no trial could be scored), and
 * what the learner threw where it refused every choice; the signal's reason
 */
export async function tune<Options extends object>(
  learner: Learner<Options>,
  dataset: Dataset,
  options: TuneOptions,
  control: TrainingControl = {},
): Promise<Tuned> {
  const { split, score, space, budget, fixed = {}, halving = 3, rungs = 3, seed = 0 } = options;
  const whole = (name: string, value: number, least: number, most: number) =>
    checkOption(
      Number.isInteger(value) && value >= least && value <= most,
      name,
      value,
      `a whole number from ${least} to ${most}`,
    );
  whole("halving", halving, 2, 10);
  whole("rungs", rungs, 1, 5);
  whole("seed", seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if ("fits" in budget) whole("budget fits", budget.fits, 1, 1_000_000);
  else checkOption(Number.isFinite(budget.untilMs), "budget untilMs", budget.untilMs, "a moment");
  checkSpace(space);
  const random = seededRandom(seed).fork("tune");
  const tested = takeRows(dataset, split.test);
  const learnt = partsOf(dataset, split.train, halving, rungs, seed);
  const trials: Trial[] = [];
  let refusal: unknown = null;
  let best: Candidate | null = null;
  let drawn = 0;

  const left = () => ("fits" in budget ? budget.fits - trials.length : Infinity);
  const over = () => ("fits" in budget ? left() <= 0 : budget.now() >= budget.untilMs);
  const { onProgress: _, ...inner } = control;
  const trial = async (candidate: Candidate, rung: number): Promise<Candidate> => {
    control.signal?.throwIfAborted();
    const share = learnt[rung]!.rows / split.train.length;
    const { choice, options: chosen } = candidate;
    let model: Model | null = null;
    let said = -Infinity;
    let problem: string | null = null;
    try {
      model = await learner.fit(learnt[rung]!, { ...fixed, ...chosen } as Options, inner);
      const found = score(model.predict(tested), tested);
      said = Number.isNaN(found) ? -Infinity : found;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refusal = error;
      problem = error.code;
    }
    trials.push({ choice, options: chosen, share, score: said, problem });
    if ("fits" in budget) control.onProgress?.(trials.length / budget.fits);
    return { choice, options: chosen, score: said, model: rung === rungs - 1 ? model : null };
  };

  while (!over()) {
    const sizes = roundSizes(halving, rungs, left());
    let going = Array.from({ length: sizes[0]! }, (): Candidate => {
      const choice = drawn++;
      const own = random.fork(`choice ${choice}`);
      return { choice, options: drawOptions(space, own), score: -Infinity, model: null };
    });
    for (let rung = rungs - sizes.length; rung < rungs && going.length > 0; rung++) {
      const fitted: Candidate[] = [];
      for (const candidate of going) {
        if (over()) break;
        fitted.push(await trial(candidate, rung));
      }
      const ranked = fitted.filter(({ score: one }) => one > -Infinity).sort(byScore);
      const first = ranked[0];
      if (rung === rungs - 1) {
        if (first && (best === null || byScore(first, best) < 0)) best = first;
      } else if (over() && best === null && first) best = await trial(first, rungs - 1);
      going = ranked.slice(0, sizes[rung - rungs + sizes.length + 1] ?? 0);
    }
  }
  if (best?.model) return { options: best.options, score: best.score, model: best.model, trials };
  if (refusal !== null) throw refusal;
  throw new Problem("LEARN_TUNING", {
    what: `Of ${trials.length} models none was given a score on all rows`,
    where: "tune",
    fix: "Give a larger budget, and a score that is a number for the rows to be tested on.",
  });
}

function byScore(one: Candidate, other: Candidate): number {
  return one.score === other.score ? one.choice - other.choice : other.score - one.score;
}

/**
 * How many choices are fit at each rung of a round: the full ladder (9, 3, 1), or, of fewer fits, the largest one that
 * fits in; of too few even for that only the last rung.
 */
export function roundSizes(halving: number, rungs: number, fits: number): number[] {
  for (let length = rungs; length > 1; length--) {
    for (let first = halving ** (length - 1); first >= halving; first--) {
      const sizes = Array.from({ length }, (_, rung) =>
        Math.max(1, Math.floor(first / halving ** rung)),
      );
      if (sizes.reduce((sum, one) => sum + one, 0) <= fits) return sizes;
    }
  }
  return [1];
}

/** The rows of each rung, each a part of the next; of classes each part has its share. */
function partsOf(
  dataset: Dataset,
  train: Uint32Array,
  halving: number,
  rungs: number,
  seed: number,
): Dataset[] {
  const random = seededRandom(seed).fork("tune rows");
  const order = Uint32Array.from(train);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const { target } = dataset;
  const ranks = new Map<number, number>();
  // A row's place within its class says from which rung on it is there.
  const rank = Array.from(order, (row) => {
    const group = target?.kind === "class" ? target.codes[row]! : 0;
    const place = ranks.get(group) ?? 0;
    ranks.set(group, place + 1);
    return { row, place, group };
  });
  return Array.from({ length: rungs }, (_, rung) => {
    const share = 1 / halving ** (rungs - 1 - rung);
    const rows = rank.filter(({ place, group }) => place < Math.ceil(share * ranks.get(group)!));
    return takeRows(dataset, Uint32Array.from(rows, ({ row }) => row).sort());
  });
}
