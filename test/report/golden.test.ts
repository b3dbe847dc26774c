import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { leadsmart } from "../cli/terminal.ts";
import { withFolder } from "../workflows/home.ts";

const GOLDEN = path.resolve("test/golden/overview-small-world.txt");

/** What differs lies beside the golden file as `*.actual`, for reading; nothing rewrites the golden one by itself. */
function compare(actual: string, golden: string): void {
  const beside = `${golden}.actual`;
  const expected = existsSync(golden) ? readFileSync(golden, "utf8") : "";
  if (actual === expected) rmSync(beside, { force: true });
  else writeFileSync(beside, actual);
  expect(actual).toBe(expected);
}

it("a small seeded world goes through the whole house to the same report", async () => {
  await withFolder(async (folder) => {
    const world = path.join(folder, "world");
    const home = path.join(folder, "home");
    const made = await leadsmart([
      "lab",
      "sample",
      "--out",
      world,
      "--scale",
      "0.01",
      "--seed",
      "1",
    ]);
    expect(made.code).toBe(0);
    expect((await leadsmart(["import", world, "--home", home])).code).toBe(0);
    const report = await leadsmart(["report", "--home", home]);
    compare(report.out, GOLDEN);
  });
});
