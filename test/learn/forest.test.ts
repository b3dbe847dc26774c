import { describe, expect, it } from "vitest";
import {
  type BooleanColumn,
  type CategoricalColumn,
  type ClassTarget,
  datasetOf,
  type NumericColumn,
  takeRows,
  type ValueTarget,
} from "../../src/dataset/dataset.ts";
import { forest } from "../../src/learn/forest.ts";
import type { ForestOptions } from "../../src/learn/forest-options.ts";

const numbers = (...values: number[]): NumericColumn => ({
  kind: "numeric",
  name: "x",
  values: Float64Array.from(values),
});
const levels = (names: readonly string[], ...codes: number[]): CategoricalColumn => ({
  kind: "categorical",
  name: "c",
  codes: Int32Array.from(codes),
  levels: names,
});
const yesNo = (...codes: number[]): ClassTarget => ({
  kind: "class",
  codes: Int32Array.from(codes),
  classes: ["no", "yes"],
});
const values = (...all: number[]): ValueTarget => ({
  kind: "value",
  values: Float64Array.from(all),
});

/** One tree from every row once, every feature tried: what a hand can work out. */
const ONE_TREE: ForestOptions = {
  trees: 1,
  sampling: "all",
  featuresPerSplit: "all",
  minLeafRows: 1,
};

describe("one tree of eight rows, y = 0 0 0 1 0 1 1 1 over x = 1 … 8", () => {
  const dataset = datasetOf([numbers(1, 2, 3, 4, 5, 6, 7, 8)], {
    target: yesNo(0, 0, 0, 1, 0, 1, 1, 1),
  });

  it("cuts at 3.5 (0²/3 + 4²/5 = 3.2, before 5.5 of the same score), then 5.5, then 4.5", async () => {
    const { trees } = await forest.fit(dataset, ONE_TREE);
    expect([...trees.feature]).toEqual([0, -1, 0, 0, -1, -1, -1]);
    expect([...trees.threshold]).toEqual([3.5, 0, 5.5, 4.5, 0, 0, 0]);
    expect([...trees.left]).toEqual([1, 1, 3, 4, 4, 5, 6]);
    expect([...trees.right]).toEqual([2, 1, 6, 5, 4, 5, 6]);
    expect([...trees.value]).toEqual([0.5, 0, 0.8, 0.5, 1, 0, 1]);
    expect([...trees.cover]).toEqual([8, 3, 5, 2, 1, 1, 3]);
    // Where no training row is missing, missing goes with the most.
    expect([...trees.missingLeft]).toEqual([0, 0, 0, 1, 0, 0, 0]);
  });

  it.each<[ForestOptions, number[]]>([
    [{ minLeafRows: 2 }, [0, 0, 0, 0.5, 0.5, 1, 1, 1]],
    [{ minLeafRows: 4 }, [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75]],
    [{ minSplitRows: 6 }, [0, 0, 0, 0.8, 0.8, 0.8, 0.8, 0.8]],
    [{ minSplitRows: 9 }, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]],
    [{ maxDepth: 1 }, [0, 0, 0, 0.8, 0.8, 0.8, 0.8, 0.8]],
    [{ maxDepth: 2 }, [0, 0, 0, 0.5, 0.5, 1, 1, 1]],
    [{ maxLeaves: 2 }, [0, 0, 0, 0.8, 0.8, 0.8, 0.8, 0.8]],
    [{ maxLeaves: 3 }, [0, 0, 0, 0.5, 0.5, 1, 1, 1]],
    [{ maxLeaves: 4 }, [0, 0, 0, 1, 0, 1, 1, 1]],
    [{ bins: 2 }, [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75]],
  ])("stops with %j", async (options, said) => {
    const model = await forest.fit(dataset, { ...ONE_TREE, ...options });
    expect([...model.predict(dataset)]).toEqual(said);
  });

  it("weighs classes: with yes counting 3 the share right of 3.5 is 12 / 13", async () => {
    const model = await forest.fit(dataset, {
      ...ONE_TREE,
      maxDepth: 1,
      classWeights: { yes: 3 },
    });
    expect([...model.trees.value]).toEqual([12 / 16, 0, 12 / 13]);
    expect([...model.trees.cover]).toEqual([16, 3, 13]);
  });

  it("balances classes: the root of one yes among four rows says a half", async () => {
    const four = takeRows(dataset, Uint32Array.of(0, 1, 2, 3));
    const model = await forest.fit(four, {
      ...ONE_TREE,
      minSplitRows: 5,
      classWeights: "balanced",
    });
    expect([...model.predict(four)]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});

it("cuts numbers where most squares are saved, and a leaf says the mean", async () => {
  const dataset = datasetOf([numbers(1, 2, 3, 4)], { target: values(1, 3, 10, 14) });
  const stump = await forest.fit(dataset, { ...ONE_TREE, maxDepth: 1 });
  expect([...stump.trees.threshold]).toEqual([2.5, 0, 0]);
  expect([...stump.predict(dataset)]).toEqual([2, 2, 12, 12]);
  const whole = await forest.fit(dataset, ONE_TREE);
  expect([...whole.predict(dataset)]).toEqual([1, 3, 10, 14]);
});

it("tells each of three classes its share", async () => {
  const dataset = datasetOf([numbers(1, 2, 3, 4, 5, 6)], {
    target: { kind: "class", codes: Int32Array.of(0, 0, 1, 1, 2, 2), classes: ["a", "b", "c"] },
  });
  const model = await forest.fit(dataset, { ...ONE_TREE, maxDepth: 1 });
  expect([...model.trees.value]).toEqual([1 / 3, 1 / 3, 1 / 3, 1, 0, 0, 0, 0.5, 0.5]);
  const two = takeRows(dataset, Uint32Array.of(0, 5));
  expect([...model.predict(two)]).toEqual([1, 0, 0, 0, 0.5, 0.5]);
});

describe("missing values", () => {
  const told = datasetOf([numbers(0, 9, Number.NaN)]);

  it("go where they fit: with the small numbers", async () => {
    const dataset = datasetOf([numbers(1, 2, 3, 4, Number.NaN, Number.NaN)], {
      target: yesNo(0, 0, 1, 1, 0, 0),
    });
    const model = await forest.fit(dataset, ONE_TREE);
    expect(model.trees.threshold[0]).toBe(2.5);
    expect([...model.predict(told)]).toEqual([0, 1, 0]);
  });

  it("go where they fit: with the large numbers", async () => {
    const dataset = datasetOf([numbers(1, 2, 3, 4, Number.NaN, Number.NaN)], {
      target: yesNo(0, 0, 1, 1, 1, 1),
    });
    const model = await forest.fit(dataset, ONE_TREE);
    expect([...model.predict(told)]).toEqual([0, 1, 1]);
  });

  it.each([
    ["classes", yesNo(0, 0, 0, 1, 1)],
    ["values", values(0, 0, 0, 1, 1)],
  ])("stand alone when being missing is what tells %s", async (_, target) => {
    const dataset = datasetOf([numbers(1, 2, 3, Number.NaN, Number.NaN)], { target });
    const model = await forest.fit(dataset, ONE_TREE);
    expect([...model.predict(told)]).toEqual([0, 0, 1]);
    expect([...forest.fromJSON(JSON.parse(JSON.stringify(model))).predict(told)]).toEqual([
      0, 0, 1,
    ]);
  });
});

describe("levels", () => {
  const target = yesNo(1, 0, 1, 0, 1);
  const dataset = datasetOf([levels(["a", "b", "c", "d", "never"], 0, 1, 2, 3, 0)], { target });

  it("are split by a set: b and d from a and c, others with the most", async () => {
    const model = await forest.fit(dataset, ONE_TREE);
    expect([...model.trees.feature]).toEqual([0, -1, -1]);
    expect([...model.trees.categoryWords]).toEqual([0b01010]);
    const asked = datasetOf([levels(["d", "unheard", "a", "never"], 0, 1, 2, 3, -1)]);
    expect([...model.predict(asked)]).toEqual([0, 1, 1, 1, 1]);
  });

  it("beyond the room of a byte are treated like missing, and the model still tells the others apart", async () => {
    const names = Array.from({ length: 400 }, (_, i) => `level ${i}`);
    const codes = Array.from({ length: 1200 }, (_, i) => (i < 800 ? i % 200 : (i - 800) % 400));
    const dataset = datasetOf([levels(names, ...codes)], {
      target: yesNo(...codes.map((code) => (code < 200 ? code % 2 : 1))),
    });
    const model = await forest.fit(dataset, ONE_TREE);
    const said = model.predict(datasetOf([levels(names, 0, 1, 198, 199, 398, 399, -1)]));
    expect([...said.subarray(0, 4)]).toEqual([0, 1, 0, 1]);
    expect(said[5]).toBe(said[6]);
  });
});

it("never splits by a column that says nothing", async () => {
  const constant: BooleanColumn = { kind: "boolean", name: "b", values: new Int8Array(8).fill(1) };
  const dataset = datasetOf([constant, numbers(1, 2, 3, 4, 5, 6, 7, 8)], {
    target: yesNo(0, 0, 0, 1, 0, 1, 1, 1),
  });
  const model = await forest.fit(dataset, { trees: 20, minLeafRows: 1, featuresPerSplit: 1 });
  expect(model.trees.feature.includes(1)).toBe(true);
  expect(model.trees.feature.includes(0)).toBe(false);
});

it("is one leaf where no column says anything", async () => {
  const dataset = datasetOf([numbers(3, 3, 3, 3)], { target: yesNo(0, 1, 1, 1) });
  const model = await forest.fit(dataset, ONE_TREE);
  expect([...model.predict(dataset)]).toEqual([0.75, 0.75, 0.75, 0.75]);
});

it("says a constant target, and nothing else", async () => {
  const dataset = datasetOf([numbers(1, 2, 3)], { target: values(0.1, 0.1, 0.1) });
  const model = await forest.fit(dataset, { trees: 3, minLeafRows: 1, outOfBag: true });
  expect([...model.predict(dataset)]).toEqual([0.1, 0.1, 0.1].map((x) => (x + x + x) / 3));
  expect(model.outOfBag?.score).toBeNull();
});

describe("refuses", () => {
  const dataset = datasetOf([numbers(1, 2, 3, 4)], { target: yesNo(0, 1, 0, 1) });
  const refused = (code: string) => expect.objectContaining({ code });

  it.each<[string, unknown]>([
    ["trees", 0],
    ["trees", 1.5],
    ["trees", 10_001],
    ["trees", "many"],
    ["sampling", "none"],
    ["sampleShare", 0],
    ["sampleShare", 1.1],
    ["sampleShare", Number.NaN],
    ["featuresPerSplit", 0],
    ["featuresPerSplit", "half"],
    ["maxDepth", 0],
    ["minSplitRows", 1],
    ["minLeafRows", 0],
    ["maxLeaves", 1],
    ["classWeights", { maybe: 1 }],
    ["classWeights", { yes: 0 }],
    ["bins", 1],
    ["bins", 256],
    ["outOfBag", 1],
    ["seed", 0.5],
    ["forests", 2],
  ])("the option %s = %j", async (name, value) => {
    await expect(forest.fit(dataset, { [name]: value })).rejects.toEqual(refused("LEARN_OPTION"));
    await expect(forest.fit(dataset, { [name]: value })).rejects.toThrow(name);
  });

  it("rows without a target, no rows, one class, no weight", async () => {
    const columns = [numbers(1, 2)];
    const none = datasetOf([numbers()], { target: yesNo() });
    const weightless = { target: yesNo(0, 1), weights: Float64Array.of(0, 0) };
    await expect(forest.fit(datasetOf(columns))).rejects.toEqual(refused("LEARN_TARGET"));
    await expect(forest.fit(none)).rejects.toEqual(refused("LEARN_EMPTY"));
    await expect(forest.fit(datasetOf(columns, { target: yesNo(1, 1) }))).rejects.toEqual(
      refused("LEARN_ONE_CLASS"),
    );
    await expect(forest.fit(datasetOf(columns, weightless))).rejects.toEqual(
      refused("LEARN_WEIGHTS"),
    );
  });

  it("a model of another kind or version, and one whose trees are of another shape", async () => {
    const json = JSON.parse(JSON.stringify(await forest.fit(dataset, { trees: 2 })));
    expect(forest.fromJSON(json).predict(dataset)).toHaveLength(4);
    for (const part of [
      { kind: "boosting" },
      { version: 2 },
      { task: "multiclass" },
      { trees: {} },
      { features: [] },
    ]) {
      expect(() => forest.fromJSON({ ...json, ...part })).toThrow(refused("MODEL_UNREADABLE"));
    }
  });

  it("to go on once it was stopped", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(forest.fit(dataset, {}, { signal })).rejects.toThrow("enough");
  });
});
