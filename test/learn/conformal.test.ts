import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import {
  conformalIntervals,
  conformalJson,
  fitConformal,
  readConformal,
} from "../../src/learn/conformal.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const zeros = (length: number) => new Float64Array(length);

describe("by hand", () => {
  // Distances 1 … 9: the ⌈10 × 0.9⌉ = 9th is 9, the ⌈10 × 0.5⌉ = 5th is 5.
  const truth = Float64Array.of(1, -2, 3, -4, 5, -6, 7, -8, 9);

  it("takes the place in order that covers one row more", () => {
    expect(fitConformal(zeros(9), truth).halfWidth).toBe(9);
    expect(fitConformal(zeros(9), truth, { coverage: 0.5 }).halfWidth).toBe(5);
    expect(fitConformal(zeros(9), truth, { coverage: 0.51 }).halfWidth).toBe(6);
  });

  it("has no end where the rows are too few, and says so in JSON too", () => {
    const endless = fitConformal(zeros(9), truth, { coverage: 0.91 });
    expect(endless.halfWidth).toBe(Infinity);
    expect(readConformal(JSON.parse(JSON.stringify(conformalJson(endless))))).toEqual(endless);
    expect(conformalIntervals(endless, Float64Array.of(3)).lower[0]).toBe(-Infinity);
  });

  it("is wider where the spread is", () => {
    const spread = Float64Array.of(1, 2, 1, 2, 1, 2, 1, 2, 1);
    const fit = fitConformal(zeros(9), truth, { coverage: 0.5, spread });
    expect(fit.halfWidth).toBe(3); // of 1, 1, 2, 3, 3, 4, 5, 7, 9
    const { lower, upper } = conformalIntervals(
      fit,
      Float64Array.of(10, 10),
      Float64Array.of(1, 4),
    );
    expect([...lower, ...upper]).toEqual([7, -2, 13, 22]);
  });
});

it("covers as often as asked, and not much more, over many calibrations of few rows", () => {
  const random = seededRandom(5).fork("coverage");
  // A model that is wrong in every way: it says 0 of skewed values whose spread grows with x.
  const draw = (rows: number) => {
    const x = Float64Array.from({ length: rows }, () => random.next());
    const y = x.map((one) => (0.2 + one) * random.normal() ** 2 - 0.5);
    return { x, y };
  };
  const calibrations = 400;
  const rows = 39;
  for (const coverage of [0.8, 0.9]) {
    for (const normalised of [false, true]) {
      let inside = 0;
      let asked = 0;
      let insideWide = 0;
      let wide = 0;
      for (let i = 0; i < calibrations; i++) {
        const spreadOf = (x: Float64Array) => x.map((one) => 0.2 + one);
        const known = draw(rows);
        const fit = fitConformal(zeros(rows), known.y, {
          coverage,
          ...(normalised ? { spread: spreadOf(known.x) } : {}),
        });
        const next = draw(60);
        const { lower, upper } = normalised
          ? conformalIntervals(fit, zeros(60), spreadOf(next.x))
          : conformalIntervals(fit, zeros(60));
        for (let j = 0; j < 60; j++) {
          const within = next.y[j]! >= lower[j]! && next.y[j]! <= upper[j]! ? 1 : 0;
          inside += within;
          asked++;
          if (next.x[j]! > 0.8) {
            insideWide += within;
            wide++;
          }
        }
      }
      // Between coverage and coverage + 1 / (rows + 1); chance over 400 calibrations is about 0.003.
      expect(inside / asked).toBeGreaterThan(coverage - 0.01);
      expect(inside / asked).toBeLessThan(coverage + 1 / (rows + 1) + 0.01);
      // One width for all covers too little where values spread; the normalised one does not.
      if (normalised) expect(insideWide / wide).toBeGreaterThan(coverage - 0.03);
      else expect(insideWide / wide).toBeLessThan(coverage - 0.03);
    }
  }
});

it("is refused for what cannot be", () => {
  const y = Float64Array.of(1, 2);
  expect(() => fitConformal(y, y, { coverage: 1 })).toThrow(code("LEARN_OPTION"));
  expect(() => fitConformal(y, y, { coverage: Number.NaN })).toThrow(code("LEARN_OPTION"));
  expect(() => fitConformal(zeros(0), zeros(0))).toThrow(code("LEARN_EMPTY"));
  expect(() => fitConformal(y, zeros(3))).toThrow(code("LEARN_SCORES"));
  expect(() => fitConformal(y, Float64Array.of(1, Number.NaN))).toThrow(code("LEARN_SCORES"));
  expect(() => fitConformal(y, y, { spread: Float64Array.of(1, 0) })).toThrow(code("LEARN_SCORES"));
  const plain = fitConformal(y, y);
  const scaled = fitConformal(y, y, { spread: y });
  expect(() => conformalIntervals(plain, y, y)).toThrow(code("LEARN_SCORES"));
  expect(() => conformalIntervals(scaled, y)).toThrow(code("LEARN_SCORES"));
  const json = conformalJson(plain);
  for (const bad of [
    { ...json, version: 9 },
    { ...json, kind: "forest" },
    { ...json, halfWidth: -1 },
    { ...json, coverage: 1 },
    { ...json, rows: 0.5 },
    { ...json, normalised: "no" },
    [],
  ])
    expect(() => readConformal(bad)).toThrow(code("MODEL_UNREADABLE"));
});
