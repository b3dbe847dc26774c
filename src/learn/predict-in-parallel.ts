/** Prediction of many rows on the threads of the pool: equal to `model.predict` to the bit, without blocking. */
import type { Dataset } from "../dataset/dataset.ts";
import type { Model, TrainingControl } from "./model.ts";
import { pool, runParts } from "./pool.ts";
import type { PartPlan, RowPart } from "./predict-part.ts";
import { encodedRows, treePredictionOf } from "./tree-prediction.ts";
import { planFor } from "./walk.ts";
import { walkModule } from "./walk-kernel.ts";

/** Rows × trees from which threads are worth their messages. */
const MANY_WALKS = 2 ** 21;
/** Rows of a part: enough beside a message. */
const LEAST_ROWS = 2048;
/** Bytes of a part's numbers, of which there is one copy per thread: more would be faster by nothing. */
const PART_BYTES = 2 ** 20;
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
  const loops = prediction === null || walks < MANY_WALKS ? null : walkModule();
  if (loops !== null) pool.prepare("predict", threads, control);
  const plan =
    prediction === null || loops === null ? null : planFor(prediction.trees, prediction.features);
  if (prediction === null || loops === null || plan === null) {
    const predicted = model.predict(dataset);
    onProgress?.(1);
    return predicted;
  }
  const { outputs } = plan;
  const shared: PartPlan = { plan, loops };
  const width = prediction.features.length;
  const even = Math.ceil(rows / (threads * PARTS));
  const most = Math.floor(PART_BYTES / (8 * (width + outputs)));
  const step = Math.max(LEAST_ROWS, Math.min(most, even));
  const sums = new Float64Array(rows * outputs);
  let next = 0;
  let done = 0;
  const hand = async () => {
    // One room for part after part: messages carry views of it and no copies.
    const room = new SharedArrayBuffer(8 * step * (width + outputs));
    while (next < rows) {
      const from = next;
      const to = Math.min(rows, from + step);
      next = to;
      const part: RowPart = {
        columns: encodedRows(dataset, prediction.features, from, to).map((column, i) => {
          const copy = new Float64Array(room, 8 * step * i, column.length);
          copy.set(column);
          return copy;
        }),
        rows: to - from,
        sums: new Float64Array(room, 8 * step * width, (to - from) * outputs),
      };
      await runParts<void>("predict", shared, [part], {
        threads,
        ...(signal === undefined ? {} : { signal }),
      });
      sums.set(part.sums, from * outputs);
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
