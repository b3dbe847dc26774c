import type { Random } from "../../src/base/random.ts";
import { type Dataset, datasetOf } from "../../src/dataset/dataset.ts";

/** Numeric columns x0, x1, … with a target. */
export function numericRows(
  columns: readonly ArrayLike<number>[],
  target:
    | { readonly values: ArrayLike<number> }
    | { readonly codes: ArrayLike<number>; readonly classes?: readonly string[] },
  more: { readonly weights?: Float64Array; readonly times?: Float64Array } = {},
): Dataset {
  return datasetOf(
    columns.map((values, i) => ({
      kind: "numeric",
      name: `x${i}`,
      values: Float64Array.from(values),
    })),
    {
      target:
        "values" in target
          ? { kind: "value", values: Float64Array.from(target.values) }
          : {
              kind: "class",
              codes: Int32Array.from(target.codes),
              classes: target.classes ?? ["no", "yes"],
            },
      ...more,
    },
  );
}

/** Rows of a smooth pattern with noise: x0 raises, x1 lowers, x2 does neither, some missing. */
export function noisyRows(random: Random, rows: number, kind: "values" | "two" | "three"): Dataset {
  const columns = Array.from({ length: 3 }, (_, c) =>
    Float64Array.from({ length: rows }, () =>
      c === 1 && random.next() < 0.1 ? Number.NaN : random.normal(),
    ),
  );
  const signal = Float64Array.from({ length: rows }, (_, i) => {
    const low = columns[1]![i]!;
    return columns[0]![i]! - (Number.isNaN(low) ? 1 : low ** 3) + 0.7 * random.normal();
  });
  if (kind === "values") return numericRows(columns, { values: signal });
  if (kind === "two") return numericRows(columns, { codes: signal.map((s) => (s > 0.3 ? 1 : 0)) });
  return numericRows(columns, {
    codes: signal.map((s) => (s > 0.8 ? 2 : s > -0.5 ? 1 : 0)),
    classes: ["low", "middle", "high"],
  });
}
