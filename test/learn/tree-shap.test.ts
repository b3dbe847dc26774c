import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shapValues } from "../../src/learn/tree-shap.ts";
import type { Trees } from "../../src/learn/trees.ts";
import { randomTrees } from "./random-trees.ts";

function goesLeft(trees: Trees, node: number, x: number): boolean {
  if (Number.isNaN(x)) return trees.missingLeft[node] === 1;
  const set = trees.categorySet[node]!;
  if (set < 0) return x <= trees.threshold[node]!;
  return Math.floor(trees.categoryWords[set + Math.floor(x / 32)]! / 2 ** (x % 32)) % 2 === 1;
}

/** What a tree says of a row of which only some features are known; the others go both ways by cover. */
function expected(
  trees: Trees,
  node: number,
  row: readonly number[],
  known: ReadonlySet<number>,
  output: number,
): number {
  const feature = trees.feature[node]!;
  if (feature < 0) return trees.value[node * trees.outputs + output]!;
  const [left, right] = [trees.left[node]!, trees.right[node]!];
  const said = (child: number) => expected(trees, child, row, known, output);
  if (known.has(feature)) return said(goesLeft(trees, node, row[feature]!) ? left : right);
  const both = trees.cover[left]! + trees.cover[right]!;
  const part = both > 0 ? trees.cover[left]! / both : 0.5;
  return part * said(left) + (1 - part) * said(right);
}

function worth(
  trees: Trees,
  row: readonly number[],
  known: ReadonlySet<number>,
  output: number,
): number {
  let sum = 0;
  for (const root of trees.roots.subarray(0, -1)) sum += expected(trees, root, row, known, output);
  return sum;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** Shapley's formula, over all subsets. */
function bruteForce(trees: Trees, row: readonly number[], feature: number, output: number): number {
  const others = row.map((_, f) => f).filter((f) => f !== feature);
  let value = 0;
  for (let subset = 0; subset < 2 ** others.length; subset++) {
    const known = others.filter((_, i) => (subset >> i) & 1);
    const weight =
      (factorial(known.length) * factorial(row.length - known.length - 1)) / factorial(row.length);
    value +=
      weight *
      (worth(trees, row, new Set([...known, feature]), output) -
        worth(trees, row, new Set(known), output));
  }
  return value;
}

/** One question about feature 0, and left of it one about feature 1: 6, 2 of 8 rows and 12. */
const twoQuestions: Trees = {
  roots: Uint32Array.of(0, 5),
  feature: Int32Array.of(0, 1, -1, -1, -1),
  threshold: Float64Array.of(10, 0.5, 0, 0, 0),
  left: Uint32Array.of(1, 3, 2, 3, 4),
  right: Uint32Array.of(2, 4, 2, 3, 4),
  missingLeft: Uint8Array.of(1, 0, 0, 0, 0),
  categorySet: new Int32Array(5).fill(-1),
  categoryWords: new Uint32Array(0),
  outputs: 1,
  value: Float64Array.of(6, 3, 12, 6, 2),
  cover: Float64Array.of(12, 8, 4, 2, 6),
};

interface Reference {
  readonly trees: Record<Exclude<keyof Trees, "outputs">, number[]>;
  readonly columns: (number | null)[][];
  readonly offset: number;
  readonly values: number[][];
  readonly base: number;
  readonly margin: number[];
}

function treesOf(lists: Reference["trees"]): Trees {
  return {
    roots: Uint32Array.from(lists.roots),
    feature: Int32Array.from(lists.feature),
    threshold: Float64Array.from(lists.threshold),
    left: Uint32Array.from(lists.left),
    right: Uint32Array.from(lists.right),
    missingLeft: Uint8Array.from(lists.missingLeft),
    categorySet: Int32Array.from(lists.categorySet),
    categoryWords: Uint32Array.from(lists.categoryWords),
    outputs: 1,
    value: Float64Array.from(lists.value),
    cover: Float64Array.from(lists.cover),
  };
}

describe("SHAP values of trees", () => {
  it("are those of the tree of two questions worked by hand", () => {
    // Worth of nothing 6; of the first (right) 12; of the second (right) 8/12 × 2 + 4/12 × 12 = 16/3; of both 12.
    const right = shapValues(twoQuestions, [Float64Array.of(11), Float64Array.of(1)], 1);
    expect(right.base).toEqual(Float64Array.of(6));
    expect(right.values[0]).toBeCloseTo((12 - 6 + (12 - 16 / 3)) / 2, 12);
    expect(right.values[1]).toBeCloseTo((16 / 3 - 6 + (12 - 12)) / 2, 12);
    // Missing goes left at the first, right at the second: 2.
    const missing = shapValues(twoQuestions, [Float64Array.of(NaN), Float64Array.of(NaN)], 1);
    expect(missing.values[0]).toBeCloseTo((3 - 6 + (2 - 16 / 3)) / 2, 12);
    expect(missing.values[1]).toBeCloseTo((16 / 3 - 6 + (2 - 3)) / 2, 12);
  });

  it("agree with Shapley's formula over all subsets", () => {
    fc.assert(
      fc.property(randomTrees(), ({ trees, columns, rows }) => {
        const { values } = shapValues(trees, columns, rows);
        for (let row = 0; row < rows; row++) {
          const known = columns.map((column) => column[row]!);
          for (let feature = 0; feature < columns.length; feature++) {
            for (let output = 0; output < trees.outputs; output++) {
              const at = (row * columns.length + feature) * trees.outputs + output;
              const right = bruteForce(trees, known, feature, output);
              expect(Math.abs(values[at]! - right)).toBeLessThan(1e-9);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("and their base sum up to what the trees say, also where paths are long", () => {
    fc.assert(
      fc.property(randomTrees({ splits: 150, width: 60 }), ({ trees, columns, rows }) => {
        const { base, values } = shapValues(trees, columns, rows);
        const all = new Set(columns.keys());
        for (let row = 0; row < rows; row++) {
          const known = columns.map((column) => column[row]!);
          for (let output = 0; output < trees.outputs; output++) {
            let sum = base[output]!;
            let size = Math.abs(sum);
            for (let feature = 0; feature < columns.length; feature++) {
              const value = values[(row * columns.length + feature) * trees.outputs + output]!;
              sum += value;
              size += Math.abs(value);
            }
            expect(Math.abs(sum - worth(trees, known, all, output))).toBeLessThanOrEqual(
              1e-12 * size,
            );
          }
        }
      }),
    );
  });

  it("are the same to the bit for a row alone and among others", () => {
    fc.assert(
      fc.property(randomTrees(), ({ trees, columns, rows }) => {
        const together = shapValues(trees, columns, rows).values;
        const size = columns.length * trees.outputs;
        for (let row = 0; row < rows; row++) {
          const alone = columns.map((column) => column.slice(row, row + 1));
          expect(shapValues(trees, alone, 1).values).toEqual(
            together.slice(row * size, (row + 1) * size),
          );
        }
      }),
    );
  });

  it("are 0 for a feature that no tree asks about, and share a gain equally between like features", () => {
    // Both must be above 0 for a 1; each alone halves the cover.
    const and: Trees = {
      ...twoQuestions,
      feature: Int32Array.of(0, -1, 1, -1, -1),
      threshold: Float64Array.of(0, 0, 0, 0, 0),
      left: Uint32Array.of(1, 1, 3, 3, 4),
      right: Uint32Array.of(2, 1, 4, 3, 4),
      value: Float64Array.of(0.25, 0, 0.5, 0, 1),
      cover: Float64Array.of(8, 4, 4, 2, 2),
    };
    const one = Float64Array.of(1);
    const { base, values } = shapValues(and, [one, one, one], 1, 2);
    expect(base[0]).toBe(0.5);
    expect(values[0]).toBeCloseTo(0.75, 14);
    expect(values[1]).toBeCloseTo(0.75, 14);
    expect(values[2]).toBe(0);
  });

  it("are those of XGBoost on its own models, to 32 bits", () => {
    const file = new URL("../fixtures/reference/shap.json", import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Reference[] };
    expect(cases.length).toBeGreaterThan(0);
    for (const { trees, columns, offset, values, base, margin } of cases) {
      const numbers = columns.map((column) => Float64Array.from(column, (x) => x ?? Number.NaN));
      const ours = shapValues(treesOf(trees), numbers, values.length);
      expect(Math.abs(ours.base[0]! + offset - base)).toBeLessThan(1e-5);
      for (const [row, theirs] of values.entries()) {
        let sum = ours.base[0]! + offset;
        for (const [feature, value] of theirs.entries()) {
          const our = ours.values[row * columns.length + feature]!;
          expect(Math.abs(our - value)).toBeLessThan(1e-5);
          sum += our;
        }
        expect(Math.abs(sum - margin[row]!)).toBeLessThan(1e-5);
      }
    }
  });
});
