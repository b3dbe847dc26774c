import { expect, it } from "vitest";
import { type Column, datasetOf, takeRows, withColumns } from "../../src/dataset/dataset.ts";

const age: Column = { kind: "numeric", name: "age", values: Float64Array.of(30, Number.NaN, 52) };
const city: Column = {
  kind: "categorical",
  name: "city",
  codes: Int32Array.of(1, -1, 0),
  levels: ["Giza", "Cairo"],
};
const called: Column = { kind: "boolean", name: "called", values: Int8Array.of(1, 0, -1) };
const target = {
  kind: "class",
  codes: Int32Array.of(0, 1, 1),
  classes: ["lost", "won"],
} as const;

it("takes rows in any order, each part along", () => {
  const dataset = datasetOf([age, city, called], {
    target,
    weights: Float64Array.of(1, 2, 3),
    groups: Int32Array.of(7, 7, 8),
    times: Float64Array.of(10, 20, 30),
  });
  expect(takeRows(dataset, Uint32Array.of(2, 0, 2))).toEqual({
    rows: 3,
    columns: [
      { ...age, values: Float64Array.of(52, 30, 52) },
      { ...city, codes: Int32Array.of(0, 1, 0) },
      { ...called, values: Int8Array.of(-1, 1, -1) },
    ],
    target: { ...target, codes: Int32Array.of(1, 0, 1) },
    weights: Float64Array.of(3, 1, 3),
    groups: Int32Array.of(8, 7, 8),
    times: Float64Array.of(30, 10, 30),
  });
  expect(takeRows(dataset, new Uint32Array(0)).rows).toBe(0);
});

it("keeps the columns that are named, in that order", () => {
  const dataset = datasetOf([age, city, called]);
  expect(withColumns(dataset, ["called", "age"]).columns).toEqual([called, age]);
  expect(() => withColumns(dataset, ["income"])).toThrow(
    expect.objectContaining({
      code: "DATASET_COLUMN_UNKNOWN",
      fix: "Choose among: age, city, called.",
    }),
  );
});

it.each([
  [
    "a column of another length",
    () => [[age, { ...called, values: Int8Array.of(1) }], {}],
    "DATASET_LENGTH",
  ],
  [
    "a target of another length",
    () => [[age], { target: { ...target, codes: Int32Array.of(0) } }],
    "DATASET_LENGTH",
  ],
  [
    "two columns of one name",
    () => [[age, { ...called, name: "age" }], {}],
    "DATASET_COLUMN_TWICE",
  ],
  [
    "an infinite number",
    () => [[{ ...age, values: Float64Array.of(1, Infinity, 2) }], {}],
    "DATASET_VALUE",
  ],
  [
    "a code without a level",
    () => [[{ ...city, codes: Int32Array.of(0, 2, 1) }], {}],
    "DATASET_VALUE",
  ],
  [
    "a truth value of 2",
    () => [[{ ...called, values: Int8Array.of(0, 2, 1) }], {}],
    "DATASET_VALUE",
  ],
  [
    "a class outside the list",
    () => [[age], { target: { ...target, codes: Int32Array.of(0, -1, 1) } }],
    "DATASET_VALUE",
  ],
  [
    "a missing value to learn",
    () => [[age], { target: { kind: "value", values: Float64Array.of(1, Number.NaN, 2) } }],
    "DATASET_VALUE",
  ],
  ["a negative weight", () => [[age], { weights: Float64Array.of(1, -1, 2) }], "DATASET_VALUE"],
] as [string, () => Parameters<typeof datasetOf>, string][])("refuses %s", (_, parts, code) => {
  expect(() => datasetOf(...parts())).toThrow(expect.objectContaining({ code }));
});

it("says in which row the wrong value stands", () => {
  const values = Float64Array.of(1, 2, -Infinity);
  expect(() => datasetOf([{ kind: "numeric", name: "spend", values }])).toThrow(
    expect.objectContaining({ where: "column spend, row 2" }),
  );
});
