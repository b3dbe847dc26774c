import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { createRawSchema } from "../../src/ingest/schema.ts";
import { createMartsSchema } from "../../src/marts/schema.ts";
import { createStagingSchema } from "../../src/quality/schema.ts";
import { openWarehouse } from "../../src/warehouse/warehouse.ts";

/** Their own tests prepare these, after the steps whose temporary tables they read. */
const ELSEWHERE = new Set(["quality", "marts", "explore"]);

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".sql"),
);

it("every named query lies in a folder sql/ of a room", () => {
  expect(files.filter((file) => file.split(path.sep)[1] !== "sql")).toEqual([]);
});

it("every named query of the other rooms fits the real schema", async () => {
  const warehouse = await openWarehouse(":memory:");
  await warehouse.write(async (session) => {
    await createRawSchema(session);
    await createStagingSchema(session);
    await createMartsSchema(session);
    await session.run(readFileSync("src/ingest/sql/macros.sql", "utf8"));
    await session.run(readFileSync("src/ingest/sql/live-rows.sql", "utf8"), { rows: "[]" });
    await session.run(readFileSync("src/workflows/sql/work-mirror.sql", "utf8"));
    for (const file of files) {
      if (ELSEWHERE.has(file.split(path.sep)[0] as string)) continue;
      const text = readFileSync(path.join("src", file), "utf8");
      // Macros build on each other: running them is the way to check them.
      if (/CREATE OR REPLACE TEMP MACRO/.test(text)) {
        await session.run(text);
        continue;
      }
      const statements = await session.connection.extractStatements(text);
      expect(statements.count).toBeGreaterThan(0);
      for (let i = 0; i < statements.count; i++) {
        const prepared = await statements.prepare(i).catch((error: unknown) => {
          throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
        });
        prepared.destroySync();
      }
    }
  });
  await warehouse.close();
});

it("every named query says its grain and what it reads or writes", () => {
  const silent = files.filter((file) => {
    const [first = ""] = readFileSync(path.join("src", file), "utf8").split("\n");
    return !first.startsWith("--");
  });
  expect(silent).toEqual([]);
});
