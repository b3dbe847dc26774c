import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Dataset, datasetOf } from "../../src/dataset/dataset.ts";
import {
  groupFolds,
  momentOfLast,
  randomFolds,
  rollingOrigin,
  type Split,
  splitByTime,
  splitByTimeAndGroup,
} from "../../src/dataset/split.ts";

const DAY = 86_400_000;

/** Rows at days, of groups. */
function rows(days: readonly number[], groups?: readonly number[]): Dataset {
  return datasetOf([{ kind: "numeric", name: "day", values: Float64Array.from(days) }], {
    times: Float64Array.from(days, (day) => day * DAY),
    groups: groups ? Int32Array.from(groups) : null,
  });
}

const plain = ({ train, test }: Split) => ({ train: [...train], test: [...test] });

describe("by time", () => {
  it("learns from what is older than the moment less the gap, and tests on the rest", () => {
    const dataset = rows([9, 1, 5, 7, 3, 8]);
    expect(plain(splitByTime(dataset, { testFrom: 7 * DAY }))).toEqual({
      train: [1, 2, 4],
      test: [0, 3, 5],
    });
    expect(
      plain(splitByTime(dataset, { testFrom: 7 * DAY, gapMs: 2 * DAY, testUntil: 9 * DAY })),
    ).toEqual({ train: [1, 4], test: [3, 5] });
    expect(
      plain(splitByTime(dataset, { testFrom: 7 * DAY, gapMs: DAY, windowMs: 2 * DAY })),
    ).toEqual({ train: [2], test: [0, 3, 5] });
  });

  it("keeps rows of one moment together at the last share", () => {
    const dataset = rows([1, 2, 3, 4, 5, 5, 5, 5, 5, 6]);
    expect(momentOfLast(dataset, 0.2)).toBe(5 * DAY);
    expect(momentOfLast(dataset, 0.1)).toBe(6 * DAY);
  });

  it("never learns from a row that is less than the gap before any tested one", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 20, maxLength: 80 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        (days, gap, folds, span) => {
          const dataset = rows(days);
          let splits: Split[];
          try {
            splits = rollingOrigin(dataset, { folds, testMs: span * DAY, gapMs: gap * DAY });
          } catch (error) {
            expect(error).toMatchObject({ code: "SPLIT_EMPTY" });
            return;
          }
          const tested = new Set<number>();
          for (const { train, test } of splits) {
            const first = Math.min(...Array.from(test, (row) => days[row] as number));
            const last = Math.max(...Array.from(train, (row) => days[row] as number));
            expect(first - last).toBeGreaterThanOrEqual(gap);
            expect(first).toBeGreaterThan(last);
            for (const row of test) {
              expect(tested.has(row)).toBe(false);
              tested.add(row);
            }
          }
          const latest = Math.max(...days);
          const within = days.filter((day) => day > latest - folds * span).length;
          expect(tested.size).toBe(within);
        },
      ),
    );
  });
});

describe("by group", () => {
  it("parts no group, tests every row once, and deals out fairly", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 40, maxLength: 200 }),
        fc.integer({ min: 2, max: 4 }),
        fc.integer(),
        (groups, folds, seed) => {
          const sizes = new Map<number, number>();
          for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
          fc.pre(sizes.size >= folds);
          const dataset = rows(groups, groups);
          const splits = groupFolds(dataset, folds, seed);
          const tested = splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
          expect(tested).toEqual(groups.map((_, row) => row));
          for (const { train, test } of splits) {
            const side = new Set(Array.from(test, (row) => groups[row]));
            expect(Array.from(train).some((row) => side.has(groups[row]))).toBe(false);
            expect(train.length + test.length).toBe(groups.length);
          }
          const lengths = splits.map(({ test }) => test.length);
          expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(
            Math.max(...sizes.values()),
          );
        },
      ),
    );
  });

  it("gives equal folds for an equal seed, and others for another", () => {
    const groups = Array.from({ length: 40 }, (_, i) => i >> 1);
    const dataset = rows(groups, groups);
    const tests = (seed: number) => groupFolds(dataset, 4, seed).map(({ test }) => [...test]);
    expect(tests(1)).toEqual(tests(1));
    expect(tests(1)).not.toEqual(tests(2));
  });

  it("by time too: a group that is tested on is not learnt from, also what it did before", () => {
    const dataset = rows([1, 2, 3, 4, 5, 6], [1, 2, 3, 1, 4, 2]);
    expect(plain(splitByTimeAndGroup(dataset, { testFrom: 5 * DAY }))).toEqual({
      train: [0, 2, 3],
      test: [4, 5],
    });
  });
});

it("at random every fold has its share of each class", () => {
  const codes = Int32Array.from({ length: 103 }, (_, i) => (i % 10 === 0 ? 1 : 0));
  const dataset = datasetOf([{ kind: "numeric", name: "x", values: new Float64Array(103) }], {
    target: { kind: "class", codes, classes: ["no", "yes"] },
  });
  const splits = randomFolds(dataset, 5, 42);
  for (const { test } of splits) {
    const yes = [...test].filter((row) => codes[row] === 1).length;
    expect([2, 3]).toContain(yes);
    expect([20, 21]).toContain(test.length);
  }
  expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...codes.keys()]);
});

it.each([
  ["rows without times", () => splitByTime(datasetOf([]), { testFrom: 0 }), "SPLIT_NO_TIMES"],
  [
    "a row without a time",
    () => splitByTime(rows([1, Number.NaN]), { testFrom: 0 }),
    "SPLIT_NO_TIMES",
  ],
  ["rows without groups", () => groupFolds(rows([1, 2]), 2, 1), "SPLIT_NO_GROUPS"],
  [
    "a moment after all rows",
    () => splitByTime(rows([1, 2]), { testFrom: 3 * DAY }),
    "SPLIT_EMPTY",
  ],
  [
    "a gap that takes all",
    () => splitByTime(rows([1, 2]), { testFrom: 2 * DAY, gapMs: 9 * DAY }),
    "SPLIT_EMPTY",
  ],
  [
    "a negative gap",
    () => splitByTime(rows([1, 2]), { testFrom: 2 * DAY, gapMs: -1 }),
    "SPLIT_OPTION",
  ],
  ["one fold", () => randomFolds(rows([1, 2]), 1, 1), "SPLIT_OPTION"],
  ["more folds than groups", () => groupFolds(rows([1, 2], [5, 5]), 2, 1), "SPLIT_OPTION"],
  ["a share of everything", () => momentOfLast(rows([1, 2]), 1), "SPLIT_OPTION"],
] as [string, () => unknown, string][])("refuses %s", (_, deed, code) => {
  expect(deed).toThrow(expect.objectContaining({ code }));
});
