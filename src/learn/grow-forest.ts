/** Grows some trees of a forest; what a thread of the pool does. Takes what all trees share and which ones to grow. */
import { type Random, seededRandom } from "../base/random.ts";
import type { GrownTree } from "./grow-nodes.ts";
import { type Drawing, drawnTimes, drawnWords, mostWords } from "./grow-sample.ts";
import type { GrowData, RowData, SplitSearch } from "./grow-split.ts";
import { type GrowLimits, treeGrower } from "./grow-tree.ts";
import { addOutOfBag, type OutOfBagSums } from "./out-of-bag.ts";
import { binarySearch } from "./split-binary.ts";
import { classSearch } from "./split-classes.ts";
import { valueSearch } from "./split-values.ts";

/** Everything the trees of one forest share; arrays over rows lie in shared memory. */
export interface ForestPlan {
  readonly data: GrowData;
  readonly rows: Readonly<RowData>;
  readonly rowCount: number;
  /** How splits are searched: two classes without row weights, two with, more than two, numbers. */
  readonly target: "two" | "two-weighted" | "classes" | "values";
  /** Classes of the rows of target `two`. */
  readonly binary: Uint8Array | null;
  /** What a row of each class counts, of target `two`. */
  readonly classWeights: readonly [number, number];
  readonly outputs: number;
  /** Rows of a weight above 0; null = all. */
  readonly eligible: Uint32Array | null;
  readonly candidates: readonly number[];
  readonly drawing: Drawing;
  readonly limits: GrowLimits;
  readonly minLeafRows: number;
  readonly seed: number;
  readonly outOfBag: OutOfBagSums | null;
}

/** Trees `first` … `first + count − 1`. */
export interface ForestPart {
  readonly first: number;
  readonly count: number;
}

/** Of each plan what grows its trees: made once per thread, as are the arrays it needs. */
const growers = new WeakMap<ForestPlan, (random: Random) => GrownTree>();

/** Grows the trees of a part. Tree t depends on the plan and t alone, not on who grows it. */
export function growForest(plan: ForestPlan, { first, count }: ForestPart): GrownTree[] {
  const grow = growers.get(plan) ?? growerOf(plan);
  growers.set(plan, grow);
  const random = seededRandom(plan.seed);
  return Array.from({ length: count }, (_, i) => grow(random.fork(`tree ${first + i}`)));
}

function growerOf(plan: ForestPlan): (random: Random) => GrownTree {
  const { data, outputs, candidates, limits, drawing, rowCount, outOfBag } = plan;
  const times = new Uint8Array(rowCount);
  const draws = drawing.sampling === "all" ? rowCount : drawing.draws;
  const words = new Int32Array(mostWords(rowCount, draws));
  const rows: RowData = { ...plan.rows };
  const search = searchOf(plan, rows, words);
  const grow = treeGrower(data, rows, words, search, outputs, candidates, limits);
  return (random) => {
    drawnTimes(times, plan.eligible, drawing, random);
    const tree = grow(drawnWords(times, plan.binary, words), random);
    if (outOfBag !== null) addOutOfBag(outOfBag, data, rows.bins, times, tree, outputs);
    return tree;
  };
}

function searchOf(plan: ForestPlan, rows: RowData, words: Int32Array): SplitSearch {
  const { data, target, minLeafRows, outputs } = plan;
  if (target === "two") return binarySearch(data, rows, words, plan.classWeights, minLeafRows);
  if (target === "classes") return classSearch(data, rows, words, outputs, minLeafRows);
  return valueSearch(data, rows, words, target === "values", minLeafRows);
}
