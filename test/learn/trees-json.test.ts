import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isProblem } from "../../src/base/problem.ts";
import { seededRandom } from "../../src/base/random.ts";
import type { Feature } from "../../src/learn/features.ts";
import { packNumbers } from "../../src/learn/packed.ts";
import type { Trees } from "../../src/learn/trees.ts";
import { type TreesJson, treesFromJson, treesToJson } from "../../src/learn/trees-json.ts";
import { treeSums } from "../../src/learn/walk.ts";
import { randomTrees } from "./random-trees.ts";

it("reads trees that predict the same, and writes them again letter by letter", () => {
  fc.assert(
    fc.property(randomTrees(), ({ trees, features, columns, rows }) => {
      const json = JSON.stringify(treesToJson(trees, features));
      const read = treesFromJson(JSON.parse(json), features, trees.outputs);
      expect(treeSums(read, features, columns, rows)).toEqual(
        treeSums(trees, features, columns, rows),
      );
      expect(JSON.stringify(treesToJson(read, features))).toBe(json);
    }),
  );
});

it("finds covers and means of inner nodes again from the leaves", () => {
  const read = treesFromJson(stump(), features, 1);
  expect([...read.cover]).toEqual([4, 1, 3]);
  expect([...read.value]).toEqual([(1 * 8 + 3 * 4) / 4, 8, 4]);
  expect([...read.left]).toEqual([1, 1, 2]);
  expect([...read.right]).toEqual([2, 1, 2]);
});

const features: Feature[] = [
  { name: "x", kind: "numeric", levels: null },
  { name: "c", kind: "categorical", levels: ["a", "b"] },
];

/** x ≤ 2.5: 8, else 4; missing goes right. */
function stump(parts: Partial<Record<keyof TreesJson, unknown>> = {}) {
  return {
    trees: 1,
    outputs: 1,
    nodes: packNumbers([1, 0, 0]),
    thresholds: packNumbers([2.5]),
    sets: packNumbers([]),
    covers: packNumbers([1, 3]),
    values: packNumbers([8, 4]),
    ...parts,
  };
}

describe("refuses trees", () => {
  it.each<[string, Partial<Record<keyof TreesJson, unknown>>]>([
    ["of which there are none", { trees: 0, nodes: packNumbers([]) }],
    ["of another number", { trees: 2 }],
    ["that are not whole", { nodes: packNumbers([1, 0]) }],
    ["with a node too many", { nodes: packNumbers([1, 0, 0, 0]) }],
    ["that ask for a feature there is not", { nodes: packNumbers([5, 0, 0]) }],
    ["without their thresholds", { thresholds: packNumbers([]) }],
    ["with thresholds too many", { thresholds: packNumbers([1, 2]) }],
    ["with sets that no split asks for", { sets: packNumbers([1]) }],
    [
      "without the set that a split asks for",
      { nodes: packNumbers([3, 0, 0]), thresholds: packNumbers([]) },
    ],
    ["with a leaf without cover", { covers: packNumbers([1]) }],
    ["of negative cover", { covers: packNumbers([1, -1]) }],
    ["that say nothing", { values: packNumbers([8]) }],
    ["of another number of outputs", { outputs: 2 }],
    ["that lack a part", { nodes: undefined }],
  ])("%s", (_, parts) => {
    expect(() => treesFromJson(stump(parts), features, 1)).toThrow(
      expect.objectContaining({ code: "MODEL_UNREADABLE" }),
    );
  });
});

it("never reads damaged trees as anything but a Problem or trees that end", () => {
  fc.assert(
    fc.property(randomTrees(), fc.integer(), ({ trees, features: all, columns, rows }, seed) => {
      const random = seededRandom(seed);
      const json = { ...treesToJson(trees, all) } as Record<string, unknown>;
      const names = Object.keys(json);
      const name = names[random.int(names.length)]!;
      const text = String(json[name]);
      const at = random.int(text.length);
      const letter = "ABCabc019+/=:,tuf"[random.int(17)]!;
      json[name] =
        typeof json[name] === "number"
          ? random.int(5)
          : text.slice(0, at) + letter + text.slice(at + 1);
      let read: Trees;
      try {
        read = treesFromJson(json, all, trees.outputs);
      } catch (error) {
        expect(isProblem(error) && error.code).toBe("MODEL_UNREADABLE");
        return;
      }
      expect(treeSums(read, all, columns, rows).every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
