import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exp, log, logistic, softmax } from "../../src/learn/exp.ts";

const bits = new BigInt64Array(1);
const number = new Float64Array(bits.buffer);
function order(x: number): bigint {
  number[0] = x;
  const word = bits[0] as bigint;
  return word < 0n ? -(word & 0x7fffffffffffffffn) : word;
}
/** How many representable numbers lie between two. */
function ulps(a: number, b: number): number {
  const distance = Number(order(a) - order(b));
  return Math.abs(distance);
}

const around = fc.double({ min: -760, max: 720, noNaN: true });

describe("exp", () => {
  it("is known at the places where it is exact or its range ends", () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(ulps(exp(1), Math.E)).toBeLessThanOrEqual(1);
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exp(Number.NaN)).toBeNaN();
    expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(709.782712893384)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(exp(-745.13)).toBe(Number.MIN_VALUE);
    expect(exp(-746)).toBe(0);
  });

  it("differs from the engine's by at most one unit in the last place", () => {
    fc.assert(
      fc.property(around, (x) => ulps(exp(x), Math.exp(x)) <= 1),
      { numRuns: 20_000 },
    );
    for (let x = -708; x < 709; x += 0.37) expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(1);
  });

  it("never falls where x rises by a step that shows", () => {
    fc.assert(
      fc.property(around, (x) => exp(x + 1e-9 * (1 + Math.abs(x))) >= exp(x)),
      { numRuns: 5000 },
    );
  });
});

describe("log", () => {
  it("is known at the ends", () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(log(2)).toBe(Math.LN2);
    expect(log(Number.MIN_VALUE)).toBeCloseTo(Math.log(Number.MIN_VALUE), 10);
    expect(log(Number.MAX_VALUE)).toBeCloseTo(Math.log(Number.MAX_VALUE), 10);
  });

  it("differs from the engine's by at most one unit in the last place", () => {
    const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    const share = fc.double({ min: 1e-12, max: 2, noNaN: true });
    for (const numbers of [positive, share])
      fc.assert(
        fc.property(numbers, (x) => ulps(log(x), Math.log(x)) <= 1),
        { numRuns: 10_000 },
      );
  });
});

describe("logistic and softmax", () => {
  it("logistic(−x) is 1 − logistic(x), and both ends are reached without overflow", () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
        expect(logistic(-x)).toBeCloseTo(1 - logistic(x), 15);
        expect(ulps(logistic(x), 1 / (1 + Math.exp(-x)))).toBeLessThanOrEqual(4);
      }),
    );
    expect(logistic(-800)).toBe(0);
    expect(logistic(800)).toBe(1);
    expect(logistic(0)).toBe(0.5);
  });

  it("softmax gives shares of 1 in the order of the scores and touches no others", () => {
    const scores = Float64Array.of(7, 1000, 1001, 999, 7);
    softmax(scores, 1, 3);
    expect([scores[0], scores[4]]).toEqual([7, 7]);
    expect(scores[1]! + scores[2]! + scores[3]!).toBeCloseTo(1, 15);
    expect(scores[2]! / scores[1]!).toBeCloseTo(Math.E, 12);
    expect(scores[1]! / scores[3]!).toBeCloseTo(Math.E, 12);
  });
});
