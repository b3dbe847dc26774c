import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { type Dataset, datasetOf, takeRows } from "../../src/dataset/dataset.ts";
import type { Learner, Model } from "../../src/learn/model.ts";
import { ridge } from "../../src/learn/ridge.ts";
import { roundSizes, type TuneOptions, tune } from "../../src/learn/tune.ts";
import { drawOptions } from "../../src/learn/tune-space.ts";

const code = (name: string) => expect.objectContaining({ code: name });

/** Ten noisy columns of which one counts, so that a strong penalty is best; rows 60 … 99 are to be tested on. */
function noisy(): { dataset: Dataset; split: TuneOptions["split"] } {
  const random = seededRandom(2);
  const draw = () => Float64Array.from({ length: 110 }, () => random.normal());
  const columns = Array.from({ length: 30 }, (_, i) => ({
    kind: "numeric" as const,
    name: `x${i}`,
    values: draw(),
  }));
  const noise = draw();
  const values = noise.map((one, row) => columns[0]!.values[row]! * 0.3 + one);
  const upTo = (from: number, until: number) =>
    Uint32Array.from({ length: until - from }, (_, i) => from + i);
  return {
    dataset: datasetOf(columns, { target: { kind: "value", values } }),
    split: { train: upTo(0, 60), test: upTo(60, 100) },
  };
}

function lessError(predictions: Float64Array, rows: Dataset): number {
  const truth = rows.target?.kind === "value" ? rows.target.values : new Float64Array(0);
  return -predictions.reduce((sum, one, row) => sum + (one - truth[row]!) ** 2, 0);
}

const { dataset, split } = noisy();
const usual: TuneOptions = {
  split,
  score: lessError,
  space: { l2: { low: 0.001, high: 10_000, log: true } },
  budget: { fits: 40 },
};

describe("with a budget of fits", () => {
  it("finds better options than the defaults, in just so many fits", async () => {
    const tuned = await tune(ridge, dataset, usual);
    expect(tuned.trials).toHaveLength(40);
    const plain = await tune(ridge, dataset, {
      ...usual,
      space: { l2: { values: [1] } },
      budget: { fits: 1 },
    });
    expect(tuned.score).toBeGreaterThan(plain.score);
    expect(tuned.options.l2).toBeGreaterThan(10);
    const best = Math.max(
      ...tuned.trials.filter(({ share }) => share === 1).map(({ score }) => score),
    );
    expect(tuned.score).toBe(best);
    const again = await ridge.fit(takeRows(dataset, split.train), tuned.options);
    expect(JSON.stringify(tuned.model)).toBe(JSON.stringify(again));
  });

  it("goes by rungs of a ninth, a third and all rows, the best third of each going on", async () => {
    const { trials } = await tune(ridge, dataset, { ...usual, budget: { fits: 13 } });
    expect(trials.map(({ share }) => Math.round(60 * share))).toEqual([
      7, 7, 7, 7, 7, 7, 7, 7, 7, 20, 20, 20, 60,
    ]);
    const best = (from: number, until: number, count: number) =>
      trials
        .slice(from, until)
        .sort((one, other) => other.score - one.score || one.choice - other.choice)
        .slice(0, count)
        .map(({ choice }) => choice);
    expect(trials.slice(9, 12).map(({ choice }) => choice)).toEqual(best(0, 9, 3));
    expect(trials[12]?.choice).toBe(best(9, 12, 1)[0]);
  });

  it("gives the same again for the same seed, whatever the order of the space, and other choices for another", async () => {
    const space = { l2: usual.space.l2!, extra: { values: [1, 2, 3] } };
    const learner: Learner<object> = {
      ...ridge,
      fit: (rows, options) => ridge.fit(rows, { l2: (options as { l2: number }).l2 }),
    };
    const one = await tune(learner, dataset, { ...usual, space });
    const turned = { extra: space.extra, l2: space.l2 };
    const other = await tune(learner, dataset, { ...usual, space: turned });
    expect(other.trials).toEqual(one.trials);
    const third = await tune(learner, dataset, { ...usual, space, seed: 1 });
    expect(third.trials[0]?.options).not.toEqual(one.trials[0]?.options);
  });

  it("never looks at rows outside the split", async () => {
    const seen = new Set<number>();
    const marked = datasetOf(
      [{ kind: "numeric", name: "row", values: Float64Array.from({ length: 110 }, (_, i) => i) }],
      { target: dataset.target },
    );
    const spy: Learner<object> = {
      ...ridge,
      fit: (rows) => {
        for (const row of (rows.columns[0] as { values: Float64Array }).values) seen.add(row);
        return ridge.fit(rows);
      },
    };
    await tune(spy, marked, { ...usual, budget: { fits: 5 } });
    expect(Math.max(...seen)).toBe(59);
    expect(seen.size).toBe(60);
  });
});

describe("with a clock", () => {
  it("ends when it is time, and has a model of all rows even then", async () => {
    for (const steps of [0.5, 3, 100]) {
      let time = 0;
      const slow: Learner<object> = {
        ...ridge,
        fit: async (rows, options) => {
          time += 1;
          return ridge.fit(rows, options);
        },
      };
      const tuned = await tune(slow, dataset, {
        ...usual,
        budget: { untilMs: steps, now: () => time },
      });
      expect(tuned.trials.at(-1)?.share === 1 || steps === 100).toBe(true);
      expect(tuned.trials.length).toBeLessThanOrEqual(Math.ceil(steps) + 1);
      expect(tuned.model.predict(dataset)).toHaveLength(110);
    }
  });
});

describe("choices that cannot be learnt", () => {
  it("are counted as worst, and told when there is nothing else", async () => {
    const mixed = { ...usual, space: { l2: { values: [-1, 5] } }, budget: { fits: 26 } };
    const { options, trials } = await tune(ridge, dataset, mixed);
    expect(options.l2).toBe(5);
    expect(trials.some(({ problem }) => problem === "LEARN_OPTION")).toBe(true);
    const bad = { ...usual, space: { l2: { values: [-1] } } };
    await expect(tune(ridge, dataset, bad)).rejects.toThrow(code("LEARN_OPTION"));
    const unscored = { ...usual, score: () => Number.NaN };
    await expect(tune(ridge, dataset, unscored)).rejects.toThrow(code("LEARN_TUNING"));
  });

  it("do not hide an error that is no Problem, nor a signal", async () => {
    const broken: Learner<object> = {
      ...ridge,
      fit: () => Promise.reject<Model>(new Error("broken")),
    };
    await expect(tune(broken, dataset, usual)).rejects.toThrow("broken");
    const signal = AbortSignal.abort(new Error("stopped"));
    await expect(tune(ridge, dataset, usual, { signal })).rejects.toThrow("stopped");
  });
});

it("refuses a space or an option out of its range", async () => {
  const bad: readonly Partial<TuneOptions>[] = [
    { space: {} },
    { space: { l2: { values: [] } } },
    { space: { l2: { low: 2, high: 1 } } },
    { space: { l2: { low: 0, high: 1, log: true } } },
    { space: { l2: { low: 0.5, high: 1, whole: true } } },
    { budget: { fits: 0 } },
    { budget: { untilMs: Number.NaN, now: () => 0 } },
    { halving: 1 },
    { rungs: 9 },
    { seed: 0.5 },
  ];
  for (const one of bad)
    await expect(tune(ridge, dataset, { ...usual, ...one })).rejects.toThrow(code("LEARN_OPTION"));
});

it("draws whole numbers with both ends as likely as the others, and log ranges evenly by factor", () => {
  const random = seededRandom(1);
  const space = {
    whole: { low: 1, high: 4, whole: true },
    log: { low: 0.01, high: 100, log: true },
  };
  const counts = new Float64Array(5);
  let below = 0;
  for (let i = 0; i < 4000; i++) {
    const { whole, log } = drawOptions(space, random.fork(`${i}`)) as Record<string, number>;
    counts[whole!]!++;
    if (log! < 1) below++;
  }
  for (const count of counts.subarray(1)) expect(Math.abs(count - 1000)).toBeLessThan(110);
  expect(Math.abs(below - 2000)).toBeLessThan(130);
});

it("never plans a round beyond the fits that are left, and uses them all in the end", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 10 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 500 }),
      (halving, rungs, fits) => {
        const sizes = roundSizes(halving, rungs, fits);
        expect(sizes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(fits);
        expect(sizes.at(-1)).toBe(1);
      },
    ),
  );
});
