/** Reads what models write, trusting nothing: takes parsed JSON and gives its checked parts or `MODEL_UNREADABLE`. */
import { Problem } from "../base/problem.ts";
import type { Feature } from "./features.ts";
import type { Task } from "./model.ts";

/** What the JSON of every model begins with. */
export interface ModelHeader {
  readonly task: Task;
  readonly features: readonly Feature[];
  readonly classes: readonly string[] | null;
}

/** A JSON object whose parts are yet to be checked. */
export type JsonParts = Readonly<Record<string, unknown>>;

/** @throws Problem `MODEL_UNREADABLE` */
export function unreadable(what: string, where: string): never {
  throw new Problem("MODEL_UNREADABLE", {
    what,
    where,
    fix: "Give the JSON as the model's toJSON wrote it, or train the model again.",
  });
}

/** @throws Problem `MODEL_UNREADABLE` unless it is a JSON object */
export function readParts(json: unknown, where: string): JsonParts {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as JsonParts;
  unreadable("It is no JSON object", where);
}

/** @throws Problem `MODEL_UNREADABLE` unless it is an array (of that length) */
export function readList(json: unknown, where: string, length?: number): readonly unknown[] {
  if (!Array.isArray(json)) unreadable("It is no list", where);
  if (length !== undefined && json.length !== length)
    unreadable(`It has ${json.length} entries, not ${length}`, where);
  return json;
}

/** @throws Problem `MODEL_UNREADABLE` unless it is a finite number from `least` to `most` */
export function readNumber(
  json: unknown,
  where: string,
  least: number = -Infinity,
  most: number = Infinity,
): number {
  if (typeof json === "number" && Number.isFinite(json) && json >= least && json <= most)
    return json;
  unreadable(`It is no number from ${least} to ${most}`, where);
}

/** @throws Problem `MODEL_UNREADABLE` unless it is a whole number from `least` to `most` */
export function readWhole(json: unknown, where: string, least: number, most: number): number {
  const number = readNumber(json, where, least, most);
  if (Number.isInteger(number)) return number;
  unreadable("It is no whole number", where);
}

/** @throws Problem `MODEL_UNREADABLE` unless it is a list of finite numbers (of that length) from `least` to `most` */
export function readNumbers(
  json: unknown,
  where: string,
  length?: number,
  least: number = -Infinity,
  most: number = Infinity,
): Float64Array {
  const list = readList(json, where, length);
  const out = new Float64Array(list.length);
  for (let i = 0; i < out.length; i++) out[i] = readNumber(list[i], `${where}, ${i}`, least, most);
  return out;
}

/** @throws Problem `MODEL_UNREADABLE` unless it is one of the texts */
export function readOneOf<Text extends string>(
  json: unknown,
  where: string,
  texts: readonly Text[],
): Text {
  for (const text of texts) if (json === text) return text;
  unreadable(`It is none of: ${texts.join(", ")}`, where);
}

/** @throws Problem `MODEL_UNREADABLE` unless it is a list of different texts */
export function readNames(json: unknown, where: string): string[] {
  const names = readList(json, where).map((name, i) =>
    typeof name === "string" ? name : unreadable("It is no text", `${where}, ${i}`),
  );
  if (new Set(names).size !== names.length) unreadable("A name comes twice", where);
  return names;
}

const KINDS = ["numeric", "categorical", "boolean", "time"] as const;
const TASKS = ["binary", "multiclass", "regression"] as const;

/** @throws Problem `MODEL_UNREADABLE` */
export function readFeatures(json: unknown, where: string = "features"): Feature[] {
  const features = readList(json, where).map((one, i): Feature => {
    const at = `${where}, ${i}`;
    const { name, kind, levels } = readParts(one, at);
    if (typeof name !== "string") unreadable("It has no name", at);
    const known = readOneOf(kind, `${at}, kind`, KINDS);
    if (known === "categorical")
      return { name, kind: known, levels: readNames(levels, `${at}, levels`) };
    if (levels !== null) unreadable("Only categorical features have levels", at);
    return { name, kind: known, levels: null };
  });
  if (features.length === 0) unreadable("There are no features", where);
  if (new Set(features.map(({ name }) => name)).size !== features.length)
    unreadable("A feature comes twice", where);
  return features;
}

/**
 * The start of a model's JSON, and all its parts.
 *
 * @param kind the learner's
 * @param version the one version of its form that the learner reads
 * @param tasks those that the learner knows
 * @throws Problem `MODEL_UNREADABLE` (of another kind or version, or not what `modelHeader` wrote)
 */
export function readHeader(
  json: unknown,
  kind: string,
  version: number,
  tasks: readonly Task[] = TASKS,
): { readonly header: ModelHeader; readonly parts: JsonParts } {
  const parts = readParts(json, "model");
  if (parts.kind !== kind)
    unreadable(`It is a ${String(parts.kind)} model, not a ${kind} one`, "kind");
  if (parts.version !== version)
    unreadable(`Its form has version ${String(parts.version)}; known is ${version}`, "version");
  const task = readOneOf(parts.task, "task", tasks);
  const features = readFeatures(parts.features);
  if (task === "regression") {
    if (parts.classes !== null) unreadable("A regression has no classes", "classes");
    return { header: { task, features, classes: null }, parts };
  }
  const classes = readNames(parts.classes, "classes");
  const fitting = task === "binary" ? classes.length === 2 : classes.length > 2;
  if (!fitting) unreadable(`A ${task} model has ${classes.length} classes`, "classes");
  return { header: { task, features, classes }, parts };
}
