/** Takes rows through a plan's trees by the kernel, block by block, and adds up what the trees say. */
import { LANES, type WalkKernel } from "./walk-kernel.ts";
import type { Plan } from "./walk-plan.ts";

/**
 * Writes the sum of what all trees say of each row, tree after tree.
 *
 * @param columns encoded, in the order of the features
 * @param into rows × outputs
 */
export function sumByKernel(
  plan: Plan,
  kernel: WalkKernel,
  columns: readonly Float64Array[],
  rows: number,
  into: Float64Array,
): void {
  const { form, outputs, blockRows, image, lots, begins, ends, values, depths } = plan;
  const alone = lots.length === 2;
  if (alone) kernel.loadTrees(image);
  for (let start = 0; start < rows; start += blockRows) {
    const count = Math.min(blockRows, rows - start);
    const lanes = Math.ceil(count / LANES) * LANES;
    placeBlock(plan, kernel, columns, start, count);
    kernel.clearSums(lanes * outputs);
    for (let lot = 0; lot + 1 < lots.length; lot++) {
      const first = lots[lot]!;
      const end = lots[lot + 1]!;
      const from = begins[first]!;
      if (!alone) kernel.loadTrees(image.subarray(from, begins[end]!));
      for (let tree = first; tree < end; tree++)
        kernel.addTree(
          form,
          lanes,
          begins[tree]! - from,
          ends[tree]! - from,
          values[tree]! - from,
          depths[tree]!,
          outputs,
        );
    }
    into.set(kernel.sums(count * outputs), start * outputs);
  }
}

/** Writes the places of a block of rows, column after column. */
function placeBlock(
  { placed, ladders, blockRows }: Plan,
  kernel: WalkKernel,
  columns: readonly Float64Array[],
  start: number,
  count: number,
): void {
  const addressOf = (column: number | null) => (column === null ? null : column * blockRows);
  for (const { feature, right, left, level } of placed) {
    const column = columns[feature]!.subarray(start, start + count);
    if (right !== null || left !== null)
      kernel.placeNumbers(column, ladders[feature]!.values, addressOf(right), addressOf(left));
    if (level === null) continue;
    const places = kernel.places().subarray(level * blockRows);
    for (let row = 0; row < count; row++) {
      const code = column[row]!;
      places[row] = Number.isNaN(code) ? 0 : code + 1;
    }
  }
}
