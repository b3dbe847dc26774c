/** Takes a symmetric positive semi-definite matrix as a product with vectors, and gives the solution of its equations. */

/** Equations A x = b with A known by what it does to a vector. */
export interface Equations {
  /** out = A v. */
  times(v: Float64Array, out: Float64Array): void;
  /** The diagonal of A, ≥ 0, by which the search is scaled. */
  readonly diagonal: Float64Array;
}

/**
 * Conjugate gradients from 0, scaled by the diagonal, until the residual has fallen by `relative` or cannot fall further.
 * Where A is singular but b within its reach, one of the solutions.
 *
 * @see Hestenes & Stiefel (1952), Journal of Research of the National Bureau of Standards 49(6)
 */
export function solveByGradients(
  { times, diagonal }: Equations,
  b: Float64Array,
  relative: number,
  mostSteps: number,
): Float64Array {
  const n = b.length;
  const x = new Float64Array(n);
  const residual = Float64Array.from(b);
  const scaled = residual.map((r, i) => (diagonal[i]! > 0 ? r / diagonal[i]! : r));
  const direction = Float64Array.from(scaled);
  const product = new Float64Array(n);
  let energy = dot(residual, scaled);
  const enough = relative * relative * energy;
  for (let step = 0; step < mostSteps && energy > enough; step++) {
    times(direction, product);
    const curvature = dot(direction, product);
    if (!(curvature > 0)) break;
    const length = energy / curvature;
    for (let i = 0; i < n; i++) {
      x[i]! += length * direction[i]!;
      residual[i]! -= length * product[i]!;
      scaled[i] = diagonal[i]! > 0 ? residual[i]! / diagonal[i]! : residual[i]!;
    }
    const next = dot(residual, scaled);
    const turn = next / energy;
    energy = next;
    for (let i = 0; i < n; i++) direction[i] = scaled[i]! + turn * direction[i]!;
  }
  return x;
}

/** Σ a × b. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
