/** Row indices drawn with replacement, alone or by whole groups. */
import type { Random } from "../base/random.ts";
import { requireCount, statsArgument } from "./check.ts";

/** Rows that are drawn together. */
export interface Units {
  /** How many can be drawn: rows, or groups where there are any. */
  readonly count: number;
  /** One draw of as many units as there are; the array is used again by the next draw. */
  draw(random: Random): Int32Array;
  /** All rows but those of unit numbers `from` to before `to`; the array is used again by the next call. */
  without(from: number, to: number): Int32Array;
}

/**
 * @param rows at least one
 * @param groups one number per row; rows of one group are dependent and are drawn together
 * @throws Problem `STATS_ARGUMENT` for no row, or groups of another length
 */
export function resamplingUnits(rows: number, groups?: ArrayLike<number>): Units {
  requireCount("resamplingUnits", "rows", rows, 1);
  if (groups === undefined) return singleRows(rows);
  if (groups.length !== rows) {
    throw statsArgument(
      "resamplingUnits",
      `There are ${rows} rows and ${groups.length} entries of groups`,
      "Give one group number per row.",
    );
  }
  return groupedRows(groups);
}

function singleRows(rows: number): Units {
  const drawn = new Int32Array(rows);
  return {
    count: rows,
    draw(random) {
      for (let i = 0; i < rows; i++) drawn[i] = random.int(rows);
      return drawn;
    },
    without(from, to) {
      let n = 0;
      for (let row = 0; row < rows; row++) if (row < from || row >= to) drawn[n++] = row;
      return drawn.subarray(0, n);
    },
  };
}

function groupedRows(groups: ArrayLike<number>): Units {
  const numbers = new Map<number, number>();
  const unitOf = new Int32Array(groups.length);
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] as number;
    let unit = numbers.get(group);
    if (unit === undefined) {
      unit = numbers.size;
      numbers.set(group, unit);
    }
    unitOf[row] = unit;
  }
  const count = numbers.size;
  const starts = new Int32Array(count + 1);
  for (const unit of unitOf) starts[unit + 1] = (starts[unit + 1] as number) + 1;
  for (let unit = 0; unit < count; unit++) {
    starts[unit + 1] = (starts[unit + 1] as number) + (starts[unit] as number);
  }
  const members = new Int32Array(groups.length);
  const filled = starts.slice();
  for (let row = 0; row < unitOf.length; row++) {
    const unit = unitOf[row] as number;
    const place = filled[unit] as number;
    members[place] = row;
    filled[unit] = place + 1;
  }
  let drawn = new Int32Array(groups.length);
  const chosen = new Int32Array(count);
  return {
    count,
    draw(random) {
      let total = 0;
      for (let i = 0; i < count; i++) {
        const unit = random.int(count);
        chosen[i] = unit;
        total += (starts[unit + 1] as number) - (starts[unit] as number);
      }
      if (total > drawn.length) drawn = new Int32Array(total * 2);
      let n = 0;
      for (const unit of chosen) {
        const rows = members.subarray(starts[unit], starts[unit + 1]);
        drawn.set(rows, n);
        n += rows.length;
      }
      return drawn.subarray(0, n);
    },
    without(from, to) {
      let n = 0;
      for (let row = 0; row < unitOf.length; row++) {
        const unit = unitOf[row] as number;
        if (unit < from || unit >= to) drawn[n++] = row;
      }
      return drawn.subarray(0, n);
    },
  };
}
