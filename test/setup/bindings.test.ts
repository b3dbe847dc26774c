import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { missingBindings, thisMachine } from "../../scripts/bindings.mjs";
import { CHECKOUT } from "./rooms.ts";

const lock = JSON.parse(readFileSync(path.join(CHECKOUT, "package-lock.json"), "utf8"));
const versionOf = (name: string): string => lock.packages[`node_modules/${name}`].version;
const none = () => false;

describe("native packages of the platform", () => {
  it.each([
    [{ platform: "darwin", arch: "arm64", musl: false }, "darwin-arm64", "@libsql/darwin-arm64"],
    [{ platform: "linux", arch: "x64", musl: false }, "linux-x64", "@libsql/linux-x64-gnu"],
    [{ platform: "linux", arch: "x64", musl: true }, "linux-x64-musl", "@libsql/linux-x64-musl"],
    [{ platform: "win32", arch: "x64", musl: false }, "win32-x64", "@libsql/win32-x64-msvc"],
  ])("are named with their versions for %o", (machine, duckdb, libsql) => {
    const missing = missingBindings(lock, machine, none);
    expect(missing).toContain(
      `@duckdb/node-bindings-${duckdb}@${versionOf("@duckdb/node-bindings")}`,
    );
    expect(missing).toContain(`${libsql}@${versionOf("libsql")}`);
    expect(missing.filter((name) => name.startsWith("@duckdb/"))).toHaveLength(1);
  });

  it("fall back on a static build where there is none for musl", () => {
    const machine = { platform: "linux", arch: "x64", musl: true };
    expect(missingBindings(lock, machine, none)).toContain(
      `@typescript/typescript-linux-x64@${versionOf("typescript")}`,
    );
  });

  it("are not asked for where they are installed", () => {
    const installed = (name: string) => name.includes("linux-x64");
    const machine = { platform: "linux", arch: "x64", musl: false };
    expect(missingBindings(lock, machine, installed)).toEqual([]);
  });

  it("are all there on the machine that runs this test", () => {
    const has = (name: string) => {
      try {
        readFileSync(path.join(CHECKOUT, "node_modules", name, "package.json"));
        return true;
      } catch {
        return false;
      }
    };
    expect(missingBindings(lock, thisMachine(), has)).toEqual([]);
  });
});

describe("the lock file", () => {
  it("names no registry host, so that it installs behind any mirror", () => {
    const text = readFileSync(path.join(CHECKOUT, "package-lock.json"), "utf8");
    expect(text).not.toContain('"resolved"');
    expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });

  it("asks for no package that runs a script when it is installed", () => {
    const withScripts = Object.entries<{ hasInstallScript?: boolean; optional?: boolean }>(
      lock.packages,
    ).filter(([, { hasInstallScript, optional }]) => hasInstallScript && !optional);
    expect(withScripts.map(([name]) => name)).toEqual([]);
  });
});
