/** Ranks of numbers, equal ones sharing the middle of their places. */
export interface Ranks {
  /** From 1, one per value. */
  readonly ranks: Float64Array;
  /** Σ (t³ − t) over sets of t equal values; 0 where all differ. */
  readonly tieSum: number;
}

/** @param values numbers, none NaN */
export function midRanks(values: Float64Array): Ranks {
  const order = Int32Array.from(values, (_, i) => i).sort(
    (i, j) => (values[i] as number) - (values[j] as number),
  );
  const ranks = new Float64Array(values.length);
  let tieSum = 0;
  for (let from = 0; from < order.length; ) {
    const value = values[order[from] as number];
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === value) to++;
    for (let k = from; k < to; k++) ranks[order[k] as number] = (from + to + 1) / 2;
    const tied = to - from;
    tieSum += tied * tied * tied - tied;
    from = to;
  }
  return { ranks, tieSum };
}
