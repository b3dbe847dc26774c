/** What inner nodes say, from their leaves. */
import type { Trees } from "./trees.ts";

/**
 * Fills cover and value of every inner node from its children: the sum of their covers, the mean of their values by
 * cover. Where nothing came by, both children count the same. The same trees give the same numbers to the bit.
 */
export function fillInnerNodes(trees: Trees): void {
  const { feature, left, right, cover, value, outputs } = trees;
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node]! < 0) continue;
    const [l, r] = [left[node]!, right[node]!];
    const sum = cover[l]! + cover[r]!;
    cover[node] = sum;
    for (let k = 0; k < outputs; k++) {
      const [a, b] = [value[l * outputs + k]!, value[r * outputs + k]!];
      value[node * outputs + k] = sum > 0 ? (cover[l]! * a + cover[r]! * b) / sum : (a + b) / 2;
    }
  }
}
