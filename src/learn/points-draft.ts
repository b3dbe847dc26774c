/** Takes rows of two classes and drafts rules of points from them, for a person to change. */
import type { Column, Dataset } from "../dataset/dataset.ts";
import type { ClassWeights } from "./class-weights.ts";
import type { FeatureTerms } from "./design.ts";
import { fitLogistic } from "./logistic.ts";
import type { TrainingControl } from "./model.ts";
import { MOST_POINTS, type PointsRule } from "./points-rules.ts";
import { startsOf, stretchOf } from "./stretches.ts";

export interface DraftOptions {
  /** Numbers are cut into about this many stretches of equal count, 2 … 20. */
  readonly stretches: number;
  /** That many points double the odds, 1 … 100. */
  readonly pointsToDouble: number;
  /** Penalty of the regression that weighs the conditions. */
  readonly l2: number;
  readonly classWeights: ClassWeights;
}

/**
 * Cuts numbers into stretches, weighs these, the levels and missing against each other by one logistic regression, and
 * rounds its log-odds to points. Conditions worth 0 points are left out; levels worth the same share a rule.
 *
 * @throws Problem as `fitLogistic`
 */
export async function draftRules(
  dataset: Dataset,
  options: DraftOptions,
  control: TrainingControl = {},
): Promise<PointsRule[]> {
  const { weights } = dataset;
  const cuts = dataset.columns.map((column) =>
    column.kind === "numeric" || column.kind === "time"
      ? startsOf(column.values, weights, options.stretches)
      : [],
  );
  const columns = dataset.columns.map((column, f) => inStretches(column, cuts[f] ?? []));
  const { l2, classWeights } = options;
  const { linear } = await fitLogistic({ ...dataset, columns }, { l2, classWeights }, control);
  const slopes = linear.slopes[0] ?? new Float64Array(0);
  return linear.design.terms.flatMap((terms, f) => {
    const worth = (term: number) => {
      const points = Math.round((slopes[term]! * options.pointsToDouble) / Math.LN2);
      return Math.max(-MOST_POINTS, Math.min(MOST_POINTS, points)) + 0;
    };
    return rulesOf(dataset.columns[f]!, cuts[f] ?? [], terms, worth).filter(
      ({ points }) => points !== 0,
    );
  });
}

/** Numbers as the levels of their stretches; other columns as they are. */
function inStretches(column: Column, starts: readonly number[]): Column {
  if (column.kind !== "numeric" && column.kind !== "time") return column;
  const codes = Int32Array.from(column.values, (x) => stretchOf(starts, x));
  const levels = Array.from({ length: starts.length + 1 }, (_, i) => `${i}`);
  return { kind: "categorical", name: column.name, codes, levels };
}

function rulesOf(
  column: Column,
  starts: readonly number[],
  { first, levels, missing, scale }: FeatureTerms,
  worth: (term: number) => number,
): PointsRule[] {
  const { name } = column;
  const rules: PointsRule[] = [];
  let next = first;
  if (column.kind === "boolean") {
    if (scale > 0) rules.push({ column: name, is: true, points: worth(next++) });
  } else if (column.kind === "categorical") {
    const byPoints = new Map<number, string[]>();
    for (const code of levels ?? []) {
      const points = worth(next++);
      const same = byPoints.get(points) ?? [];
      byPoints.set(points, [...same, column.levels[code]!]);
    }
    const best = [...byPoints].sort(([one], [other]) => other - one);
    for (const [points, is] of best) rules.push({ column: name, is, points });
  } else {
    const told = (at: number) => (column.kind === "time" ? new Date(at).toISOString() : at);
    // A single stretch is no condition.
    if (starts.length === 0) next += levels?.length ?? 0;
    else
      for (const code of levels ?? []) {
        const from = starts[code - 1];
        const below = starts[code];
        rules.push({
          column: name,
          ...(from === undefined ? {} : { from: told(from) }),
          ...(below === undefined ? {} : { below: told(below) }),
          points: worth(next++),
        });
      }
  }
  if (missing) rules.push({ column: name, missing: true, points: worth(next) });
  return rules;
}
