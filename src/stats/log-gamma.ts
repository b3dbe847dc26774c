/** The logarithm of the gamma function and the small differences of it that counts and shares are made of. */

/** Lanczos coefficients, g = 7, n = 9: relative error below 1e-14 for x > 0. */
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

const HALF_LOG_2PI = 0.9189385332046728;

/** ln Γ(x) for x > 0. @see Lanczos (1964), SIAM Journal on Numerical Analysis 1 */
export function logGamma(x: number): number {
  if (x > 15) return (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + stirlingSeries(x);
  const shifted = x - 1;
  let sum: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (shifted + i);
  const t = shifted + 7.5;
  return HALF_LOG_2PI + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** 1/12x − 1/360x³ + …, the asymptotic series of what Stirling's formula misses; x > 15. */
function stirlingSeries(x: number): number {
  const r = 1 / (x * x);
  return (
    (1 / 12 -
      r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) /
    x
  );
}

/**
 * What Stirling's formula misses: ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π, for x > 0.
 *
 * @see Loader (2000), Fast and accurate computation of binomial probabilities
 */
export function stirlingError(x: number): number {
  if (x > 15) return stirlingSeries(x);
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_2PI;
}

/**
 * x ln(x / m) + m − x, the deviance of a count x from its mean m, without losing digits where both are near.
 *
 * @see Loader (2000)
 */
export function deviance(x: number, m: number): number {
  const gap = x - m;
  if (Math.abs(gap) < 0.1 * (x + m)) {
    let v = gap / (x + m);
    let sum = gap * v;
    let term = 2 * x * v;
    v *= v;
    for (let j = 1; j < 1000; j++) {
      term *= v;
      const next = sum + term / (2 * j + 1);
      if (next === sum) return next;
      sum = next;
    }
  }
  const ratio = x / m;
  const log = ratio < Number.POSITIVE_INFINITY ? Math.log(ratio) : Math.log(x) - Math.log(m);
  return x * log + m - x;
}

/** e^−m m^x / Γ(x + 1) for real x > 0 and m > 0. @see Loader (2000) */
export function poissonKernel(x: number, m: number): number {
  return Math.exp(-stirlingError(x) - deviance(x, m)) / Math.sqrt(2 * Math.PI * x);
}

/**
 * Γ(n + 1) / (Γ(x + 1) Γ(n − x + 1)) p^x q^(n − x) for real 0 < x < n, with q = 1 − p told apart so that neither loses
 * its digits.
 *
 * @param rest n − x, told apart for the same reason
 * @see Loader (2000)
 */
export function binomialKernel(x: number, rest: number, p: number, q: number): number {
  const n = x + rest;
  const log =
    stirlingError(n) -
    stirlingError(x) -
    stirlingError(rest) -
    deviance(x, n * p) -
    deviance(rest, n * q);
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * x * rest));
}

/** ln(Γ(a + k) / Γ(a)), the logarithm of a rising factorial; a > 0, k ≥ 0. */
export function logRising(a: number, k: number): number {
  if (k === 0) return 0;
  if (k <= 30 && Number.isInteger(k)) {
    let product = 1;
    let sum = 0;
    for (let i = 0; i < k; i++) {
      product *= a + i;
      if (product > 1e250 || product < 1e-250) {
        sum += Math.log(product);
        product = 1;
      }
    }
    return sum + Math.log(product);
  }
  if (a <= 15) return logGamma(a + k) - logGamma(a);
  return (
    (a - 0.5) * Math.log1p(k / a) +
    k * (Math.log(a + k) - 1) +
    stirlingSeries(a + k) -
    stirlingSeries(a)
  );
}

/** ψ(x), the derivative of ln Γ, for x > 0: upward recurrence, then the asymptotic series. */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) {
    shift -= 1 / z;
    z += 1;
  }
  const r = 1 / (z * z);
  return (
    shift +
    Math.log(z) -
    0.5 / z -
    r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - (r * 691) / 32760)))))
  );
}

/** ψ(a + k) − ψ(a), the derivative of `logRising` by a, without cancelling where a is large. */
export function digammaRise(a: number, k: number): number {
  if (k <= 30 && Number.isInteger(k)) {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += 1 / (a + i);
    return sum;
  }
  if (a < 10) return digamma(a + k) - digamma(a);
  const tail = (z: number) => {
    const r = 1 / (z * z);
    return 0.5 / z + r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r / 132))));
  };
  return Math.log1p(k / a) - tail(a + k) + tail(a);
}
