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
 * Writes how often each row is drawn into `times`.
 *
 * @param eligible rows of a weight above 0; null = all
 */
export function drawnTimes(
  times: Uint8Array,
  eligible: Uint32Array | null,
  { sampling, draws }: Drawing,
  random: Random,
): void {
  times.fill(0);
  const count = eligible === null ? times.length : eligible.length;
  if (sampling === "bootstrap") {
    drawWithPuttingBack(times, eligible, count, draws, random);
    return;
  }
  let wanted = sampling === "all" ? count : draws;
  for (let i = 0; i < count; i++) {
    // Knuth's selection sampling: each row with the chance that the rest still needs.
    if (wanted < count - i && random.int(count - i) >= wanted) continue;
    times[eligible === null ? i : eligible[i]!] = 1;
    wanted--;
  }
}

/**
 * Draws by a generator of its own, seeded by `random`: with its state in the loop's variables a draw takes a fourth of
 * the time. Chances differ by count ÷ 2³² of themselves at most.
 *
 * @see sfc32 of Doty-Humphrey's PractRand
 */
function drawWithPuttingBack(
  times: Uint8Array,
  eligible: Uint32Array | null,
  count: number,
  draws: number,
  random: Random,
): void {
  let [a, b, c] = [random.int(2 ** 32) | 0, random.int(2 ** 32) | 0, random.int(2 ** 32) | 0];
  for (let i = 1; i <= draws; i++) {
    const word = (a + b + i) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    const drawn = Math.floor(((word >>> 0) * count) / 2 ** 32);
    times[eligible === null ? drawn : eligible[drawn]!]!++;
  }
}

/** Words that rows drawn may need. */
export function mostWords(rows: number, draws: number): number {
  return Math.min(draws, rows + Math.floor(draws / MOST_TIMES)) + 1;
}

/**
 * Writes the words of the rows drawn, in the order of rows, and gives their number.
 *
 * @param classes of a two-class target, else null
 * @param words with room for `mostWords`
 */
export function drawnWords(
  times: Uint8Array,
  classes: Uint8Array | null,
  words: Int32Array,
): number {
  let at = 0;
  for (let row = 0; row < times.length; row++) {
    let often = times[row]!;
    const word = (row << ROW_SHIFT) | (classes === null ? 0 : classes[row]!);
    for (; often > MOST_TIMES; often -= MOST_TIMES) words[at++] = word | (MOST_TIMES << 1);
    // Written in any case, and kept if it was drawn: no branch to foretell.
    words[at] = word | (often << 1);
    at += (often + 255) >> 8;
  }
  return at;
}
