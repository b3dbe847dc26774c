import { mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openingProblem } from "../../src/warehouse/failures.ts";
import { openWarehouse } from "../../src/warehouse/warehouse.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-failures-"));
  file = path.join(folder, "w.duckdb");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function overwrite(at: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, "r+");
  await handle.write(bytes, 0, bytes.length, at);
  await handle.close();
}

async function fill(): Promise<void> {
  const warehouse = await openWarehouse(file);
  await warehouse.write((session) =>
    session.run("CREATE TABLE t AS SELECT range AS x, md5(range::VARCHAR) AS y FROM range(50000)"),
  );
  await warehouse.checkpoint();
  await warehouse.close();
}

it("calls a file damaged that is none of DuckDB's, was cut short, or lost its header", async () => {
  await writeFile(file, "not a database");
  await expect(openWarehouse(file)).rejects.toMatchObject({ code: "WAREHOUSE_UNREADABLE" });
  await rm(file);
  await fill();
  const handle = await open(file, "r+");
  await handle.truncate(20_000);
  await handle.close();
  await expect(openWarehouse(file)).rejects.toMatchObject({ code: "WAREHOUSE_UNREADABLE" });
});

it("meets a damaged block when it reads it, and calls that damaged too", async () => {
  const met: string[] = [];
  for (let block = 0; block < 4; block++) {
    await rm(file, { force: true });
    await fill();
    await overwrite(12_288 + block * 262_144 + 500, new Uint8Array(64).fill(90));
    // A block of the catalogue shows at once, one of the rows when they are asked for.
    const warehouse = await openWarehouse(file).catch((error: unknown) => {
      expect(error).toMatchObject({ code: "WAREHOUSE_UNREADABLE" });
      return null;
    });
    if (warehouse === null) continue;
    await expect(warehouse.all("SELECT sum(x), max(y) FROM t")).rejects.toMatchObject({
      code: "WAREHOUSE_UNREADABLE",
    });
    met.push("reading");
    await warehouse.close();
  }
  expect(met).toContain("reading");
});

it("does not call a file damaged that is only out of reach", async () => {
  await mkdir(file);
  await expect(openWarehouse(file)).rejects.toMatchObject({ code: "WAREHOUSE_NOT_OPENED" });
  await expect(openWarehouse(path.join(folder, "none", "w.duckdb"))).rejects.toMatchObject({
    code: "WAREHOUSE_NOT_OPENED",
  });
});

it("never takes DuckDB's words for a lock, a full disk or a permission for damage", () => {
  const codeFor = (message: string) => openingProblem(file, new Error(message)).code;
  const lock = `IO Error: Could not set lock on file "${file}": Conflicting lock is held in /usr/bin/node (PID 4711) by user x.`;
  expect(openingProblem(file, new Error(lock))).toMatchObject({
    code: "WAREHOUSE_IN_USE",
    details: { pid: 4711 },
  });
  for (const message of [
    `IO Error: Cannot open file "${file}": Permission denied`,
    `IO Error: Cannot open file "${file}": Too many open files`,
    `IO Error: Could not write file "${file}": No space left on device`,
    `IO Error: Cannot open file "${file}": Read-only file system`,
    "Out of Memory Error: could not allocate block",
    "a sentence that a later DuckDB might say",
  ]) {
    expect([message, codeFor(message)]).toEqual([message, "WAREHOUSE_NOT_OPENED"]);
  }
  // A folder may be called anything.
  expect(openingProblem("/tmp/corrupt/w", new Error('Cannot open "/tmp/corrupt/w"')).code).toBe(
    "WAREHOUSE_NOT_OPENED",
  );
});
