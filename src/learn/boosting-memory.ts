/** The memory that the threads of one training share: where each array lies, and views of them. */
import { Problem } from "../base/problem.ts";
import { SPLIT_NUMBERS } from "./boosting-split.ts";
import { ENTRY_BYTES } from "./histogram-kernel.ts";
import { SEARCH } from "./search-kernel.ts";
import { MOST_PAGES, PAGE_BYTES, takeMemory } from "./shared-memory.ts";

/** How much there is of everything. */
export interface Sizes {
  readonly rows: number;
  readonly features: number;
  readonly outputs: number;
  readonly classes: boolean;
  readonly weighted: boolean;
  readonly validationRows: number;
  readonly validationWeighted: boolean;
  /** Entries of a histogram of all features. */
  readonly entries: number;
  readonly maxLeaves: number;
  readonly members: number;
}

/** Addresses in bytes; what is not there has no bytes. */
export interface Layout {
  /** Row by row. */
  readonly bins: number;
  /** The same column by column. */
  readonly columns: number;
  readonly target: number;
  readonly weights: number;
  readonly scores: number;
  readonly gradients: number;
  readonly rows: number;
  readonly spare: number;
  readonly validationBins: number;
  readonly validationTarget: number;
  readonly validationWeights: number;
  readonly validationScores: number;
  /** A histogram per member. */
  readonly own: number;
  /** Histograms of the open leaves, one more than there can be leaves. */
  readonly open: number;
  /** A byte per bin and member. */
  readonly goesLeft: number;
  /** Of each member, for the kernel's search (see SEARCH). */
  readonly search: number;
  /** Two splits per member. */
  readonly splits: number;
  /** Numbers that members tell each other: see `toldPlaces`. */
  readonly told: number;
  readonly bytes: number;
}

/** Losses of this many rows are summed by one member, so that the sums do not depend on the members' number. */
export const BLOCK_ROWS = 4096;

/** Where the numbers that members tell each other lie in `told`, and how many there are. */
export function toldPlaces(sizes: Sizes) {
  const { members, maxLeaves, validationRows } = sizes;
  /** One per member. */
  const steepest = 1;
  /** Per member and leaf: its first row and how many, or what they weigh. */
  const ofLeaves = steepest + members;
  /** One per leaf. */
  const answers = ofLeaves + 2 * members * maxLeaves;
  /** One per block of validation rows. */
  const losses = answers + maxLeaves;
  const numbers = losses + Math.ceil(validationRows / BLOCK_ROWS);
  return { stop: 0, steepest, ofLeaves, answers, losses, numbers };
}

export function layoutOf(sizes: Sizes): Layout {
  const { rows, features, outputs, classes, weighted, validationRows, entries, members } = sizes;
  let end = 0;
  const take = (bytes: number) => {
    const start = end;
    end = Math.ceil((start + bytes) / 64) * 64;
    return start;
  };
  const targetBytes = classes ? 4 : 8;
  const histogram = entries * ENTRY_BYTES;
  const layout = {
    bins: take(rows * features),
    columns: take(rows * features),
    target: take(rows * targetBytes),
    weights: take(weighted ? rows * 8 : 0),
    scores: take(rows * outputs * 8),
    gradients: take(rows * outputs * 8),
    rows: take(rows * 4),
    spare: take(rows * 4),
    validationBins: take(validationRows * features),
    validationTarget: take(validationRows * targetBytes),
    validationWeights: take(sizes.validationWeighted ? validationRows * 8 : 0),
    validationScores: take(validationRows * outputs * 8),
    own: take(members > 1 ? members * histogram : 0),
    open: take((sizes.maxLeaves + 1) * histogram),
    goesLeft: take(members * 256),
    search: take(members * SEARCH.bytes),
    splits: take(members * 2 * SPLIT_NUMBERS * 8),
    told: take(toldPlaces(sizes).numbers * 8),
  };
  return { ...layout, bytes: end };
}

/** @throws Problem `LEARN_TOO_LARGE` */
export function memoryFor(layout: Layout): WebAssembly.Memory {
  const pages = Math.ceil(layout.bytes / PAGE_BYTES);
  if (pages > MOST_PAGES) {
    throw new Problem("LEARN_TOO_LARGE", {
      what: `Training would need ${Math.round(layout.bytes / 2 ** 20)} MiB in one piece, of which 4096 can be had`,
      where: "dataset",
      fix: "Give fewer rows or columns, or lower maxLeaves.",
    });
  }
  return takeMemory(pages);
}

/** Rows with their targets, as views of the memory. */
export interface RowViews {
  readonly bins: Uint8Array;
  readonly codes: Int32Array | null;
  readonly values: Float64Array | null;
  readonly weights: Float64Array | null;
  readonly scores: Float64Array;
}

export function trainingViews(buffer: SharedArrayBuffer, layout: Layout, sizes: Sizes): RowViews {
  const { rows, features, outputs, classes } = sizes;
  return {
    bins: new Uint8Array(buffer, layout.bins, rows * features),
    codes: classes ? new Int32Array(buffer, layout.target, rows) : null,
    values: classes ? null : new Float64Array(buffer, layout.target, rows),
    weights: sizes.weighted ? new Float64Array(buffer, layout.weights, rows) : null,
    scores: new Float64Array(buffer, layout.scores, rows * outputs),
  };
}

export function validationViews(buffer: SharedArrayBuffer, layout: Layout, sizes: Sizes): RowViews {
  const { validationRows: rows, features, outputs, classes } = sizes;
  return {
    bins: new Uint8Array(buffer, layout.validationBins, rows * features),
    codes: classes ? new Int32Array(buffer, layout.validationTarget, rows) : null,
    values: classes ? null : new Float64Array(buffer, layout.validationTarget, rows),
    weights: sizes.validationWeighted
      ? new Float64Array(buffer, layout.validationWeights, rows)
      : null,
    scores: new Float64Array(buffer, layout.validationScores, rows * outputs),
  };
}
