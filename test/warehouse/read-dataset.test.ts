import { afterAll, beforeAll, expect, it } from "vitest";
import { type DatasetQuery, readDataset } from "../../src/warehouse/read-dataset.ts";
import { openWarehouse, type Session, type Warehouse } from "../../src/warehouse/warehouse.ts";

let warehouse: Warehouse;
let session: Session & { close(): void };
beforeAll(async () => {
  warehouse = await openWarehouse(":memory:");
  session = await warehouse.openScratch();
});
afterAll(async () => {
  session.close();
  await warehouse.close();
});

const LEADS = `
  SELECT * FROM (VALUES
    (3, 'c2', 250.50::DECIMAL(9, 2), 'Giza',  true,  DATE '2025-01-03', 'won',  2.0, 9::BIGINT),
    (1, 'c1', NULL,                  'Cairo', NULL,  DATE '2025-01-01', 'lost', 1.0, NULL),
    (2, 'c2', 100.25,                NULL,    false, NULL,              'won',  0.5, 7))
  AS t(id, campaign, budget, city, called, seen, outcome, weight, age)`;
const ALL: DatasetQuery = {
  sql: LEADS,
  key: ["id"],
  columns: ["budget", "city", "called", "seen", "age"],
};

it("reads each kind of column as it is, in the order of the key, and null as missing", async () => {
  const dataset = await readDataset(session, {
    ...ALL,
    target: "outcome",
    weight: "weight",
    group: "campaign",
  });
  expect(dataset).toEqual({
    rows: 3,
    columns: [
      { kind: "numeric", name: "budget", values: Float64Array.of(Number.NaN, 100.25, 250.5) },
      {
        kind: "categorical",
        name: "city",
        codes: Int32Array.of(0, -1, 1),
        levels: ["Cairo", "Giza"],
      },
      { kind: "boolean", name: "called", values: Int8Array.of(-1, 0, 1) },
      {
        kind: "time",
        name: "seen",
        values: Float64Array.of(Date.UTC(2025, 0, 1), Number.NaN, Date.UTC(2025, 0, 3)),
      },
      { kind: "numeric", name: "age", values: Float64Array.of(Number.NaN, 7, 9) },
    ],
    target: { kind: "class", codes: Int32Array.of(0, 1, 1), classes: ["lost", "won"] },
    weights: Float64Array.of(1, 0.5, 2),
    groups: Int32Array.of(0, 1, 1),
    times: null,
  });
});

it("takes truth values as the classes false and true, numbers as values, and the time beside them", async () => {
  const truth = await readDataset(session, {
    sql: `SELECT id, outcome = 'won' AS won, TIMESTAMP '2025-02-01 06:00:00' + to_days(id) AS at FROM (${LEADS})`,
    key: ["id"],
    columns: [],
    target: "won",
    time: "at",
  });
  expect(truth.target).toEqual({
    kind: "class",
    codes: Int32Array.of(0, 1, 1),
    classes: ["false", "true"],
  });
  expect(truth.times).toEqual(
    Float64Array.of(...[2, 3, 4].map((day) => Date.UTC(2025, 1, day, 6))),
  );
  const value = await readDataset(session, {
    sql: `SELECT * FROM (${LEADS}) WHERE weight > $least`,
    params: { least: 0.6 },
    key: ["id"],
    columns: ["age"],
    target: "weight",
  });
  expect(value.target).toEqual({ kind: "value", values: Float64Array.of(1, 2) });
});

it("fills more rows than one chunk holds, each at its place", async () => {
  const n = 10_000;
  const dataset = await readDataset(session, {
    sql: `SELECT i, i * 2 AS twice, (i % 7)::VARCHAR AS rest FROM range(${n}) AS t(i) ORDER BY hash(i)`,
    key: ["i"],
    columns: ["twice", "rest"],
  });
  const [twice, rest] = dataset.columns;
  expect(twice).toEqual({
    kind: "numeric",
    name: "twice",
    values: Float64Array.from({ length: n }, (_, i) => i * 2),
  });
  expect(rest).toMatchObject({ codes: Int32Array.from({ length: n }, (_, i) => i % 7) });
});

it("gives an empty dataset of a query without rows", async () => {
  const dataset = await readDataset(session, { ...ALL, sql: `${LEADS} WHERE false` });
  expect(dataset.rows).toBe(0);
  expect(dataset.columns.map(({ name }) => name)).toEqual(ALL.columns);
});

it.each([
  ["a column that the query does not give", { columns: ["income"] }, "DATASET_COLUMN_UNKNOWN"],
  ["rows that nothing tells apart", { key: [] }, "DATASET_KEY"],
  ["two rows of one key", { key: ["campaign"] }, "DATASET_KEY"],
  [
    "a list as a column",
    { sql: "SELECT 1 AS id, [1, 2] AS budget", columns: ["budget"] },
    "DATASET_TYPE",
  ],
  ["a target that is missing", { target: "age" }, "DATASET_VALUE"],
] as [string, Partial<DatasetQuery>, string][])("refuses %s", async (_, change, code) => {
  await expect(readDataset(session, { ...ALL, ...change })).rejects.toMatchObject({ code });
});
