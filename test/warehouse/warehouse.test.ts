import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { createGate } from "../../src/warehouse/gate.ts";
import { openWarehouse } from "../../src/warehouse/warehouse.ts";

it("turns DuckDB's types into plain values in one place", async () => {
  const warehouse = await openWarehouse(":memory:");
  const row = await warehouse.first(
    `SELECT 9007199254740991::BIGINT AS big, sum(x)::HUGEINT AS huge, 1.25::DECIMAL(9,2) AS money,
            DATE '2024-02-29' AS day, TIMESTAMP '2024-10-17 23:59:59' AS at, [1, 2] AS list,
            {'a': 1::BIGINT} AS record, NULL AS nothing, $name AS name
     FROM range(4) t(x)`,
    { name: "عمر" },
  );
  expect(row).toEqual({
    big: 9007199254740991,
    huge: 6,
    money: 1.25,
    day: "2024-02-29",
    at: "2024-10-17 23:59:59",
    list: [1, 2],
    record: { a: 1 },
    nothing: null,
    name: "عمر",
  });
  await expect(warehouse.all("SELECT 9007199254740993::BIGINT")).rejects.toThrow(RangeError);
  await warehouse.close();
});

it("binds lists, and refuses a parameter that was not given", async () => {
  const warehouse = await openWarehouse(":memory:");
  const rows = await warehouse.all<{ x: number }>(
    "SELECT x FROM range(5) t(x) WHERE list_contains($wanted, x) ORDER BY x",
    { wanted: [1, 3] },
  );
  expect(rows.map((row) => row.x)).toEqual([1, 3]);
  await expect(warehouse.all("SELECT $missing", {})).rejects.toThrow("$missing");
  expect(await warehouse.all("SELECT 'a $path' AS name")).toEqual([{ name: "a $path" }]);
  await warehouse.close();
});

it("rolls back everything of a write that fails", async () => {
  const warehouse = await openWarehouse(":memory:");
  await warehouse.write((session) => session.run("CREATE TABLE t (x INTEGER)"));
  const failing = warehouse.write(async (session) => {
    await session.run("INSERT INTO t VALUES (1)");
    throw new Error("stop");
  });
  await expect(failing).rejects.toThrow("stop");
  expect(await warehouse.all("SELECT x FROM t")).toEqual([]);
  await warehouse.close();
});

it("lets no more through the gate than its width, in the order they came", async () => {
  const gate = createGate(2);
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  const deed = (i: number) => async () => {
    order.push(i);
    inside++;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inside--;
  };
  const first = Array.from({ length: 10 }, (_, i) => gate.pass(deed(i)));
  await first[0];
  const late = Array.from({ length: 10 }, (_, i) => gate.pass(deed(10 + i)));
  await Promise.all([...first, ...late]);
  expect(most).toBe(2);
  expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
  await gate.drained();
  expect(inside).toBe(0);
});

it("leaves a checkpoint for later while somebody looks at the data, and loses nothing by it", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "leadsmart-warehouse-"));
  try {
    const file = path.join(folder, "w.duckdb");
    const warehouse = await openWarehouse(file);
    await warehouse.write((session) => session.run("CREATE TABLE kept AS SELECT 1 AS one"));
    const looking = await warehouse.openScratch();
    await looking.run("BEGIN TRANSACTION; CREATE TEMP TABLE copy AS SELECT * FROM kept");
    await warehouse.write((session) => session.run("INSERT INTO kept VALUES (2)"));
    await warehouse.checkpoint();
    expect(await looking.all("SELECT count(*) AS n FROM kept")).toEqual([{ n: 1 }]);
    await looking.run("ROLLBACK");
    looking.close();
    await warehouse.checkpoint();
    await warehouse.close();
    const again = await openWarehouse(file);
    expect(await again.first("SELECT sum(one)::BIGINT AS all FROM kept")).toEqual({ all: 3 });
    await again.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("splits queries over its threads again once the last undivided work is over, however often it says so", async () => {
  const warehouse = await openWarehouse(":memory:", { threads: 3 });
  const threads = async () =>
    (await warehouse.first<{ n: number }>("SELECT current_setting('threads') AS n"))?.n;
  const first = await warehouse.undivided();
  expect(await threads()).toBe(1);
  const second = await warehouse.undivided();
  await first();
  await first();
  expect(await threads()).toBe(1);
  await second();
  expect(await threads()).toBe(3);
  await warehouse.close();
});
