import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Dataset, datasetOf, type Target, takeRows } from "../../src/dataset/dataset.ts";
import { forest } from "../../src/learn/forest.ts";

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

interface Reference {
  readonly learnt: number;
  readonly columns: number[][];
  readonly two: number[];
  readonly three: number[];
  readonly values: number[];
  readonly trees: Record<
    string,
    { options: { maxDepth: number; minLeafRows: number } } & Record<Wanted, number[]>
  >;
  readonly forests: Record<"auc" | "logLoss" | "squaredError", Spread>;
}
type Wanted = "two" | "three" | "values";

const reference = JSON.parse(
  readFileSync("test/fixtures/reference/forest.json", "utf8"),
) as Reference;

const classes = (codes: number[], names: string[]): Target => ({
  kind: "class",
  codes: Int32Array.from(codes),
  classes: names,
});
const targets: Record<Wanted, Target> = {
  two: classes(reference.two, ["no", "yes"]),
  three: classes(reference.three, ["low", "middle", "high"]),
  values: { kind: "value", values: Float64Array.from(reference.values) },
};

function parts(wanted: Wanted): { learnt: Dataset; rest: Dataset } {
  const columns = reference.columns.map((column, i) => ({
    kind: "numeric" as const,
    name: `column ${i}`,
    values: Float64Array.from(column),
  }));
  const all = datasetOf(columns, { target: targets[wanted] });
  const places = Uint32Array.from({ length: all.rows }, (_, row) => row);
  return {
    learnt: takeRows(all, places.subarray(0, reference.learnt)),
    rest: takeRows(all, places.subarray(reference.learnt)),
  };
}

describe.each(Object.entries(reference.trees))("a tree of all rows and columns, %s", (_, tree) => {
  it.each(["two", "three", "values"] as const)(
    "says of %s what scikit-learn's says",
    async (wanted) => {
      const { learnt } = parts(wanted);
      const whole = { trees: 1, sampling: "all", featuresPerSplit: "all" } as const;
      const said = (await forest.fit(learnt, { ...whole, ...tree.options })).predict(learnt);
      const expected = tree[wanted];
      expect(said).toHaveLength(expected.length);
      const farthest = expected.reduce(
        (most, one, i) => Math.max(most, Math.abs(one - said[i]!)),
        0,
      );
      expect(farthest).toBeLessThan(1e-12);
    },
  );
});

/** By trapezes: the chance that a positive row is said more of than a negative one. */
function areaUnderCurve(said: Float64Array, truth: ArrayLike<number>): number {
  const [negative, positive] = [0, 1].map((label) => said.filter((_, row) => truth[row] === label));
  const wins = (p: number) =>
    negative!.reduce((sum, q) => sum + (p > q ? 1 : p === q ? 0.5 : 0), 0) / negative!.length;
  return positive!.reduce((sum, p) => sum + wins(p), 0) / positive!.length;
}

describe("forests of 200 trees", () => {
  const options = { trees: 200, minLeafRows: 5 };

  // Means of five forests and of twenty differ by half a deviation by chance. Better than theirs they may be: a leaf's
  // rows are counted as often as drawn here, once there.
  const noWorse = ({ mean, deviation }: Spread, found: number[], sign: 1 | -1) => {
    const ours = found.reduce((sum, one) => sum + one, 0) / found.length;
    expect((sign * (ours - mean)) / deviation).toBeGreaterThan(-2);
  };
  const SEEDS = [1, 2, 3, 4, 5];

  it("rank and bet as well as scikit-learn's", async () => {
    const { learnt, rest } = parts("two");
    const truth = reference.two.slice(reference.learnt);
    const areas: number[] = [];
    const losses: number[] = [];
    for (const seed of SEEDS) {
      const said = (await forest.fit(learnt, { ...options, seed })).predict(rest);
      areas.push(areaUnderCurve(said, truth));
      const loss = truth.map((label, row) => -Math.log(label === 1 ? said[row]! : 1 - said[row]!));
      losses.push(loss.reduce((sum, one) => sum + one, 0) / loss.length);
    }
    noWorse(reference.forests.auc, areas, 1);
    noWorse(reference.forests.logLoss, losses, -1);
  });

  it("come as near to values as scikit-learn's", async () => {
    const { learnt, rest } = parts("values");
    const truth = reference.values.slice(reference.learnt);
    const errors: number[] = [];
    for (const seed of SEEDS) {
      const said = (await forest.fit(learnt, { ...options, featuresPerSplit: 2, seed })).predict(
        rest,
      );
      errors.push(truth.reduce((sum, y, row) => sum + (y - said[row]!) ** 2, 0) / truth.length);
    }
    noWorse(reference.forests.squaredError, errors, -1);
  });
});
