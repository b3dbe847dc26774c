import { expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { datasetOf } from "../../src/dataset/dataset.ts";
import { forest } from "../../src/learn/forest.ts";
import { builtFile } from "./built.ts";

const random = seededRandom(3);
const rows = 9000;
const x = Float64Array.from({ length: rows }, () => random.normal());
const z = Float64Array.from({ length: rows }, () => random.int(30));
const dataset = datasetOf(
  [
    { kind: "numeric", name: "x", values: x },
    { kind: "numeric", name: "z", values: z },
  ],
  { target: { kind: "value", values: x.map((one, i) => one * z[i]! + random.normal()) } },
);
const options = { trees: 24, maxDepth: 8, outOfBag: true, seed: 11 };

const built = builtFile("forest.js");
it.skipIf(built === null)(
  "grows the same forest on one thread, on two, on three and without any (needs a build: npm run build)",
  async () => {
    const here = await forest.fit(dataset, options);
    const threaded = (await import((built as URL).href)) as { forest: typeof forest };
    for (const threads of [1, 2, 3]) {
      const told: number[] = [];
      const there = await threaded.forest.fit(dataset, options, {
        threads,
        onProgress: (done) => told.push(done),
      });
      expect(JSON.stringify(there)).toBe(JSON.stringify(here));
      expect(there.outOfBag).toEqual(here.outOfBag);
      expect(told.at(-1)).toBe(1);
    }
  },
  60_000,
);
