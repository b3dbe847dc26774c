/** What a mutation is: one class of fault, planted at a strength in known places. */
import type { Ground } from "./ground.ts";
import type { Row } from "./tables.ts";

/** 1 = just visible to a careful analyst, 3 = plain. */
export type Strength = 1 | 2 | 3;

/** The places of what was planted; every list names faulty places, and one of them is what the rule must list. */
export interface Planted {
  /** Rows of any table that are faulty. */
  readonly lines?: readonly Row[];
  readonly campaigns?: readonly string[];
  readonly leads?: readonly string[];
  readonly accounts?: readonly string[];
  readonly days?: readonly string[];
  /** Months `YYYY-MM` of which one must be named. */
  readonly months?: readonly string[];
  /** Texts that must be named. */
  readonly names?: readonly string[];
  /** Harm done beside it: rows that other rules may rightly mention. */
  readonly touched?: readonly Row[];
}

export interface Mutation {
  readonly id: string;
  /** Rules of which one must find it; the first is the one it is meant for. Empty: nothing may be found. */
  readonly rules: readonly string[];
  /** Mutations of one pack are planted into one world; those of a pack do not disturb each other. */
  readonly pack: string;
  /** @returns null where the tables offer no place */
  plant(ground: Ground, strength: Strength): Planted | null;
}

/** One of three values by strength. */
export function by<T>(strength: Strength, weak: T, middle: T, strong: T): T {
  return strength === 1 ? weak : strength === 2 ? middle : strong;
}
