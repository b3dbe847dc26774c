import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { datasetOf, takeRows } from "../../src/dataset/dataset.ts";
import { fitBoosting } from "../../src/learn/boosting.ts";
import { readBoosting } from "../../src/learn/boosting-model.ts";
import type { BoostingOptions } from "../../src/learn/boosting-options.ts";
import { noisyRows, numericRows } from "./boosting-rows.ts";

const SMALL = { minLeafRows: 1, minChildWeight: 0, l2: 1, learningRate: 0.5 };
const code = (name: string, where?: string) =>
  expect.objectContaining(where === undefined ? { code: name } : { code: name, where });
const share = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

describe("the first tree of eight rows, worked by hand", () => {
  // Half are 1, so the base is 0, every gradient ±½ and every hessian ¼.
  const rows = numericRows([[1, 2, 3, 4, 5, 6, 7, 8]], { codes: [0, 0, 0, 1, 1, 1, 0, 1] });

  it("splits where Σg²/(Σh + l2) of both sides is most: 1.5²/1.75 + 1.5²/2.25 after the third", async () => {
    const model = await fitBoosting(rows, { ...SMALL, rounds: 1, maxLeaves: 2 });
    const { feature, threshold, value, cover } = model.trees;
    expect(model.base[0]).toBe(0);
    expect([...feature]).toEqual([0, -1, -1]);
    expect(threshold[0]).toBe(3.5);
    expect([...cover]).toEqual([8, 3, 5]);
    // −Σg/(Σh + l2) × learning rate
    expect(value[1]).toBeCloseTo((-1.5 / 1.75) * 0.5, 12);
    expect(value[2]).toBeCloseTo((1.5 / 2.25) * 0.5, 12);
    const predicted = model.predict(rows);
    expect(predicted[0]).toBeCloseTo(share(-1.5 / 1.75 / 2), 12);
    expect(predicted[7]).toBeCloseTo(share(1.5 / 2.25 / 2), 12);
  });

  it("splits next the leaf that gains most: the right one after the sixth, by 1.5²/1.75 − 1.5²/2.25", async () => {
    const model = await fitBoosting(rows, { ...SMALL, rounds: 1, maxLeaves: 3 });
    expect([...model.trees.threshold]).toEqual([3.5, 0, 6.5, 0, 0]);
    expect(model.trees.value[3]).toBeCloseTo((1.5 / 1.75) * 0.5, 12);
    expect(model.trees.value[4]).toBeCloseTo(0, 12);
    const gain = 1.5 ** 2 / 1.75 - 1.5 ** 2 / 2.25;
    const leaves = async (minGain: number) =>
      (
        await fitBoosting(rows, { ...SMALL, rounds: 1, maxLeaves: 3, minGain })
      ).trees.feature.filter((f) => f < 0).length;
    expect(await leaves(gain - 1e-9)).toBe(3);
    expect(await leaves(gain + 1e-9)).toBe(2);
  });

  it("keeps to rows and hessians that a leaf needs at least", async () => {
    const cut = async (options: Partial<BoostingOptions>) => {
      const { trees } = await fitBoosting(rows, { ...SMALL, rounds: 1, maxLeaves: 2, ...options });
      return trees.feature[0]! < 0 ? null : trees.threshold[0];
    };
    expect(await cut({ minLeafRows: 3 })).toBe(3.5);
    // four on each side: 1²/2 + 1²/2
    expect(await cut({ minLeafRows: 4 })).toBe(4.5);
    expect(await cut({ minLeafRows: 5 })).toBeNull();
    expect(await cut({ minChildWeight: 0.75 })).toBe(3.5);
    expect(await cut({ minChildWeight: 0.76 })).toBe(4.5);
    expect(await cut({ minChildWeight: 1.01 })).toBeNull();
  });

  it("counts a row of weight 2 like two rows, and one of weight 0 not at all", async () => {
    const weights = Float64Array.of(2, 1, 0, 1, 0.5, 1, 1, 1);
    const weighted = numericRows(
      [[1, 2, 3, 4, 5, 6, 7, 8]],
      { codes: [0, 0, 0, 1, 1, 1, 0, 1] },
      { weights },
    );
    const model = await fitBoosting(weighted, { ...SMALL, rounds: 1, maxLeaves: 2 });
    // 4 of 7.5 are 0: p = 3.5/7.5
    const p = 3.5 / 7.5;
    expect(model.base[0]).toBeCloseTo(Math.log(3.5 / 4), 12);
    expect(model.trees.threshold[0]).toBe(3);
    expect([...model.trees.cover]).toEqual([7.5, 3, 4.5]);
    expect(model.trees.value[1]).toBeCloseTo(((-3 * p) / (3 * p * (1 - p) + 1)) * 0.5, 7);
  });
});

describe("where missing goes", () => {
  const x = [1, 2, 3, 4, Number.NaN, Number.NaN];
  const fitted = (missing: number) =>
    fitBoosting(numericRows([x], { codes: [0, 0, 1, 1, missing, missing] }), {
      ...SMALL,
      rounds: 1,
      maxLeaves: 2,
    });

  it("is the better side", async () => {
    const [left, right] = [await fitted(0), await fitted(1)];
    expect([left.trees.threshold[0], left.trees.missingLeft[0]]).toEqual([2.5, 1]);
    expect([right.trees.threshold[0], right.trees.missingLeft[0]]).toEqual([2.5, 0]);
  });

  it("is a side of its own where the numbers tell nothing", async () => {
    const rows = numericRows([[5, 5, 5, Number.NaN, Number.NaN]], { codes: [0, 0, 0, 1, 1] });
    const model = await fitBoosting(rows, { ...SMALL, rounds: 1 });
    const [known, missing] = model.predict(numericRows([[1e300, Number.NaN]], { codes: [0, 1] }));
    // two of five are 1
    expect(known).toBeLessThan(0.4);
    expect(missing).toBeGreaterThan(0.4);
  });

  it("is the larger side where none was missing in training", async () => {
    const rows = numericRows([[1, 2, 3, 4, 5]], { codes: [0, 1, 1, 1, 1] });
    const model = await fitBoosting(rows, { ...SMALL, rounds: 1, maxLeaves: 2 });
    expect([model.trees.threshold[0], model.trees.missingLeft[0]]).toEqual([1.5, 0]);
  });
});

describe("levels", () => {
  const levels = ["a", "b", "c", "d", "rare"];
  const codes = [0, 0, 1, 1, 2, 2, 3, 3, 4, -1];
  const target = [0, 0, 1, 1, 0, 1, 1, 1, 1, 0];
  const rows = datasetOf(
    [{ kind: "categorical", name: "c", codes: Int32Array.from(codes), levels }],
    { target: { kind: "class", codes: Int32Array.from(target), classes: ["no", "yes"] } },
  );

  it("are parted by what they ask for, not by their order", async () => {
    const model = await fitBoosting(rows, {
      ...SMALL,
      rounds: 1,
      maxLeaves: 2,
      minCategoryRows: 2,
      categorySmoothing: 0,
    });
    const p = model.predict(rows);
    // a and c ask for less, b and d for more
    expect(p[0]).toBe(p[4]);
    expect(p[2]).toBe(p[6]);
    expect(p[0]!).toBeLessThan(p[2]!);
  });

  it("with few rows go where missing goes", async () => {
    const few = await fitBoosting(rows, { ...SMALL, rounds: 1, maxLeaves: 2, minCategoryRows: 2 });
    const p = few.predict(rows);
    expect(p[8]).toBe(p[9]);
    const alone = await fitBoosting(rows, {
      ...SMALL,
      rounds: 1,
      maxLeaves: 2,
      minCategoryRows: 1,
    });
    const q = alone.predict(rows);
    expect(q[8]!).toBeGreaterThan(q[9]!);
  });
});

describe("many levels", () => {
  // Means 0 and 10 around 6: gradients 6 and −4, each hessian 1; l2 is 1.
  const worth = { low: [0, 2], high: [1, 3, 4] };
  const rowsOf = (used: readonly number[], each: number) => {
    const codes = used.flatMap((level) => new Array<number>(each).fill(level));
    return datasetOf(
      [
        {
          kind: "categorical",
          name: "c",
          codes: Int32Array.from(codes),
          levels: ["a", "b", "c", "d", "e"],
        },
      ],
      {
        target: {
          kind: "value",
          values: Float64Array.from(codes, (code) => (worth.low.includes(code) ? 0 : 10)),
        },
      },
    );
  };
  const leaves = async (used: readonly number[], options: Partial<BoostingOptions>, each = 2) => {
    const all = { ...SMALL, rounds: 1, maxLeaves: 2, minCategoryRows: 1, categorySmoothing: 0 };
    const model = await fitBoosting(rowsOf(used, each), { ...all, ...options });
    return model.trees.feature.filter((feature) => feature < 0).length;
  };
  const five = [0, 1, 2, 3, 4];

  it("are parted only for a gain of 24²/(4 + 1 + 10) + 24²/(6 + 1 + 10), where few need less", async () => {
    const gain = 576 / 15 + 576 / 17;
    expect(await leaves(five, { minGain: gain - 1e-6 })).toBe(2);
    expect(await leaves(five, { minGain: gain + 1e-6 })).toBe(1);
    const plain = 576 / 5 + 576 / 7;
    expect(await leaves(five, { categoryL2: 0, minGain: plain - 1e-4 })).toBe(2);
    expect(await leaves(five, { categoryL2: 0, minGain: plain + 1e-4 })).toBe(1);
    // mean 5: gradients 5 and −5 of four rows each
    expect(await leaves([0, 1, 2, 3], { minGain: 160 - 1e-4 })).toBe(2);
  });

  it("are parted only with rows enough on both sides, where few need no more than any split", async () => {
    expect(await leaves(five, { minGroupRows: 4 })).toBe(2);
    expect(await leaves(five, { minGroupRows: 5 })).toBe(1);
    expect(await leaves([0, 1, 2, 3], { minGroupRows: 5 })).toBe(2);
  });

  it("need a hundred rows a side, of few rows a twentieth", async () => {
    expect(await leaves(five, { minGroupRows: 100 }, 30)).toBe(1);
    expect(await leaves(five, {}, 30)).toBe(2);
  });
});

describe("values", () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8];

  it("by squared loss: the base is the mean and a leaf Σ(y − mean)/(n + l2)", async () => {
    const rows = numericRows([x], { values: [0, 0, 0, 8, 8, 8, 8, 8] });
    const model = await fitBoosting(rows, { ...SMALL, rounds: 1 });
    expect(model.base[0]).toBe(5);
    expect(model.trees.threshold[0]).toBe(3.5);
    expect(model.trees.value[1]).toBeCloseTo((-15 / 4) * 0.5, 7);
    expect(model.trees.value[2]).toBeCloseTo((15 / 6) * 0.5, 7);
  });

  it("by a quantile: base and leaves are quantiles, those of a leaf of what is still lacking", async () => {
    const rows = numericRows([x], { values: [1, 2, 3, 4, 10, 20, 30, 40] });
    const model = await fitBoosting(rows, { ...SMALL, rounds: 1, maxLeaves: 2, quantile: 0.75 });
    expect(model.quantile).toBe(0.75);
    expect(model.base[0]).toBe(20);
    const { threshold, value } = model.trees;
    const left =
      rows.target?.kind === "value"
        ? [...rows.target.values].filter((_, i) => x[i]! <= threshold[0]!)
        : [];
    const third = left.map((y) => y - 20).sort((a, b) => a - b)[Math.ceil(0.75 * left.length) - 1]!;
    expect(value[1]).toBe(third / 2);
  });

  it("by a quantile: about that share of other rows lies below", async () => {
    const random = seededRandom(6);
    const [train, other] = [noisyRows(random, 6000, "values"), noisyRows(random, 6000, "values")];
    for (const quantile of [0.1, 0.5, 0.9]) {
      const model = await fitBoosting(train, { quantile, rounds: 60 });
      const predicted = model.predict(other);
      const actual = other.target?.kind === "value" ? other.target.values : new Float64Array(0);
      const below = actual.filter((y, i) => y <= predicted[i]!).length / actual.length;
      expect(Math.abs(below - quantile)).toBeLessThan(0.03);
    }
  });

  it("that are all the same are said of every row", async () => {
    const model = await fitBoosting(numericRows([x], { values: x.map(() => 0.1) }), SMALL);
    expect([...model.predict(numericRows([[Number.NaN, 3]], { values: [0, 0] }))]).toEqual([
      0.1, 0.1,
    ]);
    const median = await fitBoosting(numericRows([x], { values: x.map(() => 0.1) }), {
      ...SMALL,
      quantile: 0.5,
    });
    expect(median.predict(numericRows([[3]], { values: [0] }))[0]).toBe(0.1);
  });
});

describe("more classes", () => {
  it("get a tree each: of a third of the rows each, −Σg/(Σh + l2) with h = ⅓ · ⅔", async () => {
    const rows = numericRows([[1, 1, 2, 2, 3, 3]], {
      codes: [0, 0, 1, 1, 2, 2],
      classes: ["a", "b", "c"],
    });
    const model = await fitBoosting(rows, { ...SMALL, rounds: 1, maxLeaves: 2 });
    const { trees } = model;
    expect(trees.outputs).toBe(3);
    expect(trees.roots.length - 1).toBe(3);
    expect(model.base[0]).toBeCloseTo(Math.log(1 / 3), 12);
    // class a: its two rows left, with gradient ⅓ − 1 each
    expect(trees.threshold[0]).toBe(1.5);
    expect(trees.value[3]).toBeCloseTo((4 / 3 / (4 / 9 + 1)) * 0.5, 7);
    expect([trees.value[4], trees.value[5]]).toEqual([0, 0]);
    const p = model.predict(rows);
    expect(p[0]! + p[1]! + p[2]!).toBeCloseTo(1, 14);
    expect(p[0]!).toBeGreaterThan(p[1]!);
  });
});

describe("rows to stop by", () => {
  const random = seededRandom(2);
  const train = noisyRows(random, 800, "two");
  const later = noisyRows(random, 800, "two");

  it("end training some rounds after the best, and the model is that of the best", async () => {
    const options = { rounds: 400, learningRate: 0.3, patience: 5 };
    const model = await fitBoosting(train, { ...options, validation: later });
    const { rounds, validation, training } = model.history;
    expect(validation.length).toBe(rounds + 5);
    expect(training.length).toBe(validation.length);
    expect(Math.min(...validation)).toBe(validation[rounds - 1]);
    expect(model.trees.roots.length - 1).toBe(rounds);
    const same = await fitBoosting(train, { ...options, rounds });
    expect(JSON.stringify(same.trees)).toBe(JSON.stringify(model.trees));
    // the history is the log loss of the rows
    const p = model.predict(later);
    const codes = later.target?.kind === "class" ? later.target.codes : new Int32Array(0);
    const loss =
      codes.reduce((sum, y, i) => sum - Math.log(y === 1 ? p[i]! : 1 - p[i]!), 0) / p.length;
    expect(validation[rounds - 1]).toBeCloseTo(loss, 9);
  });

  it("can be the last share by time, wherever they stand", async () => {
    const n = train.rows;
    const times = Float64Array.from({ length: n }, (_, i) => (i * 7919) % n);
    const dated = { ...train, times };
    const order = (late: boolean) =>
      Uint32Array.from({ length: n }, (_, i) => i).filter((i) => times[i]! >= 0.75 * n === late);
    const shared = await fitBoosting(dated, { validationShare: 0.25, rounds: 60, patience: 8 });
    const apart = await fitBoosting(takeRows(train, order(false)), {
      validation: takeRows(train, order(true)),
      rounds: 60,
      patience: 8,
    });
    expect(JSON.stringify(shared)).toBe(JSON.stringify(apart));
  });

  it("may know their classes in another order, but no others", async () => {
    const target = later.target;
    if (target?.kind !== "class") throw new Error("two classes");
    const turned = {
      ...later,
      target: { ...target, classes: ["yes", "no"], codes: target.codes.map((c) => 1 - c) },
    };
    const options = { rounds: 10 };
    const a = await fitBoosting(train, { ...options, validation: later });
    const b = await fitBoosting(train, { ...options, validation: turned });
    expect(JSON.stringify(b)).toBe(JSON.stringify(a));
    const other = { ...later, target: { ...target, classes: ["no", "perhaps"] } };
    await expect(fitBoosting(train, { validation: other })).rejects.toThrow(code("LEARN_OPTION"));
  });

  it("are refused where they cannot be had", async () => {
    const bad: Partial<BoostingOptions>[] = [
      { validationShare: 0.2 },
      { validationShare: 1 },
      { validation: noisyRows(random, 5, "values") },
      { validation: later, validationShare: 0.2 },
      { validation: takeRows(later, new Uint32Array(0)) },
    ];
    for (const options of bad)
      await expect(fitBoosting(train, options)).rejects.toThrow(code("LEARN_OPTION"));
    const oneMoment = { ...train, times: new Float64Array(train.rows).fill(5) };
    await expect(fitBoosting(oneMoment, { validationShare: 0.2 })).rejects.toThrow(
      code("LEARN_OPTION"),
    );
  });
});

describe("options and rows that cannot be", () => {
  const rows = noisyRows(seededRandom(1), 60, "two");
  const values = noisyRows(seededRandom(1), 60, "values");

  it.each([
    { rounds: 0 },
    { rounds: 1.5 },
    { learningRate: 0 },
    { learningRate: Number.NaN },
    { maxLeaves: 1 },
    { maxDepth: 0 },
    { minLeafRows: 0 },
    { minChildWeight: -1 },
    { l2: Number.POSITIVE_INFINITY },
    { minGain: -0.1 },
    { columnShare: 0 },
    { nodeColumnShare: 1.1 },
    { rowShare: 0 },
    { maxBins: 256 },
    { categorySmoothing: -1 },
    { minCategoryRows: 0 },
    { categoryL2: -1 },
    { minGroupRows: 0.5 },
    { quantile: 0 },
    { patience: 0 },
    { seed: 0.5 },
  ] satisfies Partial<BoostingOptions>[])("%o is refused by name", async (options) => {
    const [name] = Object.keys(options);
    await expect(fitBoosting(rows, options)).rejects.toThrow(
      code("LEARN_OPTION", `option ${name}`),
    );
  });

  it("directions are for known columns with an order, and for one output", async () => {
    const wrong: [typeof rows, BoostingOptions["monotone"]][] = [
      [rows, { unknown: 1 }],
      [rows, { x0: 2 as 1 }],
      [noisyRows(seededRandom(1), 60, "three"), { x0: 1 }],
      [
        {
          ...rows,
          columns: [{ kind: "categorical", name: "x0", codes: new Int32Array(60), levels: ["a"] }],
        },
        { x0: 1 },
      ],
    ];
    for (const [of, monotone] of wrong)
      await expect(fitBoosting(of, { monotone })).rejects.toThrow(code("LEARN_OPTION"));
  });

  it("class weights are for classes", async () => {
    await expect(fitBoosting(values, { classWeights: "balanced" })).rejects.toThrow(
      code("LEARN_OPTION"),
    );
    const heavier = await fitBoosting(rows, { classWeights: { yes: 9 }, rounds: 5 });
    const plain = await fitBoosting(rows, { rounds: 5 });
    const mean = (p: Float64Array) => p.reduce((sum, one) => sum + one, 0) / p.length;
    expect(mean(heavier.predict(rows))).toBeGreaterThan(mean(plain.predict(rows)) + 0.1);
  });

  it("JSON whose trees do not fill the last round is refused", async () => {
    const three = await fitBoosting(noisyRows(seededRandom(1), 300, "three"), { rounds: 2 });
    const two = await fitBoosting(noisyRows(seededRandom(1), 300, "three"), { rounds: 1 });
    const json = JSON.parse(JSON.stringify(three));
    expect(() => readBoosting({ ...json, quantile: 0.5 })).toThrow(
      code("MODEL_UNREADABLE", "quantile"),
    );
    const whole = JSON.parse(JSON.stringify(two)).trees;
    expect(readBoosting({ ...json, trees: whole }).trees.roots.length).toBe(4);
  });
});
