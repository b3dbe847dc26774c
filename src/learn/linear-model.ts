/** A linear function of a row's terms, one per output: takes datasets and gives scores and exact contributions. */
import type { Dataset } from "../dataset/dataset.ts";
import { type Design, termRows } from "./design.ts";
import { designJson, readDesign } from "./design-json.ts";
import { encoded, type Feature } from "./features.ts";
import type { Explanation } from "./model.ts";
import { type JsonParts, readList, readNumbers } from "./model-json.ts";
import { forward } from "./term-rows.ts";

export interface Linear {
  readonly features: readonly Feature[];
  readonly design: Design;
  /** One per output, length of the design's width. */
  readonly slopes: readonly Float64Array[];
  /** One per output. */
  readonly intercepts: Float64Array;
}

/** rows × outputs, row-major. @throws Problem `LEARN_COLUMN_MISSING`, `LEARN_COLUMN_KIND` */
export function linearScores(linear: Linear, dataset: Dataset): Float64Array {
  const { design, slopes, intercepts } = linear;
  const columns = encoded(dataset, linear.features);
  const rows = termRows(design, columns);
  const one = new Float64Array(dataset.rows);
  if (slopes.length === 1) {
    forward(rows, slopes[0]!, intercepts[0]!, one);
    return one;
  }
  const out = new Float64Array(dataset.rows * slopes.length);
  slopes.forEach((slope, k) => {
    forward(rows, slope, intercepts[k]!, one);
    for (let row = 0, at = k; row < one.length; row++, at += slopes.length) out[at] = one[row]!;
  });
  return out;
}

/**
 * What each feature adds to a row's scores against what it adds on average over the training rows; the base is the
 * average score.
 *
 * @throws Problem `LEARN_COLUMN_MISSING`, `LEARN_COLUMN_KIND`
 */
export function linearExplanation(
  linear: Linear,
  dataset: Dataset,
  scale: Explanation["scale"],
): Explanation {
  const { features, design, slopes, intercepts } = linear;
  const outputs = slopes.length;
  const { rows, each, place, value } = termRows(design, encoded(dataset, features));
  const usual = slopes.map((slope) => usualContributions(design, slope));
  const base = intercepts.map((intercept, k) =>
    usual[k]!.reduce((sum, one) => sum + one, intercept),
  );
  const width = features.length * outputs;
  const values = new Float64Array(rows * width);
  for (let k = 0; k < outputs; k++) {
    const slope = slopes[k]!;
    for (let row = 0, entry = 0; row < rows; row++) {
      for (let t = 0; t < each; t++, entry++) {
        const term = place[entry]!;
        const own = term < 0 ? 0 : slope[term]! * value[entry]!;
        values[row * width + design.terms[t]!.feature * outputs + k]! += own - usual[k]![t]!;
      }
    }
  }
  return { scale, features, outputs, base, values };
}

/** What each of the design's `terms` adds on average over the training rows. */
function usualContributions({ terms, means, width }: Design, slope: Float64Array): Float64Array {
  return Float64Array.from(terms, ({ first }, t) => {
    const end = terms[t + 1]?.first ?? width;
    let sum = 0;
    for (let term = first; term < end; term++) sum += slope[term]! * means[term]!;
    return sum;
  });
}

/** The parts of a linear function for a model's JSON. */
export function linearJson({ design, slopes, intercepts }: Linear) {
  return {
    design: designJson(design),
    slopes: slopes.map((slope) => Array.from(slope)),
    intercepts: Array.from(intercepts),
  };
}

/** @throws Problem `MODEL_UNREADABLE` (not what `linearJson` wrote for these features and outputs) */
export function readLinear(
  parts: JsonParts,
  features: readonly Feature[],
  outputs: number,
): Linear {
  const design = readDesign(parts.design, features);
  const slopes = readList(parts.slopes, "slopes", outputs).map((one, k) =>
    readNumbers(one, `slopes, ${k}`, design.width),
  );
  return {
    features,
    design,
    slopes,
    intercepts: readNumbers(parts.intercepts, "intercepts", outputs),
  };
}
