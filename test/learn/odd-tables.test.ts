import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { type Column, type Dataset, datasetOf, type Target } from "../../src/dataset/dataset.ts";
import { modelFromJSON } from "../../src/learn/learn.ts";
import { TABLE } from "./contract-rows.ts";

const ROWS = 60;
const random = seededRandom(8).fork("odd tables");
const drawn = Array.from({ length: ROWS }, () => random.next());

const numeric = (name: string, of: (row: number) => number, rows = ROWS): Column => ({
  kind: "numeric",
  name,
  values: Float64Array.from({ length: rows }, (_, row) => of(row)),
});
const levels = (name: string, names: readonly string[], of: (row: number) => number): Column => ({
  kind: "categorical",
  name,
  codes: Int32Array.from({ length: ROWS }, (_, row) => of(row)),
  levels: names,
});
const truth = (name: string, value: number): Column => ({
  kind: "boolean",
  name,
  values: new Int8Array(ROWS).fill(value),
});
const time = (name: string, of: (row: number) => number): Column => ({
  kind: "time",
  name,
  values: Float64Array.from({ length: ROWS }, (_, row) => of(row)),
});

const x = numeric("x", (row) => drawn[row]!);
const numbers = (many: number) => Array.from({ length: many }, (_, i) => `level ${i}`);
const side = (row: number) => (row % 2 === 0 ? 1 : -1);
const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty"];
const EDGES = [Number.NaN, 1.7e308, -1.7e308, 5e-324];

/** Columns that somebody's table may have. */
const ODD: Readonly<Record<string, readonly Column[]>> = {
  "a level per row": [levels("c", numbers(ROWS), (row) => row), x],
  "more levels than rows": [levels("c", numbers(5000), (row) => row * 83)],
  "nothing that varies": [
    numeric("x", () => 3),
    levels("c", ["a"], () => 0),
    truth("b", 1),
    time("t", () => 1e12),
  ],
  "nothing but missing": [
    numeric("x", () => Number.NaN),
    levels("c", ["a", "b"], () => -1),
    levels("none", [], () => -1),
    truth("b", -1),
    time("t", () => Number.NaN),
  ],
  "the largest numbers": [numeric("y", (row) => 1.7e308 * side(row)), x],
  "the smallest numbers": [numeric("x", (row) => Math.round(20 * drawn[row]!) * 5e-324)],
  "the largest beside the smallest": [numeric("x", (row) => (row === 0 ? 1e300 : 1e-300 * row))],
  "two zeros": [numeric("x", (row) => 0 * side(row))],
  "the first and the last moment": [time("t", (row) => 8.64e15 * side(row))],
  "one column twice": [x, { ...x, name: "again" }],
  "names that every object has": [
    ...NAMES.map((name) => ({ ...x, name })),
    levels("valueOf", NAMES, (row) => row % 4),
  ],
  "names that are not ASCII, or empty": [
    levels("الاسم", ["é", "e\u0301", "مرحبا", "😀", "", " "], (row) => row % 6),
    { ...x, name: "" },
  ],
};

const alternating = Array.from({ length: ROWS }, (_, row) => row % 2);
const TARGETS: Readonly<Record<string, Target>> = {
  binary: { kind: "class", codes: Int32Array.from(alternating), classes: ["__proto__", "نعم"] },
  multiclass: {
    kind: "class",
    codes: Int32Array.from(alternating, (code) => 2 * code),
    classes: ["constructor", "never seen", "نعم"],
  },
  regression: { kind: "value", values: Float64Array.from(drawn, (y) => 1e90 * y) },
};

/** As the rows asked about may be: values at the edges, and a level that was never seen. */
function askedOf({ columns }: Dataset): Dataset {
  return datasetOf(
    columns.map((column): Column => {
      if (column.kind === "categorical")
        return { ...column, codes: Int32Array.of(-1, 0, 0, -1), levels: ["never seen"] };
      if (column.kind === "boolean") return { ...column, values: Int8Array.of(-1, 0, 1, 1) };
      const values = column.kind === "time" ? [Number.NaN, 8.64e15, -8.64e15, 0] : EDGES;
      return { ...column, values: Float64Array.from(values) };
    }),
  );
}

async function holds(rows: Dataset, { learner, options }: (typeof TABLE)[number]): Promise<void> {
  const model = await learner.fit(rows, options);
  const asked = askedOf(rows);
  const explanation = model.explain(asked);
  for (const told of [model.predict(rows), model.predict(asked), explanation.values])
    expect(told.findIndex((one) => !Number.isFinite(one))).toBe(-1);
  const again = modelFromJSON(JSON.parse(JSON.stringify(model)));
  expect(again.predict(asked)).toEqual(model.predict(asked));
  expect(again.features.map(({ name }) => name)).toEqual(rows.columns.map(({ name }) => name));
  expect(again.classes).toEqual(model.classes);
}

describe.each(TABLE.map((entry) => [entry.learner.kind, entry] as const))("%s", (_, entry) => {
  it.each(Object.entries(ODD))(
    "learns, tells and is read again with %s",
    async (_name, columns) => {
      for (const task of entry.tasks)
        await holds(datasetOf(columns, { target: TARGETS[task] ?? null }), entry);
    },
  );

  it("learns from a row of each class, of five hundred columns", async () => {
    if (!entry.tasks.includes("binary")) return;
    const target: Target = { kind: "class", codes: Int32Array.of(0, 1), classes: ["no", "yes"] };
    const columns = Array.from({ length: 500 }, (_, k) => numeric(`x${k}`, (row) => row * k, 2));
    await holds(datasetOf(columns, { target }), entry);
  });

  it("learns where one row in ten thousand is positive", async () => {
    if (!entry.tasks.includes("binary")) return;
    const codes = new Int32Array(10_000);
    codes[77] = 1;
    const rows = datasetOf([numeric("x", (row) => (row * 7919) % 10_000, 10_000)], {
      target: { kind: "class", codes, classes: ["no", "yes"] },
    });
    await holds(rows, entry);
    const mean = (await entry.learner.fit(rows, entry.options)).predict(rows);
    expect(mean.reduce((sum, p) => sum + p, 0) / 10_000).toBeLessThan(0.01);
  });
});
