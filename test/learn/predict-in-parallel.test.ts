import { expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { type Dataset, datasetOf, takeRows } from "../../src/dataset/dataset.ts";
import { baseRate } from "../../src/learn/base-rate.ts";
import { boosting } from "../../src/learn/boosting.ts";
import { calibrate } from "../../src/learn/calibrate.ts";
import { forest } from "../../src/learn/forest.ts";
import type { Model } from "../../src/learn/model.ts";
import { predictInParallel } from "../../src/learn/predict-in-parallel.ts";
import { builtFile } from "./built.ts";

const CLASSES = ["no", "yes", "later"];

/** Numbers with gaps, flags and levels, and a target of so many classes. */
function rowsOf(rows: number, classes: number, levels: readonly string[]): Dataset {
  const random = seededRandom(rows);
  const gap = () => random.int(11) === 0;
  const x = Float64Array.from({ length: rows }, () => (gap() ? Number.NaN : random.normal()));
  const flag = Int8Array.from({ length: rows }, () => (gap() ? -1 : random.int(2)));
  const codes = Int32Array.from({ length: rows }, () => (gap() ? -1 : random.int(levels.length)));
  const target = Int32Array.from(x, (one, i) =>
    one + flag[i]! + (codes[i]! % 3) > 0.8 ? 1 + (i % (classes - 1)) : 0,
  );
  return datasetOf(
    [
      { kind: "numeric", name: "x", values: x },
      { kind: "boolean", name: "flag", values: flag },
      { kind: "categorical", name: "source", codes, levels },
    ],
    { target: { kind: "class", codes: target, classes: CLASSES.slice(0, classes) } },
  );
}

/** To the bit, NaN and the sign of 0 too. */
function expectSame(a: Float64Array, b: Float64Array): void {
  expect(Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer))).toBe(0);
}

const names = Array.from({ length: 12 }, (_, i) => `s${i}`);
const learnt = rowsOf(1500, 2, names);
/** So many that they go to threads, with a level that no model has seen. */
const asked = rowsOf(70_001, 2, [...names, "new"]);
const forestOptions = { trees: 30, maxDepth: 9, seed: 3 };
const boostingOptions = { rounds: 30, seed: 3 };

const models: [string, () => Promise<Model>][] = [
  ["a forest", () => forest.fit(learnt, forestOptions)],
  ["a forest of three classes", () => forest.fit(rowsOf(1500, 3, names), forestOptions)],
  ["boosting", () => boosting.fit(learnt, boostingOptions)],
  ["boosting of three classes", () => boosting.fit(rowsOf(1500, 3, names), boostingOptions)],
  [
    "a calibrated forest",
    async () => calibrate(await forest.fit(learnt, forestOptions), learnt, "platt"),
  ],
  ["a base rate", () => baseRate.fit(learnt)],
];

it.each(models)("predicts by %s as row after row does, without threads", async (_, fitted) => {
  const model = await fitted();
  const told: number[] = [];
  const together = await predictInParallel(model, asked, { onProgress: (done) => told.push(done) });
  expectSame(together, model.predict(asked));
  expect(told.at(-1)).toBe(1);
  for (const row of [0, 2048, 65_536, 70_000]) {
    const alone = model.predict(takeRows(asked, Uint32Array.of(row)));
    expectSame(together.slice(row * alone.length, (row + 1) * alone.length), alone);
  }
});

it("predicts few rows, and none", async () => {
  const model = await forest.fit(learnt, forestOptions);
  const none = takeRows(asked, new Uint32Array(0));
  expect(await predictInParallel(model, none)).toEqual(new Float64Array(0));
  expect(await predictInParallel(model, learnt)).toEqual(model.predict(learnt));
});

it("stops when told, and refuses a wrong number of threads and rows without a column", async () => {
  const model = await forest.fit(learnt, forestOptions);
  const aborting = new AbortController();
  const stopped = predictInParallel(model, asked, {
    signal: aborting.signal,
    onProgress: () => aborting.abort(new Error("enough")),
  });
  await expect(stopped).rejects.toThrow("enough");
  await expect(predictInParallel(model, asked, { threads: 0 })).rejects.toMatchObject({
    code: "LEARN_OPTION",
  });
  const less = { ...asked, columns: asked.columns.slice(1) };
  await expect(predictInParallel(model, less)).rejects.toMatchObject({
    code: "LEARN_COLUMN_MISSING",
  });
});

const built = builtFile("learn.js");
it.skipIf(built === null)(
  "predicts the same on one thread, on two and on three (needs a build: npm run build)",
  async () => {
    const room = (await import((built as URL).href)) as typeof import("../../src/learn/learn.ts");
    for (const [, fitted] of models.slice(0, 5)) {
      const model = await fitted();
      const here = model.predict(asked);
      const there = room.modelFromJSON(JSON.parse(JSON.stringify(model)));
      for (const threads of [1, 2, 3])
        expectSame(await room.predictInParallel(there, asked, { threads }), here);
    }
  },
  60_000,
);
