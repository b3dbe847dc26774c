import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHECKOUT, cleanEnv, freshFolder, removeFolder, runProgram } from "./rooms.ts";

let folder = "";
let launcher = "";

/** An installed package in small: the real launcher before a program that tells what reached it. */
beforeAll(() => {
  folder = freshFolder();
  cpSync(path.join(CHECKOUT, "bin"), path.join(folder, "bin"), { recursive: true });
  launcher = path.join(folder, "bin", "leadsmart");
  mkdirSync(path.join(folder, "dist", "src"), { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    path.join(folder, "dist", "src", "main.js"),
    `export async function run(argv) {
       if (argv[0] === "throw") throw new Error("the roof is leaking");
       console.log(JSON.stringify({ argv, pool: process.env.UV_THREADPOOL_SIZE }));
       return Number(argv[0]);
     }`,
  );
  writeFileSync(
    path.join(folder, "old-node.cjs"),
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.4" } });`,
  );
  writeFileSync(path.join(folder, "sixteen.cjs"), SIXTEEN_AT_ONCE);
});
afterAll(() => removeFolder(folder));

/**
 * Opening a FIFO for reading holds a thread of the pool until a writer comes. Sixteen are opened; a writer of the
 * last one finds a reader only if all sixteen are held at once.
 */
const SIXTEEN_AT_ONCE = `
const { spawnSync } = require("node:child_process");
const { open } = require("node:fs");
const path = require("node:path");
process.once("beforeExit", () => {
  const fifos = Array.from({ length: 16 }, (_, i) => path.join(__dirname, "fifo" + i + "-" + process.pid));
  spawnSync("mkfifo", fifos);
  for (const fifo of fifos) open(fifo, "r", () => undefined);
  const write = (fifo, seconds) =>
    spawnSync("timeout", [String(seconds), "sh", "-c", ': > "$0"', fifo]).status === 0;
  const heldAtOnce = write(fifos[15], 3);
  console.log(JSON.stringify({ heldAtOnce }));
  for (const fifo of fifos) write(fifo, 1);
  process.exit();
});
`;

function launch(args: readonly string[], extra: Readonly<Record<string, string>> = {}) {
  return runProgram(process.execPath, [launcher, ...args], { cwd: folder, env: cleanEnv(extra) });
}

describe("the launcher", () => {
  it.each([0, 1, 2])("passes on exit code %i and every argument as it was given", async (code) => {
    const args = [String(code), "--data", "a folder/b", "--json", "--", "-x", ""];
    const ended = await launch(args);
    expect(ended.code).toBe(code);
    expect(JSON.parse(ended.stdout).argv).toEqual(args);
    expect(ended.stderr).toBe("");
  });

  it("ends with code 1 and the reason on stderr when the program breaks", async () => {
    const ended = await launch(["throw"]);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toContain("the roof is leaking");
  });

  it.each([
    ["unset", {}, "16"],
    ["too small", { UV_THREADPOOL_SIZE: "4" }, "16"],
    ["nonsense", { UV_THREADPOOL_SIZE: "many" }, "16"],
    ["larger", { UV_THREADPOOL_SIZE: "64" }, "64"],
  ] as const)(
    "gives the thread pool at least 16 threads when the size is %s",
    async (_, env, size) => {
      const ended = await launch(["0"], env);
      expect(JSON.parse(ended.stdout).pool).toBe(size);
    },
  );

  it.skipIf(process.platform === "win32")(
    "really runs sixteen blocking calls at once, where plain Node runs four",
    async () => {
      const probe = ["--require", path.join(folder, "sixteen.cjs")];
      const through = await runProgram(process.execPath, [...probe, launcher, "0"], {
        cwd: folder,
      });
      const plain = await runProgram(process.execPath, [...probe, "--eval", "0"], { cwd: folder });
      expect(through.stdout).toContain('{"heldAtOnce":true}');
      expect(plain.stdout).toContain('{"heldAtOnce":false}');
    },
  );

  it("tells the user of an old Node in one sentence what to do", async () => {
    const args = ["--require", path.join(folder, "old-node.cjs"), launcher, "0"];
    const ended = await runProgram(process.execPath, args, { cwd: folder });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toMatch(/^leadsmart needs Node 20\.19 or newer; this is Node 18\.20\.4\./);
  });

  it("can be read by an old Node: no syntax newer than 2009 before the version check", () => {
    const text = readFileSync(launcher, "utf8").replace(/^#!.*|\/\/.*/gm, "");
    expect(text).not.toMatch(
      /=>|`|\?\.|\?\?|\.\.\.|\b(const|let|class|async|await)\b|\bimport\s*\(/,
    );
  });
});
