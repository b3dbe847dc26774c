/** Takes the JSON of any model and gives the model, without what trains it: fit for a browser. */
import { readBaseRate } from "./base-rate.ts";
import { readBoosting } from "./boosting-model.ts";
import { readCalibrated } from "./calibrate.ts";
import { forestFromJson } from "./forest-model.ts";
import { readLogistic } from "./logistic.ts";
import type { Model } from "./model.ts";
import { readParts, unreadable } from "./model-json.ts";
import { readNaiveBayes } from "./naive-bayes.ts";
import { readPoints } from "./points.ts";
import { readRidge } from "./ridge.ts";

const READERS: ReadonlyMap<unknown, (json: unknown) => Model> = new Map([
  ["forest", forestFromJson],
  ["boosting", readBoosting],
  ["logistic", readLogistic],
  ["ridge", readRidge],
  ["naive-bayes", readNaiveBayes],
  ["base-rate", readBaseRate],
  ["points", readPoints],
]);

/**
 * Reads what `toJSON` of a model wrote; parsed JSON, of whatever origin.
 *
 * @throws Problem `MODEL_UNREADABLE` (of an unknown kind or version, or with a part that no model wrote)
 */
export function modelFromJSON(json: unknown): Model {
  const { kind } = readParts(json, "model");
  // One calibration can be around a model, not one around another.
  return kind === "calibrated" ? readCalibrated(json, readLearned) : readLearned(json);
}

function readLearned(json: unknown): Model {
  const { kind } = readParts(json, "model");
  const read = READERS.get(kind);
  if (read) return read(json);
  unreadable(`There is no model of the kind ${String(kind)}`, "kind");
}
