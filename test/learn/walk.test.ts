import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { datasetOf } from "../../src/dataset/dataset.ts";
import type { Feature } from "../../src/learn/features.ts";
import { forest } from "../../src/learn/forest.ts";
import type { Trees } from "../../src/learn/trees.ts";
import { treeSums } from "../../src/learn/walk.ts";
import { sumsByDefinition } from "./plain-walk.ts";
import { randomTrees } from "./random-trees.ts";

const repeated = (columns: readonly Float64Array[], rows: number, to: number) =>
  columns.map((column) => Float64Array.from({ length: to }, (_, i) => column[(i * 3) % rows]!));

it("gives each row the sum of its leaves, alone and among few or many", () => {
  fc.assert(
    fc.property(
      randomTrees({ splits: 30 }),
      fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 257, 600),
      ({ trees, features, columns, rows }, many) => {
        const all = repeated(columns, rows, many);
        const sums = treeSums(trees, features, all, many);
        expect([...sums]).toEqual(sumsByDefinition(trees, all, many));
      },
    ),
  );
});

it.each([1, 4, 6, 9, 12])(
  "walks many rows through trees of depth %i as it walks each row alone",
  async (maxDepth) => {
    const random = seededRandom(maxDepth);
    const rows = 4500;
    const numbers = () =>
      Float64Array.from({ length: rows }, () =>
        random.int(9) === 0 ? Number.NaN : random.normal(),
      );
    const columns = ["a", "b", "c"].map((name) => ({
      kind: "numeric" as const,
      name,
      values: numbers(),
    }));
    const codes = Int32Array.from(columns[0]!.values, (x, i) =>
      x > columns[1]!.values[i]! ? 2 : i % 2,
    );
    const dataset = datasetOf(columns, {
      target: { kind: "class", codes, classes: ["p", "q", "r"] },
    });
    const { trees, features } = await forest.fit(dataset, {
      trees: 3,
      maxDepth,
      minLeafRows: 2,
      bins: 200,
    });
    const values = columns.map((column) => column.values);
    const sums = treeSums(trees, features, values, rows);
    expect([...sums]).toEqual(sumsByDefinition(trees, values, rows));
    for (const row of [0, 17, 4096, 4499]) {
      const alone = values.map((column) => column.subarray(row, row + 1));
      expect(treeSums(trees, features, alone, 1)).toEqual(sums.subarray(3 * row, 3 * row + 3));
    }
  },
);

it("walks large trees, whose rows are taken in larger blocks", () => {
  const { trees, features } = ladder(5000);
  const rows = 4100;
  const column = Float64Array.from({ length: rows }, (_, i) => (i * 7) % 5001);
  const sums = treeSums(trees, features, [column], rows);
  expect(sums).toEqual(column);
});

it("walks on the numbers themselves where there are too many thresholds to count", () => {
  const { trees, features } = ladder(70_000);
  const column = Float64Array.of(0, 1, 69_999, 70_000, 12_345.5, Number.NaN);
  expect([...treeSums(trees, features, [column], 6)]).toEqual([
    0, 1, 69_999, 70_000, 12_346, 70_000,
  ]);
});

/** A balanced tree that rounds a number from 0 to `steps` up, with a threshold at every whole number below. */
function ladder(steps: number): { trees: Trees; features: Feature[] } {
  const nodes: { threshold: number; left: number; right: number; value: number }[] = [];
  const grow = (low: number, high: number): number => {
    const at = nodes.length;
    nodes.push({ threshold: 0, left: at, right: at, value: low });
    if (low === high) return at;
    const threshold = Math.floor((low + high) / 2);
    const left = grow(low, threshold);
    nodes[at] = { threshold, left, right: grow(threshold + 1, high), value: 0 };
    return at;
  };
  grow(0, steps);
  const trees: Trees = {
    roots: Uint32Array.of(0, nodes.length),
    feature: Int32Array.from(nodes, (node, at) => (node.left === at ? -1 : 0)),
    threshold: Float64Array.from(nodes, (node) => node.threshold),
    left: Uint32Array.from(nodes, (node) => node.left),
    right: Uint32Array.from(nodes, (node) => node.right),
    missingLeft: new Uint8Array(nodes.length),
    categorySet: new Int32Array(nodes.length).fill(-1),
    categoryWords: new Uint32Array(0),
    outputs: 1,
    value: Float64Array.from(nodes, (node) => node.value),
    cover: new Float64Array(nodes.length).fill(1),
  };
  return { trees, features: [{ name: "x", kind: "numeric", levels: null }] };
}
