/** What needs the built worker: the same model on any number of threads, cancelling, and nothing left behind. */
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { type Dataset, datasetOf } from "../../src/dataset/dataset.ts";
import { fitBoosting } from "../../src/learn/boosting.ts";
import type { BoostingOptions } from "../../src/learn/boosting-options.ts";
import { noisyRows } from "./boosting-rows.ts";
import { builtFile } from "./built.ts";

const built = builtFile("boosting.js");
const threaded = (built === null ? null : await import(built.href)) as {
  fitBoosting: typeof fitBoosting;
};

/** Rows of all kinds of columns, enough for three threads. */
function mixedRows(kind: "values" | "two" | "three", weighted: boolean): Dataset {
  const random = seededRandom(5);
  const rows = noisyRows(random, 7000, kind);
  const codes = Int32Array.from({ length: 7000 }, () => random.int(12) - 1);
  const levels = Array.from({ length: 11 }, (_, i) => `level ${i}`);
  return datasetOf([...rows.columns, { kind: "categorical", name: "c", codes, levels }], {
    target: rows.target,
    weights: weighted ? codes.map((c) => 1 + c / 7).reduce(asFloats, new Float64Array(7000)) : null,
    times: Float64Array.from({ length: 7000 }, (_, i) => i % 1000),
  });
}

function asFloats(out: Float64Array, one: number, i: number): Float64Array {
  out[i] = Math.max(0.25, one);
  return out;
}

const cases: [string, "values" | "two" | "three", boolean, Partial<BoostingOptions>][] = [
  ["two classes", "two", false, {}],
  ["two classes with weights", "two", true, { classWeights: "balanced" }],
  ["three classes, sampled", "three", false, { rowShare: 0.6, columnShare: 0.7 }],
  ["values with weights, stopped early", "values", true, { validationShare: 0.2, patience: 3 }],
  ["values, monotone", "values", false, { monotone: { x0: 1 }, nodeColumnShare: 0.5 }],
  ["a quantile with weights", "values", true, { quantile: 0.8, rowShare: 0.9 }],
];

describe.skipIf(built === null)("boosting on threads (skipped where dist/ was not built)", () => {
  it.each(cases)(
    "gives an equal model on 1, 2, 3 and no threads: %s",
    async (_, kind, weighted, options) => {
      const rows = mixedRows(kind, weighted);
      const fitted = { rounds: 12, ...options };
      const here = JSON.stringify(await fitBoosting(rows, fitted));
      for (const threads of [1, 2, 3])
        expect(JSON.stringify(await threaded.fitBoosting(rows, fitted, { threads }))).toBe(here);
    },
  );

  it("tells how far it is and stops when asked", async () => {
    const rows = mixedRows("two", false);
    const told: number[] = [];
    await threaded.fitBoosting(
      rows,
      { rounds: 8 },
      { threads: 2, onProgress: (done) => told.push(done) },
    );
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((round) => round / 8));
    const stop = new AbortController();
    const long = threaded.fitBoosting(
      rows,
      { rounds: 10_000 },
      {
        threads: 3,
        signal: stop.signal,
        onProgress: (done) => {
          if (done > 3e-4) stop.abort(new Error("enough"));
        },
      },
    );
    await expect(long).rejects.toThrow("enough");
    const after = await threaded.fitBoosting(rows, { rounds: 2 }, { threads: 3 });
    expect(after.history.rounds).toBe(2);
  });

  it("leaves nothing behind after a thousand trainings", async () => {
    const rows = noisyRows(seededRandom(3), 5000, "two");
    const train = (times: number) =>
      Promise.all(
        Array.from({ length: times }, (_, i) =>
          threaded.fitBoosting(rows, { rounds: 1, maxLeaves: 3 }, { threads: 1 + (i % 2) }),
        ),
      );
    for (let i = 0; i < 20; i++) await train(10);
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 100; i++) await train(10);
    const kept = process.memoryUsage().rss - before;
    // a training's shared memory is about 0.5 MB: a thousand would be 500 MB
    expect(kept / 2 ** 20).toBeLessThan(150);
  });
});
