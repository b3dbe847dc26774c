import { readFileSync } from "node:fs";
import { type Dataset, datasetOf, type Target } from "../../src/dataset/dataset.ts";

interface Reference {
  readonly rows: Readonly<
    Record<
      | "visits"
      | "minutes"
      | "source"
      | "region"
      | "weights"
      | "binary"
      | "classes"
      | "value"
      | "scores",
      readonly number[]
    >
  >;
  readonly logistic: Readonly<Record<string, readonly number[]>>;
  readonly ridge: Readonly<Record<string, readonly number[]>>;
  readonly "naive bayes": Readonly<Record<string, readonly number[]>>;
  readonly calibration: {
    readonly ask: readonly number[];
    readonly sigmoid: { readonly a: number; readonly b: number };
    readonly isotonic: readonly number[];
    readonly beta: { readonly a: number; readonly b: number; readonly c: number };
  };
}

/** What scikit-learn gave, by bench/rivals/reference/linear.py. */
export const reference = JSON.parse(
  readFileSync(new URL("../fixtures/reference/linear.json", import.meta.url), "utf8"),
) as Reference;

const { rows } = reference;

export type TargetName = "binary" | "classes" | "value";

function targetNamed(name: TargetName): Target {
  if (name === "value") return { kind: "value", values: Float64Array.from(rows.value) };
  const classes = name === "binary" ? ["no", "yes"] : ["low", "middle", "high"];
  return { kind: "class", codes: Int32Array.from(rows[name]), classes };
}

/** The rows of the reference, with numbers, levels or both. */
export function referenceRows(
  target: TargetName,
  { weights = false, numbers = true, levels = true } = {},
): Dataset {
  const number = (name: "visits" | "minutes") =>
    ({ kind: "numeric", name, values: Float64Array.from(rows[name]) }) as const;
  const level = (name: "source" | "region", names: string[]) =>
    ({ kind: "categorical", name, codes: Int32Array.from(rows[name]), levels: names }) as const;
  return datasetOf(
    [
      ...(numbers ? [number("visits"), number("minutes")] : []),
      ...(levels ? [level("source", ["a", "b", "c"]), level("region", ["n", "s"])] : []),
    ],
    { target: targetNamed(target), weights: weights ? Float64Array.from(rows.weights) : null },
  );
}

/** The largest difference of two lists of equal length. */
export function farthest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Infinity;
  let most = 0;
  for (let i = 0; i < one.length; i++) most = Math.max(most, Math.abs(one[i]! - other[i]!));
  return most;
}
