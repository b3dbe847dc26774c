/**
 * Rows of a branch copied beside each other: further down a tree its rows lie far apart, and reading them from all over
 * the memory is what takes the time.
 */
import { ROW_SHIFT, type RowData } from "./grow-split.ts";

/** Bytes of bins that a processor's own cache holds beside the rest. */
const NEAR_BYTES = 2 ** 19;
const LOW_BITS = (1 << ROW_SHIFT) - 1;

export interface NearRows {
  visit(start: number, end: number): void;
  /** Lets `rows` point to all rows again. */
  leave(): void;
}

/**
 * For a tree that is grown depth first. `visit` is told every node before it is looked at; at the first one of few
 * enough rows it copies what is known of them, lets `rows` point to the copies and `words` name the places there, until
 * a node outside that branch is visited.
 *
 * @param width bytes of bins per row, a multiple of 4
 */
export function nearRows(rows: RowData, words: Int32Array, width: number): NearRows {
  const far = { ...rows };
  const most = Math.floor(NEAR_BYTES / width);
  const quarter = width >>> 2;
  const farBins = new Int32Array(far.bins.buffer, far.bins.byteOffset, far.bins.length >>> 2);
  const needed = far.bins.length > 2 * NEAR_BYTES;
  const bins = new Uint8Array(needed ? most * width : 0);
  const nearBins = new Int32Array(bins.buffer);
  const codes = needed && far.codes !== null ? new Uint16Array(most) : null;
  const values = needed && far.values !== null ? new Float64Array(most) : null;
  const weights = needed && far.weights !== null ? new Float64Array(most) : null;
  let nearEnd = -1;

  const leave = () => {
    Object.assign(rows, far);
    nearEnd = -1;
  };
  return {
    visit(start, end) {
      if (!needed) return;
      if (start >= nearEnd) leave();
      if (nearEnd >= 0 || end - start > most) return;
      for (let i = start, at = 0, to = 0; i < end; i++, at++) {
        const word = words[i]!;
        const row = word >>> ROW_SHIFT;
        for (let from = row * quarter, k = 0; k < quarter; k++) nearBins[to++] = farBins[from++]!;
        if (codes !== null) codes[at] = far.codes![row]!;
        if (values !== null) values[at] = far.values![row]!;
        if (weights !== null) weights[at] = far.weights![row]!;
        words[i] = (at << ROW_SHIFT) | (word & LOW_BITS);
      }
      Object.assign(rows, { bins, codes, values, weights });
      nearEnd = end;
    },
    leave,
  };
}
