/** Prediction of many rows on the threads of the pool: equal to `model.predict` to the bit, without blocking. */
import type { Dataset } from "../dataset/dataset.ts";
import type { Model, TrainingControl } from "./model.ts";
import { pool, runParts } from "./pool.ts";
import type { RowPart } from "./predict-part.ts";
import { encodedRows, treePredictionOf } from "./tree-prediction.ts";
import { planFor } from "./walk.ts";
import { walkKernel } from "./walk-kernel.ts";

/** Rows × trees from which threads are worth their messages. */
const MANY_WALKS = 2 ** 21;
/** Rows of a part: enough beside a message, and few enough that their copies are small. */
const LEAST_ROWS = 2048;
const MOST_ROWS = 65_536;
/** Parts per thread, so that no thread waits long for the last. */
const PARTS = 4;

/**
 * Predicts as `model.predict` does, to the bit, whatever the number of threads. Forests and boosting, calibrated or not,
 * use the threads of the shared pool; rows go to them part by part. Other models, few rows, and trees that the kernel
 * does not take are predicted on this thread.
 *
 * @throws Problem as `model.predict`, and `LEARN_OPTION` (threads); the signal's reason when aborted
 */
export async function predictInParallel(
  model: Model,
  dataset: Dataset,
  control: TrainingControl = {},
): Promise<Float64Array> {
  const { signal, onProgress } = control;
  const threads = pool.threadsOf(control);
  signal?.throwIfAborted();
  const prediction = treePredictionOf(model);
  const { rows } = dataset;
  const walks = prediction === null ? 0 : rows * (prediction.trees.roots.length - 1);
  const plan =
    prediction === null || walks < MANY_WALKS || walkKernel() === null
      ? null
      : planFor(prediction.trees, prediction.features);
  if (prediction === null || plan === null) {
    const predicted = model.predict(dataset);
    onProgress?.(1);
    return predicted;
  }
  const { outputs } = plan;
  const even = Math.ceil(rows / (threads * PARTS));
  const step = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, even));
  const sums = new Float64Array(rows * outputs);
  let next = 0;
  let done = 0;
  const hand = async () => {
    while (next < rows) {
      const from = next;
      const to = Math.min(rows, from + step);
      next = to;
      const columns = encodedRows(dataset, prediction.features, from, to);
      // A part of a buffer would be sent as the whole.
      const part: RowPart = { columns: columns.map((one) => one.slice()), rows: to - from };
      const [said] = await runParts<Float64Array>("predict", plan, [part], {
        threads,
        ...(signal === undefined ? {} : { signal }),
      });
      if (said) sums.set(said, from * outputs);
      done += to - from;
      onProgress?.(done / rows);
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, hand));
  } finally {
    next = rows; // where one failed, the others begin no further part
  }
  return prediction.finish(sums);
}
