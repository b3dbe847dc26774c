/** What may be chosen in a search of options, and a random choice of it. */
import type { Random } from "../base/random.ts";
import { checkOption } from "./checks.ts";

/** One of some values, or a number between two. */
export type Range =
  | { readonly values: readonly unknown[] }
  | {
      readonly low: number;
      readonly high: number;
      /** Equal chances per factor, not per distance; both ends above 0. Default false. */
      readonly log?: boolean;
      /** Whole numbers only, both ends among them. Default false. */
      readonly whole?: boolean;
    };

/** By the name of the option. */
export type Space = Readonly<Record<string, Range>>;

/** @throws Problem `LEARN_OPTION` */
export function checkSpace(space: Space): void {
  const ranges = Object.entries(space);
  checkOption(ranges.length > 0, "space", "empty", "at least one option to choose");
  for (const [name, range] of ranges) {
    const where = `space ${name}`;
    if ("values" in range) {
      checkOption(range.values.length > 0, where, "empty", "at least one value");
      continue;
    }
    const { low, high, log = false, whole = false } = range;
    const between = Number.isFinite(low) && Number.isFinite(high) && low <= high;
    checkOption(between, where, `${low} … ${high}`, "two finite numbers, the lower first");
    checkOption(!log || low > 0, where, low, "a low above 0 for a log range");
    const ends = Number.isSafeInteger(low) && Number.isSafeInteger(high);
    checkOption(!whole || ends, where, `${low} … ${high}`, "whole numbers for a whole range");
  }
}

/** A choice of each option. The order of the space's names does not matter. */
export function drawOptions(space: Space, random: Random): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(space).map(([name, range]) => [name, draw(range, random.fork(name))]),
  );
}

function draw(range: Range, random: Random): unknown {
  if ("values" in range) return range.values[random.int(range.values.length)];
  const { low, high, log = false, whole = false } = range;
  // Of whole numbers each has a stretch of length 1 around it, so that the ends are as likely as the others.
  const [from, until] = whole ? [low - 0.5, high + 0.5] : [low, high];
  const at = random.next();
  const lowest = Math.max(from, whole ? 0.5 : 0);
  const number = log ? lowest * (until / lowest) ** at : from + (until - from) * at;
  const kept = whole ? Math.round(number) : number;
  return Math.max(low, Math.min(high, kept));
}
