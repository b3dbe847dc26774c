import { describe, expect, it } from "vitest";
import { Problem } from "../../src/base/problem.ts";
import { seededRandom } from "../../src/base/random.ts";
import { type Dataset, datasetOf } from "../../src/dataset/dataset.ts";
import { type Measure, permutationImportance } from "../../src/learn/permutation.ts";
import { feature, formulaModel, numeric } from "./formula-model.ts";

function valuesOf({ target }: Dataset): Float64Array {
  if (target?.kind !== "value") throw new Error("The rows have values");
  return target.values;
}

/** Weighted mean of squared errors. */
const squared: Measure = {
  better: "lower",
  of: (said, rows) => {
    const values = valuesOf(rows);
    let sum = 0;
    let total = 0;
    for (const [row, value] of values.entries()) {
      const weight = rows.weights?.[row] ?? 1;
      sum += weight * (said[row]! - value) ** 2;
      total += weight;
    }
    return sum / total;
  },
};

const random = seededRandom(3);
const draw = () => Array.from({ length: 400 }, () => random.normal());
const [a, b, copy, noise] = [draw(), draw(), draw(), draw()];
const columns = [
  numeric("a", ...a),
  numeric("b", ...b),
  numeric("copy", ...copy),
  numeric("noise", ...noise),
];
const values = Float64Array.from(a, (x, row) => 3 * x + b[row]! + 0.1 * random.normal());
const rows = datasetOf(columns, { target: { kind: "value", values } });
const features = columns.map(({ name }) => feature(name));
const sum = formulaModel(features, ([x = 0, y = 0]) => 3 * x + y);

describe("permutation importance", () => {
  it("is twice the variance that a column of a sum adds to squared errors, and 0 for one not looked at", async () => {
    const { importances, measured } = await permutationImportance(sum, rows, squared, {
      repeats: 20,
    });
    expect(measured).toBeCloseTo(0.01, 2);
    expect(importances.map(({ columns }) => columns)).toEqual([["a"], ["b"], ["copy"], ["noise"]]);
    const [first, second, third] = importances;
    const variance = a.reduce((all, x) => all + x * x, 0) / 400;
    expect(first!.value / (2 * 9 * variance)).toBeCloseTo(1, 1);
    expect(first!.interval!.low).toBeLessThan(first!.value);
    expect(first!.interval!.high).toBeGreaterThan(first!.value);
    expect(second!.interval!.low).toBeGreaterThan(0);
    expect(third).toEqual({ columns: ["copy"], value: 0, interval: { low: 0, high: 0 } });
  });

  it("turns over with the measure, so that it is above 0 where the model gets worse", async () => {
    const higher: Measure = { better: "higher", of: (said, rows) => -squared.of(said, rows) };
    const asked = { resamples: 0 };
    const one = await permutationImportance(sum, rows, squared, asked);
    const other = await permutationImportance(sum, rows, higher, asked);
    expect(other.importances).toEqual(one.importances);
    expect(one.importances[0]!.interval).toBeNull();
  });

  it("moves values between rows and makes none up: their mean stays", async () => {
    const mean: Measure = {
      better: "higher",
      of: (said) => said.reduce((all, one) => all + one, 0) / said.length,
    };
    const { importances } = await permutationImportance(sum, rows, mean, { resamples: 0 });
    for (const { value } of importances) expect(Math.abs(value)).toBeLessThan(1e-12);
  });

  it("is the same for the same seed, and another for another", async () => {
    const asked = { repeats: 2, resamples: 20 };
    const one = await permutationImportance(sum, rows, squared, asked);
    expect(await permutationImportance(sum, rows, squared, asked)).toEqual(one);
    const other = await permutationImportance(sum, rows, squared, { ...asked, seed: 2 });
    expect(other.importances[0]!.value).not.toBe(one.importances[0]!.value);
  });

  it("shows what two columns say together that neither seems to say alone", async () => {
    const same = datasetOf([numeric("a", ...a), numeric("b", ...a)], {
      target: { kind: "value", values: Float64Array.from(a) },
    });
    const either = formulaModel([feature("a"), feature("b")], ([x = 0, y = 0]) => (x + y) / 2);
    const alone = await permutationImportance(either, same, squared);
    const together = await permutationImportance(either, same, squared, { together: [["a", "b"]] });
    expect(together.importances).toHaveLength(1);
    expect(together.importances[0]!.value).toBeGreaterThan(3 * alone.importances[0]!.value);
  });

  it("looks at rows as their weights say", async () => {
    const half = Float64Array.from({ length: 400 }, (_, row) => (row < 200 ? 1 : 0));
    const weighted = datasetOf(columns, { target: { kind: "value", values }, weights: half });
    const { measured } = await permutationImportance(sum, weighted, squared, { resamples: 0 });
    const first = values.subarray(0, 200);
    const said = sum.predict(rows).subarray(0, 200);
    const error = first.reduce((all, value, row) => all + (said[row]! - value) ** 2, 0) / 200;
    expect(measured).toBeCloseTo(error, 12);
  });

  it("is wider where rows come in groups", async () => {
    // Eight groups; in each the errors without the column are alike.
    const groups = Int32Array.from({ length: 400 }, (_, row) => Math.floor(row / 50));
    const level = Float64Array.from(groups, (group) => 4 * group);
    const grouped = datasetOf([numeric("a", ...level)], {
      target: { kind: "value", values: level },
    });
    const itself = formulaModel([feature("a")], ([x = 0]) => x);
    const width = async (dataset: Dataset) => {
      const { importances } = await permutationImportance(itself, dataset, squared);
      const { low, high } = importances[0]!.interval!;
      return high - low;
    };
    expect(await width({ ...grouped, groups })).toBeGreaterThan(1.5 * (await width(grouped)));
  });

  it("leaves out draws that the measure has no answer for, and the interval where they are half", async () => {
    const answering = (fine: (known: Float64Array) => boolean): Measure => ({
      better: "lower",
      of: (said, rows) => {
        if (fine(valuesOf(rows))) return squared.of(said, rows);
        throw new Problem("LEARN_EMPTY", { what: "No answer", fix: "Ask for other rows." });
      },
    });
    const asked = { resamples: 50 };
    // A draw holds the first row two times of three, and never all rows.
    const first = answering((known) => known.includes(values[0]!));
    const some = await permutationImportance(sum, rows, first, asked);
    expect(some.importances[0]!.interval!.low).toBeGreaterThan(10);
    const every = answering((known) => new Set(known).size === 400);
    const none = await permutationImportance(sum, rows, every, asked);
    expect(none.importances[0]!.interval).toBeNull();
    expect(none.importances[0]!.value).toBeGreaterThan(10);
    const without = answering(
      (known) => known.length === new Set(known).size || !known.includes(values[0]!),
    );
    const few = await permutationImportance(sum, rows, without, asked);
    expect(few.importances[0]!.interval).toBeNull();
  });

  it("stops when it is told to, and tells how far it is", async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const asked = permutationImportance(
      sum,
      rows,
      squared,
      { resamples: 0 },
      {
        signal: stop.signal,
        onProgress: (done) => {
          told.push(done);
          if (done >= 0.5) stop.abort(new Error("enough"));
        },
      },
    );
    await expect(asked).rejects.toThrow("enough");
    expect(told).toEqual([0.25, 0.5]);
  });

  it("refuses what it cannot do", async () => {
    const refusals = [
      { repeats: 0 },
      { resamples: -1 },
      { seed: 0.5 },
      { together: [["a", "height"]] },
      { together: [["a"], ["a", "b"]] },
      { together: [[]] },
    ];
    for (const options of refusals)
      await expect(permutationImportance(sum, rows, squared, options)).rejects.toMatchObject({
        code: "LEARN_OPTION",
      });
    const none = datasetOf(columns.map(({ name }) => numeric(name)));
    await expect(permutationImportance(sum, none, squared)).rejects.toMatchObject({
      code: "LEARN_EMPTY",
    });
  });
});
