/** What can be asked of a forest, with defaults and ranges. */
import { checkOption, optionsOver } from "./checks.ts";
import type { ClassWeights } from "./class-weights.ts";

export interface ForestOptions {
  /** Trees, 1 … 10,000. Default 300. */
  readonly trees?: number;
  /**
   * Rows of each tree: drawn with putting back (`bootstrap`), without (`subsample`), or `all`. Default bootstrap.
   */
  readonly sampling?: "bootstrap" | "subsample" | "all";
  /** Rows drawn ÷ rows, above 0 and at most 1; null = 1 for bootstrap, 0.632 for subsample. Default null. */
  readonly sampleShare?: number | null;
  /**
   * Features tried at a split: `sqrt` of their number, a `third` of it, `all`, or a number of 1 or more; when none of
   * them can split a node, further ones are tried. Null = sqrt for classes, third for values. Default null.
   */
  readonly featuresPerSplit?: "sqrt" | "third" | "all" | number | null;
  /** Splits on the longest way, 1 or more; null = no limit. Default null. */
  readonly maxDepth?: number | null;
  /** Rows (each as often as drawn) that a node must have to be split, 2 or more. Default 2. */
  readonly minSplitRows?: number;
  /** Rows (each as often as drawn) of a leaf, 1 or more. Default 5: shares of fewer are poor probabilities. */
  readonly minLeafRows?: number;
  /** Leaves of a tree, 2 or more, those whose splits gain most; null = no limit. Default null. */
  readonly maxLeaves?: number | null;
  /** What rows of a class count. Default null = 1 each. */
  readonly classWeights?: ClassWeights;
  /** Bins of a numeric feature, 2 … 255. Default 255. */
  readonly bins?: number;
  /** Whether to predict each row by the trees grown without it; with sampling `all` there are none. Default false. */
  readonly outOfBag?: boolean;
  /** A whole number; of equal data and options equal seeds give equal forests. Default 0. */
  readonly seed?: number;
}

const DEFAULTS: Required<ForestOptions> = {
  trees: 300,
  sampling: "bootstrap",
  sampleShare: null,
  featuresPerSplit: null,
  maxDepth: null,
  minSplitRows: 2,
  minLeafRows: 5,
  maxLeaves: null,
  classWeights: null,
  bins: 255,
  outOfBag: false,
  seed: 0,
};

/** Options with defaults in place of what is not given. @throws Problem `LEARN_OPTION` */
export function forestOptions(given: ForestOptions = {}): Required<ForestOptions> {
  const options = optionsOver(DEFAULTS, given);
  const whole = (name: keyof ForestOptions, least: number, most = Number.MAX_SAFE_INTEGER) => {
    const value = options[name] as number;
    const range =
      most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of ${least} or more`;
    const fine = Number.isSafeInteger(value) && value >= least && value <= most;
    checkOption(fine, name, value, `a whole number ${range}`);
  };
  const oneOf = (name: keyof ForestOptions, known: readonly unknown[]) =>
    checkOption(known.includes(options[name]), name, options[name], `one of: ${known.join(", ")}`);
  whole("trees", 1, 10_000);
  oneOf("sampling", ["bootstrap", "subsample", "all"]);
  const share = options.sampleShare;
  checkOption(
    share === null || (share > 0 && share <= 1),
    "sampleShare",
    share,
    "a number above 0 and at most 1, or null",
  );
  if (typeof options.featuresPerSplit === "number") whole("featuresPerSplit", 1);
  else oneOf("featuresPerSplit", ["sqrt", "third", "all", null]);
  if (options.maxDepth !== null) whole("maxDepth", 1);
  whole("minSplitRows", 2);
  whole("minLeafRows", 1);
  if (options.maxLeaves !== null) whole("maxLeaves", 2);
  whole("bins", 2, 255);
  oneOf("outOfBag", [true, false]);
  whole("seed", Number.MIN_SAFE_INTEGER);
  return options;
}

/** How many of some features are tried at a split. */
export function triedFeatures(
  asked: NonNullable<Required<ForestOptions>["featuresPerSplit"]>,
  features: number,
): number {
  if (asked === "all") return features;
  if (typeof asked === "number") return Math.min(asked, features);
  return Math.max(1, Math.floor(asked === "sqrt" ? Math.sqrt(features) : features / 3));
}
