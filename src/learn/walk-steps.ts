/**
 * Trees as steps, for the kernel of walk-kernel.ts. First the upper levels as a heap (splits 1 … 15, children of n at 2n
 * and 2n + 1; 8 bytes each: the address of their column, and the last place that goes left), and where each of the
 * sixteen ways goes on. Then the nodes, siblings side by side: address of the column << 8 with the last place that goes
 * left, and the address of the left child; a leaf is its own child, and instead of a column has the number of its value.
 * Then the sets of the splits of levels: the address of their column, and 32 bytes. Then the values; leaves that say the
 * same share one where that is soon seen.
 */
import { slotOf } from "./walk-cuts.ts";
import { LEAF_BYTE, NODES, STEPS, TOP_LEVELS } from "./walk-kernel.ts";
import { askAt, type Splits, type Writer } from "./walk-plan.ts";

const OF_LEVELS = -0x80000000;
/** A split that all rows leave to the left. */
const PASS = LEAF_BYTE;
/** Slots of a table of values, each for the last one seen of many. */
const SLOT_BITS = 8;

export function stepsWriter(splits: Splits): Writer {
  const { roots, feature, left, right, missingLeft, categorySet, value, outputs } = splits.trees;
  const { asks, found, levelColumns } = splits;
  const anyLevels = splits.trees.categoryWords.length > 0;
  const setsOf = (tree: number) => {
    let sets = 0;
    if (!anyLevels) return sets;
    for (let node = roots[tree]!; node < roots[tree + 1]!; node++)
      if (categorySet[node]! >= 0) sets++;
    return sets;
  };
  /** Per node of a tree its place in the image, and how many splits lead to it. */
  let places = new Uint32Array(0);
  let levels = new Uint32Array(0);
  const slots = new Int32Array(2 ** SLOT_BITS);
  return {
    bytesOf(tree) {
      const nodes = roots[tree + 1]! - roots[tree]!;
      const leaves = (nodes + 1) / 2;
      return NODES + nodes * STEPS.node + leaves * 8 * outputs + STEPS.levels * setsOf(tree);
    },
    write(tree, image, at, address) {
      const { bytes, words, numbers } = image;
      const root = roots[tree]!;
      const count = roots[tree + 1]! - root;
      const end = at + NODES + STEPS.node * count;
      const values = end + STEPS.levels * setsOf(tree);
      if (places.length < count) {
        places = new Uint32Array(2 * count);
        levels = new Uint32Array(2 * count);
      }
      const placeOf = places;
      const level = levels;
      placeOf[0] = 0;
      level[0] = 0;
      slots.fill(-1);
      let said = 0;
      const nodes = address + NODES;
      let depth = 0;
      let next = 1;
      let set = end;
      // Parents come before their children.
      for (let i = 0, node = root; i < count; i++, node++) {
        const place = placeOf[i]!;
        const word = (at + NODES + STEPS.node * place) >>> 2;
        const f = feature[node]!;
        if (f < 0) {
          words[word] = (valueAt(node) << 8) | LEAF_BYTE;
          words[word + 1] = nodes + STEPS.node * place;
          continue;
        }
        if (categorySet[node]! < 0) words[word] = asks[askAt(f, missingLeft[node]!, found[node]!)]!;
        else {
          words[word] = OF_LEVELS | (address + set - at);
          words[set >>> 2] = levelColumns[f]!;
          splits.setOf(node, bytes.subarray(set + 4, set + 36));
          set += STEPS.levels;
        }
        words[word + 1] = nodes + STEPS.node * next;
        const below = level[i]! + 1;
        if (below > depth) depth = below;
        placeOf[left[node]! - root] = next;
        placeOf[right[node]! - root] = next + 1;
        level[left[node]! - root] = below;
        level[right[node]! - root] = below;
        next += 2;
      }
      writeTop();
      return { end, values, depth, next: values + 8 * outputs * said };

      /** The number of a leaf's value, written where it is not the last one seen in its slot. */
      function valueAt(node: number): number {
        const slot = slotOf(value[node * outputs]!, SLOT_BITS);
        const last = slots[slot]!;
        if (last >= 0 && isSaid(last, node)) return last;
        for (let k = 0; k < outputs; k++)
          numbers[values / 8 + said * outputs + k] = value[node * outputs + k]!;
        slots[slot] = said;
        return said++;
      }

      function isSaid(at: number, node: number): boolean {
        for (let k = 0; k < outputs; k++) {
          const one = numbers[values / 8 + at * outputs + k]!;
          // Another zero or a NaN is written again.
          if (!Object.is(one, value[node * outputs + k]!)) return false;
        }
        return true;
      }

      function writeTop(): void {
        const ways = 2 ** TOP_LEVELS;
        const heap = new Uint32Array(2 * ways).fill(root);
        for (let split = 1; split < ways; split++) {
          const node = heap[split]!;
          heap[2 * split] = left[node]!; // a leaf is its own child
          heap[2 * split + 1] = right[node]!;
          const inner = feature[node]! >= 0 && categorySet[node]! < 0;
          const from = at + STEPS.node * split;
          const ask = inner ? asks[askAt(feature[node]!, missingLeft[node]!, found[node]!)]! : PASS;
          words[from >>> 2] = ask >>> 8;
          bytes[from + 4] = ask;
        }
        for (let way = 0; way < ways; way++)
          words[(at + STEPS.top + 4 * way) >>> 2] =
            nodes + STEPS.node * placeOf[heap[ways + way]! - root]!;
      }
    },
  };
}
