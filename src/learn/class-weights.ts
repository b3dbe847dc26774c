/** Takes classes and what each counts, and gives what each row counts. */
import { type ClassesToLearn, checkOption } from "./checks.ts";

/**
 * What a row of a class counts, times its own weight. `balanced`: every class that is seen counts the same in all, and
 * the sum of weights stays. A record gives a factor ≥ 0 by the class's name; one not named has 1.
 */
export type ClassWeights = "balanced" | Readonly<Record<string, number>> | null;

/**
 * The weight of each row; null = 1 each.
 *
 * @throws Problem `LEARN_OPTION` (an unknown class, a factor that is negative or not finite, or no weight left)
 */
export function rowWeights(target: ClassesToLearn, given: ClassWeights): Float64Array | null {
  if (given === null) return target.weights;
  const { codes, classes, weights } = target;
  const factors = given === "balanced" ? balanced(target) : named(given, classes);
  const out = new Float64Array(codes.length);
  let seen = -1;
  let two = false;
  for (let row = 0; row < out.length; row++) {
    out[row] = factors[codes[row]!]! * (weights === null ? 1 : weights[row]!);
    if (out[row]! > 0) {
      if (seen < 0) seen = codes[row]!;
      else if (codes[row] !== seen) two = true;
    }
  }
  checkOption(
    two,
    "classWeights",
    "0 for all but one class",
    "at least two classes a weight above 0",
  );
  return out;
}

function balanced({ codes, classes, weights }: ClassesToLearn): Float64Array {
  const sums = new Float64Array(classes.length);
  for (let row = 0; row < codes.length; row++)
    sums[codes[row]!]! += weights === null ? 1 : weights[row]!;
  const seen = sums.reduce((many, sum) => many + (sum > 0 ? 1 : 0), 0);
  const total = sums.reduce((all, sum) => all + sum, 0);
  return sums.map((sum) => (sum > 0 ? total / (seen * sum) : 0));
}

function named(given: Readonly<Record<string, number>>, classes: readonly string[]): Float64Array {
  checkOption(
    typeof given === "object",
    "classWeights",
    given,
    "balanced, or a factor for each class",
  );
  for (const [name, factor] of Object.entries(given)) {
    checkOption(classes.includes(name), "classWeights", name, `only: ${classes.join(", ")}`);
    checkOption(
      factor >= 0 && factor < Infinity,
      `classWeights ${name}`,
      factor,
      "a finite factor of 0 or more",
    );
  }
  return Float64Array.from(classes, (name) => (Object.hasOwn(given, name) ? given[name]! : 1));
}
