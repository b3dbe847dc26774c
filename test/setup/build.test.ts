import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { build, buildIsReady } from "../../scripts/build.mjs";
import { CHECKOUT, freshFolder, removeFolder } from "./rooms.ts";

let root = "";
const put = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const built = (file: string) => readFileSync(path.join(root, "dist", file), "utf8");

/** A checkout in small: one source, one query, one data file, the project's own configuration. */
beforeEach(() => {
  root = freshFolder();
  for (const file of [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "tsconfig.build.json",
  ]) {
    cpSync(path.join(CHECKOUT, file), path.join(root, file));
  }
  symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(root, "node_modules"), "junction");
  put("src/main.ts", `import { rows } from "./rows.ts";\nexport const answer: number = rows;\n`);
  put("src/rows.ts", "export const rows: number = 3;\n");
  put("src/ingest/sql/rows.sql", "SELECT 3;\n");
  put("src/ingest/synonyms.json", "{}\n");
  put("sample/names.csv", "name\nNour\n");
});
afterEach(() => removeFolder(root));

describe("the build", () => {
  it("compiles sources and carries every query and data file along", async () => {
    expect(buildIsReady(root)).toBe(false);
    await build(root);
    expect(buildIsReady(root)).toBe(true);
    const main = await import(pathToFileURL(path.join(root, "dist/src/main.js")).href);
    expect(main.answer).toBe(3);
    expect(built("src/ingest/sql/rows.sql")).toBe("SELECT 3;\n");
    expect(built("src/ingest/synonyms.json")).toBe("{}\n");
    expect(built("sample/names.csv")).toBe("name\nNour\n");
    expect(existsSync(path.join(root, "dist.next"))).toBe(false);
    expect(existsSync(path.join(root, "dist.old"))).toBe(false);
  });

  it.each([
    ["a source changes", "src/rows.ts", "export const rows: number = 4;\n"],
    ["a query changes", "src/ingest/sql/rows.sql", "SELECT 4;\n"],
    ["a file is added", "src/more.ts", "export const more = 1;\n"],
    ["the lock changes", "package-lock.json", "{}"],
  ])("is asked for again when %s", async (_, file, text) => {
    await build(root);
    put(file, text);
    expect(buildIsReady(root)).toBe(false);
  });

  it("is not asked for by files that do not enter it", async () => {
    await build(root);
    put("README.md", "# changed\n");
    put("test/rows.test.ts", "export {};\n");
    expect(buildIsReady(root)).toBe(true);
  });

  it("drops what no longer has a source", async () => {
    put("src/old.ts", "export const old = 1;\n");
    await build(root);
    rmSync(path.join(root, "src/old.ts"));
    await build(root);
    expect(existsSync(path.join(root, "dist/src/old.js"))).toBe(false);
  });

  it("leaves the last good build in place when a source cannot be compiled, and says why", async () => {
    await build(root);
    put("src/rows.ts", "export const rows: number = ;\n");
    await expect(build(root)).rejects.toThrow(/rows\.ts[\s\S]*TypeScript could not build/);
    expect(built("src/rows.js")).toContain("3");
    expect(buildIsReady(root)).toBe(false);
  });

  it("is done again after one that was interrupted before its end", async () => {
    await build(root);
    rmSync(path.join(root, "dist/build.json")); // written last
    mkdirSync(path.join(root, "dist.next/src"), { recursive: true });
    expect(buildIsReady(root)).toBe(false);
    await build(root);
    expect(buildIsReady(root)).toBe(true);
  });
});
