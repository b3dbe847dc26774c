/**
 * The search for the best cut of a histogram as WebAssembly, for the usual case: numbers of which none is missing and
 * no monotone feature. What is known of gradients and of hessians is computed side by side in one vector.
 */
import { type Code, F64, I32, op, V128, type WasmFunction } from "./wasm.ts";

/** Where a search finds what it must know, in bytes from the start of its room, and how long this is. */
export const SEARCH = {
  /** What both children must be worth more than; afterwards what they are. */
  goal: 0,
  /** Least and most hessian of the left child, and what is added to both weights. */
  least: 8,
  most: 16,
  l2: 24,
  /** Gradient and hessian of the node, and what one of the histogram's integers stands for. */
  node: 32,
  units: 48,
  /** Afterwards the left child's sums, as an entry of a histogram. */
  left: 64,
  /** Least and most rows of the left child, 32-bit integers. */
  leastRows: 80,
  mostRows: 84,
  bytes: 128,
} as const;

/** Bits of one row's gradient or hessian, when the rows' number has `shift`: their sum, shifted, stays below 2⁶². */
export function bitsBeside(shift: number): number {
  return Math.min(30, 62 - 2 * shift);
}

/** The bits of 2⁵², to which an integer below it is or-ed to have their sum as a number. */
const CARRIER = 0x4330_0000_0000_0000n;

const bitsOf = (x: number): bigint => new BigUint64Array(Float64Array.of(x).buffer)[0]!;

/** Params: first entry, end of the entries, room. Gives the address of the last entry that goes left; 0 = none. */
export function searchFunction(entryBytes: number, shift: number): WasmFunction {
  const [entry, end, room, rows, found, leastRows, mostRows] = [0, 1, 2, 3, 4, 5, 6];
  const [sums, best, here, rest, weights, node, units, l2] = [7, 8, 9, 10, 11, 12, 13, 14];
  const [goal, parts, both, least, most, hessian] = [15, 16, 17, 18, 19, 20];
  // Gradients are summed from a number up that keeps the sum positive.
  const above = bitsBeside(shift) + shift;
  const start = op.vectorOf(1n << BigInt(above + shift), 0n);
  const carried = op.vectorOf(bitsOf(2 ** 52 + 2 ** above), bitsOf(2 ** 52));
  const countOf: Code[] = [op.const(2 ** shift - 1), op.and];
  const known = (local: number, load: Code) => [op.get(room), load, op.set(local)];
  const update = op.block([
    ...[op.get(entry), op.load(8), ...countOf, op.eqz, op.leave()],
    ...[op.get(sums), op.get(entry), op.vectorLoad(), op.vectorAdd, op.tee(sums)],
    ...[op.vectorWord(2), ...countOf, op.tee(rows), op.get(leastRows), op.less, op.leave()],
    ...[op.get(mostRows), op.get(rows), op.less, op.leave(2)],
    ...[op.get(sums), op.const(shift), op.vectorShiftRight],
    ...[op.vectorOf(CARRIER, CARRIER), op.vectorOr, carried, op.numbersSub],
    ...[op.get(units), op.numbersMul, op.tee(here)],
    ...[op.vectorNumber(1), op.tee(hessian), op.get(least), op.numberLess, op.leave()],
    ...[op.get(most), op.get(hessian), op.numberLess, op.leave()],
    ...[op.get(node), op.get(here), op.numbersSub, op.set(rest)],
    // The weights of the right and of the left child, and how both children lie in this order.
    ...[op.get(rest), op.get(here), op.vectorTake(1, 3), op.get(l2), op.numbersAdd],
    op.set(weights),
    ...[op.get(here), op.get(rest), op.vectorTake(0, 2), op.tee(here), op.get(here)],
    ...[op.numbersMul, op.get(weights), op.numbersMul, op.tee(here)],
    ...[op.vectorNumber(0), op.get(here), op.vectorNumber(1), op.numberAdd, op.set(parts)],
    ...[op.get(weights), op.vectorNumber(1), op.get(weights), op.vectorNumber(0)],
    ...[op.numberMul, op.set(both)],
    // parts / both is what both children are worth
    ...[op.get(parts), op.get(goal), op.get(both), op.numberMul, op.numberGreater],
    ...[op.eqz, op.leave()],
    ...[op.get(both), op.number(0), op.numberGreater, op.eqz, op.leave()],
    ...[op.get(parts), op.get(both), op.numberDivide, op.set(goal)],
    ...[op.get(entry), op.set(found), op.get(sums), op.set(best)],
  ]);
  const body = [
    ...known(goal, op.numberLoad(SEARCH.goal)),
    ...known(least, op.numberLoad(SEARCH.least)),
    ...known(most, op.numberLoad(SEARCH.most)),
    ...[op.get(room), op.numberLoad(SEARCH.l2), op.vectorNumbers, op.set(l2)],
    ...known(node, op.vectorLoad(SEARCH.node)),
    ...known(units, op.vectorLoad(SEARCH.units)),
    ...known(leastRows, op.load(SEARCH.leastRows)),
    ...known(mostRows, op.load(SEARCH.mostRows)),
    ...[start, op.set(sums)],
    op.whileBelow(entry, end, [
      update,
      ...[op.get(entry), op.const(entryBytes), op.add, op.set(entry)],
    ]),
    ...[op.get(room), op.get(goal), op.numberStore(SEARCH.goal)],
    ...[op.get(room), op.get(best), start, op.vectorSub, op.vectorStore(SEARCH.left)],
    op.get(found),
  ];
  const locals = [
    ...[I32, I32, I32, I32],
    ...[V128, V128, V128, V128, V128, V128, V128, V128],
    ...[F64, F64, F64, F64, F64, F64],
  ];
  return { name: "search", params: 3, locals, returns: true, body };
}
