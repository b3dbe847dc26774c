import { expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";

it("gives the same stream for the same seed and another for another", () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed).next);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

it("forks by name, not by how much was drawn before", () => {
  const used = seededRandom(3);
  for (let i = 0; i < 100; i++) used.next();
  expect(used.fork("leads").next()).toBe(seededRandom(3).fork("leads").next());
  expect(used.fork("leads").next()).not.toBe(used.fork("spend").next());
});

it("has the mean and spread of the distributions it names", () => {
  const random = seededRandom(1);
  const n = 200_000;
  let uniform = 0;
  let normal = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    uniform += random.next();
    const z = random.normal();
    normal += z;
    square += z * z;
  }
  // Five standard errors of each mean.
  expect(Math.abs(uniform / n - 0.5)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(n));
  expect(Math.abs(normal / n)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(square / n - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(n));
});
