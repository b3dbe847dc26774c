/** The faces of all distributions here. Parameters are checked once, when one is made. */

export interface Distribution {
  /** Null where there is none (t with 1 degree of freedom). */
  readonly mean: number | null;
  /** Null where there is none or it is infinite. */
  readonly variance: number | null;
  /** Chance of a value ≤ x. */
  cdf(x: number): number;
  /** Chance of a value > x, with all its digits also where it is small: use it for p-values, never 1 − cdf. */
  upper(x: number): number;
  /** Smallest x with cdf(x) ≥ p, p in [0, 1]. */
  quantile(p: number): number;
  /** Smallest x with upper(x) ≤ q, q in [0, 1]. */
  upperQuantile(q: number): number;
}

export interface Continuous extends Distribution {
  /** Density at x; Infinity at an end where it has a pole. */
  density(x: number): number;
}

/** Of whole numbers from 0. Places between them are rounded down. */
export interface Discrete extends Distribution {
  /** Chance of exactly k; 0 where k is no whole number. */
  mass(k: number): number;
}
