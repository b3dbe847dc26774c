import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { sumEntries } from "../../src/learn/boosting-split.ts";
import { ENTRY_BYTES, histogramKernel } from "../../src/learn/histogram-kernel.ts";
import { SEARCH } from "../../src/learn/search-kernel.ts";

const memory = new WebAssembly.Memory({ initial: 16, maximum: 65_536, shared: true });
const bytes = new Uint8Array(memory.buffer);
const words = new Int32Array(memory.buffer);
const BINS = 0;
const ROWS = 65_536;
const GRADIENTS = 131_072;
const [A, B, C] = [262_144, 393_216, 524_288] as const;
const SPARE = 655_360;
const TABLE = 720_896;

const sized = fc.record({
  seed: fc.integer(),
  width: fc.integer({ min: 1, max: 19 }),
  rows: fc.integer({ min: 1, max: 300 }),
});

/** Random rows of `width` features with 7 bins each, and which of them are listed. */
function filled(seed: number, width: number, rows: number, shift: number) {
  const random = seededRandom(seed);
  const entries = Uint32Array.from({ length: width + 1 }, (_, f) => 7 * f);
  const listed = Array.from({ length: rows }, (_, row) => row).filter(() => random.next() < 0.7);
  for (let i = 0; i < rows * width; i++) bytes[BINS + i] = random.int(7);
  words.set(listed, ROWS / 4);
  // as large as the scale of gradients allows, of both signs
  const most = 2 ** Math.min(30, 62 - 2 * shift);
  for (let row = 0; row < rows; row++) {
    words[GRADIENTS / 4 + 2 * row] = Math.round((2 * random.next() - 1) * most);
    words[GRADIENTS / 4 + 2 * row + 1] = Math.round(random.next() * most);
  }
  return { kernel: histogramKernel(memory, entries, shift), listed, random };
}

function expectSums(
  at: number,
  width: number,
  listed: readonly number[],
  features: number[],
  shift: number,
) {
  for (const [place, feature] of features.entries())
    for (let bin = 0; bin < 7; bin++) {
      const own = listed.filter((row) => bytes[BINS + row * width + feature] === bin);
      const sum = (which: number) =>
        own.reduce((all, row) => all + words[GRADIENTS / 4 + 2 * row + which]!, 0);
      expect(sumEntries(words, at / ENTRY_BYTES + 7 * place + bin, 1, shift)).toEqual({
        gradient: sum(0),
        hessian: sum(1),
        rows: own.length,
      });
    }
}

describe("the histogram loops", () => {
  it("sum rows exactly, for all features and for any few, whatever room the counts have", () => {
    fc.assert(
      fc.property(sized, fc.integer({ min: 9, max: 26 }), ({ seed, width, rows }, shift) => {
        const { kernel, listed, random } = filled(seed, width, rows, shift);
        bytes.fill(0, A, A + 7 * width * ENTRY_BYTES);
        kernel.sumAll(BINS, ROWS, listed.length, GRADIENTS, A);
        const all = Array.from({ length: width }, (_, f) => f);
        expectSums(A, width, listed, all, shift);
        const few = all.filter(() => random.next() < 0.5).slice(0, 8);
        if (few.length === 0) return;
        bytes.fill(0, B, B + 7 * width * ENTRY_BYTES);
        const places = few.flatMap((feature, i) => [feature, B + 7 * i * ENTRY_BYTES]);
        kernel.sum(BINS, ROWS, listed.length, GRADIENTS, places);
        expectSums(B, width, listed, few, shift);
      }),
      { numRuns: 60 },
    );
  });

  it("take the part from the whole and put it back, to the bit", () => {
    fc.assert(
      fc.property(sized, ({ seed, width, rows }) => {
        const { kernel, listed } = filled(seed, width, rows, 12);
        const half = listed.length >>> 1;
        const size = 7 * width;
        bytes.fill(0, A, A + size * ENTRY_BYTES);
        bytes.fill(0, B, B + size * ENTRY_BYTES);
        kernel.sumAll(BINS, ROWS, listed.length, GRADIENTS, A);
        kernel.sumAll(BINS, ROWS, half, GRADIENTS, B);
        kernel.subtract(C, A, B, size);
        const all = Array.from({ length: width }, (_, f) => f);
        expectSums(C, width, listed.slice(half), all, 12);
        kernel.add(C, C, B, size);
        expect(bytes.slice(C, C + size * ENTRY_BYTES)).toEqual(
          bytes.slice(A, A + size * ENTRY_BYTES),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("list rows and add an answer to the scores of those below a limit", () => {
    const scores = new Float64Array(memory.buffer, A, 300 * 2);
    fc.assert(
      fc.property(sized, fc.integer({ min: 0, max: 300 }), ({ seed, rows }, limit) => {
        const { kernel, listed } = filled(seed, 1, rows, 12);
        scores.forEach((_, i) => {
          scores[i] = i / 7;
        });
        const answer = new Float64Array(memory.buffer, SPARE, 1).fill(0.3);
        const got = kernel.addAnswer(ROWS, listed.length, limit, A + 8, 16, answer.byteOffset);
        const below = listed.filter((row) => row < limit);
        expect(got).toBe(below.length);
        for (let i = 0; i < scores.length; i++)
          expect(scores[i]).toBe(i / 7 + (i % 2 === 1 && below.includes((i - 1) / 2) ? 0.3 : 0));
        kernel.list(ROWS, 5, 5 + rows);
        expect([...words.subarray(ROWS / 4, ROWS / 4 + rows)]).toEqual(
          Array.from({ length: rows }, (_, i) => 5 + i),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("find the cut of which both sides are worth most, among those allowed", () => {
    const rules = fc.record({
      shift: fc.integer({ min: 9, max: 26 }),
      l2: fc.constantFrom(0, 1, 1000),
      leastRows: fc.integer({ min: 1, max: 60 }),
      leastHessian: fc.constantFrom(0, 5, 60),
      goal: fc.constantFrom(0, 1, 30),
    });
    fc.assert(
      fc.property(sized, rules, ({ seed, rows }, { shift, l2, leastRows, leastHessian, goal }) => {
        const { kernel, listed } = filled(seed, 1, rows, shift);
        const unit = 2 ** -Math.min(30, 62 - 2 * shift);
        bytes.fill(0, A, A + 7 * ENTRY_BYTES);
        kernel.sumAll(BINS, ROWS, listed.length, GRADIENTS, A);
        const sumsTo = (bin: number) => sumEntries(words, A / ENTRY_BYTES, bin + 1, shift);
        const node = sumsTo(6);
        const worth = (gradient: number, hessian: number) =>
          (gradient * unit) ** 2 / (hessian * unit + l2);
        let best: { worth: number; bin: number } = { worth: goal, bin: -1 };
        for (let bin = 0; bin < 7; bin++) {
          const left = sumsTo(bin);
          const [g, h, n] = [
            node.gradient - left.gradient,
            node.hessian - left.hessian,
            node.rows - left.rows,
          ];
          if (left.rows < leastRows || n < leastRows) continue;
          if (left.hessian * unit < leastHessian || h * unit < leastHessian) continue;
          const both = worth(left.gradient, left.hessian) + worth(g, h);
          // An empty bin adds nothing to what was found before it.
          if (left.rows > (bin > 0 ? sumsTo(bin - 1).rows : 0) && both > best.worth * (1 + 1e-12))
            best = { worth: both, bin };
        }
        const numbers = new Float64Array(memory.buffer, SPARE, SEARCH.bytes / 8);
        const put = (place: number, ...values: number[]) => numbers.set(values, place / 8);
        put(SEARCH.goal, goal);
        put(SEARCH.least, leastHessian);
        put(SEARCH.most, node.hessian * unit - leastHessian);
        put(SEARCH.l2, l2);
        put(SEARCH.node, node.gradient * unit, node.hessian * unit);
        put(SEARCH.units, unit, unit);
        words[(SPARE + SEARCH.leastRows) / 4] = leastRows;
        words[(SPARE + SEARCH.mostRows) / 4] = node.rows - leastRows;
        const found = kernel.search(A, 7, SPARE);
        expect(found === 0 ? -1 : (found - A) / ENTRY_BYTES).toBe(best.bin);
        expect(numbers[SEARCH.goal / 8]! / best.worth || 1).toBeCloseTo(1, 9);
        if (found === 0) return;
        const left = sumEntries(words, (SPARE + SEARCH.left) / ENTRY_BYTES, 1, shift);
        expect(left).toEqual(sumsTo(best.bin));
      }),
      { numRuns: 300 },
    );
  });

  it("split a list of rows without changing their order on either side", () => {
    fc.assert(
      fc.property(sized, ({ seed, rows }) => {
        const { kernel, listed, random } = filled(seed, 1, rows, 12);
        for (let bin = 0; bin < 7; bin++) bytes[TABLE + bin] = random.int(2);
        const left = kernel.split(BINS, ROWS, listed.length, TABLE, SPARE);
        const goes = (row: number) => bytes[TABLE + bytes[BINS + row]!] === 1;
        const expected = [...listed.filter(goes), ...listed.filter((row) => !goes(row))];
        expect(left).toBe(listed.filter(goes).length);
        expect([...words.subarray(ROWS / 4, ROWS / 4 + listed.length)]).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
