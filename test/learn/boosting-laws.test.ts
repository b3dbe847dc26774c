import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { type Dataset, takeRows } from "../../src/dataset/dataset.ts";
import { fitBoosting } from "../../src/learn/boosting.ts";
import type { BoostingModel } from "../../src/learn/boosting-model.ts";
import type { BoostingOptions } from "../../src/learn/boosting-options.ts";
import { noisyRows, numericRows } from "./boosting-rows.ts";

const seeds = fc.integer({ min: 0, max: 1e6 });
const kinds = fc.constantFrom("values", "two", "three");
const RUNS = { numRuns: 25 };

function depthOf({ trees }: BoostingModel): number {
  let most = 0;
  const depth = new Int32Array(trees.feature.length);
  for (let node = 0; node < depth.length; node++) {
    most = Math.max(most, depth[node]!);
    if (trees.feature[node]! < 0) continue;
    depth[trees.left[node]!] = depth[node]! + 1;
    depth[trees.right[node]!] = depth[node]! + 1;
  }
  return most;
}

const leavesOf = ({ trees }: BoostingModel) =>
  Array.from(trees.feature.keys()).filter((node) => trees.feature[node]! < 0);

describe("boosting", () => {
  it("never falls along a column that may only rise, nor rises along one that may only fall", async () => {
    await fc.assert(
      fc.asyncProperty(
        seeds,
        fc.constantFrom("values", "two"),
        fc.constantFrom(null, 0.8),
        async (seed, kind, quantile) => {
          const random = seededRandom(seed);
          // the true pattern falls along x1: the constraint must hold against it as well
          const model = await fitBoosting(noisyRows(random, 300, kind), {
            monotone: { x0: 1, x1: 1, x2: -1 },
            rounds: 20,
            minLeafRows: 3,
            maxLeaves: 12,
            quantile: kind === "values" ? quantile : null,
          });
          const steps = Array.from({ length: 60 }, (_, i) => (i - 30) / 8);
          for (let at = 0; at < 8; at++) {
            const other = [random.normal(), random.normal()];
            for (const moved of [0, 1, 2]) {
              const columns = [0, 1, 2].map((c) =>
                steps.map((step) => (c === moved ? step : other[c > moved ? c - 1 : c]!)),
              );
              const p = model.predict(numericRows(columns, { values: steps }));
              const direction = moved === 2 ? -1 : 1;
              for (let i = 1; i < p.length; i++)
                expect((p[i]! - p[i - 1]!) * direction).toBeGreaterThanOrEqual(-1e-12);
            }
          }
        },
      ),
      RUNS,
    );
  });

  it("answers smaller with a larger l2", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, kinds, async (seed, kind) => {
        const rows = noisyRows(seededRandom(seed), 200, kind);
        let before = Infinity;
        for (const l2 of [0, 1, 10, 100, 1e6]) {
          const model = await fitBoosting(rows, { l2, rounds: 1, maxLeaves: 2, columnShare: 1 });
          const most = model.trees.value.reduce((max, one) => Math.max(max, Math.abs(one)), 0);
          expect(most).toBeLessThanOrEqual(before);
          before = most;
        }
        expect(before).toBeLessThan(0.01);
      }),
      RUNS,
    );
  });

  it("does not care for the order of the rows where nothing is sampled", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.constantFrom("two", "three"), async (seed, kind) => {
        const random = seededRandom(seed);
        const rows = noisyRows(random, 250, kind);
        const order = Uint32Array.from({ length: 250 }, (_, i) => i);
        for (let i = 249; i > 0; i--) {
          const j = random.int(i + 1);
          [order[i], order[j]] = [order[j]!, order[i]!];
        }
        const a = await fitBoosting(rows, { rounds: 12 });
        const b = await fitBoosting(takeRows(rows, order), { rounds: 12 });
        expect(b.predict(rows)).toEqual(a.predict(rows));
      }),
      RUNS,
    );
  });

  it("takes a row of weight 3 for three rows", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const random = seededRandom(seed);
        const rows = noisyRows(random, 120, "values");
        const weights = Float64Array.from({ length: 120 }, () => random.int(4));
        weights.fill(1, 0, 5);
        const repeated = Array.from(weights).flatMap((weight, row) =>
          new Array<number>(weight).fill(row),
        );
        const options = { rounds: 8, minLeafRows: 1, minChildWeight: 1 };
        const a = await fitBoosting({ ...rows, weights }, options);
        const b = await fitBoosting(takeRows(rows, Uint32Array.from(repeated)), options);
        const learnt = takeRows(rows, Uint32Array.from(repeated));
        const [p, q] = [a.predict(learnt), b.predict(learnt)];
        for (let i = 0; i < p.length; i++) expect(p[i]!).toBeCloseTo(q[i]!, 5);
      }),
      RUNS,
    );
  });

  it("never splits by a column that is the same everywhere, or missing everywhere", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, kinds, async (seed, kind) => {
        const rows = noisyRows(seededRandom(seed), 100, kind);
        const columns = [
          { kind: "numeric" as const, name: "same", values: new Float64Array(100).fill(3) },
          {
            kind: "numeric" as const,
            name: "none",
            values: new Float64Array(100).fill(Number.NaN),
          },
          ...rows.columns,
        ];
        const model = await fitBoosting(
          { ...rows, columns },
          { rounds: 10, minLeafRows: 1, l2: 0 },
        );
        expect(model.trees.feature.some((feature) => feature === 0 || feature === 1)).toBe(false);
        const bare = { ...rows, columns: columns.slice(0, 2) };
        const constant = await fitBoosting(bare, { rounds: 10, minLeafRows: 1 });
        expect(constant.trees.feature.every((feature) => feature < 0)).toBe(true);
        expect(new Set(constant.predict(bare)).size).toBeLessThanOrEqual(3);
      }),
      RUNS,
    );
  });

  it("keeps to its limits: leaves, depth, rows in a leaf, columns of a tree", async () => {
    await fc.assert(
      fc.asyncProperty(
        seeds,
        kinds,
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 30 }),
        async (seed, kind, maxLeaves, maxDepth, minLeafRows) => {
          const rows = noisyRows(seededRandom(seed), 150, kind);
          const options = { rounds: 4, maxLeaves, maxDepth, minLeafRows, columnShare: 0.34 };
          const model = await fitBoosting(rows, options);
          const { roots, cover, feature } = model.trees;
          expect(depthOf(model)).toBeLessThanOrEqual(maxDepth);
          for (const leaf of leavesOf(model))
            if (cover[leaf] !== 150) expect(cover[leaf]!).toBeGreaterThanOrEqual(minLeafRows);
          for (let tree = 0; tree + 1 < roots.length; tree++) {
            const nodes = feature.slice(roots[tree], roots[tree + 1]);
            expect(nodes.filter((f) => f < 0).length).toBeLessThanOrEqual(maxLeaves);
            expect(new Set(nodes.filter((f) => f >= 0)).size).toBeLessThanOrEqual(1);
          }
        },
      ),
      RUNS,
    );
  });

  it("finds the best first split of all: none that is tried by hand lowers the loss more", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            a: fc.option(fc.integer({ min: 0, max: 6 }), { nil: Number.NaN }),
            b: fc.integer({ min: 0, max: 3 }),
            y: fc.integer({ min: -4, max: 4 }),
          }),
          { minLength: 6, maxLength: 30 },
        ),
        fc.constantFrom(0, 0.5, 4),
        fc.integer({ min: 1, max: 3 }),
        async (made, l2, minLeafRows) => {
          const columns = [made.map(({ a }) => a), made.map(({ b }) => b)];
          const y = made.map((row) => row.y);
          const options = { rounds: 1, maxLeaves: 2, l2, minLeafRows, learningRate: 1 };
          const { trees } = await fitBoosting(numericRows(columns, { values: y }), options);
          const mean = y.reduce((sum, one) => sum + one, 0) / y.length;
          const worth = (rows: number[]) =>
            rows.reduce((sum, row) => sum + mean - y[row]!, 0) ** 2 / (rows.length + l2);
          const all = y.map((_, row) => row);
          const gainOf = (left: (row: number) => boolean) => {
            const [l, r] = [all.filter(left), all.filter((row) => !left(row))];
            if (l.length < minLeafRows || r.length < minLeafRows) return 0;
            return worth(l) + worth(r) - worth(all);
          };
          let best = 0;
          for (const column of columns)
            for (const cut of [...new Set(column), Infinity])
              for (const missingLeft of [true, false])
                best = Math.max(
                  best,
                  gainOf((row) => (Number.isNaN(column[row]) ? missingLeft : column[row]! <= cut)),
                );
          if (trees.feature[0]! < 0) {
            expect(best).toBeLessThan(1e-6);
            return;
          }
          const column = columns[trees.feature[0]!]!;
          const found = gainOf((row) =>
            Number.isNaN(column[row])
              ? trees.missingLeft[0] === 1
              : column[row]! <= trees.threshold[0]!,
          );
          expect(found).toBeCloseTo(best, 5);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("lowers its training loss round by round, whatever it learns", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, kinds, async (seed, kind) => {
        const rows = noisyRows(seededRandom(seed), 200, kind);
        const { training } = (await fitBoosting(rows, { rounds: 15 })).history;
        for (let i = 1; i < training.length; i++)
          expect(training[i]!).toBeLessThan(training[i - 1]!);
      }),
      RUNS,
    );
  });
});

describe("chance", () => {
  const rows = noisyRows(seededRandom(9), 400, "two");
  const sampled: Partial<BoostingOptions>[] = [
    { rowShare: 0.5 },
    { columnShare: 0.5 },
    { nodeColumnShare: 0.5 },
  ];

  it.each(sampled)(
    "%o: the seed decides, and another seed gives another model",
    async (options) => {
      const json = async (seed: number) =>
        JSON.stringify(await fitBoosting(rows, { ...options, rounds: 5, seed }));
      expect(await json(1)).toBe(await json(1));
      expect(await json(1)).not.toBe(await json(2));
    },
  );

  it("a share of the rows is about that share, and other rows each round", async () => {
    const model = await fitBoosting(rows, { rowShare: 0.3, rounds: 40, minLeafRows: 1 });
    const roots = Array.from(model.trees.roots.subarray(0, 40), (root) => model.trees.cover[root]!);
    const mean = roots.reduce((sum, one) => sum + one, 0) / 40;
    expect(mean).toBeGreaterThan(110);
    expect(mean).toBeLessThan(130);
    expect(new Set(roots).size).toBeGreaterThan(5);
  });

  it("rows left out of a round count on from the same scores as the others", async () => {
    // What the history says of the training rows is the loss of the model's own predictions.
    const model = await fitBoosting(rows, { rowShare: 0.4, rounds: 10 });
    const p = model.predict(rows);
    const codes = (rows.target as Extract<Dataset["target"], { kind: "class" }>).codes;
    const loss = codes.reduce((sum, y, i) => sum - Math.log(y === 1 ? p[i]! : 1 - p[i]!), 0) / 400;
    expect(model.history.training.at(-1)).toBeCloseTo(loss, 9);
  });
});
