/** One of the threads that boost together: it owns a share of the rows and runs the same rounds as the others. */
import { seededRandom } from "../base/random.ts";
import { binWalk, leafOf, quantileOf } from "./boosting-answers.ts";
import { type FeaturePlan, type GrownNode, treeGrower } from "./boosting-grow.ts";
import { lossOf, type Scales, type ScoredRows } from "./boosting-losses.ts";
import {
  BLOCK_ROWS,
  type Layout,
  type Sizes,
  toldPlaces,
  trainingViews,
  validationViews,
} from "./boosting-memory.ts";
import { type GrownTrees, treeRecorder } from "./boosting-record.ts";
import { nodeFeatures, rowIsTaken, treeFeatures } from "./boosting-samples.ts";
import { answerOf, type SplitRules } from "./boosting-split.ts";
import { meet } from "./gang.ts";
import { histogramKernel } from "./histogram-kernel.ts";
import { bitsBeside, SEARCH } from "./search-kernel.ts";
import type { WorkContext } from "./works.ts";

/** What all members are given. */
export interface BoostingWork {
  readonly memory: WebAssembly.Memory;
  readonly layout: Layout;
  readonly sizes: Sizes;
  readonly plan: FeaturePlan;
  readonly rounds: number;
  readonly learningRate: number;
  readonly maxDepth: number;
  readonly rules: Omit<SplitRules, "gradientUnit" | "hessianUnit" | "shift">;
  readonly columnShare: number;
  readonly nodeColumnShare: number;
  readonly rowShare: number;
  readonly quantile: number | null;
  readonly patience: number;
  readonly seed: number;
  readonly largestWeight: number;
}

/** What member 0 gives. */
export interface Boosted {
  readonly trees: GrownTrees;
  /** Mean loss after each round, of an even sample of the training rows and of the validation rows. */
  readonly trainingLoss: Float64Array;
  readonly validationLoss: Float64Array;
  /** Rounds whose trees count. */
  readonly rounds: number;
}

/** Rows whose scores or bins are worked on together. */
const STRETCH_ROWS = 8192;

/** Training rows that the history's loss is taken of, evenly spread. */
const HISTORY_ROWS = 4096;

/** The leaves' answers at their nodes' places. */
function answersByNode(nodes: readonly GrownNode[], answers: readonly number[]): Float64Array {
  let leaf = 0;
  return Float64Array.from(nodes, ({ split }) => (split === null ? answers[leaf++]! : 0));
}

/** The smallest power of two that is not below. */
function powerAbove(x: number): number {
  let power = 1;
  while (power < x) power *= 2;
  while (power / 2 >= x && power > 2 ** -1000) power /= 2;
  return power;
}

/**
 * Boosts together with the other members. Sums are of integers, and all choices are made alike by every member, so the
 * trees do not depend on how many there are.
 */
export async function boostingMember(
  work: BoostingWork,
  member: number,
  context: WorkContext,
): Promise<Boosted | null> {
  const { memory, layout, sizes, plan, quantile } = work;
  const { rows, outputs, members, validationRows } = sizes;
  const { gang } = context;
  const { buffer } = memory;
  const from = Math.floor((rows * member) / members);
  const to = Math.floor((rows * (member + 1)) / members);
  const training = { rows, outputs, ...trainingViews(buffer, layout, sizes) };
  const validation = { rows: validationRows, outputs, ...validationViews(buffer, layout, sizes) };
  const gradients = new Int32Array(buffer, layout.gradients, 2 * rows * outputs);
  const list = new Int32Array(buffer, layout.rows + 4 * from, to - from);
  /** What the kernel's loops are told in memory. */
  const room = new Float64Array(buffer, layout.search + SEARCH.bytes * member, 1);
  const places = toldPlaces(sizes);
  const told = new Float64Array(buffer, layout.told, places.numbers);

  // 2^shift is more than the rows.
  const shift = Math.max(1, 32 - Math.clz32(rows));
  const bits = bitsBeside(shift);
  const loss = lossOf(outputs, training.codes !== null, quantile);
  const kernel = histogramKernel(memory, plan.entries, shift);
  const grow = treeGrower({ memory, layout, sizes, plan, gang, member, from, shift, kernel });
  const recorder = treeRecorder();
  const trainingLoss: number[] = [];
  const validationLoss: number[] = [];
  let best = 0;

  const scaleOf = (largest: number) => 2 ** bits / powerAbove(largest);

  /** Scales of the round, or null when it is time to stop. */
  const begin = (): Scales | null => {
    if (member === 0) told[places.stop] = context.cancelled() ? 1 : 0;
    if (loss.steepest === null)
      told[places.steepest + member] = loss.steepestOf(training, from, to);
    meet(gang, members);
    if (told[places.stop] === 1) return null;
    let steepest = (loss.steepest ?? 0) * work.largestWeight;
    if (loss.steepest === null)
      for (let of = 0; of < members; of++)
        steepest = Math.max(steepest, told[places.steepest + of]!);
    if (steepest === 0) return null;
    return { gradient: scaleOf(steepest), hessian: scaleOf(loss.roundest * work.largestWeight) };
  };

  /** Lists this member's rows of the round; gives how many. */
  const takeRows = (key: number): number => {
    if (work.rowShare === 1) {
      kernel.list(list.byteOffset, from, to);
      return to - from;
    }
    let count = 0;
    for (let row = from; row < to; row++)
      if (rowIsTaken(row, key, work.rowShare)) list[count++] = row;
    return count;
  };

  /** By leaf, in the order of the nodes: the sum over its rows of what a function of the row gives. */
  const weigh = (leaves: readonly GrownNode[], scale: number): number[] => {
    const { weights } = training;
    leaves.forEach(({ start, count }, leaf) => {
      let sum = 0;
      for (let i = start; i < start + count; i++) sum += Math.round(weights![list[i]!]! * scale);
      told[places.ofLeaves + 2 * (sizes.maxLeaves * member + leaf)] = sum;
    });
    meet(gang, members);
    return leaves.map((_, leaf) => {
      let sum = 0;
      for (let of = 0; of < members; of++)
        sum += told[places.ofLeaves + 2 * (sizes.maxLeaves * of + leaf)]!;
      return sum / scale;
    });
  };

  /** The weights of the leaves' rows. */
  const coversOf = (leaves: readonly GrownNode[], hessianUnit: number): number[] => {
    if (training.weights === null) return leaves.map((leaf) => leaf.rows);
    if (training.codes === null) return leaves.map((leaf) => leaf.hessian * hessianUnit);
    return weigh(leaves, 2 ** Math.min(30, 52 - shift) / powerAbove(work.largestWeight));
  };

  /** Quantiles of what the leaves' rows still lack, each leaf by one member. */
  const quantilesOf = (leaves: readonly GrownNode[], share: number): number[] => {
    const placeOf = (of: number, leaf: number) =>
      places.ofLeaves + 2 * (sizes.maxLeaves * of + leaf);
    leaves.forEach(({ start, count }, leaf) => {
      told[placeOf(member, leaf)] = layout.rows / 4 + from + start;
      told[placeOf(member, leaf) + 1] = count;
    });
    meet(gang, members);
    const words = new Int32Array(buffer);
    for (let leaf = member; leaf < leaves.length; leaf += members) {
      const lacking = new Float64Array(leaves[leaf]!.rows);
      const weights = training.weights === null ? null : new Float64Array(lacking.length);
      let at = 0;
      for (let of = 0; of < members; of++) {
        const first = told[placeOf(of, leaf)]!;
        const end = first + told[placeOf(of, leaf) + 1]!;
        for (let i = first; i < end; i++, at++) {
          const row = words[i]!;
          lacking[at] = training.values![row]! - training.scores[row]!;
          if (weights !== null) weights[at] = training.weights![row]!;
        }
      }
      told[places.answers + leaf] = quantileOf(lacking, weights, share);
    }
    meet(gang, members);
    return leaves.map((_, leaf) => told[places.answers + leaf]!);
  };

  const answersOf = (leaves: readonly GrownNode[], rules: SplitRules): number[] => {
    const steps =
      quantile === null
        ? leaves.map((leaf) =>
            answerOf(leaf.gradient, leaf.hessian, rules, leaf.lowest, leaf.highest),
          )
        : quantilesOf(leaves, quantile).map((step, i) =>
            Math.min(leaves[i]!.highest, Math.max(leaves[i]!.lowest, step)),
          );
    return steps.map((step) => step * work.learningRate);
  };

  /** Adds a tree's answers to the scores of this member's rows, listed or not, and of its validation rows. */
  const addAnswers = (
    nodes: readonly GrownNode[],
    answers: Float64Array,
    output: number,
    key: number,
  ) => {
    const { scores, bins } = training;
    // Each leaf lists its rows in their order: stretch by stretch their scores stay in the cache.
    const leaves = nodes.flatMap(({ split, start, count }, node) =>
      split === null ? [{ at: start, end: start + count, answer: answers[node]! }] : [],
    );
    const ofRow0 = layout.scores + 8 * output;
    for (let end = from + STRETCH_ROWS; end < to + STRETCH_ROWS; end += STRETCH_ROWS)
      for (const leaf of leaves) {
        room[0] = leaf.answer;
        const rest = list.byteOffset + 4 * leaf.at;
        const many = leaf.end - leaf.at;
        leaf.at += kernel.addAnswer(rest, many, end, ofRow0, 8 * outputs, room.byteOffset);
      }
    if (work.rowShare === 1 && validationRows === 0) return;
    const walk = binWalk(nodes, plan);
    if (work.rowShare < 1) {
      for (let row = from; row < to; row++)
        if (!rowIsTaken(row, key, work.rowShare))
          scores[row * outputs + output]! += answers[leafOf(walk, bins, row * sizes.features)]!;
    }
    for (const [first, end] of myBlocks())
      for (let row = first; row < end; row++)
        validation.scores[row * outputs + output]! +=
          answers[leafOf(walk, validation.bins, row * sizes.features)]!;
  };

  /** The bins of this member's rows row by row, as summing reads them. */
  const turnBins = () => {
    const { bins } = training;
    const columns = new Uint8Array(buffer, layout.columns, rows * sizes.features);
    for (let first = from; first < to; first += STRETCH_ROWS) {
      const end = Math.min(to, first + STRETCH_ROWS);
      for (let f = 0; f < sizes.features; f++)
        for (let row = first; row < end; row++)
          bins[row * sizes.features + f] = columns[f * rows + row]!;
    }
  };

  const myBlocks = (): [number, number][] => {
    const blocks: [number, number][] = [];
    for (let first = BLOCK_ROWS * member; first < validationRows; first += BLOCK_ROWS * members)
      blocks.push([first, Math.min(validationRows, first + BLOCK_ROWS)]);
    return blocks;
  };

  const weighted = (views: ScoredRows, first: number, end: number, step: number) => {
    let sum = 0;
    let weight = 0;
    for (let row = first; row < end; row += step) {
      const one = views.weights === null ? 1 : views.weights[row]!;
      if (one === 0) continue;
      sum += one * loss.lossAt(views, row);
      weight += one;
    }
    return { sum, weight };
  };

  /** Writes the losses after a round down; false when the validation rows say that it is enough. */
  const judge = (): boolean => {
    for (const [first, end] of myBlocks())
      told[places.losses + first / BLOCK_ROWS] = weighted(validation, first, end, 1).sum;
    meet(gang, members);
    if (member === 0) {
      const { sum, weight } = weighted(training, 0, rows, Math.ceil(rows / HISTORY_ROWS));
      trainingLoss.push(weight > 0 ? sum / weight : 0);
    }
    if (validationRows === 0) return true;
    let sum = 0;
    for (let at = places.losses; at < places.numbers; at++) sum += told[at]!;
    validationLoss.push(sum);
    if (sum < validationLoss[best]!) best = validationLoss.length - 1;
    return validationLoss.length - 1 - best < work.patience;
  };

  turnBins();
  for (let round = 0; round < work.rounds; round++) {
    const scales = begin();
    if (scales === null) break;
    const rules: SplitRules = {
      ...work.rules,
      shift,
      gradientUnit: 1 / scales.gradient,
      hessianUnit: 1 / scales.hessian,
    };
    loss.gradients(training, from, to, gradients, scales);
    const random = seededRandom(work.seed).fork(`round ${round}`);
    const key = Math.floor(random.fork("rows").next() * 2 ** 32);
    let split = false;
    for (let output = 0; output < outputs; output++) {
      const chance = random.fork(`columns ${output}`);
      const features = treeFeatures(sizes.features, work.columnShare, chance);
      const nodes = grow({
        rules,
        maxLeaves: sizes.maxLeaves,
        maxDepth: work.maxDepth,
        features,
        featuresOfNode: nodeFeatures(features, work.nodeColumnShare, chance),
        output,
        count: takeRows(key),
      });
      const leaves = nodes.filter((node) => node.split === null);
      const answers = answersOf(leaves, rules);
      recorder.add(nodes, answers, coversOf(leaves, rules.hessianUnit));
      addAnswers(nodes, answersByNode(nodes, answers), output, key);
      split ||= nodes.length > 1;
    }
    const goesOn = judge();
    if (member === 0) context.progress((round + 1) / work.rounds);
    const sampled = work.rowShare < 1 || work.columnShare < 1 || work.nodeColumnShare < 1;
    if (!goesOn || !(split || sampled)) break;
    await context.pause();
  }
  if (member !== 0) return null;
  const rounds =
    validationRows === 0 ? trainingLoss.length : Math.min(best + 1, validationLoss.length);
  return {
    trees: recorder.trees(rounds * outputs),
    trainingLoss: Float64Array.from(trainingLoss),
    validationLoss: Float64Array.from(validationLoss),
    rounds,
  };
}
