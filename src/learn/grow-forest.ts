/** Grows some trees of a forest; what a thread of the pool does. Takes what all trees share and which ones to grow. */
import { type Random, seededRandom } from "../base/random.ts";
import type { GrownTree } from "./grow-nodes.ts";
import { type Drawing, drawnTimes, drawnWords } from "./grow-sample.ts";
import type { GrowData, RowData, SplitSearch } from "./grow-split.ts";
import { type GrowLimits, growTree } from "./grow-tree.ts";
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

/** Grows the trees of a part. Tree t depends on the plan and t alone, not on who grows it. */
export function growForest(plan: ForestPlan, { first, count }: ForestPart): GrownTree[] {
  const random = seededRandom(plan.seed);
  return Array.from({ length: count }, (_, i) => growOne(plan, random.fork(`tree ${first + i}`)));
}

function growOne(plan: ForestPlan, random: Random): GrownTree {
  const { data, outputs, candidates, limits } = plan;
  const times = drawnTimes(plan.rowCount, plan.eligible, plan.drawing, random);
  const words = drawnWords(times, plan.binary);
  const rows: RowData = { ...plan.rows };
  const search = searchOf(plan, rows, words);
  const tree = growTree(data, rows, words, search, outputs, candidates, limits, random);
  if (plan.outOfBag !== null) addOutOfBag(plan.outOfBag, data, rows.bins, times, tree, outputs);
  return tree;
}

function searchOf(plan: ForestPlan, rows: RowData, words: Int32Array): SplitSearch {
  const { data, target, minLeafRows, outputs } = plan;
  if (target === "two") return binarySearch(data, rows, words, plan.classWeights, minLeafRows);
  if (target === "classes") return classSearch(data, rows, words, outputs, minLeafRows);
  return valueSearch(data, rows, words, target === "values", minLeafRows);
}
