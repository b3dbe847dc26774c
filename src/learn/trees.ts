/**
 * The trees of a forest or boosting: nodes of all trees one after another, in plain arrays.
 * Every tree learner gives this, and prediction, explanation and JSON read it.
 *
 * Walk: at an inner node take the row's encoded value `x` of `feature`. Missing (NaN): `missingLeft` says where.
 * Numeric split (`categorySet` < 0): left if x ≤ `threshold`. Categorical: left if bit x of its set is 1.
 */
export interface Trees {
  /** First node of each tree, and one more: the number of nodes. */
  readonly roots: Uint32Array;
  /** Place in the model's features; −1 at a leaf. */
  readonly feature: Int32Array;
  /** Of numeric splits, in the feature's unit; 0 elsewhere. */
  readonly threshold: Float64Array;
  /** Left and right child; at a leaf the node itself. A child comes after its parent. */
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  /** 1 = missing goes left. */
  readonly missingLeft: Uint8Array;
  /** First word of the split's set in `categoryWords`, (levels + 31) >>> 5 words of 32 codes each; −1 = numeric split. */
  readonly categorySet: Int32Array;
  readonly categoryWords: Uint32Array;
  /** Numbers a tree gives: 1, or one per class. */
  readonly outputs: number;
  /** nodes × outputs. At a leaf what the tree says; at an inner node the mean of its leaves by cover. */
  readonly value: Float64Array;
  /** Weight of the training rows that came by; of a node the sum of its children's. */
  readonly cover: Float64Array;
}
