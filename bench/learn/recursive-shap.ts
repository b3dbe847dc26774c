/** TreeSHAP as its paper writes it, a recursion that extends and unwinds paths: what ours is held against. */
import type { Trees } from "../../src/learn/trees.ts";

/** Of each depth a path of up to depth + 1 steps: feature, shares of unknown and known, weight. */
interface Path {
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
}

/**
 * Values of one row, features; numeric splits and one output only.
 *
 * @see Lundberg et al. (2020), Nature Machine Intelligence 2, algorithm 2
 */
export function recursiveShap(trees: Trees, row: Float64Array, depth: number): Float64Array {
  const values = new Float64Array(row.length);
  const paths = Array.from(
    { length: depth + 2 },
    (): Path => ({
      feature: new Int32Array(depth + 3),
      zero: new Float64Array(depth + 3),
      one: new Float64Array(depth + 3),
      weight: new Float64Array(depth + 3),
    }),
  );
  for (const root of trees.roots.subarray(0, -1)) recurse(root, 0, 0, 1, 1, -1);
  return values;

  function recurse(
    node: number,
    level: number,
    before: number,
    zero: number,
    one: number,
    feature: number,
  ): void {
    const path = paths[level]!;
    let length = before;
    if (level > 0) {
      const parent = paths[level - 1]!;
      for (let i = 0; i < length; i++) {
        path.feature[i] = parent.feature[i]!;
        path.zero[i] = parent.zero[i]!;
        path.one[i] = parent.one[i]!;
        path.weight[i] = parent.weight[i]!;
      }
    }
    extend(path, length, zero, one, feature);
    const asked = trees.feature[node]!;
    if (asked < 0) {
      for (let i = 1; i <= length; i++) {
        const weight = unwoundSum(path, length, i);
        values[path.feature[i]!]! += weight * (path.one[i]! - path.zero[i]!) * trees.value[node]!;
      }
      return;
    }
    const left = trees.left[node]!;
    const right = trees.right[node]!;
    const goes = row[asked]! <= trees.threshold[node]!;
    const [hot, cold] = goes ? [left, right] : [right, left];
    let oldZero = 1;
    let oldOne = 1;
    let same = 1;
    while (same <= length && path.feature[same] !== asked) same++;
    if (same <= length) {
      oldZero = path.zero[same]!;
      oldOne = path.one[same]!;
      unwind(path, length, same);
      length--;
    }
    const cover = trees.cover[node]!;
    const next = length + 1;
    recurse(hot, level + 1, next, (oldZero * trees.cover[hot]!) / cover, oldOne, asked);
    recurse(cold, level + 1, next, (oldZero * trees.cover[cold]!) / cover, 0, asked);
  }
}

function extend(path: Path, length: number, zero: number, one: number, feature: number): void {
  path.feature[length] = feature;
  path.zero[length] = zero;
  path.one[length] = one;
  path.weight[length] = length === 0 ? 1 : 0;
  for (let i = length - 1; i >= 0; i--) {
    path.weight[i + 1]! += (one * path.weight[i]! * (i + 1)) / (length + 1);
    path.weight[i] = (zero * path.weight[i]! * (length - i)) / (length + 1);
  }
}

function unwind(path: Path, length: number, at: number): void {
  const { zero, one, weight, feature } = path;
  let next = weight[length]!;
  for (let i = length - 1; i >= 0; i--) {
    if (one[at] !== 0) {
      const held = weight[i]!;
      weight[i] = (next * (length + 1)) / ((i + 1) * one[at]!);
      next = held - (weight[i]! * zero[at]! * (length - i)) / (length + 1);
    } else weight[i] = (weight[i]! * (length + 1)) / (zero[at]! * (length - i));
  }
  for (let i = at; i < length; i++) {
    feature[i] = feature[i + 1]!;
    zero[i] = zero[i + 1]!;
    one[i] = one[i + 1]!;
  }
}

function unwoundSum({ zero, one, weight }: Path, length: number, at: number): number {
  let total = 0;
  let next = weight[length]!;
  for (let i = length - 1; i >= 0; i--) {
    if (one[at] !== 0) {
      const part = (next * (length + 1)) / ((i + 1) * one[at]!);
      total += part;
      next = weight[i]! - (part * zero[at]! * (length - i)) / (length + 1);
    } else total += (weight[i]! * (length + 1)) / (zero[at]! * (length - i));
  }
  return total;
}
