import fc from "fast-check";
import { type Column, type Dataset, datasetOf, type Target } from "../../src/dataset/dataset.ts";
import { baseRate } from "../../src/learn/base-rate.ts";
import { boosting } from "../../src/learn/boosting.ts";
import { forest } from "../../src/learn/forest.ts";
import { logistic } from "../../src/learn/logistic.ts";
import type { Learner, Task } from "../../src/learn/model.ts";
import { naiveBayes } from "../../src/learn/naive-bayes.ts";
import { points } from "../../src/learn/points.ts";
import { ridge } from "../../src/learn/ridge.ts";

/** A learner in the table, with small options and one that is out of its range. */
export interface Entry {
  readonly learner: Learner<object>;
  readonly tasks: readonly Task[];
  readonly options: object;
  readonly wrong: readonly object[];
}

export const TABLE: readonly Entry[] = [
  {
    learner: forest,
    tasks: ["binary", "multiclass", "regression"],
    options: { trees: 7, minLeafRows: 1, seed: 3 },
    wrong: [{ trees: 0 }, { trees: 2.5 }, { bins: 256 }, { seed: Number.NaN }],
  },
  {
    learner: boosting,
    tasks: ["binary", "multiclass", "regression"],
    options: {
      rounds: 5,
      minLeafRows: 1,
      maxLeaves: 4,
      rowShare: 0.8,
      minCategoryRows: 1,
      seed: 3,
    },
    wrong: [{ rounds: 0 }, { learningRate: 0 }, { l2: -1 }, { quantile: 1 }],
  },
  {
    learner: logistic,
    tasks: ["binary", "multiclass"],
    options: { l2: 0.5, stretches: 4 },
    wrong: [
      { l2: -1 },
      { l2: Number.NaN },
      { stretches: 1 },
      { tolerance: 0 },
      { maxSteps: 0 },
      { classWeights: { x: 1 } },
    ],
  },
  {
    learner: naiveBayes,
    tasks: ["binary", "multiclass"],
    options: {},
    wrong: [{ smoothing: 0 }, { varianceShare: Number.NaN }],
  },
  {
    learner: points,
    tasks: ["binary"],
    options: { stretches: 3 },
    wrong: [
      { stretches: 1 },
      { pointsToDouble: 0 },
      { smoothing: -1 },
      { rules: 7 },
      { rules: [{ column: "none", missing: true, points: 1 }] },
    ],
  },
  {
    learner: ridge,
    tasks: ["regression"],
    options: { stretches: 3 },
    wrong: [{ l2: -1 }, { l2: Infinity }],
  },
  { learner: baseRate, tasks: ["binary", "multiclass", "regression"], options: {}, wrong: [] },
];

export const CLASSES: Readonly<Record<"binary" | "multiclass", readonly string[]>> = {
  binary: ["no", "yes"],
  multiclass: ["low", "middle", "high"],
};

const number = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 4, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }) },
  { weight: 2, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 1e-300, 1e300, -1e300, 5e-324) },
);
const moment = fc.oneof(
  fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }),
  fc.constant(Number.NaN),
);

/** Columns of all kinds in some number and order. */
function columnsOf(rows: number): fc.Arbitrary<Column[]> {
  const times = (one: fc.Arbitrary<number>) =>
    fc.array(one, { minLength: rows, maxLength: rows, size: "max" });
  const column = fc.oneof(
    times(number).map((values) => ({
      kind: "numeric" as const,
      values: Float64Array.from(values),
    })),
    times(moment).map((values) => ({ kind: "time" as const, values: Float64Array.from(values) })),
    times(fc.integer({ min: -1, max: 1 })).map((values) => ({
      kind: "boolean" as const,
      values: Int8Array.from(values),
    })),
    times(fc.integer({ min: -1, max: 3 })).map((codes) => ({
      kind: "categorical" as const,
      codes: Int32Array.from(codes),
      levels: ["", "a", "b, c", "é"],
    })),
  );
  return fc
    .array(column, { minLength: 1, maxLength: 5 })
    .map((columns) => columns.map((one, i): Column => ({ ...one, name: `column ${i}` })));
}

function targetOf(task: Task, rows: number): fc.Arbitrary<Target> {
  if (task === "regression")
    return fc
      .array(fc.double({ min: -1000, max: 1000, noNaN: true }), {
        minLength: rows,
        maxLength: rows,
        size: "max",
      })
      .map((values) => ({ kind: "value", values: Float64Array.from(values) }));
  const classes = CLASSES[task];
  return fc
    .array(fc.integer({ min: 0, max: classes.length - 1 }), {
      minLength: rows,
      maxLength: rows,
      size: "max",
    })
    .map((codes) => {
      codes[0] = 0;
      codes[1] = 1;
      return { kind: "class", codes: Int32Array.from(codes), classes };
    });
}

/** Rows that can be learnt from; the first two count and are of two classes. */
export function rowsFor(task: Task): fc.Arbitrary<Dataset> {
  return fc.integer({ min: 2, max: 30 }).chain((rows) =>
    fc
      .record({
        columns: columnsOf(rows),
        target: targetOf(task, rows),
        weights: fc.option(
          fc
            .array(fc.constantFrom(0, 0.25, 1, 3), {
              minLength: rows,
              maxLength: rows,
              size: "max",
            })
            .map((all) => Float64Array.from(all).fill(1, 0, 2)),
        ),
      })
      .map(({ columns, target, weights }) => datasetOf(columns, { target, weights })),
  );
}
