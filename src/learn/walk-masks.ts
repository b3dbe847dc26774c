/**
 * Trees as masks, for the kernel of walk-kernel.ts. A tree's leaves, from left to right, are bits in planes of eight,
 * the last plane first. A plane: bytes to the end of its numeric splits and of all its splits, and its first leaf (16
 * bytes); then the splits that strike out any of its leaves: the address of their column, the last place that goes left
 * and the leaves to their left (8 bytes), or for levels the address, the leaves and the set (40 bytes).
 */
import { MASKS } from "./walk-kernel.ts";
import { askAt, type Splits, type Writer } from "./walk-plan.ts";

const PLANE = 8;

export function masksWriter(splits: Splits): Writer {
  const { roots, feature, left, right, missingLeft, categorySet, value, outputs } = splits.trees;
  const { asks, found, levelColumns } = splits;
  const anyLevels = splits.trees.categoryWords.length > 0;
  /** Per node of a tree the leaves that come before its own. */
  let before = new Uint32Array(0);
  const leaves: number[] = [];
  const inner: number[] = [];
  let depth = 0;

  const layOut = (tree: number) => {
    const root = roots[tree]!;
    before = new Uint32Array(roots[tree + 1]! - root);
    leaves.length = 0;
    inner.length = 0;
    depth = 0;
    const waiting = [{ node: root, level: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, level } = next;
      before[node - root] = leaves.length;
      depth = Math.max(depth, level);
      if (feature[node]! < 0) leaves.push(node);
      else {
        inner.push(node);
        waiting.push({ node: right[node]!, level: level + 1 });
        waiting.push({ node: left[node]!, level: level + 1 });
      }
    }
    return root;
  };
  const planes = () => Math.ceil(leaves.length / PLANE);
  /** The leaves of a plane that a split strikes out when it sends a row to the right. */
  const struckOut = (node: number, root: number, plane: number): number => {
    const from = Math.max(0, before[node - root]! - PLANE * plane);
    const to = Math.min(PLANE, before[right[node]! - root]! - PLANE * plane);
    return to > from ? (1 << to) - (1 << from) : 0;
  };

  return {
    bytesOf(tree) {
      const leafCount = (roots[tree + 1]! - roots[tree]! + 1) / 2;
      const planeBytes = MASKS.header + (leafCount - 1) * (anyLevels ? MASKS.levels : MASKS.split);
      return Math.ceil(leafCount / PLANE) * planeBytes + 8 * leafCount * outputs;
    },
    write(tree, { bytes, words, numbers }, at) {
      const root = layOut(tree);
      let pos = at;
      for (let plane = planes() - 1; plane >= 0; plane--) {
        const header = pos;
        pos += MASKS.header;
        const struck = inner.filter((node) => struckOut(node, root, plane) !== 0);
        for (const node of struck) {
          if (categorySet[node]! >= 0) continue;
          const ask = asks[askAt(feature[node]!, missingLeft[node]!, found[node]!)]!;
          words[pos >>> 2] = ask >>> 8;
          bytes[pos + 4] = ask;
          bytes[pos + 5] = struckOut(node, root, plane);
          pos += MASKS.split;
        }
        words[header >>> 2] = pos - header;
        for (const node of struck) {
          if (categorySet[node]! < 0) continue;
          words[pos >>> 2] = levelColumns[feature[node]!]!;
          bytes[pos + 4] = struckOut(node, root, plane);
          splits.setOf(node, bytes.subarray(pos + 8, pos + MASKS.levels));
          pos += MASKS.levels;
        }
        words[(header >>> 2) + 1] = pos - header;
        bytes[header + 8] = PLANE * plane;
      }
      const end = pos;
      for (const leaf of leaves)
        for (let k = 0; k < outputs; k++, pos += 8) numbers[pos / 8] = value[leaf * outputs + k]!;
      return { end, values: end, depth, next: pos };
    },
  };
}
