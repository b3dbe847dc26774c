import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeEffects } from "../../src/contract/today.ts";
import {
  costEffects,
  countEffects,
  inWholeUnits,
  kindOf,
  type Pair,
  spendEffects,
  sumOfEffects,
} from "../../src/marts/change-effects.ts";

/** Spend and count before, then after. */
const pair = (s0: number, n0: number, s1: number, n1: number): Pair => ({
  before: { spend: s0, count: n0 },
  after: { spend: s1, count: n1 },
});
const parts = ({ total, ...rest }: ChangeEffects) =>
  Object.values(rest).reduce((sum, part) => sum + part, 0) - total;
const costs = (pairs: readonly Pair[]) => costEffects(pairs) as ChangeEffects[];

describe("what a lead costs more than before", () => {
  it("is all yield where the money stayed and one campaign brings half as many", () => {
    // 200 bought 20 leads at 10; now 15: at the old price they would have cost 150.
    const [one, other] = costs([pair(100, 10, 100, 5), pair(100, 10, 100, 10)]);
    expect(one?.rate).toBeCloseTo(50, 10);
    expect(one?.mix).toBeCloseTo(0, 10);
    expect(other?.total).toBeCloseTo(0, 10);
  });

  it("is all mix where each yields as before and money moved from the cheap to the dear one", () => {
    // 200 bought 15 leads; now 12, which at 200/15 would have cost 160. Worked by hand: 26 and 14.
    const [cheap, dear] = costs([pair(100, 10, 40, 4), pair(100, 5, 160, 8)]);
    expect(cheap?.mix).toBeCloseTo(26, 10);
    expect(dear?.mix).toBeCloseTo(14, 10);
    expect(cheap?.rate).toBeCloseTo(0, 10);
    expect(dear?.rate).toBeCloseTo(0, 10);
  });

  it("is nothing where everything doubles", () => {
    for (const one of costs([pair(100, 10, 200, 20), pair(300, 5, 600, 10)])) {
      expect(one.total).toBeCloseTo(0, 10);
    }
  });

  it("puts what a new campaign costs more than the average under started, and one that ended under ended", () => {
    // 100 at 10 each before; the new one takes 100 and brings nothing: 200 − 10·10 = 100 too much.
    const [old, fresh] = costs([pair(100, 10, 100, 10), pair(0, 0, 100, 0)]);
    expect(fresh?.started).toBeGreaterThan(0);
    expect((old?.total ?? 0) + (fresh?.total ?? 0)).toBeCloseTo(100, 10);
    const [kept, gone] = costs([pair(100, 10, 100, 10), pair(100, 0, 0, 0)]);
    expect(gone?.ended).toBeLessThan(0);
    expect((kept?.total ?? 0) + (gone?.total ?? 0)).toBeCloseTo(100 - 10 * 20, 10);
  });

  it("cannot be told without a cost before, or without spend now", () => {
    expect(costEffects([pair(100, 0, 100, 5)])).toBeNull();
    expect(costEffects([pair(0, 5, 100, 5)])).toBeNull();
    expect(costEffects([pair(100, 5, 0, 5)])).toBeNull();
    expect(costEffects([])).toBeNull();
  });

  it("blames who lost all leads with the whole of the money", () => {
    const [one] = costs([pair(100, 10, 100, 0)]);
    expect(one?.rate).toBeCloseTo(100, 10);
  });
});

it("splits more leads into more money and more leads for the money", () => {
  const [same, better, born, gone] = countEffects([
    pair(100, 10, 200, 20),
    pair(100, 10, 100, 14),
    pair(0, 0, 50, 3),
    pair(50, 7, 0, 0),
  ]);
  expect(same).toMatchObject({ total: 10, rate: 0 });
  expect(same?.spend).toBeCloseTo(10, 12);
  expect(better).toMatchObject({ total: 4, spend: 0, rate: 4 });
  expect(born).toMatchObject({ total: 3, started: 3 });
  expect(gone).toMatchObject({ total: -7, ended: -7 });
});

const side = fc.record({
  spend: fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    fc.integer({ min: 1, max: 90_000_000 }),
  ),
  count: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 5_000 })),
});
const campaigns = fc.array(fc.record({ before: side, after: side }), {
  minLength: 1,
  maxLength: 60,
});
const sumOf = (pairs: readonly Pair[], when: "before" | "after", what: "spend" | "count") =>
  pairs.reduce((sum, one) => sum + one[when][what], 0);

describe("over random campaigns, new, ended, without leads or without spend", () => {
  it("costs add up to the cent, in whole units", () => {
    fc.assert(
      fc.property(campaigns, (pairs) => {
        const exact = costEffects(pairs);
        const before = sumOf(pairs, "before", "spend");
        const known =
          before > 0 && sumOf(pairs, "after", "spend") > 0 && sumOf(pairs, "before", "count") > 0;
        expect(exact !== null).toBe(known);
        if (exact === null) return;
        const excess =
          sumOf(pairs, "after", "spend") -
          (sumOf(pairs, "after", "count") * before) / sumOf(pairs, "before", "count");
        const scale = Math.max(1, Math.abs(excess), sumOf(pairs, "after", "spend"));
        expect(Math.abs(sumOfEffects(exact).total - excess) / scale).toBeLessThan(1e-9);
        const whole = inWholeUnits(exact);
        expect(whole.every((one) => Object.values(one).every(Number.isInteger))).toBe(true);
        expect(whole.every((one) => parts(one) === 0)).toBe(true);
        expect(Math.abs(sumOfEffects(whole).total - excess)).toBeLessThanOrEqual(
          0.5 + scale * 1e-9,
        );
        whole.forEach((one, i) => {
          for (const part of ["mix", "rate", "started", "ended"] as const) {
            expect(Math.abs(one[part] - (exact[i]?.[part] ?? 0))).toBeLessThanOrEqual(1);
          }
        });
      }),
    );
  });

  it("sums add up, and each campaign's parts are its own change", () => {
    fc.assert(
      fc.property(campaigns, (pairs) => {
        spendEffects(pairs).forEach((one, i) => {
          expect(one.total).toBe((pairs[i]?.after.spend ?? 0) - (pairs[i]?.before.spend ?? 0));
          expect(parts(one)).toBe(0);
        });
        countEffects(pairs).forEach((one, i) => {
          expect(one.total).toBe((pairs[i]?.after.count ?? 0) - (pairs[i]?.before.count ?? 0));
          expect(Math.abs(parts(one))).toBeLessThan(1e-6);
        });
      }),
    );
  });

  it("a campaign has one kind, and only parts of that kind", () => {
    fc.assert(
      fc.property(campaigns, (pairs) => {
        (costEffects(pairs) ?? []).forEach((one, i) => {
          const kind = kindOf(pairs[i] as Pair);
          if (kind !== "started") expect(one.started).toBe(0);
          if (kind !== "ended") expect(one.ended).toBe(0);
          if (kind !== "continuing") expect(one.mix).toBe(0);
          expect(one.spend).toBe(0);
        });
      }),
    );
  });
});
