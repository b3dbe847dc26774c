/** What can be chosen of boosting, the defaults, and their ranges. */
import type { Column, Dataset } from "../dataset/dataset.ts";
import { checkOption, optionsOver } from "./checks.ts";
import type { ClassWeights } from "./class-weights.ts";

export interface BoostingOptions {
  /** Rounds at most; each grows one tree, or one per class. Default 100; 1 … 10,000. */
  readonly rounds: number;
  /** What each tree's answer is multiplied by. Default 0.1; above 0, at most 1. */
  readonly learningRate: number;
  /** Leaves of a tree at most. Default 31; 2 … 4096. */
  readonly maxLeaves: number;
  /** Splits between root and leaf at most; null = no limit. Default null; 1 … 64. */
  readonly maxDepth: number | null;
  /** Rows in a leaf at least. Default 20; 1 or more. */
  readonly minLeafRows: number;
  /** Sum of the hessians (for values: of the weights) in a leaf at least. Default 0.001; 0 or more. */
  readonly minChildWeight: number;
  /** L2: added to the hessians wherever a leaf's answer or a split's gain is computed. Default 1; 0 or more. */
  readonly l2: number;
  /** A split must gain more: Σg²/(Σh + l2) of both children less that of the node. Default 0; 0 or more. */
  readonly minGain: number;
  /** Share of the columns that each tree may use. Default 1; above 0, at most 1. */
  readonly columnShare: number;
  /** Share of the tree's columns that each split may use. Default 1; above 0, at most 1. */
  readonly nodeColumnShare: number;
  /** Share of the rows that each round learns from. Default 1; above 0, at most 1. */
  readonly rowShare: number;
  /** Bins per column at most. Default 255; 2 … 255. */
  readonly maxBins: number;
  /**
   * By column name: 1 = the prediction must not fall where the column rises, −1 = must not rise, 0 = free.
   * Not for categorical columns, nor with more than two classes. Default none.
   */
  readonly monotone: Readonly<Record<string, -1 | 0 | 1>>;
  /** Added to the hessians of a category when categories are put in order. Default 10; 0 or more. */
  readonly categorySmoothing: number;
  /** A category with fewer rows in a node goes where missing goes. Default 10; 1 or more. */
  readonly minCategoryRows: number;
  /** Of columns with more than 4 levels: added to `l2` where the gain of a split is computed. Default 10; 0 or more. */
  readonly categoryL2: number;
  /**
   * Of columns with more than 4 levels: rows on each side of a split, and between two tried, at least. Default null =
   * 100, but not more than a twentieth of the rows; 1 or more.
   */
  readonly minGroupRows: number | null;
  /** For values: the quantile to learn; null = the mean, by squared loss. Default null; between 0 and 1. */
  readonly quantile: number | null;
  /** For classes: what a row of a class counts. Default null = 1 each. */
  readonly classWeights: ClassWeights;
  /** Later rows to stop by; null = none. Default null. */
  readonly validation: Dataset | null;
  /** Share of the rows, the last by time, that is kept to stop by. Default 0; 0 … 0.9. Not beside `validation`. */
  readonly validationShare: number;
  /** With rows to stop by: rounds without a better loss on them after which training ends. Default 20; 1 or more. */
  readonly patience: number;
  /** Default 0; any whole number. */
  readonly seed: number;
}

const DEFAULTS: BoostingOptions = {
  rounds: 100,
  learningRate: 0.1,
  maxLeaves: 31,
  maxDepth: null,
  minLeafRows: 20,
  minChildWeight: 0.001,
  l2: 1,
  minGain: 0,
  columnShare: 1,
  nodeColumnShare: 1,
  rowShare: 1,
  maxBins: 255,
  monotone: {},
  categorySmoothing: 10,
  minCategoryRows: 10,
  categoryL2: 10,
  minGroupRows: null,
  quantile: null,
  classWeights: null,
  validation: null,
  validationShare: 0,
  patience: 20,
  seed: 0,
};

/** Options over the defaults. @throws Problem `LEARN_OPTION` for one out of its range */
export function boostingOptions(given?: Partial<BoostingOptions>): BoostingOptions {
  const options = optionsOver(DEFAULTS, given);
  const whole = (name: keyof BoostingOptions, least: number, most: number) => {
    const value = options[name] as number;
    const fine = Number.isInteger(value) && value >= least && value <= most;
    checkOption(fine, name, value, `a whole number from ${least} to ${most}`);
  };
  const share = (name: keyof BoostingOptions) => {
    const value = options[name] as number;
    checkOption(value > 0 && value <= 1, name, value, "a number above 0 and at most 1");
  };
  const atLeast0 = (name: keyof BoostingOptions) => {
    const value = options[name] as number;
    checkOption(value >= 0 && value < Infinity, name, value, "a finite number of 0 or more");
  };
  whole("rounds", 1, 10_000);
  share("learningRate");
  whole("maxLeaves", 2, 4096);
  if (options.maxDepth !== null) whole("maxDepth", 1, 64);
  whole("minLeafRows", 1, 2 ** 31 - 1);
  for (const name of ["minChildWeight", "l2", "minGain"] as const) atLeast0(name);
  for (const name of ["categorySmoothing", "categoryL2"] as const) atLeast0(name);
  for (const name of ["columnShare", "nodeColumnShare", "rowShare"] as const) share(name);
  whole("maxBins", 2, 255);
  whole("minCategoryRows", 1, 2 ** 31 - 1);
  if (options.minGroupRows !== null) whole("minGroupRows", 1, 2 ** 31 - 1);
  whole("patience", 1, 10_000);
  whole("seed", -(2 ** 53) + 1, 2 ** 53 - 1);
  const { quantile, validation, validationShare } = options;
  checkOption(
    quantile === null || (quantile > 0 && quantile < 1),
    "quantile",
    quantile,
    "a number between 0 and 1, or null for the mean",
  );
  checkOption(
    validationShare >= 0 && validationShare <= 0.9,
    "validationShare",
    validationShare,
    "a number from 0 to 0.9",
  );
  checkOption(
    validation === null || validationShare === 0,
    "validationShare",
    validationShare,
    "either rows to stop by or a share of the rows to learn from",
  );
  return options;
}

/**
 * The direction of each column, in their order.
 *
 * @param outputs numbers that the model gives per row
 * @throws Problem `LEARN_OPTION`
 */
export function monotoneDirections(
  monotone: BoostingOptions["monotone"],
  columns: readonly Column[],
  outputs: number,
): Int8Array {
  const range = `1, 0 or −1 for names among: ${columns.map(({ name }) => name).join(", ")}`;
  checkOption(typeof monotone === "object" && monotone !== null, "monotone", monotone, range);
  const directions = new Int8Array(columns.length);
  for (const [name, direction] of Object.entries(monotone)) {
    const place = columns.findIndex((column) => column.name === name);
    checkOption(place >= 0, "monotone", name, range);
    checkOption([-1, 0, 1].includes(direction), `monotone ${name}`, direction, "1, 0 or −1");
    if (direction === 0) continue;
    const kind = columns[place]?.kind;
    checkOption(
      kind !== "categorical",
      `monotone ${name}`,
      direction,
      "0 for a categorical column: its levels have no order",
    );
    checkOption(
      outputs === 1,
      `monotone ${name}`,
      direction,
      "0 where there are more than two classes: no one direction suits all",
    );
    directions[place] = direction;
  }
  return directions;
}
