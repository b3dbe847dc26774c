import { expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { drawnTimes, drawnWords, mostWords } from "../../src/learn/grow-sample.ts";

it("writes a row that was drawn forty times as three words that add up, and one not drawn as none", () => {
  const words = new Int32Array(mostWords(4, 43));
  const count = drawnWords(Uint8Array.of(2, 0, 40, 1), Uint8Array.of(1, 1, 0, 1), words);
  const read = [...words.subarray(0, count)].map((word) => [
    word >>> 5,
    (word & 31) >> 1,
    word & 1,
  ]);
  expect(read).toEqual([
    [0, 2, 1],
    [2, 15, 0],
    [2, 15, 0],
    [2, 10, 0],
    [3, 1, 1],
  ]);
});

it("draws as many rows as asked, without putting back none twice, and none that may not be drawn", () => {
  const eligible = Uint32Array.from({ length: 500 }, (_, i) => 2 * i);
  const times = new Uint8Array(1000);
  for (const sampling of ["bootstrap", "subsample"] as const) {
    drawnTimes(times, eligible, { sampling, draws: 300 }, seededRandom(1));
    expect(times.reduce((sum, often) => sum + often, 0)).toBe(300);
    expect(times.filter((_, row) => row % 2 === 1).every((often) => often === 0)).toBe(true);
    expect(Math.max(...times) > 1).toBe(sampling === "bootstrap");
    // Late rows as often as early ones: 150 each, within six standard deviations.
    const early = times.subarray(0, 500).reduce((sum, often) => sum + often, 0);
    expect(Math.abs(early - 150)).toBeLessThan(52);
  }
});
