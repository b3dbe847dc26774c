/** Pearson's χ² tests of counts: against expected ones, and of two attributes for independence. */
import { requireCount, requirePositive, statsArgument } from "./check.ts";
import { chiSquared } from "./chi-squared.ts";

export interface ChiSquaredTest {
  readonly statistic: number;
  readonly degrees: number;
  readonly p: number;
  /** Smallest expected count; below 5 the p is only rough. */
  readonly smallestExpected: number;
}

export interface IndependenceTest extends ChiSquaredTest {
  /** Cramér's V in [0, 1]: 0 no association, 1 one attribute tells the other. */
  readonly cramersV: number;
}

/**
 * Do counts fit given shares?
 *
 * @param counts whole numbers ≥ 0 by cell, at least two cells
 * @param shares what each cell would hold, in any unit > 0 (only proportions matter); all equal by default
 * @param fitted parameters of the shares that were estimated from the same counts
 * @throws Problem `STATS_ARGUMENT` for counts or shares out of range, or no degree of freedom left
 */
export function goodnessOfFit(
  counts: readonly number[],
  shares: readonly number[] = counts.map(() => 1),
  fitted = 0,
): ChiSquaredTest {
  const where = "goodnessOfFit";
  requireCount(where, "number of cells", counts.length, 2);
  requireCount(where, "fitted", fitted);
  if (shares.length !== counts.length) {
    throw statsArgument(
      where,
      `There are ${counts.length} counts and ${shares.length} shares`,
      "Give one share per count.",
    );
  }
  for (const [i, count] of counts.entries()) requireCount(where, `counts[${i}]`, count);
  for (const [i, share] of shares.entries()) requirePositive(where, `shares[${i}]`, share);
  const total = counts.reduce((sum, count) => sum + count, 0);
  requirePositive(where, "total", total);
  const degrees = counts.length - 1 - fitted;
  requirePositive(where, "degrees of freedom", degrees);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let statistic = 0;
  let smallestExpected = Number.POSITIVE_INFINITY;
  for (const [i, count] of counts.entries()) {
    const expected = total * ((shares[i] as number) / whole);
    smallestExpected = Math.min(smallestExpected, expected);
    statistic += (count - expected) ** 2 / expected;
  }
  return { statistic, degrees, p: chiSquared(degrees).upper(statistic), smallestExpected };
}

/**
 * Are the rows and columns of a table independent? Without Yates' correction. Empty rows and columns are left out.
 *
 * @param table counts, rows of equal length
 * @throws Problem `STATS_ARGUMENT` for cells that are no counts, or fewer than two rows or columns that are not empty
 */
export function independence(table: readonly (readonly number[])[]): IndependenceTest {
  const where = "independence";
  const width = table[0]?.length ?? 0;
  const rowSums: number[] = [];
  const columnSums = new Array<number>(width).fill(0);
  for (const [i, row] of table.entries()) {
    if (row.length !== width) {
      throw statsArgument(
        where,
        `Row ${i} has ${row.length} cells and row 0 has ${width}`,
        "Give rows of equal length.",
      );
    }
    for (const [j, count] of row.entries()) {
      requireCount(where, `table[${i}][${j}]`, count);
      columnSums[j] = (columnSums[j] as number) + count;
    }
    rowSums.push(row.reduce((sum, count) => sum + count, 0));
  }
  const rows = rowSums.filter((sum) => sum > 0).length;
  const columns = columnSums.filter((sum) => sum > 0).length;
  requireCount(where, "number of rows that are not empty", rows, 2);
  requireCount(where, "number of columns that are not empty", columns, 2);
  const total = rowSums.reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let smallestExpected = Number.POSITIVE_INFINITY;
  for (const [i, row] of table.entries()) {
    for (const [j, count] of row.entries()) {
      const expected = (rowSums[i] as number) * ((columnSums[j] as number) / total);
      if (expected === 0) continue;
      smallestExpected = Math.min(smallestExpected, expected);
      statistic += (count - expected) ** 2 / expected;
    }
  }
  const degrees = (rows - 1) * (columns - 1);
  return {
    statistic,
    degrees,
    p: chiSquared(degrees).upper(statistic),
    smallestExpected,
    cramersV: Math.min(1, Math.sqrt(statistic / (total * (Math.min(rows, columns) - 1)))),
  };
}
