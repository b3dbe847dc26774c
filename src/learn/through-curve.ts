/** Takes what features add on one scale and gives what they add on another that a rising curve leads to. */
import type { Explanation } from "./model.ts";

/**
 * An explanation with one output, seen through a monotone curve.
 *
 * The change of the curve is shared between all that pushes a row up and all that pushes it down as Shapley's value
 * shares it between two players, and within each in proportion to the push. So nothing changes its sign, and base +
 * Σ values = curve(base + Σ values before).
 *
 * @param curve of numbers on the explanation's scale
 * @param scale the one it leads to
 */
export function throughCurve(
  explanation: Explanation,
  curve: (score: number) => number,
  scale: Explanation["scale"],
): Explanation {
  const { features, values: before } = explanation;
  const base = explanation.base[0]!;
  const width = features.length;
  const values = new Float64Array(before.length);
  const start = curve(base);
  for (let at = 0; at < before.length; at += width) {
    let up = 0;
    let down = 0;
    for (let i = at; i < at + width; i++) {
      if (before[i]! > 0) up += before[i]!;
      else down += before[i]!;
    }
    const onlyUp = curve(base + up);
    const onlyDown = curve(base + down);
    const both = curve(base + up + down);
    const byUp = (onlyUp - start + (both - onlyDown)) / 2;
    const byDown = (onlyDown - start + (both - onlyUp)) / 2;
    for (let i = at; i < at + width; i++) {
      const push = before[i]!;
      if (push > 0) values[i] = byUp * (push / up);
      else if (push < 0) values[i] = byDown * (push / down);
    }
  }
  return { scale, features, outputs: 1, base: Float64Array.of(start), values };
}
