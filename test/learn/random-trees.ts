import fc from "fast-check";
import { seededRandom } from "../../src/base/random.ts";
import type { Feature } from "../../src/learn/features.ts";
import type { Trees } from "../../src/learn/trees.ts";

export interface RandomTrees {
  readonly trees: Trees;
  readonly features: readonly Feature[];
  readonly columns: readonly Float64Array[];
  readonly rows: number;
}

const LEVELS = 40;

/** Every second feature has 40 levels, the others are numbers of a coarse grid, so that thresholds are met exactly. */
function drawn(
  seed: number,
  many: number,
  splits: number,
  width: number,
  outputs: number,
): RandomTrees {
  const random = seededRandom(seed);
  const categorical = (f: number) => f % 2 === 1;
  const roots = [0];
  const nodes: {
    feature: number;
    threshold: number;
    left: number;
    right: number;
    missingLeft: number;
    categorySet: number;
    cover: number;
    value: number[];
  }[] = [];
  const words: number[] = [];
  let only = -1;
  const add = (cover: number) => {
    const at = nodes.length;
    nodes.push({
      feature: -1,
      threshold: 0,
      left: at,
      right: at,
      missingLeft: 0,
      categorySet: -1,
      cover,
      value: Array.from({ length: outputs }, (_, k) =>
        only < 0 || k === only ? random.normal() : 0,
      ),
    });
    return at;
  };
  for (let tree = 0; tree < many; tree++) {
    // Some trees say something of one output only, as a boosting's do.
    only = random.int(3) === 0 ? random.int(outputs) : -1;
    const leaves = [add(100)];
    for (let split = 0; split < splits; split++) {
      // Half of the time the newest leaf, so that some paths are long.
      const place = random.int(2) === 0 ? leaves.length - 1 : random.int(leaves.length);
      const at = leaves.splice(place, 1)[0]!;
      const node = nodes[at]!;
      node.feature = random.int(width);
      node.missingLeft = random.int(2);
      if (categorical(node.feature)) {
        node.categorySet = words.length;
        words.push(random.int(2 ** 32), random.int(2 ** 8));
      } else node.threshold = random.int(5) - 2;
      // Now and then a side that no training row took.
      const part = random.int(12) === 0 ? random.int(2) : 0.05 + 0.9 * random.next();
      node.left = add(node.cover * part);
      node.right = add(node.cover * (1 - part));
      leaves.push(node.left, node.right);
    }
    roots.push(nodes.length);
  }
  // As the form wants it: an inner node says the mean of its leaves.
  for (const node of [...nodes].reverse()) {
    if (node.feature < 0) continue;
    const [a, b] = [nodes[node.left]!, nodes[node.right]!];
    const part = node.cover > 0 ? a.cover / (a.cover + b.cover) : 0.5;
    node.value = a.value.map((value, k) => part * value + (1 - part) * b.value[k]!);
  }
  const rows = 1 + random.int(4);
  const columns = Array.from({ length: width }, (_, f) =>
    Float64Array.from({ length: rows }, () => {
      if (random.int(6) === 0) return Number.NaN;
      return categorical(f) ? random.int(LEVELS) : random.int(7) - 3;
    }),
  );
  return {
    trees: {
      roots: Uint32Array.from(roots),
      feature: Int32Array.from(nodes, (node) => node.feature),
      threshold: Float64Array.from(nodes, (node) => node.threshold),
      left: Uint32Array.from(nodes, (node) => node.left),
      right: Uint32Array.from(nodes, (node) => node.right),
      missingLeft: Uint8Array.from(nodes, (node) => node.missingLeft),
      categorySet: Int32Array.from(nodes, (node) => node.categorySet),
      categoryWords: Uint32Array.from(words),
      outputs,
      value: Float64Array.from(nodes.flatMap((node) => node.value)),
      cover: Float64Array.from(nodes, (node) => node.cover),
    },
    features: columns.map((_, f) =>
      categorical(f)
        ? {
            name: `f${f}`,
            kind: "categorical",
            levels: Array.from({ length: LEVELS }, (_, level) => `level ${level}`),
          }
        : { name: `f${f}`, kind: "numeric", levels: null },
    ),
    columns,
    rows,
  };
}

/** Trees and rows with numbers, levels, missing values, features asked again on a path, and sides without cover. */
export function randomTrees({
  splits = 12,
  width = 5,
}: {
  splits?: number;
  width?: number;
} = {}): fc.Arbitrary<RandomTrees> {
  return fc
    .tuple(
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: splits }),
      fc.integer({ min: 1, max: width }),
      fc.integer({ min: 1, max: 3 }),
    )
    .map((parts) => drawn(...parts));
}
