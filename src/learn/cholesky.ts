/** Takes a symmetric matrix, row-major, and gives the solution of its equations by its triangular root. */

/** Pivots below this share of their diagonal are taken for 0. */
const SINGULAR = 1e-12;

/**
 * Solves A x = b in place of both: `a` becomes its root, `b` the solution. False where A is not clearly positive
 * definite; `b` is then as it was.
 *
 * @param a n × n, of which the lower triangle is read
 */
export function solveByRoot(a: Float64Array, b: Float64Array): boolean {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    const before = a[i * n + i]!;
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      if (j < i) a[i * n + j] = sum / a[j * n + j]!;
      else if (sum > SINGULAR * before) a[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= a[i * n + k]! * b[k]!;
    b[i] = sum / a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= a[k * n + i]! * b[k]!;
    b[i] = sum / a[i * n + i]!;
  }
  return true;
}
