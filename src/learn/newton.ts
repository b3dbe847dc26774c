/** Takes a smooth convex function and gives the place of its minimum, by Newton steps. */
import { solveByRoot } from "./cholesky.ts";
import { dot, type Equations, solveByGradients } from "./conjugate-gradients.ts";

export interface Convex {
  /** The value at a place; what follows is asked about the same place. */
  value(place: Float64Array): number;
  gradient(): Float64Array;
  /** The second derivatives. */
  curvature(): Equations;
  /** The same as a matrix, row-major, of which the lower triangle is read; null where its root would cost more. */
  matrix(): Float64Array | null;
}

/** Slack for the rounding of the value itself. */
const ROUNDING = 1e-14;

/**
 * Newton's method with a halving line search. `at` is moved to the minimum.
 *
 * @param tolerance of the largest part of the gradient
 * @param step called before each step, to pause or to stop by throwing
 * @returns whether the tolerance was reached
 * @see Nocedal & Wright (2006), Numerical Optimization, algorithm 7.1
 */
export async function minimise(
  convex: Convex,
  at: Float64Array,
  tolerance: number,
  mostSteps: number,
  step: (done: number) => Promise<void>,
): Promise<boolean> {
  let value = convex.value(at);
  let gradient = convex.gradient();
  const first = Math.sqrt(dot(gradient, gradient));
  for (let steps = 0; farthest(gradient) > tolerance; steps++) {
    if (steps === mostSteps) return false;
    await step(steps / mostSteps);
    const size = Math.sqrt(dot(gradient, gradient));
    const direction = newtonDirection(convex, gradient, Math.min(0.1, size / first));
    const slope = dot(gradient, direction);
    const from = Float64Array.from(at);
    const slack = ROUNDING * Math.abs(value);
    let next = Infinity;
    let length = 1;
    for (; length > 1e-10; length /= 2) {
      for (let i = 0; i < at.length; i++) at[i] = from[i]! + length * direction[i]!;
      next = convex.value(at);
      if (next <= value + 1e-4 * length * slope + slack) break;
    }
    if (!(length > 1e-10)) {
      at.set(from);
      return false;
    }
    value = next;
    gradient = convex.gradient();
  }
  return true;
}

/** Where the curvature, with its sign turned, takes the gradient from: by its root, or so nearly by its products. */
function newtonDirection(convex: Convex, gradient: Float64Array, relative: number): Float64Array {
  const downhill = gradient.map((slope) => -slope);
  const matrix = convex.matrix();
  if (matrix !== null) {
    const exact = Float64Array.from(downhill);
    if (solveByRoot(matrix, exact)) return exact;
  }
  return solveByGradients(convex.curvature(), downhill, relative, 4 * gradient.length + 50);
}

function farthest(gradient: Float64Array): number {
  let most = 0;
  for (const slope of gradient) most = Math.max(most, Math.abs(slope));
  return most;
}
