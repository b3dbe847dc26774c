/** Small worlds of scores and labels for laws: many ties, both classes. */
import fc from "fast-check";
import { seededRandom } from "../../src/base/random.ts";
import { type RowParts, type ScoredRows, scoredRows } from "../../src/evaluate/scored-rows.ts";

export interface Row {
  /** A whole number of twentieths, 0 … 20, so that maps of it are exact. */
  readonly twentieths: number;
  readonly label: number;
  readonly weight: number;
  readonly group: number;
}

/** 4 to 40 rows, at least two of either label. */
export const worlds: fc.Arbitrary<Row[]> = fc
  .array(
    fc.record({
      twentieths: fc.integer({ min: 0, max: 20 }),
      label: fc.integer({ min: 0, max: 1 }),
      weight: fc.integer({ min: 1, max: 4 }),
      group: fc.integer({ min: -3, max: 6 }),
    }),
    { minLength: 4, maxLength: 40 },
  )
  .map((rows) => rows.map((row, i) => (i < 4 ? { ...row, label: i % 2 } : row)));

/** Rows with scores in 0 … 1. */
export function scoredWorld(
  world: readonly Row[],
  { weighed = false, grouped = false } = {},
  score: (twentieths: number) => number = (twentieths) => twentieths / 20,
): ScoredRows {
  const parts: RowParts = {
    weights: weighed ? Float64Array.from(world, (row) => row.weight) : null,
    groups: grouped ? Int32Array.from(world, (row) => row.group) : null,
  };
  return scored(
    world.map((row) => score(row.twentieths)),
    world.map((row) => row.label),
    parts,
  );
}

export function scored(
  scores: readonly number[],
  labels: readonly number[],
  parts: RowParts = {},
): ScoredRows {
  return scoredRows(Float64Array.from(scores), Int32Array.from(labels), parts);
}

/** The same rows in another order that depends on the seed. */
export function shuffled<T>(rows: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  return rows
    .map((row) => ({ row, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
}
