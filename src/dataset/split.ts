/**
 * Which rows to learn from and which to be tested on. By time, so that nothing is learnt from the future; by group, so
 * that nothing is learnt from a sibling; by both; and at random only where rows have no time.
 */
import { Problem } from "../base/problem.ts";
import { type Random, seededRandom } from "../base/random.ts";
import type { Dataset } from "./dataset.ts";

/** Places of rows, each ascending; no row is in both. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

export interface TimeSplitOptions {
  /** First moment of the test rows, milliseconds since 1970-01-01 UTC. */
  readonly testFrom: number;
  /** Moment before which test rows end; default: no end. */
  readonly testUntil?: number;
  /** Rows within this many milliseconds before `testFrom` are in neither: their outcome was not known by then. Default 0. */
  readonly gapMs?: number;
  /** Rows older than this many milliseconds before the gap are left out of training; default: none is. */
  readonly windowMs?: number;
}

function timesOf(dataset: Dataset): Float64Array {
  const { times } = dataset;
  const at = times === null ? 0 : times.findIndex((time) => Number.isNaN(time));
  if (times !== null && at < 0) return times;
  throw new Problem("SPLIT_NO_TIMES", {
    what: times === null ? "The rows have no times" : `Row ${at} has no time`,
    where: times === null ? "times" : `times, row ${at}`,
    fix: "Give every row the moment at which it was known, or split by group.",
  });
}

function groupsOf(dataset: Dataset): Int32Array {
  if (dataset.groups !== null) return dataset.groups;
  throw new Problem("SPLIT_NO_GROUPS", {
    what: "The rows have no groups",
    where: "groups",
    fix: "Give every row the number of what it belongs to, or split by time.",
  });
}

function option(fine: boolean, name: string, value: unknown, range: string): void {
  if (fine) return;
  throw new Problem("SPLIT_OPTION", {
    what: `${name} is ${String(value)}`,
    where: `option ${name}`,
    fix: `Give ${range}.`,
  });
}

/** Rows for which the choice is `train` (1) or `test` (2). @throws Problem `SPLIT_EMPTY` when a side has none */
function sides(rows: number, sideOf: (row: number) => 0 | 1 | 2): Split {
  const counts = [0, 0, 0];
  const chosen = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const side = sideOf(row);
    chosen[row] = side;
    counts[side]!++;
  }
  const train = new Uint32Array(counts[1]!);
  const test = new Uint32Array(counts[2]!);
  for (let row = 0, i = 0, j = 0; row < rows; row++) {
    if (chosen[row] === 1) train[i++] = row;
    else if (chosen[row] === 2) test[j++] = row;
  }
  if (train.length === 0 || test.length === 0) {
    throw new Problem("SPLIT_EMPTY", {
      what: `The split leaves ${train.length} rows to learn from and ${test.length} to be tested on`,
      fix: "Choose another moment, a smaller gap or fewer folds.",
      details: { train: train.length, test: test.length },
    });
  }
  return { train, test };
}

/**
 * Learns from rows before a moment, less a gap, and tests on rows from it on.
 *
 * @throws Problem `SPLIT_NO_TIMES`, `SPLIT_OPTION`, `SPLIT_EMPTY`
 */
export function splitByTime(dataset: Dataset, options: TimeSplitOptions): Split {
  const times = timesOf(dataset);
  const { testFrom, testUntil = Infinity, gapMs = 0, windowMs = Infinity } = options;
  option(Number.isFinite(testFrom), "testFrom", testFrom, "a moment in milliseconds");
  option(testUntil > testFrom, "testUntil", testUntil, "a moment after testFrom");
  option(gapMs >= 0, "gapMs", gapMs, "milliseconds, 0 or more");
  option(windowMs > 0, "windowMs", windowMs, "milliseconds above 0");
  const end = testFrom - gapMs;
  return sides(dataset.rows, (row) => {
    const time = times[row]!;
    if (time >= testFrom) return time < testUntil ? 2 : 0;
    return time < end && time >= end - windowMs ? 1 : 0;
  });
}

/**
 * The moment from which on at least this share of the rows lies; rows of one moment stay together.
 *
 * @param share of the rows that come last, in (0, 1)
 * @throws Problem `SPLIT_NO_TIMES`, `SPLIT_OPTION`, `SPLIT_EMPTY` (no rows)
 */
export function momentOfLast(dataset: Dataset, share: number): number {
  const times = timesOf(dataset);
  option(share > 0 && share < 1, "share", share, "a number between 0 and 1");
  const sorted = Float64Array.from(times).sort();
  const moment = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - share)))];
  if (moment !== undefined) return moment;
  throw new Problem("SPLIT_EMPTY", {
    what: "There are no rows to split",
    fix: "Give rows.",
  });
}

/** 0 … n − 1 in a random order. */
function shuffled(n: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Fold of each row when whole groups are dealt out, the largest first to the fold that has fewest rows. */
function foldsOfGroups(groups: Int32Array, folds: number, random: Random): Int32Array {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const all = [...sizes].sort(([one], [other]) => one - other);
  option(folds <= all.length, "folds", folds, `at most ${all.length}, as there are so many groups`);
  const mixed = Array.from(shuffled(all.length, random), (i) => all[i]!);
  mixed.sort(([, one], [, other]) => other - one);
  const filled = new Array<number>(folds).fill(0);
  const foldOf = new Map<number, number>();
  for (const [group, size] of mixed) {
    let least = 0;
    for (let fold = 1; fold < folds; fold++) if (filled[fold]! < filled[least]!) least = fold;
    filled[least]! += size;
    foldOf.set(group, least);
  }
  return groups.map((group) => foldOf.get(group)!);
}

/** Fold of each row at random; of a class target every fold gets its share of each class. */
function foldsOfRows(dataset: Dataset, folds: number, random: Random): Int32Array {
  option(
    folds <= dataset.rows,
    "folds",
    folds,
    `at most ${dataset.rows}, as there are so many rows`,
  );
  const order = Array.from(shuffled(dataset.rows, random));
  const { target } = dataset;
  if (target?.kind === "class") {
    const place = Float64Array.from(order, (_, i) => i);
    const at = new Float64Array(dataset.rows);
    for (const i of place) at[order[i]!] = i;
    order.sort((one, other) => target.codes[one]! - target.codes[other]! || at[one]! - at[other]!);
  }
  const foldOf = new Int32Array(dataset.rows);
  order.forEach((row, i) => {
    foldOf[row] = i % folds;
  });
  return foldOf;
}

function splitsOf(rows: number, foldOf: Int32Array, folds: number): Split[] {
  return Array.from({ length: folds }, (_, fold) =>
    sides(rows, (row) => (foldOf[row] === fold ? 2 : 1)),
  );
}

function checkedFolds(folds: number): void {
  option(Number.isInteger(folds) && folds >= 2, "folds", folds, "a whole number of 2 or more");
}

/**
 * Each group is tested on once, whole, by what was learnt from the others.
 *
 * @throws Problem `SPLIT_NO_GROUPS`, `SPLIT_OPTION`
 */
export function groupFolds(dataset: Dataset, folds: number, seed: number): Split[] {
  checkedFolds(folds);
  const random = seededRandom(seed).fork("group folds");
  return splitsOf(dataset.rows, foldsOfGroups(groupsOf(dataset), folds, random), folds);
}

/**
 * Each row is tested on once, at random, classes in equal shares. Only for rows without time: otherwise it learns from
 * the future.
 *
 * @throws Problem `SPLIT_OPTION`
 */
export function randomFolds(dataset: Dataset, folds: number, seed: number): Split[] {
  checkedFolds(folds);
  const random = seededRandom(seed).fork("random folds");
  return splitsOf(dataset.rows, foldsOfRows(dataset, folds, random), folds);
}

/** Drops from the training rows those whose group is tested on. @throws Problem `SPLIT_NO_GROUPS`, `SPLIT_EMPTY` */
export function withoutTestGroups(dataset: Dataset, { train, test }: Split): Split {
  const groups = groupsOf(dataset);
  const tested = new Set(Array.from(test, (row) => groups[row]!));
  const side = new Uint8Array(dataset.rows);
  for (const row of train) side[row] = tested.has(groups[row]!) ? 0 : 1;
  for (const row of test) side[row] = 2;
  return sides(dataset.rows, (row) => side[row] as 0 | 1 | 2);
}

/** By time, and no group on both sides. @throws Problem as both */
export function splitByTimeAndGroup(dataset: Dataset, options: TimeSplitOptions): Split {
  return withoutTestGroups(dataset, splitByTime(dataset, options));
}

/**
 * As if one had stood at several moments, one after the other, and learnt from what was known then: each test span
 * follows the one before it, and the last ends with the rows.
 *
 * @param options.folds how many moments
 * @param options.testMs length of a test span in milliseconds
 * @param options.gapMs, options.windowMs as in `splitByTime`
 * @throws Problem `SPLIT_NO_TIMES`, `SPLIT_OPTION`, `SPLIT_EMPTY` (a moment before which, or a span in which, there is no row)
 */
export function rollingOrigin(
  dataset: Dataset,
  options: { readonly folds: number; readonly testMs: number } & Pick<
    TimeSplitOptions,
    "gapMs" | "windowMs"
  >,
): Split[] {
  const { folds, testMs, ...rest } = options;
  option(Number.isInteger(folds) && folds >= 1, "folds", folds, "a whole number of 1 or more");
  option(testMs > 0, "testMs", testMs, "milliseconds above 0");
  // Moments are whole milliseconds: the last row lies within the last span.
  const end = timesOf(dataset).reduce((latest, time) => Math.max(latest, time), -Infinity) + 1;
  return Array.from({ length: folds }, (_, fold) => {
    const testFrom = end - (folds - fold) * testMs;
    return splitByTime(dataset, { testFrom, testUntil: testFrom + testMs, ...rest });
  });
}
