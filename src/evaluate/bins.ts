/** Probabilities put into bins: what was expected in each and what came. */
import type { Interval } from "../stats/intervals.ts";
import { checkOption } from "./checks.ts";
import { checkProbabilities, type ScoredRows, type ScoreTable } from "./scored-rows.ts";
import { rowsByLine, shareOfLines } from "./share.ts";

/** Lines of a table in bins: bin of each line, lowest scores in bin 0. */
export interface Binning {
  readonly bins: number;
  readonly of: Uint32Array;
  /** Edges of bin b: above edges[b] (in the first bin: from) to edges[b + 1]. */
  readonly edges: Float64Array;
}

/**
 * Bins of equal width on 0 … 1, each open below and closed above, the first also holding 0.
 *
 * @param bins 1 … 10,000
 * @throws Problem `EVALUATE_OPTION`, `EVALUATE_VALUE` (a score that is no probability)
 */
export function fixedBins(table: ScoreTable, bins: number): Binning {
  checkBins(bins);
  checkProbabilities(table);
  const edges = Float64Array.from({ length: bins + 1 }, (_, edge) => edge / bins);
  const of = new Uint32Array(table.scores.length);
  let bin = bins - 1;
  for (let line = 0; line < of.length; line++) {
    while (bin > 0 && table.scores[line]! <= edges[bin]!) bin--;
    of[line] = bin;
  }
  return { bins, of, edges };
}

/**
 * Bins that weigh about the same. Rows of one score stay together: their bin is the one that holds the middle of their
 * weight. With few distinct scores some bins stay empty.
 *
 * @param bins 1 … 10,000
 * @throws Problem `EVALUATE_OPTION`
 */
export function equalCountBins(table: ScoreTable, bins: number): Binning {
  checkBins(bins);
  const { scores, positive, negative } = table;
  const total = table.totalPositive + table.totalNegative;
  const of = new Uint32Array(scores.length);
  const edges = new Float64Array(bins + 1).fill(scores.at(-1) ?? 0);
  let below = 0;
  for (let line = scores.length - 1; line >= 0; line--) {
    const weight = positive[line]! + negative[line]!;
    const middle = (below + weight / 2) / total;
    const bin = Math.min(bins - 1, Math.floor(middle * bins));
    of[line] = bin;
    edges.fill(scores[line]!, bin + 1);
    below += weight;
  }
  return { bins, of, edges };
}

function checkBins(bins: number): void {
  const fine = Number.isInteger(bins) && bins >= 1 && bins <= 10_000;
  checkOption("bins", fine, bins, "a whole number from 1 to 10,000");
}

/** Sums of each bin. */
export interface BinSums {
  readonly weight: Float64Array;
  readonly positive: Float64Array;
  /** Weight × score. */
  readonly expected: Float64Array;
}

export function binSums(table: ScoreTable, binning: Binning): BinSums {
  const weight = new Float64Array(binning.bins);
  const positive = new Float64Array(binning.bins);
  const expected = new Float64Array(binning.bins);
  for (let line = 0; line < binning.of.length; line++) {
    const bin = binning.of[line]!;
    const of = table.positive[line]! + table.negative[line]!;
    weight[bin]! += of;
    positive[bin]! += table.positive[line]!;
    expected[bin]! += of * table.scores[line]!;
  }
  return { weight, positive, expected };
}

/** A bin with rows: what the model expected and what was observed. */
export interface CalibrationBin {
  /** Scores above `from` (in the first bin: from it on) up to `to`. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly positives: number;
  readonly weight: number;
  /** Mean predicted probability. */
  readonly expected: number;
  /** Share of positives. */
  readonly observed: number;
  /** Wilson's, 95 %, of the observed share. */
  readonly interval: Interval | null;
}

/**
 * Observed against expected by bin, lowest scores first; empty bins are left out.
 *
 * @throws Problem `EVALUATE_VALUE` (a score that is no probability)
 * @see shareOf for what weights and groups do to the interval
 */
export function calibrationTable(rows: ScoredRows, binning: Binning): CalibrationBin[] {
  checkProbabilities(rows);
  const sums = binSums(rows, binning);
  const byLine = rowsByLine(rows);
  const table: CalibrationBin[] = [];
  // Lines fall and bins rise: the lines of a bin stand together, the lowest bin last.
  let end = rows.scores.length;
  while (end > 0) {
    const bin = binning.of[end - 1]!;
    let first = end - 1;
    while (first > 0 && binning.of[first - 1] === bin) first--;
    const { n, positives, weight, value, interval } = shareOfLines(rows, byLine, first, end);
    if (value !== null)
      table.push({
        from: binning.edges[bin]!,
        to: binning.edges[bin + 1]!,
        n,
        positives,
        weight,
        expected: sums.expected[bin]! / weight,
        observed: value,
        interval,
      });
    end = first;
  }
  return table;
}

/**
 * Expected calibration error: the mean distance of observed and expected over the bins, by weight.
 *
 * It depends on the bins, and is above 0 by chance alone where bins are small.
 *
 * @returns null where no row counts
 * @see Guo et al. (2017), ICML; Naeini, Cooper & Hauskrecht (2015), AAAI
 */
export function calibrationError(table: ScoreTable, binning: Binning): number | null {
  const total = table.totalPositive + table.totalNegative;
  if (total === 0) return null;
  const { positive, expected } = binSums(table, binning);
  let sum = 0;
  for (let bin = 0; bin < binning.bins; bin++) sum += Math.abs(positive[bin]! - expected[bin]!);
  return sum / total;
}

/** The largest distance of observed and expected in a bin that holds weight; null where no row counts. */
export function largestCalibrationError(table: ScoreTable, binning: Binning): number | null {
  const { weight, positive, expected } = binSums(table, binning);
  let largest: number | null = null;
  for (let bin = 0; bin < binning.bins; bin++) {
    if (weight[bin] === 0) continue;
    const distance = Math.abs(positive[bin]! - expected[bin]!) / weight[bin]!;
    largest = Math.max(largest ?? 0, distance);
  }
  return largest;
}
