/** What scores and labels must be before a calibration is fit on them. */
import { Problem } from "../base/problem.ts";

/** Scores with what became of their rows. */
export interface LabelledScores {
  readonly scores: Float64Array;
  /** 1 = positive, 0 = not. */
  readonly labels: ArrayLike<number>;
  /** Weight per row, ≥ 0; null = 1 each. */
  readonly weights: Float64Array | null;
}

function wrong(what: string, where: string, fix: string): never {
  throw new Problem("LEARN_SCORES", { what, where, fix });
}

/**
 * The rows that count, checked.
 *
 * @throws Problem `LEARN_SCORES` (lengths that differ, a NaN score, a label other than 0 and 1, a negative weight),
 * `LEARN_ONE_CLASS` (labels of one kind only, rows of weight 0 apart)
 */
export function checkedScores({ scores, labels, weights }: LabelledScores): {
  scores: Float64Array;
  labels: Uint8Array;
  weights: Float64Array;
} {
  const rows = scores.length;
  if (labels.length !== rows || (weights !== null && weights.length !== rows))
    wrong(
      `There are ${rows} scores, ${labels.length} labels and ${weights?.length ?? "no"} weights`,
      "scores",
      "Give one label, and one weight if any, per score.",
    );
  const kept: number[] = [];
  const seen = [false, false];
  for (let row = 0; row < rows; row++) {
    const label = labels[row];
    const weight = weights === null ? 1 : weights[row]!;
    if (label !== 0 && label !== 1)
      wrong(`A label is ${label}`, `labels, ${row}`, "Give 1 for positive rows and 0 for others.");
    if (!(weight >= 0 && weight < Infinity))
      wrong(`A weight is ${weight}`, `weights, ${row}`, "Give finite weights of 0 or more.");
    if (!Number.isFinite(scores[row]))
      wrong(`A score is ${scores[row]}`, `scores, ${row}`, "Give finite scores.");
    if (weight === 0) continue;
    seen[label] = true;
    kept.push(row);
  }
  if (!seen[0] || !seen[1]) {
    throw new Problem("LEARN_ONE_CLASS", {
      what: seen[0] || seen[1] ? "Every label is the same" : "There is no row that counts",
      where: "labels",
      fix: "Give rows of both kinds with weights above 0.",
    });
  }
  return {
    scores: Float64Array.from(kept, (row) => scores[row]!),
    labels: Uint8Array.from(kept, (row) => labels[row]!),
    weights: Float64Array.from(kept, (row) => (weights === null ? 1 : weights[row]!)),
  };
}
