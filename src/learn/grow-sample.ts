/** Draws the rows of one tree. A row is drawn 255 times at most: that a bootstrap should draw more has no chance. */
import type { Random } from "../base/random.ts";
import { MOST_TIMES, ROW_SHIFT } from "./grow-split.ts";

export interface Drawing {
  /** `bootstrap` draws with, `subsample` without putting back; `all` takes every row once. */
  readonly sampling: "bootstrap" | "subsample" | "all";
  /** Rows drawn of those that may be drawn. */
  readonly draws: number;
}

/**
 * How often each row is drawn.
 *
 * @param eligible rows of a weight above 0; null = all
 */
export function drawnTimes(
  rows: number,
  eligible: Uint32Array | null,
  { sampling, draws }: Drawing,
  random: Random,
): Uint8Array {
  const times = new Uint8Array(rows);
  const count = eligible === null ? rows : eligible.length;
  if (sampling === "bootstrap") {
    for (let i = 0; i < draws; i++) {
      const drawn = random.int(count);
      times[eligible === null ? drawn : eligible[drawn]!]!++;
    }
    return times;
  }
  let wanted = sampling === "all" ? count : draws;
  for (let i = 0; i < count; i++) {
    // Knuth's selection sampling: each row with the chance that the rest still needs.
    if (wanted < count - i && random.int(count - i) >= wanted) continue;
    times[eligible === null ? i : eligible[i]!] = 1;
    wanted--;
  }
  return times;
}

/** The words of the rows drawn, in the order of rows. @param classes of a two-class target, else null */
export function drawnWords(times: Uint8Array, classes: Uint8Array | null): Int32Array {
  let draws = 0;
  for (let row = 0; row < times.length; row++) draws += times[row]!;
  const words = new Int32Array(Math.min(draws, times.length + Math.floor(draws / MOST_TIMES)) + 1);
  let at = 0;
  for (let row = 0; row < times.length; row++) {
    let often = times[row]!;
    const word = (row << ROW_SHIFT) | (classes === null ? 0 : classes[row]!);
    for (; often > MOST_TIMES; often -= MOST_TIMES) words[at++] = word | (MOST_TIMES << 1);
    // Written in any case, and kept if it was drawn: no branch to foretell.
    words[at] = word | (often << 1);
    at += (often + 255) >> 8;
  }
  return words.subarray(0, at);
}
