import fc from "fast-check";
import { expect, it } from "vitest";
import { estimated } from "../../src/evaluate/bootstrap.ts";
import { brier } from "../../src/evaluate/brier.ts";
import { meanAbsoluteError } from "../../src/evaluate/regression.ts";
import {
  brierEstimate,
  logLossEstimate,
  meanAbsoluteErrorEstimate,
  meanErrorEstimate,
} from "../../src/evaluate/row-mean.ts";
import { valueRows } from "../../src/evaluate/value-rows.ts";
import { scored, scoredWorld, worlds } from "./worlds.ts";

it("the error of a mean is its standard deviation by the root of n, as worked by hand", () => {
  const rows = valueRows(Float64Array.of(1, 5, 3), Float64Array.of(0, 0, 0));
  const found = meanAbsoluteErrorEstimate(rows);
  expect(found).toMatchObject({ value: 3, n: 3, positives: null });
  expect(found?.standardError).toBeCloseTo(2 / Math.sqrt(3), 14);
  expect(found?.interval?.low).toBeCloseTo(3 - 1.959963984540054 * (2 / Math.sqrt(3)), 12);
  expect(meanErrorEstimate(rows)?.standardError).toBeCloseTo(2 / Math.sqrt(3), 14);
});

it("the interval of a loss ends at 0, that of a mean error does not", () => {
  const rows = valueRows(Float64Array.of(0, 10), Float64Array.of(0, 0));
  expect(meanAbsoluteErrorEstimate(rows)?.interval?.low).toBe(0);
  expect(meanErrorEstimate(rows)?.interval?.low).toBeLessThan(0);
});

it("rows copied within their group leave the error as it is", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const inner = (row: (typeof world)[0], i: number) => ({
        ...row,
        group: i,
        twentieths: Math.min(19, Math.max(1, row.twentieths)),
      });
      const own = world.map(inner);
      const copied = own.flatMap((row) => [row, row, row]);
      for (const estimate of [logLossEstimate, brierEstimate]) {
        const once = estimate(scoredWorld(own));
        const together = estimate(scoredWorld(copied, { grouped: true }));
        expect(together?.value).toBeCloseTo(once?.value as number, 12);
        expect(together?.standardError ?? 0).toBeCloseTo(once?.standardError ?? 0, 12);
      }
    }),
  );
});

it("drawing rows, weighted and grouped ones too, gives nearly the same error", () => {
  const n = 300;
  const groups = Int32Array.from({ length: n }, (_, i) => i >> 1);
  const weights = Float64Array.from({ length: n }, (_, i) => 1 + (i % 3));
  const scores = Array.from({ length: n }, (_, i) => ((i * 37) % 101) / 101);
  const rows = scored(
    scores,
    scores.map((p, i) => (p * 100 > (i * 61) % 100 ? 1 : 0)),
    { weights, groups },
  );
  const drawn = estimated(rows, brier, { seed: 2, resamples: 3000 })?.standardError as number;
  const ratio = (brierEstimate(rows)?.standardError as number) / drawn;
  expect(ratio).toBeGreaterThan(0.93);
  expect(ratio).toBeLessThan(1.07);
});

it("nothing is said of the error where all rows err alike, or belong to one group", () => {
  const alike = valueRows(Float64Array.of(1.1, 2.1, 3.1), Float64Array.of(1, 2, 3));
  expect(meanAbsoluteErrorEstimate(alike)?.value).toBeCloseTo(meanAbsoluteError(alike) as number);
  expect(meanAbsoluteErrorEstimate(alike)).toMatchObject({ interval: null, standardError: null });
  const one = valueRows(Float64Array.of(1, 2), Float64Array.of(0, 0), {
    groups: Int32Array.of(4, 4),
  });
  expect(meanErrorEstimate(one)).toMatchObject({ value: 1.5, interval: null });
});
