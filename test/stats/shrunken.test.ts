import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, seededRandom } from "../../src/base/random.ts";
import { gamma } from "../../src/stats/gamma.ts";
import type { Hits } from "../../src/stats/proportion-tests.ts";
import { type Events, fitRates, shrunkenRate } from "../../src/stats/shrunken-rates.ts";
import { fitShares, shrunkenShare } from "../../src/stats/shrunken-shares.ts";

const refused = expect.objectContaining({ code: "STATS_ARGUMENT" });

/** Draws by quantiles, and by throwing coins: slow, but plainly right. */
const gammaDraw = (random: Random, shape: number) => gamma(shape).quantile(random.next());
const betaDraw = (random: Random, a: number, b: number) => {
  const [x, y] = [gammaDraw(random, a), gammaDraw(random, b)];
  return x / (x + y);
};
const hitsDraw = (random: Random, trials: number, chance: number) => {
  let hits = 0;
  for (let i = 0; i < trials; i++) if (random.next() < chance) hits++;
  return hits;
};
const poissonDraw = (random: Random, mean: number) => {
  let count = 0;
  for (let time = -Math.log(1 - random.next()); time < mean; count++) {
    time -= Math.log(1 - random.next());
  }
  return count;
};

/** Units whose true shares are beta(4, 36), with the truth beside. */
function world(seed: number, units: number): { unit: Hits; truth: number }[] {
  const random = seededRandom(seed);
  return Array.from({ length: units }, () => {
    const truth = betaDraw(random, 4, 36);
    const trials = 1 + random.int(120);
    return { unit: { hits: hitsDraw(random, trials, truth), trials }, truth };
  });
}

describe("shares drawn towards each other", () => {
  it("finds the spread that made them", () => {
    const fit = fitShares(world(1, 1500).map(({ unit }) => unit));
    expect(fit.mean).toBeCloseTo(0.1, 2);
    expect((fit.precision as number) / 40).toBeGreaterThan(0.75);
    expect((fit.precision as number) / 40).toBeLessThan(1.33);
  });

  it("covers the true shares as often as it says, and lies nearer to them than shares alone do", () => {
    const units = world(2, 600);
    const fit = fitShares(units.map(({ unit }) => unit));
    let held = 0;
    let shrunkenError = 0;
    let ownError = 0;
    for (const { unit, truth } of units) {
      const { mean, low, high } = shrunkenShare(fit, unit, 0.9);
      if (low <= truth && truth <= high) held++;
      shrunkenError += (mean - truth) ** 2;
      ownError += (unit.hits / unit.trials - truth) ** 2;
    }
    expect(held / 600).toBeGreaterThan(0.87);
    expect(held / 600).toBeLessThan(0.93);
    expect(shrunkenError).toBeLessThan(0.5 * ownError);
  });

  it("lies between the unit's own share and the mean of all, closer to its own the more trials it has", () => {
    const fit = fitShares(world(3, 200).map(({ unit }) => unit));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (trials, share) => {
          const hits = Math.round(trials * share);
          const one = shrunkenShare(fit, { hits, trials });
          const ten = shrunkenShare(fit, { hits: hits * 10, trials: trials * 10 });
          const own = hits / trials;
          expect(one.mean).toBeGreaterThanOrEqual(Math.min(own, fit.mean) - 1e-12);
          expect(one.mean).toBeLessThanOrEqual(Math.max(own, fit.mean) + 1e-12);
          expect(Math.abs(ten.mean - own)).toBeLessThanOrEqual(Math.abs(one.mean - own) + 1e-12);
          expect(one.mean).toBeCloseTo(one.ownWeight * own + (1 - one.ownWeight) * fit.mean, 12);
          expect(one.low).toBeLessThan(one.mean);
          expect(one.high).toBeGreaterThan(one.mean);
        },
      ),
    );
    expect(shrunkenShare(fit, { hits: 0, trials: 0 }).mean).toBeCloseTo(fit.mean, 14);
  });

  it("says so when units differ no more than chance makes them, and then gives all the pooled share", () => {
    const same = Array.from({ length: 30 }, () => ({ hits: 5, trials: 100 }));
    const fit = fitShares(same);
    expect(fit).toMatchObject({ precision: null, mean: 0.05, hits: 150, trials: 3000, units: 30 });
    const { mean, low, high, ownWeight } = shrunkenShare(fit, { hits: 90, trials: 100 });
    expect([mean, ownWeight]).toEqual([0.05, 0]);
    expect(low).toBeGreaterThan(0.04);
    expect(high).toBeLessThan(0.06);
  });

  it("does not care for order or for units without trials, and gives hits and misses the same spread", () => {
    const units = world(5, 80).map(({ unit }) => unit);
    const fit = fitShares(units);
    const shuffled = fitShares([{ hits: 0, trials: 0 }, ...units.toReversed()]);
    expect(shuffled.precision).toBeCloseTo(fit.precision as number, 3);
    expect(shuffled.units).toBe(80);
    const misses = fitShares(units.map(({ hits, trials }) => ({ hits: trials - hits, trials })));
    expect(misses.mean).toBeCloseTo(1 - fit.mean, 6);
    expect(misses.precision as number).toBeCloseTo(fit.precision as number, 3);
  });

  it("stands extremes: units that are all hits or all misses, and very many trials", () => {
    const extremes = [
      { hits: 0, trials: 50 },
      { hits: 40, trials: 40 },
      { hits: 0, trials: 10 },
      { hits: 9, trials: 9 },
    ];
    const fit = fitShares(extremes);
    expect(fit.precision as number).toBeLessThan(0.5);
    const many = fitShares([
      { hits: 1_000_000, trials: 100_000_000 },
      { hits: 1_200_000, trials: 100_000_000 },
      { hits: 900_000, trials: 100_000_000 },
    ]);
    expect(many.mean).toBeCloseTo(0.01033, 4);
    expect(many.precision as number).toBeGreaterThan(1000);
  });

  it("refuses units that tell nothing", () => {
    for (const units of [
      [],
      [{ hits: 1, trials: 2 }],
      [
        { hits: 1, trials: 2 },
        { hits: 0, trials: 0 },
      ],
      [
        { hits: 0, trials: 2 },
        { hits: 0, trials: 5 },
      ],
      [
        { hits: 2, trials: 2 },
        { hits: 5, trials: 5 },
      ],
      [
        { hits: 3, trials: 2 },
        { hits: 0, trials: 5 },
      ],
      [
        { hits: 0.5, trials: 2 },
        { hits: 0, trials: 5 },
      ],
    ]) {
      expect(() => fitShares(units)).toThrow(refused);
    }
    const fit = fitShares(world(1, 20).map(({ unit }) => unit));
    expect(() => shrunkenShare(fit, { hits: 3, trials: 2 })).toThrow(refused);
    expect(() => shrunkenShare(fit, { hits: 1, trials: 2 }, 1)).toThrow(refused);
  });
});

describe("rates drawn towards each other", () => {
  const rateWorld = (seed: number, units: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: units }, () => {
      const truth = (gammaDraw(random, 3) / 3) * 0.2;
      const exposure = 1 + random.next() * 60;
      return { unit: { count: poissonDraw(random, truth * exposure), exposure }, truth };
    });
  };

  it("finds the spread that made them, and covers the true rates as often as it says", () => {
    const units = rateWorld(1, 800);
    const fit = fitRates(units.map(({ unit }) => unit));
    expect(fit.mean).toBeCloseTo(0.2, 1);
    expect((fit.shape as number) / 3).toBeGreaterThan(0.75);
    expect((fit.shape as number) / 3).toBeLessThan(1.33);
    const held = units.filter(({ unit, truth }) => {
      const { low, high } = shrunkenRate(fit, unit, 0.9);
      return low <= truth && truth <= high;
    });
    expect(held.length / 800).toBeGreaterThan(0.87);
    expect(held.length / 800).toBeLessThan(0.93);
  });

  it("means the same in another unit of exposure", () => {
    const units = rateWorld(2, 60).map(({ unit }) => unit);
    const fit = fitRates(units);
    const cents = fitRates(
      units.map(({ count, exposure }) => ({ count, exposure: exposure * 100 })),
    );
    expect(cents.mean * 100).toBeCloseTo(fit.mean, 6);
    expect(cents.shape as number).toBeCloseTo(fit.shape as number, 4);
    const one = shrunkenRate(fit, units[0] as Events);
    const other = shrunkenRate(cents, {
      count: units[0]?.count ?? 0,
      exposure: 100 * (units[0]?.exposure ?? 0),
    });
    expect(other.high * 100).toBeCloseTo(one.high, 6);
  });

  it("lies between the unit's own rate and the mean of all", () => {
    const fit = fitRates(rateWorld(3, 100).map(({ unit }) => unit));
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        (count, exposure) => {
          const { mean, low, high, ownWeight } = shrunkenRate(fit, { count, exposure });
          const own = count / exposure;
          expect(mean).toBeGreaterThanOrEqual(Math.min(own, fit.mean) * (1 - 1e-12));
          expect(mean).toBeLessThanOrEqual(Math.max(own, fit.mean) * (1 + 1e-12));
          expect(Math.abs(mean / (ownWeight * own + (1 - ownWeight) * fit.mean) - 1)).toBeLessThan(
            1e-9,
          );
          expect(low).toBeLessThan(mean);
          expect(high).toBeGreaterThan(mean);
        },
      ),
    );
  });

  it("says so when units differ no more than chance makes them", () => {
    const fit = fitRates(Array.from({ length: 20 }, () => ({ count: 4, exposure: 2 })));
    expect(fit).toMatchObject({ shape: null, mean: 2 });
    const { mean, low, high } = shrunkenRate(fit, { count: 50, exposure: 1 });
    expect(mean).toBe(2);
    expect(low).toBeGreaterThan(1.5);
    expect(high).toBeLessThan(2.6);
  });

  it("refuses units that tell nothing", () => {
    for (const units of [
      [],
      [{ count: 1, exposure: 1 }],
      [
        { count: 0, exposure: 1 },
        { count: 0, exposure: 2 },
      ],
      [
        { count: 1, exposure: 0 },
        { count: 1, exposure: 2 },
      ],
      [
        { count: 1, exposure: Number.NaN },
        { count: 1, exposure: 2 },
      ],
      [
        { count: 1.5, exposure: 1 },
        { count: 1, exposure: 2 },
      ],
    ]) {
      expect(() => fitRates(units)).toThrow(refused);
    }
    const fit = fitRates(rateWorld(1, 20).map(({ unit }) => unit));
    expect(() => shrunkenRate(fit, { count: -1, exposure: 2 })).toThrow(refused);
    expect(() => shrunkenRate(fit, { count: 1, exposure: 2 }, 0)).toThrow(refused);
    expect(shrunkenRate(fit, { count: 0, exposure: 0 }).mean).toBeCloseTo(fit.mean, 12);
  });
});
