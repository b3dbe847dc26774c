import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { type Dataset, datasetOf, takeRows } from "../../src/dataset/dataset.ts";
import { forest } from "../../src/learn/forest.ts";
import type { ForestOptions } from "../../src/learn/forest-options.ts";

type Kind = "binary" | "multiclass" | "regression";

/** Rows with numbers, levels and missing values, and a target that hangs on them a little. */
function drawnRows(seed: number, rows: number, kind: Kind): Dataset {
  const random = seededRandom(seed);
  const x = Float64Array.from({ length: rows }, () => random.int(20) - 10);
  const z = Float64Array.from({ length: rows }, () =>
    random.int(6) === 0 ? Number.NaN : random.int(9) / 4,
  );
  const codes = Int32Array.from({ length: rows }, () => random.int(6) - 1);
  const sum = (i: number) =>
    x[i]! / 8 + (Number.isNaN(z[i]!) ? 1 : z[i]!) + (codes[i]! % 2) + random.normal();
  const many = kind === "binary" ? 2 : 3;
  const classes = Int32Array.from({ length: rows }, (_, i) =>
    Math.max(0, Math.min(many - 1, Math.round(sum(i)))),
  );
  for (let k = 0; k < Math.min(many, rows); k++) classes[k] = k;
  return datasetOf(
    [
      { kind: "numeric", name: "x", values: x },
      { kind: "numeric", name: "z", values: z },
      { kind: "categorical", name: "c", codes, levels: ["a", "b", "c", "d", "e"] },
    ],
    {
      target:
        kind === "regression"
          ? { kind: "value", values: Float64Array.from(x, (_, i) => Math.round(8 * sum(i)) / 8) }
          : { kind: "class", codes: classes, classes: ["p", "q", "r"].slice(0, many) },
    },
  );
}

const kinds: readonly Kind[] = ["binary", "multiclass", "regression"];
const someRows = fc.tuple(fc.integer(), fc.integer({ min: 3, max: 60 }));
const PLAIN: ForestOptions = {
  trees: 1,
  sampling: "all",
  featuresPerSplit: "all",
  minLeafRows: 1,
};
const text = (model: unknown) => JSON.stringify(model);
const everyRow = (rows: number) => Uint32Array.from({ length: rows }, (_, i) => i);

describe.each(kinds)("a forest of a %s target", (kind) => {
  it("is the same to the letter with the same seed, another with another, and leaves its rows as they are", async () => {
    const dataset = drawnRows(1, 50, kind);
    const before = structuredClone(dataset);
    const options = { trees: 7, seed: 5, outOfBag: true };
    const first = await forest.fit(dataset, options);
    const again = await forest.fit(dataset, options);
    expect(text(again)).toBe(text(first));
    expect(again.outOfBag).toEqual(first.outOfBag);
    expect(text(await forest.fit(dataset, { ...options, seed: 6 }))).not.toBe(text(first));
    expect(dataset).toEqual(before);
  });

  it("predicts and explains the same after it was written and read, and explanations add up", async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async ([seed, rows]) => {
        const dataset = drawnRows(seed, rows, kind);
        const model = await forest.fit(dataset, { trees: 5, seed, minLeafRows: 1 });
        const read = forest.fromJSON(JSON.parse(text(model)));
        const said = model.predict(dataset);
        expect(read.predict(dataset)).toEqual(said);
        expect(text(read)).toBe(text(model));
        expect({ ...read, outOfBag: null, trees: null }).toMatchObject({ task: kind });
        const { base, values, outputs } = model.explain(dataset);
        for (let i = 0; i < said.length; i++) {
          let sum = base[i % outputs]!;
          const row = Math.floor(i / outputs);
          for (let f = 0; f < 3; f++) sum += values[(row * 3 + f) * outputs + (i % outputs)]!;
          expect(sum).toBeCloseTo(said[i]!, 12);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("says nothing outside of what it saw; shares of classes make one", async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async ([seed, rows]) => {
        const dataset = drawnRows(seed, rows, kind);
        const model = await forest.fit(dataset, { trees: 5, seed });
        const said = model.predict(drawnRows(seed + 1, 20, kind));
        const { target } = dataset;
        const [least, most] =
          target?.kind === "value"
            ? [Math.min(...target.values), Math.max(...target.values)]
            : [0, 1];
        for (const one of said) {
          expect(one).toBeGreaterThanOrEqual(least - 1e-12);
          expect(one).toBeLessThanOrEqual(most + 1e-12);
        }
        if (kind === "multiclass")
          for (let i = 0; i < said.length; i += 3)
            expect(said[i]! + said[i + 1]! + said[i + 2]!).toBeCloseTo(1, 12);
      }),
      { numRuns: 25 },
    );
  });

  it("does not ask how numbers are written: a rising function of a column changes no prediction", async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async ([seed, rows]) => {
        const dataset = drawnRows(seed, rows, kind);
        const bent: Dataset = {
          ...dataset,
          columns: dataset.columns.map((column) =>
            column.kind === "numeric"
              ? { ...column, values: column.values.map((x) => Math.exp(x / 3) - 7) }
              : column,
          ),
        };
        const options = { trees: 4, seed, minLeafRows: 1 };
        const straight = await forest.fit(dataset, options);
        const curved = await forest.fit(bent, options);
        expect(curved.predict(bent)).toEqual(straight.predict(dataset));
      }),
      { numRuns: 25 },
    );
  });

  it("keeps its limits", async () => {
    const limits = fc.record({
      maxDepth: fc.option(fc.integer({ min: 1, max: 5 })),
      minLeafRows: fc.integer({ min: 1, max: 9 }),
      minSplitRows: fc.integer({ min: 2, max: 20 }),
      maxLeaves: fc.option(fc.integer({ min: 2, max: 9 })),
      sampling: fc.constantFrom("bootstrap" as const, "subsample" as const, "all" as const),
    });
    await fc.assert(
      fc.asyncProperty(someRows, limits, async ([seed, rows], options) => {
        const { trees } = await forest.fit(drawnRows(seed, rows, kind), {
          trees: 2,
          seed,
          ...options,
        });
        for (let tree = 0; tree < 2; tree++) {
          const [from, to] = [trees.roots[tree]!, trees.roots[tree + 1]!];
          const depth = new Map([[from, 0]]);
          const share = options.sampling === "subsample" ? Math.round(0.632 * rows) : rows;
          expect(trees.cover[from]).toBe(share);
          for (let node = from; node < to; node++) {
            const leaf = trees.feature[node]! < 0;
            if (!leaf)
              for (const side of [trees.left, trees.right])
                depth.set(side[node]!, depth.get(node)! + 1);
            if (node > from) expect(trees.cover[node]).toBeGreaterThanOrEqual(options.minLeafRows);
            if (!leaf) expect(trees.cover[node]).toBeGreaterThanOrEqual(options.minSplitRows);
          }
          expect(Math.max(...depth.values())).toBeLessThanOrEqual(options.maxDepth ?? Infinity);
          const leaves = trees.feature.subarray(from, to).filter((f) => f < 0).length;
          expect(leaves).toBeLessThanOrEqual(options.maxLeaves ?? Infinity);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("does not hang on the order of the rows", async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async ([seed, rows]) => {
        const random = seededRandom(seed);
        const dataset = drawnRows(seed, rows, kind);
        const order = everyRow(rows);
        for (let i = rows - 1; i > 0; i--) {
          const j = random.int(i + 1);
          [order[i], order[j]] = [order[j]!, order[i]!];
        }
        const weights = Float64Array.from({ length: rows }, () => 1 + random.int(3));
        const weighed = { ...dataset, weights };
        for (const one of [dataset, weighed]) {
          const straight = (await forest.fit(one, PLAIN)).predict(dataset);
          const mixed = (await forest.fit(takeRows(one, order), PLAIN)).predict(dataset);
          for (let i = 0; i < straight.length; i++) expect(mixed[i]).toBeCloseTo(straight[i]!, 10);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("takes a row twice like a row of weight 2, and one of weight 0 like none", async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async ([seed, rows]) => {
        const random = seededRandom(seed);
        const dataset = drawnRows(seed, rows, kind);
        const times = everyRow(rows).map((i) => (i < 3 ? 1 : random.int(3)));
        const repeated = takeRows(
          dataset,
          Uint32Array.from([...times].flatMap((many, i) => Array<number>(many).fill(i))),
        );
        const weighed = { ...dataset, weights: Float64Array.from(times) };
        const said = (await forest.fit(repeated, PLAIN)).predict(repeated);
        const same = (await forest.fit(weighed, PLAIN)).predict(repeated);
        for (let i = 0; i < said.length; i++) expect(same[i]).toBeCloseTo(said[i]!, 10);
      }),
      { numRuns: 25 },
    );
  });

  it("splits the best leaves first: with room for all of them it is the tree without a limit", async () => {
    for (const seed of [1, 2, 3]) {
      const dataset = drawnRows(seed, 200, kind);
      const one = { ...dataset, columns: dataset.columns.slice(1, 2) };
      const limited = await forest.fit(one, { ...PLAIN, maxLeaves: 1000 });
      expect(text(limited)).toBe(text(await forest.fit(one, PLAIN)));
    }
  });

  it("grows the same tree whether or not the rows of a branch are copied together", async () => {
    const random = seededRandom(8);
    const small = drawnRows(3, 40, kind);
    const rows = Uint32Array.from({ length: 270_000 }, () => random.int(40));
    const large = takeRows(small, rows);
    const noise = Float64Array.from(rows, () => random.int(200));
    const dataset: Dataset = {
      ...large,
      columns: [{ kind: "numeric", name: "noise", values: noise }],
      weights: kind === "multiclass" ? Float64Array.from(rows, (row) => 1 + (row % 2)) : null,
    };
    const options = { ...PLAIN, maxDepth: 5, minLeafRows: 900 };
    const near = await forest.fit(dataset, options);
    const far = await forest.fit(dataset, { ...options, maxLeaves: 1000 });
    expect(text(near)).toBe(text(far));
    expect(near.trees.feature.length).toBeGreaterThan(20);
  }, 60_000);

  it("says out of bag about what it says of new rows", async () => {
    const dataset = drawnRows(4, 3000, kind);
    const fresh = drawnRows(5, 3000, kind);
    const model = await forest.fit(dataset, { trees: 60, outOfBag: true });
    const { score, rows, predictions } = model.outOfBag!;
    expect(rows).toBe(3000);
    expect(predictions.some(Number.isNaN)).toBe(false);
    const ofNew = scoreOf(model.predict(fresh), fresh);
    const ofOld = scoreOf(model.predict(dataset), dataset);
    expect(score).toBeCloseTo(scoreOf(predictions, dataset), 10);
    expect(Math.abs(score! - ofNew)).toBeLessThan(0.03);
    expect(ofOld - score!).toBeGreaterThan(0.03);
  });

  it("says nothing out of bag where every tree saw every row", async () => {
    const model = await forest.fit(drawnRows(6, 20, kind), { ...PLAIN, outOfBag: true });
    expect(model.outOfBag).toMatchObject({ rows: 0, score: null });
    expect(model.outOfBag?.predictions.every(Number.isNaN)).toBe(true);
  });
});

/** Share of rows whose likeliest class is right, or 1 − squared error ÷ variance. */
function scoreOf(said: Float64Array, { target, rows }: Dataset): number {
  if (target?.kind === "value") {
    const mean = target.values.reduce((sum, y) => sum + y, 0) / rows;
    const squares = (of: (i: number) => number) =>
      target.values.reduce((sum, y, i) => sum + (y - of(i)) ** 2, 0);
    return 1 - squares((i) => said[i]!) / squares(() => mean);
  }
  const classes = said.length / rows;
  let right = 0;
  target?.codes.forEach((code, i) => {
    const shares =
      classes === 1 ? [1 - said[i]!, said[i]!] : [...said.subarray(i * classes, (i + 1) * classes)];
    if (shares.indexOf(Math.max(...shares)) === code) right++;
  });
  return right / rows;
}

/** Every way to part rows by one column that a tree knows. */
function partings(dataset: Dataset): boolean[][] {
  const ways: boolean[][] = [];
  for (const column of dataset.columns) {
    const values = column.kind === "categorical" ? column.codes : (column.values as Float64Array);
    const seen = [...new Set(values)];
    if (column.kind === "categorical") {
      for (let set = 1; set < 2 ** seen.length - 1; set++)
        ways.push(Array.from(values, (code) => ((set >> seen.indexOf(code)) & 1) === 1));
      continue;
    }
    for (const cut of seen.filter((x) => !Number.isNaN(x)))
      for (const missing of [true, false])
        ways.push(Array.from(values, (x) => (Number.isNaN(x) ? missing : x <= cut)));
  }
  return ways.filter((way) => way.includes(true) && way.includes(false));
}

it.each(["binary", "regression"] as const)(
  "finds the best of all splits of a %s target",
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(someRows, fc.boolean(), async ([seed, rows], weighed) => {
        const random = seededRandom(seed);
        const drawn = drawnRows(seed, rows, kind);
        const weights = Float64Array.from({ length: rows }, () => 1 + random.int(3));
        const dataset = weighed ? { ...drawn, weights } : drawn;
        const { target } = dataset;
        const truth = target?.kind === "value" ? target.values : Float64Array.from(target!.codes);
        const squares = (of: (row: number) => boolean) => {
          let [cover, sum, all] = [0, 0, 0];
          for (let i = 0; i < rows; i++) {
            if (!of(i)) continue;
            const weight = weighed ? weights[i]! : 1;
            cover += weight;
            sum += weight * truth[i]!;
            all += weight * truth[i]! ** 2;
          }
          return cover === 0 ? 0 : all - sum ** 2 / cover;
        };
        const model = await forest.fit(dataset, { ...PLAIN, maxDepth: 1 });
        const said = model.predict(dataset);
        const left = said.map((one) => (one === said[0] ? 1 : 0));
        const reached = squares((i) => left[i] === 1) + squares((i) => left[i] === 0);
        const best = Math.min(
          squares(() => true),
          ...partings(dataset).map((way) => squares((i) => way[i]!) + squares((i) => !way[i]!)),
        );
        expect(reached).toBeCloseTo(best, 9);
      }),
    );
  },
);

it("weighs classes as it weighs their rows", async () => {
  await fc.assert(
    fc.asyncProperty(someRows, async ([seed, rows]) => {
      const dataset = drawnRows(seed, rows, "binary");
      const { target } = dataset;
      if (target?.kind !== "class") throw new Error("classes are drawn");
      const weights = Float64Array.from(target.codes, (code) => (code === 1 ? 3 : 1));
      const options = { trees: 3, seed, minLeafRows: 1 };
      const byClass = await forest.fit(dataset, { ...options, classWeights: { q: 3 } });
      const byRow = await forest.fit({ ...dataset, weights }, options);
      expect(text(byClass)).toBe(text(byRow));
    }),
    { numRuns: 50 },
  );
});
