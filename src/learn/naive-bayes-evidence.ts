/** What one feature says of the classes, by itself: takes a column and gives logarithms of shares and densities. */
import type { ClassesToLearn } from "./checks.ts";
import { log } from "./exp.ts";
import type { Feature } from "./features.ts";
import {
  type JsonParts,
  readList,
  readNumber,
  readNumbers,
  readParts,
  unreadable,
} from "./model-json.ts";

/** ln of what a feature says for each class. */
export interface FeatureEvidence {
  /** Per class, when the value is missing; null where nothing was missing: then it says nothing. */
  readonly missing: Float64Array | null;
  /** Per class, when a value is there (beside what the value says); null where nothing was missing. */
  readonly present: Float64Array | null;
  readonly normal: NormalEvidence | null;
  /** Level code → per class; a level not there was not seen and says as little as missing. */
  readonly levels: ReadonlyMap<number, Float64Array> | null;
}

/** ln density of z = (x − center) / scale: least − (z − mean)² × steepness, per class. */
interface NormalEvidence {
  readonly center: number;
  readonly scale: number;
  readonly means: Float64Array;
  readonly steepness: Float64Array;
  readonly highest: Float64Array;
}

/** Distances from a class's mean count up to this, so that scores stay finite. */
const FARTHEST = 1e6;

/**
 * @param smoothing added to the weight of every level, and of missing, in every class
 * @param varianceShare of the variance over all rows, added to that within each class
 */
export function evidenceOf(
  feature: Feature,
  column: Float64Array,
  target: ClassesToLearn,
  smoothing: number,
  varianceShare: number,
): FeatureEvidence {
  const known = presenceOf(column, target, smoothing);
  return feature.kind === "numeric" || feature.kind === "time"
    ? { ...known, normal: normalEvidence(column, target, varianceShare), levels: null }
    : { ...known, normal: null, levels: levelEvidence(column, target, smoothing) };
}

/** What a row counts. */
export function weightOf({ weights }: ClassesToLearn, row: number): number {
  return weights === null ? 1 : weights[row]!;
}

/** ln share of missing and of present rows within each class. */
function presenceOf(
  column: Float64Array,
  target: ClassesToLearn,
  smoothing: number,
): Pick<FeatureEvidence, "missing" | "present"> {
  const classes = target.classes.length;
  const missing = new Float64Array(classes).fill(smoothing);
  const present = new Float64Array(classes).fill(smoothing);
  let any = false;
  for (let row = 0; row < column.length; row++) {
    const weight = weightOf(target, row);
    if (weight === 0) continue;
    const absent = Number.isNaN(column[row]);
    any ||= absent;
    (absent ? missing : present)[target.codes[row]!]! += weight;
  }
  if (!any) return { missing: null, present: null };
  const total = missing.map((sum, k) => sum + present[k]!);
  return {
    missing: missing.map((sum, k) => log(sum / total[k]!)),
    present: present.map((sum, k) => log(sum / total[k]!)),
  };
}

function levelEvidence(
  column: Float64Array,
  target: ClassesToLearn,
  smoothing: number,
): Map<number, Float64Array> {
  const classes = target.classes.length;
  const sums = new Map<number, Float64Array>();
  const totals = new Float64Array(classes);
  for (let row = 0; row < column.length; row++) {
    const level = column[row]!;
    const weight = weightOf(target, row);
    if (weight === 0 || Number.isNaN(level)) continue;
    let own = sums.get(level);
    if (own === undefined) {
      own = new Float64Array(classes);
      sums.set(level, own);
    }
    own[target.codes[row]!]! += weight;
    totals[target.codes[row]!]! += weight;
  }
  const ordered = [...sums].sort(([one], [other]) => one - other);
  return new Map(
    ordered.map(([level, own]) => [
      level,
      own.map((sum, k) => log((sum + smoothing) / (totals[k]! + smoothing * sums.size))),
    ]),
  );
}

/** Null where the numbers do not vary: then they say nothing. */
function normalEvidence(
  column: Float64Array,
  target: ClassesToLearn,
  varianceShare: number,
): NormalEvidence | null {
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < column.length; row++) {
    if (weightOf(target, row) === 0) continue;
    least = Math.min(least, Number.isNaN(column[row]) ? Infinity : column[row]!);
    most = Math.max(most, Number.isNaN(column[row]) ? -Infinity : column[row]!);
  }
  if (!(least < most)) return null;
  const center = least / 2 + most / 2;
  const scale = most / 2 - least / 2;
  if (scale === 0) return null;
  const classes = target.classes.length;
  const totals = new Float64Array(classes + 1);
  const means = new Float64Array(classes + 1);
  const variances = new Float64Array(classes + 1);
  const pass = (sums: Float64Array, of: (z: number, k: number) => number) => {
    for (let row = 0; row < column.length; row++) {
      const weight = weightOf(target, row);
      if (weight === 0 || Number.isNaN(column[row])) continue;
      const z = (column[row]! - center) / scale;
      const k = target.codes[row]!;
      sums[k]! += weight * of(z, k);
      sums[classes]! += weight * of(z, classes);
    }
  };
  pass(totals, () => 1);
  pass(means, (z) => z);
  for (let k = 0; k <= classes; k++) means[k] = totals[k]! > 0 ? means[k]! / totals[k]! : 0;
  pass(variances, (z, k) => (z - means[k]!) * (z - means[k]!));
  const overall = variances[classes]! / totals[classes]!;
  // Of a class without a number nothing is known but what is known of all.
  const variance = Float64Array.from({ length: classes }, (_, k) =>
    totals[k]! > 0 ? variances[k]! / totals[k]! + varianceShare * overall : overall,
  );
  return {
    center,
    scale,
    means: Float64Array.from({ length: classes }, (_, k) =>
      totals[k]! > 0 ? means[k]! : means[classes]!,
    ),
    steepness: variance.map((one) => 0.5 / one),
    highest: variance.map((one) => -0.5 * log(one)),
  };
}

/** Adds to out, one number per class from `at`, what a value says. */
export function say(evidence: FeatureEvidence, x: number, out: Float64Array, at: number): void {
  const { missing, present, normal, levels } = evidence;
  const own = levels?.get(x);
  if (Number.isNaN(x) || (levels !== null && own === undefined)) {
    if (missing !== null) for (let k = 0; k < missing.length; k++) out[at + k]! += missing[k]!;
    return;
  }
  if (present !== null) for (let k = 0; k < present.length; k++) out[at + k]! += present[k]!;
  if (own !== undefined) for (let k = 0; k < own.length; k++) out[at + k]! += own[k]!;
  if (normal === null) return;
  const { center, scale, means, steepness, highest } = normal;
  const z = Math.max(-FARTHEST, Math.min(FARTHEST, (x - center) / scale));
  for (let k = 0; k < means.length; k++) {
    const off = z - means[k]!;
    out[at + k]! += highest[k]! - off * off * steepness[k]!;
  }
}

export function evidenceJson({ missing, present, normal, levels }: FeatureEvidence) {
  return {
    missing: missing && Array.from(missing),
    present: present && Array.from(present),
    normal: normal && {
      center: normal.center,
      scale: normal.scale,
      means: Array.from(normal.means),
      steepness: Array.from(normal.steepness),
      highest: Array.from(normal.highest),
    },
    levels: levels && [...levels].map(([level, own]) => [level, ...own]),
  };
}

/** @throws Problem `MODEL_UNREADABLE` */
export function readEvidence(
  parts: JsonParts,
  feature: Feature,
  classes: number,
  where: string,
): FeatureEvidence {
  const perClass = (json: unknown, name: string) =>
    json === null ? null : readNumbers(json, `${where}, ${name}`, classes);
  const missing = perClass(parts.missing, "missing");
  const present = perClass(parts.present, "present");
  const numeric = feature.kind === "numeric" || feature.kind === "time";
  if (parts[numeric ? "levels" : "normal"] !== null)
    unreadable(`A ${feature.kind} feature has no such part`, where);
  if (numeric) {
    if (parts.normal === null) return { missing, present, normal: null, levels: null };
    const normal = readParts(parts.normal, `${where}, normal`);
    const numbers = (name: string, least?: number) =>
      readNumbers(normal[name], `${where}, ${name}`, classes, least);
    return {
      missing,
      present,
      normal: {
        center: readNumber(normal.center, `${where}, center`),
        scale: readNumber(normal.scale, `${where}, scale`, Number.MIN_VALUE),
        means: numbers("means"),
        steepness: numbers("steepness", 0),
        highest: numbers("highest"),
      },
      levels: null,
    };
  }
  const most = feature.levels === null ? 1 : feature.levels.length - 1;
  const levels = new Map<number, Float64Array>();
  readList(parts.levels, `${where}, levels`).forEach((one, i) => {
    const at = `${where}, levels, ${i}`;
    const [level, ...own] = readList(one, at, classes + 1);
    levels.set(readNumber(level, at, 0, most), readNumbers(own, at, classes));
  });
  return { missing, present, normal: null, levels };
}
