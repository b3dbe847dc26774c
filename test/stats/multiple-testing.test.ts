import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { benjaminiHochberg, bonferroni, holm } from "../../src/stats/multiple-testing.ts";

const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
const all = { bonferroni, holm, benjaminiHochberg };

it("is worked by hand for 0.01, 0.04, 0.03", () => {
  const near = (got: number[], want: number[]) => {
    for (const [i, p] of want.entries()) expect(got[i]).toBeCloseTo(p, 14);
  };
  near(bonferroni([0.01, 0.04, 0.03]), [0.03, 0.12, 0.09]);
  near(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
  near(benjaminiHochberg([0.01, 0.04, 0.03]), [0.03, 0.04, 0.04]);
});

it("never lowers a p, keeps their order, and each way is at most as strict as the one before", () => {
  fc.assert(
    fc.property(ps, (given) => {
      const [strict, step, share] = [bonferroni(given), holm(given), benjaminiHochberg(given)];
      for (const [i, p] of given.entries()) {
        expect(share[i]).toBeGreaterThanOrEqual(p * (1 - 1e-15));
        expect(step[i]).toBeGreaterThanOrEqual((share[i] as number) * (1 - 1e-12));
        expect(strict[i]).toBeGreaterThanOrEqual((step[i] as number) * (1 - 1e-12));
        for (const adjusted of [strict, step, share]) {
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          for (const [j, other] of given.entries()) {
            if (p < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] as number);
          }
        }
      }
    }),
  );
});

it("does not care for the order in which tests are given", () => {
  fc.assert(
    fc.property(ps, (given) => {
      for (const adjust of Object.values(all)) {
        expect(adjust([...given].reverse())).toEqual([...adjust(given)].reverse());
      }
    }),
  );
});

it("holds its promise when nothing is there to find", () => {
  const random = seededRandom(1);
  const alarms = { bonferroni: 0, holm: 0, benjaminiHochberg: 0 };
  for (let i = 0; i < 3000; i++) {
    const given = Array.from({ length: 12 }, () => random.next());
    for (const [name, adjust] of Object.entries(all)) {
      if (Math.min(...adjust(given)) <= 0.1) alarms[name as "holm"]++;
    }
  }
  for (const n of Object.values(alarms)) {
    expect(n / 3000).toBeGreaterThan(0.07);
    expect(n / 3000).toBeLessThan(0.12);
  }
});

it("refuses what is no p, and has nothing to say of none", () => {
  for (const adjust of Object.values(all)) {
    expect(adjust([])).toEqual([]);
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expect(() => adjust([0.5, p])).toThrow(expect.objectContaining({ code: "STATS_ARGUMENT" }));
    }
  }
});
