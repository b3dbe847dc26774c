/** What every evaluation asks of its input; each refusal has one code. */
import { Problem } from "../base/problem.ts";

/** @throws Problem `EVALUATE_LENGTH` where a part has not one entry per row */
export function checkLength(part: string, length: number | undefined, rows: number): void {
  if (length === undefined || length === rows) return;
  throw new Problem("EVALUATE_LENGTH", {
    what: `There are ${rows} rows, and ${length} entries of ${part}`,
    where: part,
    fix: "Give every part one entry per row.",
  });
}

/** @throws Problem `EVALUATE_VALUE` naming the first row at fault; none where `row` is −1 */
export function checkValues(part: string, row: number, value: unknown, fix: string): void {
  if (row < 0) return;
  throw new Problem("EVALUATE_VALUE", {
    what: `Row ${row} has ${part} ${String(value)}`,
    where: `${part}, row ${row}`,
    fix,
  });
}

/** @throws Problem `EVALUATE_VALUE` where a number is NaN or infinite */
export function checkFinite(part: string, values: Float64Array): void {
  const row = values.findIndex((value) => !Number.isFinite(value));
  checkValues(part, row, values[row], "Leave out rows that have none; give finite numbers.");
}

/** Weights and groups of rows. @throws Problem `EVALUATE_LENGTH`, `EVALUATE_VALUE`, `EVALUATE_EMPTY` (nothing to weigh) */
export function checkParts(
  rows: number,
  weights: Float64Array | null,
  groups: Int32Array | null,
): void {
  checkLength("weights", weights?.length, rows);
  checkLength("groups", groups?.length, rows);
  if (weights !== null) {
    const row = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
    checkValues("weight", row, weights[row], "Give finite weights of 0 or more.");
  }
  if (rows > 0 && (weights === null || weights.some((weight) => weight > 0))) return;
  throw new Problem("EVALUATE_EMPTY", {
    what: rows === 0 ? "There are no rows" : "Every row has weight 0",
    fix: "Evaluate on at least one row that counts.",
  });
}

/** @throws Problem `EVALUATE_OPTION` where an option is outside what it may be */
export function checkOption(option: string, fine: boolean, value: unknown, range: string): void {
  if (fine) return;
  throw new Problem("EVALUATE_OPTION", {
    what: `${option} is ${String(value)}`,
    where: option,
    fix: `Give ${range}.`,
  });
}

/** @throws Problem `EVALUATE_ONE_CLASS` where all rows that count are positive, or none is */
export function checkBothClasses(positive: number, negative: number, measure: string): void {
  if (positive > 0 && negative > 0) return;
  throw new Problem("EVALUATE_ONE_CLASS", {
    what: `${measure} needs rows of both kinds; all are ${positive > 0 ? "positive" : "negative"}`,
    where: "labels",
    fix: "Evaluate on rows of a longer time or a larger group.",
  });
}
