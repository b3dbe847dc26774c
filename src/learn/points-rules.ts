/** Rules that give a row points, written so that a person can read and change them. */

import type { Dataset } from "../dataset/dataset.ts";
import { encoded, type Feature } from "./features.ts";

/**
 * When the condition holds of the column, the points are added. Times are ISO 8601 texts in UTC or milliseconds.
 * All rules that hold count, also several of one column.
 */
export type PointsRule = { readonly column: string; readonly points: number } & (
  | { readonly is: boolean | readonly string[] }
  | { readonly from?: number | string; readonly below?: number | string }
  | { readonly missing: true }
);

/** Most points of a rule, either way. */
export const MOST_POINTS = 1000;
const MOST_RULES = 10_000;

/** A rule as rows are held against it. */
export interface ReadyRule {
  readonly feature: number;
  readonly points: number;
  /** Of an encoded value, which may be NaN. */
  readonly holds: (x: number) => boolean;
}

/** Made ready, or the reason why a rule cannot be. */
export type ReadyRules =
  | { readonly ready: readonly ReadyRule[] }
  | { readonly wrong: string; readonly where: string };

/** Takes rules as they came, trusting nothing. */
export function readyRules(rules: unknown, features: readonly Feature[]): ReadyRules {
  if (!Array.isArray(rules)) return { wrong: "The rules are no list", where: "rules" };
  if (rules.length > MOST_RULES)
    return { wrong: `There are more than ${MOST_RULES} rules`, where: "rules" };
  const ready: ReadyRule[] = [];
  for (const [i, rule] of rules.entries()) {
    const one = readyRule(rule, features);
    if (typeof one === "string") return { wrong: one, where: `rules, ${i}` };
    ready.push(one);
  }
  return { ready };
}

function readyRule(rule: unknown, features: readonly Feature[]): ReadyRule | string {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule))
    return "The rule is no object";
  const { column, points, ...condition } = rule as Record<string, unknown>;
  const place = features.findIndex(({ name }) => name === column);
  const feature = features[place];
  if (!feature) return `There is no column ${String(column)}`;
  if (typeof points !== "number" || !Number.isInteger(points) || Math.abs(points) > MOST_POINTS)
    return `Points are whole numbers from −${MOST_POINTS} to ${MOST_POINTS}`;
  const holds = readyCondition(condition, feature);
  return typeof holds === "string" ? holds : { feature: place, points, holds };
}

function readyCondition(
  condition: Readonly<Record<string, unknown>>,
  feature: Feature,
): ReadyRule["holds"] | string {
  const names = Object.keys(condition).sort().join(" ");
  if (names === "missing")
    return condition.missing === true ? Number.isNaN : "missing can only be true";
  if (names === "is") return readyIs(condition.is, feature);
  if (names !== "from" && names !== "below" && names !== "below from")
    return "A rule has either is, or from and below, or missing";
  if (feature.kind !== "numeric" && feature.kind !== "time")
    return `from and below are for numbers and times, not for ${feature.kind} columns`;
  const from = bound(condition.from, feature) ?? -Infinity;
  const below = bound(condition.below, feature) ?? Infinity;
  if (Number.isNaN(from) || Number.isNaN(below))
    return `from and below are ${feature.kind === "time" ? "times" : "numbers"}`;
  return from < below ? (x) => x >= from && x < below : "from is not less than below";
}

function readyIs(is: unknown, feature: Feature): ReadyRule["holds"] | string {
  if (feature.kind === "boolean") {
    if (typeof is !== "boolean") return "Of a truth value, is can be true or false";
    const wanted = is ? 1 : 0;
    return (x) => x === wanted;
  }
  const { levels } = feature;
  if (levels === null) return `is cannot be asked of ${feature.kind} columns; use from and below`;
  if (!Array.isArray(is)) return "is takes a list of levels";
  const codes = new Set(is.map((level) => levels.indexOf(level)));
  return codes.has(-1) ? "A level of is was never seen" : (x) => codes.has(x);
}

/** NaN when it is no number or time; undefined when there is none. */
function bound(value: unknown, feature: Feature): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== "string" || feature.kind !== "time") return Number.NaN;
  return ISO_TIME.test(value) ? Date.parse(value) : Number.NaN;
}

/** A date, or a moment that says its zone: without one its meaning would change with the machine. */
const ISO_TIME =
  /^(\d{4}|[+-]\d{6})-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Points that each feature gives each row, rows × features, row-major.
 *
 * @throws Problem `LEARN_COLUMN_MISSING`, `LEARN_COLUMN_KIND`
 */
export function pointsOf(
  dataset: Dataset,
  features: readonly Feature[],
  rules: readonly ReadyRule[],
): Float64Array {
  const columns = encoded(dataset, features);
  const width = features.length;
  const out = new Float64Array(dataset.rows * width);
  for (const { feature, points, holds } of rules) {
    const column = columns[feature]!;
    for (let row = 0; row < column.length; row++)
      if (holds(column[row]!)) out[row * width + feature]! += points;
  }
  return out;
}
