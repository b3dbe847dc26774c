import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { binRows, categoryWords, chooseBins, type FeatureBins } from "../../src/learn/bins.ts";
import type { Feature } from "../../src/learn/features.ts";
import { sortNumbers } from "../../src/learn/sort-numbers.ts";

const number: Feature = { name: "x", kind: "numeric", levels: null };
const levelled = (count: number): Feature => ({
  name: "c",
  kind: "categorical",
  levels: Array.from({ length: count }, (_, i) => `level ${i}`),
});

/** The bins row by row. */
function binned(columns: readonly Float64Array[], bins: readonly FeatureBins[]): Uint8Array {
  const out = new Uint8Array(bins.length * (columns[0]?.length ?? 0));
  binRows(columns, bins, out, bins.length, 1);
  return out;
}

it("gives few distinct numbers one bin each, cut midway, and missing the bin behind them", () => {
  const column = Float64Array.of(5, 1, Number.NaN, 2, 1, -0, 0);
  const bins = chooseBins([number], [column]);
  expect(bins[0]).toEqual({ cuts: Float64Array.of(0.5, 1.5, 3.5), binOfLevel: null, bins: 4 });
  expect([...binned([column], bins)]).toEqual([3, 1, 4, 2, 1, 0, 0]);
  expect([...binned([Float64Array.of(3.5, 3.500001, -9, 99)], bins)]).toEqual([2, 3, 0, 3]);
});

it("has no bin but that of missing for a column without a value", () => {
  const column = Float64Array.of(Number.NaN, Number.NaN);
  const bins = chooseBins([number, levelled(2)], [column, column]);
  expect(bins.map((one) => one.bins)).toEqual([0, 0]);
  expect([...binned([column, column], bins)]).toEqual([0, 0, 0, 0]);
});

it("shares many distinct numbers out evenly and leaves a frequent one a bin of its own", () => {
  const random = seededRandom(4);
  const column = Float64Array.from({ length: 30_000 }, (_, i) =>
    i % 3 === 0 ? 7 : Math.exp(3 * random.normal()),
  );
  const bins = chooseBins([number], [column]);
  const count = new Float64Array(256);
  for (const bin of binned([column], bins)) count[bin]!++;
  expect(bins[0]?.bins).toBeGreaterThan(250);
  expect(bins[0]?.bins).toBeLessThanOrEqual(255);
  const seven = binned([Float64Array.of(7)], bins)[0]!;
  expect(count[seven]).toBe(10_000);
  for (let bin = 0; bin < (bins[0]?.bins ?? 0); bin++) {
    if (bin !== seven) expect(count[bin]).toBeLessThan(2 * (20_000 / 254));
  }
});

it("shares out what frequent numbers leave, and parts these from at least half a bin below them", () => {
  const counted = (counts: readonly number[]) =>
    chooseBins(
      [number],
      [Float64Array.from(counts.flatMap((count, i) => Array(count).fill(i + 1)))],
      4,
    )[0]?.cuts;
  // 24 rows in 4 bins: 7 fills one by itself, the other 12 rows are to have three of 4.
  expect([...(counted([1, 1, 1, 1, 1, 1, 12, 1, 1, 1, 1, 1, 1]) ?? [])]).toEqual([4.5, 6.5, 7.5]);
  // 20 rows: 6 fills one, the other 10 rows have three; 5 alone is too little for one.
  expect([...(counted([1, 1, 1, 1, 1, 10, 1, 1, 1, 1, 1]) ?? [])]).toEqual([4.5, 6.5, 9.5]);
});

it("finds a rare one of few numbers in a column too long to be looked at whole", () => {
  const column = new Float64Array(300_000).map((_, i) => i % 4);
  column[123_457] = 77;
  const [bins] = chooseBins([number], [column]);
  expect([...(bins?.cuts ?? [])]).toEqual([0.5, 1.5, 2.5, 40]);
});

it("bins as cuts compare, whatever the numbers", () => {
  const value = fc.oneof(
    fc.double({ noDefaultInfinity: true }),
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.integer({ min: -5, max: 5 }),
    fc.integer({ min: 0, max: 9 }).map((ms) => 1_700_000_000_000 + ms),
  );
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 2, max: 255 }),
      (values, maxBins) => {
        const column = Float64Array.from(values);
        const bins = chooseBins([number], [column], maxBins);
        const { cuts, bins: missing } = bins[0]!;
        expect(missing).toBeLessThanOrEqual(maxBins);
        const got = binned([column], bins);
        for (let i = 0; i < values.length; i++) {
          const x = column[i]!;
          const below = cuts?.filter((cut) => cut < x).length;
          expect(got[i]).toBe(Number.isNaN(x) ? missing : below);
        }
      },
    ),
  );
});

it("keeps the order of distinct numbers apart where there is room for all", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
      const column = Float64Array.from(values, (x) => x + 0).sort();
      const distinct = Float64Array.from(new Set(column));
      const got = binned([distinct], chooseBins([number], [distinct]));
      expect([...got]).toEqual([...distinct.keys()]);
    }),
  );
});

it("treats a level like missing when it is rare beyond the room, never seen or unknown", () => {
  const codes = [0, 0, 1, 2, 2, 3, 3, 3, 5, Number.NaN];
  const bins = chooseBins([levelled(7)], [Float64Array.from(codes)], 3);
  expect(bins[0]).toEqual({
    cuts: null,
    binOfLevel: Uint8Array.of(0, 3, 1, 2, 3, 3, 3),
    bins: 3,
  });
  expect([...binned([Float64Array.of(0, 1, 2, 3, 5, 6, 99, Number.NaN)], bins)]).toEqual([
    0, 3, 1, 2, 3, 3, 3, 3,
  ]);
});

it("writes a split of levels as words, levels without a bin where missing goes", () => {
  const codes = Float64Array.from({ length: 40 }, (_, i) => i);
  codes[33] = Number.NaN;
  const [bins] = chooseBins([levelled(40)], [codes]);
  const goesLeft = new Uint8Array(40);
  goesLeft[0] = 1;
  goesLeft[31] = 1;
  goesLeft[38] = 1; // level 39
  expect([...categoryWords(bins!, goesLeft)]).toEqual([0x80000001, 0x80]);
  goesLeft[39] = 1; // missing, and with it level 33
  expect([...categoryWords(bins!, goesLeft)]).toEqual([0x80000001, 0x82]);
});

it("puts any numbers in the order in which comparing puts them", () => {
  const near = fc.double({ min: 1, max: 1 + 2 ** -30, noNaN: true });
  const kinds = [
    fc.double({ noNaN: true }),
    fc.constantFrom(-0, 0, -1.5, 7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    near,
    near.map((x) => -x),
  ];
  const many = { minLength: 1500, maxLength: 3000, size: "max" } as const;
  const lists = fc.oneof(
    ...kinds.map((one) => fc.array(one, many)),
    fc.array(fc.oneof(...kinds), many),
  );
  fc.assert(
    fc.property(lists, (numbers) => {
      const sorted = Float64Array.from(numbers);
      sortNumbers(sorted, new Float64Array(numbers.length));
      expect(sorted).toEqual(Float64Array.from(numbers).sort());
    }),
    { numRuns: 40 },
  );
});
