/** Loops over lists of rows, 32-bit integers one after the other, as WebAssembly. */
import { F64, I32, op, type WasmFunction } from "./wasm.ts";

const ROW_BYTES = 4;

/** Params: list, its end, the first row. Lists rows that follow each other. */
export function listFunction(): WasmFunction {
  const [list, end, row] = [0, 1, 2];
  const body = op.whileBelow(list, end, [
    ...[op.get(list), op.get(row), op.store()],
    ...[op.get(row), op.const(1), op.add, op.set(row)],
    ...[op.get(list), op.const(ROW_BYTES), op.add, op.set(list)],
  ]);
  return { name: "list", params: 3, locals: [], returns: false, body: [body] };
}

/**
 * Params: bins of the feature, list, its end, a byte per bin (1 = left), spare. Every row is written to both sides, and
 * only the side it goes to moves on. Gives the end of those that went left.
 */
export function splitFunction(): WasmFunction {
  const [bins, rows, end, goesLeft, spare] = [0, 1, 2, 3, 4];
  const [row, left, right, step] = [5, 6, 7, 8];
  const body = [
    ...[op.get(rows), op.set(left), op.get(spare), op.set(right)],
    op.whileBelow(rows, end, [
      ...[op.get(rows), op.load(), op.set(row)],
      ...[op.get(left), op.get(row), op.store(), op.get(right), op.get(row), op.store()],
      ...[op.get(row), op.get(bins), op.add, op.loadByte()],
      ...[op.get(goesLeft), op.add, op.loadByte(), op.const(2), op.shl, op.set(step)],
      ...[op.get(left), op.get(step), op.add, op.set(left)],
      ...[op.get(right), op.const(ROW_BYTES), op.add, op.get(step), op.sub, op.set(right)],
      ...[op.get(rows), op.const(ROW_BYTES), op.add, op.set(rows)],
    ]),
    ...[op.get(left), op.get(spare), op.get(right), op.get(spare), op.sub, op.copy],
    op.get(left),
  ];
  return { name: "split", params: 5, locals: [I32, I32, I32, I32], returns: true, body };
}

/**
 * Params: list, its end, the first row that is too high, the scores of row 0, bytes from row to row, where the answer
 * lies. Adds it to the scores of the listed rows up to that one, and gives the place of this.
 */
export function addFunction(): WasmFunction {
  const [list, end, limit, scores, step, room, score, answer] = [0, 1, 2, 3, 4, 5, 6, 7];
  const body = [
    ...[op.get(room), op.numberLoad(), op.set(answer)],
    op.whileBelow(list, end, [
      ...[op.get(list), op.load(), op.tee(score), op.get(limit), op.less, op.eqz, op.leave(1)],
      ...[op.get(score), op.get(step), op.mul, op.get(scores), op.add, op.tee(score)],
      ...[op.get(score), op.numberLoad(), op.get(answer), op.numberAdd, op.numberStore()],
      ...[op.get(list), op.const(ROW_BYTES), op.add, op.set(list)],
    ]),
    op.get(list),
  ];
  return { name: "addAnswer", params: 6, locals: [I32, F64], returns: true, body };
}
