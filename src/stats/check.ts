import { Problem } from "../base/problem.ts";

/** The refusal of an argument for which the asked-for number is not defined. */
export function statsArgument(where: string, what: string, fix: string): Problem {
  return new Problem("STATS_ARGUMENT", { what, where, fix });
}

/** @throws Problem `STATS_ARGUMENT` unless the value is a finite number above 0 */
export function requirePositive(where: string, name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw statsArgument(where, `${name} is ${value}`, "Give a finite number above 0.");
  }
}

/** @throws Problem `STATS_ARGUMENT` unless the value is a finite number */
export function requireFinite(where: string, name: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw statsArgument(where, `${name} is ${value}`, "Give a finite number.");
  }
}

/** @throws Problem `STATS_ARGUMENT` for NaN; both infinities pass */
export function requireNumber(where: string, name: string, value: number): void {
  if (Number.isNaN(value)) throw statsArgument(where, `${name} is NaN`, "Give a number.");
}

/** @throws Problem `STATS_ARGUMENT` unless the value lies in [0, 1] */
export function requireProbability(where: string, name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw statsArgument(where, `${name} is ${value}`, "Give a probability from 0 to 1.");
  }
}

/** @throws Problem `STATS_ARGUMENT` unless the confidence level lies strictly between 0 and 1 */
export function requireLevel(where: string, level: number): void {
  if (!(level > 0 && level < 1)) {
    throw statsArgument(
      where,
      `level is ${level}`,
      "Give a confidence level between 0 and 1, such as 0.95.",
    );
  }
}

/** @throws Problem `STATS_ARGUMENT` unless the value is a whole number from `least` to 2^53 */
export function requireCount(where: string, name: string, value: number, least = 0): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw statsArgument(where, `${name} is ${value}`, `Give a whole number of at least ${least}.`);
  }
}

/** @throws Problem `STATS_ARGUMENT` where a sample is shorter than `least` or holds a value that is not finite */
export function requireSample(
  where: string,
  name: string,
  values: ArrayLike<number>,
  least: number,
): void {
  if (values.length < least) {
    throw statsArgument(
      where,
      `${name} has ${values.length} values`,
      `Give at least ${least}, or do not ask.`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw statsArgument(
        where,
        `${name}[${i}] is ${values[i]}`,
        "Leave missing values out beforehand; every value must be finite.",
      );
    }
  }
}
