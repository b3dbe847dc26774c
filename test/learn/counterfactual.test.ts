import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Column, type Dataset, datasetOf } from "../../src/dataset/dataset.ts";
import { cheapestFirst } from "../../src/learn/cheapest-first.ts";
import { type Counterfactual, counterfactual } from "../../src/learn/counterfactual.ts";
import type { Feature } from "../../src/learn/features.ts";
import { type Lever, leversAtRow } from "../../src/learn/levers.ts";
import type { Model } from "../../src/learn/model.ts";
import { treeSums } from "../../src/learn/walk.ts";
import { feature, formulaModel, levelled, numeric } from "./formula-model.ts";
import { type RandomTrees, randomTrees } from "./random-trees.ts";

const CITIES = ["here", "there", "far"];
const features: Feature[] = [
  feature("calls"),
  feature("price"),
  feature("city", CITIES),
  { name: "known", kind: "boolean", levels: null },
];
/** 2 a call up to 5 calls, −1 a begun ten of the price, the city's place, 3 for being known. */
const formula = formulaModel(
  features,
  ([calls = 0, price = 0, city = 0, known = 0]) =>
    2 * Math.min(5, calls) - Math.ceil(price / 10) + city + 3 * known,
);
const row = datasetOf([
  numeric("calls", 1),
  numeric("price", 40),
  levelled("city", ["far", "here"], "here"),
  { kind: "boolean", name: "known", values: Int8Array.of(0) },
]);
const calls: Lever = { column: "calls", step: 1, least: 0, most: 20 };
const price: Lever = { column: "price", step: 5, least: 10, most: 100, unit: 10 };

describe("a counterfactual", () => {
  it("is nothing where the goal is reached already", () => {
    expect(counterfactual(formula, row, { atLeast: -2 }, [calls])).toEqual({
      status: "already",
      cheapest: true,
      changes: [],
      cost: 0,
      before: -2,
      after: -2,
      tried: 1,
    });
  });

  it("is the cheapest of all combinations", () => {
    const found = counterfactual(formula, row, { atLeast: 1 }, [calls, price]);
    // 2 calls give 4 for 2; one call and 10 less give 3 for 2 as well; 2 calls change fewer columns.
    expect(found).toMatchObject({ status: "found", cheapest: true, cost: 2, before: -2, after: 2 });
    expect(found.changes).toEqual([{ column: "calls", from: 1, to: 3, cost: 2 }]);
    const dear = counterfactual(formula, row, { atLeast: 1 }, [{ ...calls, cost: 3 }, price]);
    expect(dear.changes).toEqual([{ column: "price", from: 40, to: 10, cost: 3 }]);
    const dearer = counterfactual(formula, row, { atLeast: 2 }, [{ ...calls, cost: 3 }, price]);
    expect(dearer.changes).toEqual([
      { column: "calls", from: 1, to: 2, cost: 3 },
      { column: "price", from: 40, to: 20, cost: 2 },
    ]);
  });

  it("can be asked to fall, and changes levels and booleans", () => {
    const down = counterfactual(formula, row, { atMost: -5 }, [calls, price]);
    expect(down.changes).toEqual([
      { column: "calls", from: 1, to: 0, cost: 1 },
      { column: "price", from: 40, to: 45, cost: 0.5 },
    ]);
    const levers = [
      { column: "city", fixed: 1 },
      { column: "known", cost: 2.5 },
    ];
    expect(counterfactual(formula, row, { atLeast: 0 }, levers).changes).toEqual([
      { column: "city", from: "here", to: "far", cost: 2 },
    ]);
    const near = [
      { column: "city", levels: ["there"], fixed: 1 },
      { column: "known", cost: 2.5 },
    ];
    expect(counterfactual(formula, row, { atLeast: 0 }, near).changes).toEqual([
      { column: "known", from: false, to: true, cost: 2.5 },
    ]);
  });

  it("goes only where it may: direction, range, step", () => {
    const impossible = { status: "impossible", cheapest: true, changes: [], after: -2 };
    const up: Lever = { ...price, direction: "up" };
    expect(counterfactual(formula, row, { atLeast: -1 }, [up])).toMatchObject(impossible);
    const few: Lever = { ...calls, most: 2 };
    expect(counterfactual(formula, row, { atLeast: 1 }, [few])).toMatchObject(impossible);
    const coarse: Lever = { ...price, step: 25 };
    expect(counterfactual(formula, row, { atLeast: -1 }, [coarse]).changes).toEqual([
      { column: "price", from: 40, to: 15, cost: 2.5 },
    ]);
    const known: Lever = { column: "known", direction: "down" };
    expect(counterfactual(formula, row, { atLeast: 0 }, [known])).toMatchObject(impossible);
  });

  it("says what stands in the row, also a level that the model never saw, and times and booleans", () => {
    const features: Feature[] = [
      { name: "at", kind: "time", levels: null },
      { name: "city", kind: "categorical", levels: CITIES },
      { name: "known", kind: "boolean", levels: null },
    ];
    const model = formulaModel(features, (values) => values.filter((x) => x >= 1).length);
    const unknown = datasetOf([
      { kind: "time", name: "at", values: Float64Array.of(Number.NaN) },
      levelled("city", ["unheard of"], "unheard of"),
      { kind: "boolean", name: "known", values: Int8Array.of(-1) },
    ]);
    const levers: Lever[] = [
      { column: "at", step: 10, least: 0, most: 20 },
      { column: "city" },
      { column: "known" },
    ];
    expect(counterfactual(model, unknown, { atLeast: 3 }, levers).changes).toEqual([
      { column: "at", from: null, to: 10, cost: 1 },
      { column: "city", from: "unheard of", to: "there", cost: 1 },
      { column: "known", from: null, to: true, cost: 1 },
    ]);
    expect(() => counterfactual(model, row, { atLeast: 3 }, levers)).toThrow(
      expect.objectContaining({ code: "LEARN_COLUMN_MISSING" }),
    );
  });

  it("looks at the class that it is asked about", () => {
    const classes = formulaModel([feature("a")], ([a = 0]) => [a / 10, 1 - a / 10, 0], {
      task: "multiclass",
      classes: ["r", "s", "t"],
    });
    const lever = { column: "a", step: 1, least: 0, most: 10 };
    const one = datasetOf([numeric("a", 5)]);
    expect(counterfactual(classes, one, { atLeast: 0.75, output: 1 }, [lever]).changes).toEqual([
      { column: "a", from: 5, to: 2, cost: 3 },
    ]);
  });

  it("found by beam gets there too, and is not said to be the cheapest; not found is not impossible", () => {
    // Sixteen switches of which any nine are needed: more combinations than tries.
    const names = Array.from({ length: 16 }, (_, i) => `s${i}`);
    const switches = formulaModel(
      names.map((name) => ({ name, kind: "boolean", levels: null })),
      (values) => values.reduce((sum, value) => sum + value, 0),
    );
    const off = datasetOf(
      names.map((name): Column => ({ kind: "boolean", name, values: Int8Array.of(0) })),
    );
    const levers = names.map((column, i) => ({ column, cost: 1 + (i % 4) }));
    const found = counterfactual(switches, off, { atLeast: 9 }, levers, { tries: 2000 });
    expect(found).toMatchObject({ status: "found", cheapest: false, after: 9 });
    expect(found.changes).toHaveLength(9);
    const lock = formulaModel(switches.features, (values) => (values.includes(0) ? 0 : 1));
    const none = counterfactual(lock, off, { atLeast: 1 }, levers, { tries: 100, beam: 2 });
    expect(none).toMatchObject({ status: "not found", cheapest: false, changes: [], after: 0 });
    expect(none.tried).toBeLessThanOrEqual(201);
  });

  it("refuses what it cannot do", () => {
    const goals = [
      {},
      { atLeast: 1, atMost: 2 },
      { atLeast: Number.NaN },
      { atLeast: 1, output: 1 },
    ];
    const refused = expect.objectContaining({ code: "LEARN_OPTION" });
    for (const goal of goals)
      expect(() => counterfactual(formula, row, goal, [calls])).toThrow(refused);
    const levers: Lever[][] = [
      [],
      [calls, calls],
      [{ column: "height" }],
      [{ column: "calls" }],
      [{ ...calls, step: 0 }],
      [{ ...calls, cost: -1 }],
      [{ ...calls, unit: 0 }],
      [{ ...calls, fixed: Infinity }],
      [{ ...calls, least: 3, most: 2 }],
      [{ ...calls, levels: ["here"] }],
      [{ column: "city", levels: ["nowhere"] }],
      [{ column: "city", step: 1 }],
      [{ column: "known", most: 1 }],
    ];
    for (const one of levers)
      expect(() => counterfactual(formula, row, { atLeast: 5 }, one)).toThrow(refused);
    for (const options of [{ tries: 0 }, { beam: 0 }])
      expect(() => counterfactual(formula, row, { atLeast: 5 }, [calls], options)).toThrow(refused);
    const two = datasetOf([numeric("a", 1, 2)]);
    const any = formulaModel([feature("a")], () => 0);
    const lever = { column: "a", step: 1, least: 0, most: 2 };
    expect(() => counterfactual(any, two, { atLeast: 1 }, [lever])).toThrow(refused);
  });
});

/** The first row of random trees, of the first output, as a model. */
function treeModel({ trees, features, columns }: RandomTrees): {
  model: Model & { trees: typeof trees };
  row: Dataset;
} {
  const model = formulaModel(features, (values) => {
    const one = values.map((value) => Float64Array.of(value));
    return Array.from(treeSums(trees, features, one, 1));
  });
  const parts = { trees, task: "multiclass", classes: ["a", "b", "c"] } as const;
  const row = datasetOf(
    columns.map((column, f): Column => {
      const x = column[0]!;
      const { name, levels } = features[f]!;
      if (levels === null) return { kind: "numeric", name, values: Float64Array.of(x) };
      const codes = Int32Array.of(Number.isNaN(x) ? -1 : x);
      return { kind: "categorical", name, levels, codes };
    }),
  );
  return { model: { ...model, ...parts }, row };
}

/**
 * The cost of the cheapest change by halves, which fall into every stretch between splits at whole numbers, and of all
 * levels; Infinity where none costs less than `below`.
 */
function byGrid({ model, row }: ReturnType<typeof treeModel>, atLeast: number, below: number) {
  const options = row.columns.map((column) => {
    const choices: { column: Column; cost: number }[] = [{ column, cost: 0 }];
    if (column.kind === "categorical") {
      for (const code of column.levels.keys())
        if (code !== column.codes[0])
          choices.push({ column: { ...column, codes: Int32Array.of(code) }, cost: 1 });
      return choices;
    }
    const now = Number(column.kind === "numeric" ? column.values[0] : Number.NaN);
    for (let x = -4; x <= 4; x += 0.5) {
      const cost = Number.isNaN(now) ? 1 : Math.abs(x - now);
      if (x !== now) choices.push({ column: numeric(column.name, x), cost });
    }
    return choices.sort((a, b) => a.cost - b.cost);
  });
  let least = below;
  const go = (at: number, columns: readonly Column[], cost: number) => {
    if (cost >= least) return;
    if (at === options.length) {
      if (model.predict(datasetOf(columns))[0]! >= atLeast) least = cost;
      return;
    }
    for (const option of options[at]!) go(at + 1, [...columns, option.column], cost + option.cost);
  };
  go(0, [], 0);
  return least < below ? least : Infinity;
}

describe("a counterfactual of trees", () => {
  const small = randomTrees({ splits: 6, width: 3 });
  const levers = ({ features }: RandomTrees, step?: number): Lever[] =>
    features.map(({ name, levels }) =>
      levels === null && step !== undefined ? { column: name, step } : { column: name },
    );
  const applied = ({ row }: { row: Dataset }, { changes }: Counterfactual): Dataset =>
    datasetOf(
      row.columns.map((column): Column => {
        const change = changes.find((one) => one.column === column.name);
        if (!change) return column;
        if (column.kind === "categorical")
          return levelled(column.name, column.levels, String(change.to));
        return numeric(column.name, Number(change.to));
      }),
    );

  it("gets where it says, for what it says, and no cheaper change exists", () => {
    fc.assert(
      fc.property(small, fc.double({ min: 0.1, max: 2, noNaN: true }), (random, rise) => {
        const one = treeModel(random);
        const before = one.model.predict(one.row)[0]!;
        const goal = { atLeast: before + rise };
        const found = counterfactual(one.model, one.row, goal, levers(random));
        const cost = found.status === "found" ? found.cost : Infinity;
        expect(byGrid(one, goal.atLeast, cost)).toBe(Infinity);
        if (found.status === "impossible") return;
        expect(found).toMatchObject({ status: "found", cheapest: true });
        expect(one.model.predict(applied(one, found))[0]).toBe(found.after);
        expect(found.after).toBeGreaterThanOrEqual(goal.atLeast);
      }),
      { numRuns: 40 },
    );
  });

  it("costs exactly as much as the cheapest way by steps", () => {
    fc.assert(
      fc.property(small, fc.double({ min: 0.1, max: 2, noNaN: true }), (random, rise) => {
        const one = treeModel(random);
        const goal = { atLeast: one.model.predict(one.row)[0]! + rise };
        const found = counterfactual(one.model, one.row, goal, levers(random, 0.5));
        const cost = found.status === "found" ? found.cost : Infinity;
        expect(cost).toBe(byGrid(one, goal.atLeast, cost + 0.25));
      }),
      { numRuns: 40 },
    );
  });

  it("by beam never costs less than the cheapest, and gets there", () => {
    fc.assert(
      fc.property(randomTrees({ splits: 12, width: 6 }), (random) => {
        const one = treeModel(random);
        const goal = { atLeast: one.model.predict(one.row)[0]! + 1 };
        const all = counterfactual(one.model, one.row, goal, levers(random));
        const few = counterfactual(one.model, one.row, goal, levers(random), { tries: 20 });
        if (few.status !== "found") return;
        expect(few.after).toBeGreaterThanOrEqual(goal.atLeast);
        expect(one.model.predict(applied(one, few))[0]).toBe(few.after);
        if (all.cheapest) expect(few.cost).toBeGreaterThanOrEqual(all.cost - 1e-12);
        if (few.cheapest) expect(few.cost).toBe(all.cost);
      }),
      { numRuns: 30 },
    );
  });

  it("starts a range at its near end, and leaves a missing number alone that may only rise", () => {
    const split = {
      roots: Uint32Array.of(0, 3),
      feature: Int32Array.of(0, -1, -1),
      threshold: Float64Array.of(10, 0, 0),
      left: Uint32Array.of(1, 1, 2),
      right: Uint32Array.of(2, 1, 2),
      missingLeft: Uint8Array.of(1, 0, 0),
      categorySet: new Int32Array(3).fill(-1),
      categoryWords: new Uint32Array(0),
      outputs: 1,
      value: Float64Array.of(0.5, 0, 1),
      cover: Float64Array.of(2, 1, 1),
    };
    const choices = (now: number, lever: Partial<Lever>) =>
      leversAtRow(
        [{ column: "a", ...lever }],
        datasetOf([numeric("a", now)]),
        [feature("a")],
        split,
      )[0]!.choices.map(({ value }) => value);
    expect(choices(3, {})).toEqual([3, 10.000000000000002]);
    expect(choices(3, { least: 12 })).toEqual([3, 12]);
    expect(choices(3, { step: 4 })).toEqual([3, 11]);
    expect(choices(20, {})).toEqual([20, 10]);
    expect(choices(20, { step: 4 })).toEqual([20, 8]);
    expect(choices(20, { most: 15 })).toEqual([20, 15, 10]);
    expect(choices(20, { direction: "up" })).toEqual([20]);
    expect(choices(Number.NaN, { direction: "up" })).toEqual([null]);
    expect(choices(Number.NaN, { step: 4 })).toEqual([null, 12, 8]);
  });
});

describe("combinations from the cheapest on", () => {
  it("come all, once each, never cheaper than the one before", () => {
    const costs = fc
      .array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 })
      .map((steps) =>
        [0, ...steps].map((_, i) => steps.slice(0, i).reduce((sum, step) => sum + step, 0)),
      );
    fc.assert(
      fc.property(fc.array(costs, { minLength: 1, maxLength: 4 }), (lists) => {
        const seen = new Set<string>();
        let before = 0;
        for (const { places, cost, changed } of cheapestFirst(lists)) {
          expect(cost).toBe(places.reduce((sum, place, i) => sum + lists[i]![place]!, 0));
          expect(changed).toBe(places.filter((place) => place > 0).length);
          expect(cost).toBeGreaterThanOrEqual(before);
          before = cost;
          seen.add(places.join());
        }
        expect(seen.size).toBe(lists.reduce((product, list) => product * list.length, 1));
      }),
    );
  });
});
