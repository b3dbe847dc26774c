import { expect, it } from "vitest";
import { gaussLegendre } from "../../src/learn/gauss-legendre.ts";

it("has the points and weights of Abramowitz and Stegun for five points", () => {
  const { points, weights } = gaussLegendre(5);
  const root = 0.906179845938664;
  expect(points[0]).toBeCloseTo((1 - root) / 2, 15);
  expect(points[2]).toBe(0.5);
  expect(weights[0]).toBeCloseTo(0.236926885056189 / 2, 15);
  expect(weights[2]).toBeCloseTo(0.568888888888889 / 2, 15);
});

it("integrates every power up to 2n − 1 to 1e-14, however many points", () => {
  for (const n of [1, 2, 3, 7, 20, 60]) {
    const { points, rest, weights } = gaussLegendre(n);
    for (let power = 0; power < 2 * n; power++) {
      const sum = weights.reduce((all, w, q) => all + w * points[q]! ** power, 0);
      const mirrored = weights.reduce((all, w, q) => all + w * rest[q]! ** power, 0);
      expect(Math.abs(sum - 1 / (power + 1))).toBeLessThan(1e-14);
      expect(Math.abs(mirrored - 1 / (power + 1))).toBeLessThan(1e-14);
    }
  }
});
