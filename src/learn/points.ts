/**
 * A points rule: conditions give points, and the total a probability by what became of training rows with such totals.
 * Takes a dataset of two classes and rules, or drafts them, and gives a model that is plain JSON a person can edit.
 */
import { Problem } from "../base/problem.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { type ClassesToLearn, checkOption, checkTraining, optionsOver } from "./checks.ts";
import { rowWeights } from "./class-weights.ts";
import { featuresOf } from "./features.ts";
import type { Explanation, Learner, Model, TrainingControl } from "./model.ts";
import {
  type ModelHeader,
  readHeader,
  readList,
  readNumber,
  readNumbers,
  readParts,
  unreadable,
} from "./model-json.ts";
import { type DraftOptions, draftRules } from "./points-draft.ts";
import { type PointsRule, pointsOf, type ReadyRule, readyRules } from "./points-rules.ts";
import { heightAt, type Polyline, risingFit } from "./rising-fit.ts";
import { throughCurve } from "./through-curve.ts";

export interface PointsOptions extends DraftOptions {
  /** The rules; null = drafted from the rows. Default null. Of a draft alone are: `stretches` (default 5),
   * `pointsToDouble` (default 10), `l2` (default 1) and `classWeights` (default null). */
  readonly rules: readonly PointsRule[] | null;
  /** Rows of the base rate added to those of each total, so that few rows make no certainty; ≥ 0. Default 1. */
  readonly smoothing: number;
}

/** A total with the share of the second class among rows that have it. */
export interface TotalShare {
  readonly points: number;
  /** Never less than that of a lower total; between totals it is in proportion. */
  readonly share: number;
  /** Weight of the training rows with this total; tells how far to trust the share, and is not used. */
  readonly rows: number;
}

export interface PointsModel extends Model {
  readonly rules: readonly PointsRule[];
  readonly shares: readonly TotalShare[];
}

const DEFAULTS: PointsOptions = {
  rules: null,
  stretches: 5,
  pointsToDouble: 10,
  l2: 1,
  classWeights: null,
  smoothing: 1,
};
const KIND = "points";
const VERSION = 1;

/** @throws Problem as `Learner.fit`; `LEARN_OPTION` also for a rule that cannot be read */
export async function fitPoints(
  dataset: Dataset,
  options: Partial<PointsOptions> = {},
  control: TrainingControl = {},
): Promise<PointsModel> {
  const { rules: given, smoothing, ...draft } = optionsOver(DEFAULTS, options);
  const { stretches, pointsToDouble } = draft;
  checkOption(
    smoothing >= 0 && smoothing < Infinity,
    "smoothing",
    smoothing,
    "a number of 0 or more",
  );
  checkOption(
    Number.isInteger(stretches) && stretches >= 2 && stretches <= 20,
    "stretches",
    stretches,
    "a whole number from 2 to 20",
  );
  checkOption(
    pointsToDouble >= 1 && pointsToDouble <= 100,
    "pointsToDouble",
    pointsToDouble,
    "a number from 1 to 100",
  );
  const target = checkTraining(dataset, "binary") as ClassesToLearn;
  rowWeights(target, draft.classWeights);
  const features = featuresOf(dataset);
  const rules = given ?? (await draftRules(dataset, draft, control));
  const checked = readyRules(rules, features);
  if ("wrong" in checked) return wrongRule(checked.wrong, checked.where);
  const points = pointsOf(dataset, features, checked.ready);
  const usual = new Float64Array(features.length);
  let total = 0;
  for (let row = 0; row < dataset.rows; row++) {
    const weight = target.weights === null ? 1 : target.weights[row]!;
    total += weight;
    for (let f = 0; f < usual.length; f++) usual[f]! += weight * points[row * usual.length + f]!;
  }
  return pointsModel(
    { task: "binary", features, classes: target.classes },
    JSON.parse(JSON.stringify(rules)) as PointsRule[],
    checked.ready,
    usual.map((sum) => sum / total),
    sharesOf(totalsOf(points, features.length), target, smoothing),
  );
}

function wrongRule(wrong: string, where: string): never {
  throw new Problem("LEARN_OPTION", {
    what: wrong,
    where: `option ${where}`,
    fix: "Give rules as they are documented with the learner.",
  });
}

function totalsOf(points: Float64Array, width: number): Float64Array {
  const totals = new Float64Array(points.length / width);
  for (let i = 0; i < points.length; i++) totals[Math.floor(i / width)]! += points[i]!;
  return totals;
}

function sharesOf(totals: Float64Array, target: ClassesToLearn, smoothing: number): TotalShare[] {
  const sums = new Map<number, { rows: number; positives: number }>();
  let rows = 0;
  let positives = 0;
  for (let row = 0; row < totals.length; row++) {
    const weight = target.weights === null ? 1 : target.weights[row]!;
    if (weight === 0) continue;
    const own = sums.get(totals[row]!) ?? { rows: 0, positives: 0 };
    own.rows += weight;
    rows += weight;
    if (target.codes[row] === 1) {
      own.positives += weight;
      positives += weight;
    }
    sums.set(totals[row]!, own);
  }
  const all = [...sums].sort(([one], [other]) => one - other);
  const base = positives / rows;
  const shares = risingFit(
    Float64Array.from(
      all,
      ([, own]) => (own.positives + smoothing * base) / (own.rows + smoothing),
    ),
    Float64Array.from(all, ([, own]) => own.rows + smoothing),
  );
  return all.map(([points, own], i) => ({ points, share: shares[i]!, rows: own.rows }));
}

function pointsModel(
  header: ModelHeader,
  rules: readonly PointsRule[],
  ready: readonly ReadyRule[],
  usual: Float64Array,
  shares: readonly TotalShare[],
): PointsModel {
  const { features } = header;
  const line: Polyline = {
    x: Float64Array.from(shares, ({ points }) => points),
    y: Float64Array.from(shares, ({ share }) => share),
  };
  const curve = (total: number) => heightAt(line, total);
  return {
    kind: KIND,
    ...header,
    rules,
    shares,
    predict: (dataset) => totalsOf(pointsOf(dataset, features, ready), features.length).map(curve),
    explain(dataset): Explanation {
      const points = pointsOf(dataset, features, ready);
      return throughCurve(
        {
          scale: "value",
          features,
          outputs: 1,
          base: Float64Array.of(usual.reduce((sum, one) => sum + one, 0)),
          values: points.map((own, i) => own - usual[i % features.length]!),
        },
        curve,
        "probability",
      );
    },
    toJSON: () => ({
      kind: KIND,
      version: VERSION,
      ...header,
      rules,
      shares,
      usual: Array.from(usual),
    }),
  };
}

/** @throws Problem `MODEL_UNREADABLE` */
export function readPoints(json: unknown): PointsModel {
  const { header, parts } = readHeader(json, KIND, VERSION, ["binary"]);
  const checked = readyRules(parts.rules, header.features);
  if ("wrong" in checked) return unreadable(checked.wrong, checked.where);
  const shares = readList(parts.shares, "shares").map((one, i): TotalShare => {
    const { points, share, rows } = readParts(one, `shares, ${i}`);
    return {
      points: readNumber(points, `shares, ${i}, points`),
      share: readNumber(share, `shares, ${i}, share`, 0, 1),
      rows: readNumber(rows, `shares, ${i}, rows`, 0),
    };
  });
  if (shares.length === 0) unreadable("There is no total", "shares");
  for (let i = 1; i < shares.length; i++) {
    if (!(shares[i]!.points > shares[i - 1]!.points))
      unreadable("The totals do not ascend", `shares, ${i}`);
    if (!(shares[i]!.share >= shares[i - 1]!.share))
      unreadable("More points have a smaller share", `shares, ${i}`);
  }
  const usual = readNumbers(parts.usual, "usual", header.features.length);
  return pointsModel(header, parts.rules as PointsRule[], checked.ready, usual, shares);
}

export const points: Learner<Partial<PointsOptions>> = {
  kind: KIND,
  fit: fitPoints,
  fromJSON: readPoints,
};
