/** The matrices that ours and the rivals learn from: made or read once, written as plain numbers that both read. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { seededRandom } from "../../src/base/random.ts";

/** Rows × columns without missing values, as scikit-learn's forests know none; the first `train` rows are learnt from. */
export interface Matrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly train: number;
  /** Row-major. */
  readonly x: Float64Array;
  readonly y: Uint8Array;
}

/**
 * Leads as they are: a few strong columns, some that only matter together, some steps, counts and flags, and noise.
 * About a fifth of the rows are positive, and no model can reach an AUC of 1.
 */
export function synthetic(rows: number, columns: number, seed: number): Matrix {
  const random = seededRandom(seed);
  const x = new Float64Array(rows * columns);
  const y = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    for (let column = 0; column < columns; column++) {
      const z = random.normal();
      // Every fourth column a count, every fifth a flag, one with a long tail.
      if (column % 5 === 4) x[at + column] = z > 0.5 ? 1 : 0;
      else if (column % 4 === 3) x[at + column] = Math.min(40, Math.floor(Math.exp(z + 1)));
      else if (column === 6) x[at + column] = Math.exp(z);
      else x[at + column] = z;
    }
    const value = (column: number) => x[at + column]!;
    const score =
      0.9 * value(0) +
      0.8 * Math.sin(2 * value(1)) +
      0.7 * value(0) * value(2) +
      0.15 * Math.min(10, value(3)) +
      (value(4) === 1 && value(5) > 0 ? 1.1 : 0) +
      (value(6) > 2 ? -0.8 : 0) -
      0.4 * Math.abs(value(8)) -
      1.9;
    y[row] = random.next() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  }
  return {
    name: `${rows >= 1e6 ? `${rows / 1e6}M` : `${rows / 1000}k`} × ${columns} synthetic`,
    rows,
    columns,
    train: Math.floor(rows * 0.8),
    x,
    y,
  };
}

/** Writes a matrix into a folder of its own, as the rivals read it. @returns the folder */
export function written(matrix: Matrix, scratch: string): string {
  const folder = path.join(scratch, matrix.name.replaceAll(/[^a-z0-9]+/gi, "-"));
  mkdirSync(folder, { recursive: true });
  const { rows, columns, train, x, y } = matrix;
  writeFileSync(path.join(folder, "x.f64"), x);
  writeFileSync(path.join(folder, "y.u8"), y);
  writeFileSync(path.join(folder, "meta.json"), JSON.stringify({ rows, columns, train }));
  return folder;
}
