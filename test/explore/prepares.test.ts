import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { openLook } from "../../src/explore/look.ts";
import { openHouse } from "../marts/raw-world.ts";

const FOLDER = path.join("src", "explore", "sql");
const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".sql"),
);

it("every query of the room fits the tables of a look", async () => {
  const house = await openHouse();
  await house.settle({});
  const look = await openLook(house.warehouse, {
    scope: EVERYTHING,
    definitions: readDefinitions([], "a test"),
  });
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const text = readFileSync(path.join(FOLDER, file), "utf8");
    const statements = await look.session.connection.extractStatements(text);
    expect(statements.count, file).toBe(1);
    const prepared = await statements.prepare(0).catch((error: unknown) => {
      throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    });
    prepared.destroySync();
  }
  await look.close();
  await house.close();
});
