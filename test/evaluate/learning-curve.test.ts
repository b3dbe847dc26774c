import { describe, expect, it } from "vitest";
import { Problem } from "../../src/base/problem.ts";
import { seededRandom } from "../../src/base/random.ts";
import { type Dataset, datasetOf } from "../../src/dataset/dataset.ts";
import { learningCurve } from "../../src/evaluate/learning-curve.ts";
import { accuracy } from "../../src/evaluate/multiclass.ts";
import { classedBy, scoredBy, valuedBy } from "../../src/evaluate/of-model.ts";
import { meanAbsoluteError } from "../../src/evaluate/regression.ts";
import type { Model } from "../../src/learn/model.ts";

/** A model that says what it is told of each row's number x. */
function modelOf(
  task: Model["task"],
  classes: readonly string[] | null,
  say: (x: number) => number[],
): Model {
  return {
    kind: "told",
    task,
    classes,
    features: [{ name: "x", kind: "numeric", levels: null }],
    predict: ({ columns: [x] }) =>
      Float64Array.from([...((x?.kind === "numeric" && x.values) || [])].flatMap(say)),
    explain: () => {
      throw new Error("never asked");
    },
    toJSON: () => ({ kind: "told", version: 1 }),
  };
}

const x = (...values: number[]) =>
  ({ kind: "numeric", name: "x", values: Float64Array.from(values) }) as const;

describe("a model's predictions beside what came", () => {
  const binary = modelOf("binary", ["lost", "won"], (value) => [value]);

  it("match classes by name, not by place", () => {
    const data = datasetOf([x(0.9, 0.2, 0.4)], {
      target: { kind: "class", codes: Int32Array.of(0, 1, 0), classes: ["won", "lost"] },
      weights: Float64Array.of(1, 2, 3),
      groups: Int32Array.of(7, 7, 8),
    });
    const rows = scoredBy(binary, data);
    expect([...rows.truth]).toEqual([1, 0, 1]);
    expect(rows.weights).toEqual(data.weights);
    expect(rows.groups).toEqual(data.groups);
    expect(rows.totalPositive).toBe(4);
  });

  it("are put by class for several, and by value for numbers", () => {
    const several = modelOf("multiclass", ["a", "b", "c"], (value) => [value, 1 - value, 0]);
    const data = datasetOf([x(0.9, 0.2)], {
      target: { kind: "class", codes: Int32Array.of(1, 0), classes: ["b", "a"] },
    });
    expect(accuracy(classedBy(several, data))).toBe(1);
    const doubling = modelOf("regression", null, (value) => [2 * value]);
    const numbers = datasetOf([x(1, 2)], {
      target: { kind: "value", values: Float64Array.of(2, 5) },
    });
    expect(meanAbsoluteError(valuedBy(doubling, numbers))).toBe(0.5);
  });

  it("are refused where the rows have not what the model predicts", () => {
    const refusal = expect.objectContaining({ code: "EVALUATE_TARGET" });
    const unknown = datasetOf([x(0.9)], {
      target: { kind: "class", codes: Int32Array.of(1), classes: ["won", "postponed"] },
    });
    expect(() => scoredBy(binary, unknown)).toThrow(refusal);
    expect(() => scoredBy(binary, datasetOf([x(0.9)]))).toThrow(refusal);
    expect(() => valuedBy(binary, unknown)).toThrow(refusal);
    const regression = modelOf("regression", null, (value) => [value]);
    expect(() => valuedBy(regression, unknown)).toThrow(refusal);
    expect(() => scoredBy(regression, unknown)).toThrow(refusal);
    expect(() => classedBy(binary, unknown)).toThrow(refusal);
  });

  it("take no offence at a class that no row is of", () => {
    const data = datasetOf([x(0.9)], {
      target: { kind: "class", codes: Int32Array.of(0), classes: ["won", "postponed"] },
    });
    expect([...scoredBy(binary, data).truth]).toEqual([1]);
  });
});

describe("a learning curve", () => {
  /** Numbers around 10; the model to learn is their mean. */
  function numbers(n: number, seed: number, groups: Int32Array | null = null): Dataset {
    const random = seededRandom(seed);
    const values = Float64Array.from({ length: n }, () => 10 + random.normal());
    return datasetOf([x(...values.keys())], { target: { kind: "value", values }, groups });
  }
  const fitMean = (data: Dataset): Model => {
    const values = data.target?.kind === "value" ? data.target.values : new Float64Array();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return modelOf("regression", null, () => [mean]);
  };
  const measure = (model: Model, data: Dataset) => meanAbsoluteError(valuedBy(model, data));

  it("shows a mean that comes nearer the truth with more rows, and is flattered by its own few", async () => {
    const points = await learningCurve(numbers(400, 1), numbers(3000, 2), {
      fit: fitMean,
      measure,
      seed: 4,
      shares: [0.005, 0.07, 1],
      repeats: 20,
    });
    expect(points.map((point) => point.rows)).toEqual([2, 28, 400]);
    const onTest = points.map((point) => point.onTest.mean as number);
    expect(onTest[0]).toBeGreaterThan((onTest[1] as number) * 1.1);
    expect(onTest[1]).toBeGreaterThan(onTest[2] as number);
    // Half the normal's mean distance of two draws, √(1/π), against √(2/π) of the truth.
    expect(points[0]?.onTraining.mean).toBeLessThan(0.75);
    expect(onTest[2]).toBeCloseTo(Math.sqrt(2 / Math.PI), 1);
    const { lowest, highest, draws } = points[2]?.onTest ?? {};
    expect([draws, lowest]).toEqual([20, highest]);
  });

  it("gives each smaller share's rows again in the larger, in their order, and never parts a group", async () => {
    const groups = Int32Array.from({ length: 60 }, (_, row) => -(row % 12));
    const seen: number[][] = [];
    await learningCurve(numbers(60, 1, groups), numbers(5, 2), {
      fit: (data) => {
        seen.push([...(data.columns[0]?.kind === "numeric" ? data.columns[0].values : [])]);
        return fitMean(data);
      },
      measure,
      seed: 9,
      shares: [0.1, 0.5, 1],
      repeats: 2,
    });
    const [small, , half] = seen as [number[], number[], number[]];
    expect(seen.map((rows) => rows.length)).toEqual([10, 10, 30, 30, 60, 60]);
    for (const rows of seen) {
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
      const whole = rows.filter((row) => rows.includes((row + 12) % 60));
      expect(whole).toEqual(rows);
    }
    expect(half).toEqual(expect.arrayContaining(small));
    expect(seen[0]).not.toEqual(seen[1]);
  });

  it("tells which draws could not be fitted, and passes on what is no Problem", async () => {
    const picky = (data: Dataset) => {
      if (data.rows < 5) throw new Problem("LEARN_ONE_CLASS", { what: "One class", fix: "More." });
      return fitMean(data);
    };
    const options = { fit: picky, measure, seed: 1, shares: [0.1, 1], repeats: 2 };
    const points = await learningCurve(numbers(20, 1), numbers(5, 2), options);
    expect(points[0]).toMatchObject({
      refused: ["LEARN_ONE_CLASS", "LEARN_ONE_CLASS"],
      onTest: { mean: null, lowest: null, highest: null, draws: 0 },
    });
    expect(points[1]).toMatchObject({ refused: [], onTest: { draws: 2 } });
    const broken = () => {
      throw new TypeError("a fault");
    };
    await expect(
      learningCurve(numbers(20, 1), numbers(5, 2), { ...options, fit: broken }),
    ).rejects.toThrow(TypeError);
  });

  it("is the same for the same seed, stops when told to, and refuses shares that do not rise", async () => {
    const [training, test] = [numbers(50, 1), numbers(9, 2)];
    const options = { fit: fitMean, measure, seed: 6 };
    const one = await learningCurve(training, test, options);
    expect(await learningCurve(training, test, options)).toEqual(one);
    expect(one.map((point) => point.share)).toEqual([0.1, 0.2, 0.4, 0.7, 1]);
    const stop = new AbortController();
    const fit = (data: Dataset) => {
      stop.abort(new Error("enough"));
      return fitMean(data);
    };
    await expect(
      learningCurve(training, test, { ...options, fit, signal: stop.signal }),
    ).rejects.toThrow("enough");
    const refusal = expect.objectContaining({ code: "EVALUATE_OPTION" });
    for (const wrong of [
      { shares: [0.5, 0.5] },
      { shares: [0, 1] },
      { shares: [0.5, 1.5] },
      { shares: [] },
      { repeats: 0 },
    ])
      await expect(learningCurve(training, test, { ...options, ...wrong })).rejects.toThrow(
        refusal,
      );
  });
});
