import type { Trees } from "../../src/learn/trees.ts";

/** The definition in trees.ts, word by word. */
function leafOf(trees: Trees, tree: number, row: readonly number[]): number {
  let node = trees.roots[tree]!;
  while (trees.feature[node]! >= 0) {
    const x = row[trees.feature[node]!]!;
    const set = trees.categorySet[node]!;
    let left = set < 0 ? x <= trees.threshold[node]! : false;
    if (set >= 0)
      left = Math.floor(trees.categoryWords[set + Math.floor(x / 32)]! / 2 ** (x % 32)) % 2 === 1;
    if (Number.isNaN(x)) left = trees.missingLeft[node] === 1;
    node = left ? trees.left[node]! : trees.right[node]!;
  }
  return node;
}

/** Rows × outputs: what each row's leaves say, tree after tree. */
export function sumsByDefinition(
  trees: Trees,
  columns: readonly Float64Array[],
  rows: number,
): number[] {
  const sums: number[] = [];
  for (let row = 0; row < rows; row++) {
    const values = columns.map((column) => column[row]!);
    const at = Array.from({ length: trees.roots.length - 1 }, (_, tree) =>
      leafOf(trees, tree, values),
    );
    for (let k = 0; k < trees.outputs; k++)
      sums.push(at.reduce((sum, leaf) => sum + trees.value[leaf * trees.outputs + k]!, 0));
  }
  return sums;
}
