/** The room as others use it: by the names that package.json gives away, built, with its types. */
import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as face from "../../src/learn/learn.ts";

const run = promisify(execFile);
const tsc = path.resolve("node_modules/typescript/bin/tsc");
let consumer = "";

/** A project with the package in its node_modules, as `npm install` would put it there. */
beforeAll(async () => {
  consumer = mkdtempSync(path.join(tmpdir(), "leadsmart-learn-"));
  const home = path.join(consumer, "node_modules", "leadsmart");
  mkdirSync(home, { recursive: true });
  cpSync("package.json", path.join(home, "package.json"));
  for (const config of ["tsconfig.build.json", "tsconfig.types.json"])
    await run(process.execPath, [
      tsc,
      "-p",
      config,
      "--noCheck",
      "--outDir",
      path.join(home, "dist"),
    ]);
});
afterAll(() => rmSync(consumer, { recursive: true, force: true }));

async function script(name: string, text: string): Promise<string> {
  writeFileSync(path.join(consumer, name), text);
  return (await run(process.execPath, [name], { cwd: consumer })).stdout;
}

const readme = readFileSync("src/learn/README.md", "utf8");

it("runs the example of its README from a plain script, on worker threads", async () => {
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const [numbers = "", same] = (await script("example.mjs", example)).trim().split("\n");
  const [low, high, unknown, sum] = JSON.parse(numbers) as number[];
  expect(low).toBeLessThan(0.2);
  expect(high).toBeGreaterThan(0.9);
  expect(unknown).toBeGreaterThan(low ?? 1);
  expect(sum).toBeCloseTo(low ?? 1, 12);
  expect(same).toBe("true");
});

it("ends by itself after training, with nothing left running", async () => {
  const text = `import { boosting, datasetOf } from "leadsmart/learn";
    const values = Float64Array.from({ length: 30000 }, (_, i) => (i * 7919) % 1000);
    const dataset = datasetOf([{ kind: "numeric", name: "x", values }], { target: { kind: "value", values } });
    const model = await boosting.fit(dataset, { rounds: 5 });
    console.log(model.predict(dataset).length, process.getActiveResourcesInfo().length >= 0);`;
  expect(await script("ends.mjs", text)).toBe("30000 true\n");
});

it("reads and predicts by the smaller door", async () => {
  const text = `import { datasetOf, modelFromJSON } from "leadsmart/learn/predict";
    const model = modelFromJSON(${JSON.stringify({
      kind: "base-rate",
      version: 1,
      task: "binary",
      features: [{ name: "x", kind: "boolean", levels: null }],
      classes: ["no", "yes"],
      says: [0.25],
    })});
    console.log(model.predict(datasetOf([{ kind: "boolean", name: "x", values: Int8Array.of(1) }]))[0]);`;
  expect(await script("predict.mjs", text)).toBe("0.25\n");
});

it("carries its types", async () => {
  symlinkSync(path.resolve("node_modules/@types"), path.join(consumer, "node_modules", "@types"));
  writeFileSync(
    path.join(consumer, "typed.mts"),
    `import { datasetOf, forest, LEARNERS, type Model, tune } from "leadsmart/learn";
    import { modelFromJSON } from "leadsmart/learn/predict";
    const dataset = datasetOf([]);
    const model: Model = await forest.fit(dataset, { trees: 3 });
    export const kinds: string[] = LEARNERS.map((one) => one.kind);
    export const same: Model = modelFromJSON(model.toJSON());
    // @ts-expect-error there is no such option
    await forest.fit(dataset, { tree: 3 });
    // @ts-expect-error a budget is needed
    await tune(forest, dataset, { split: { train: new Uint32Array(), test: new Uint32Array() } });`,
  );
  const config = {
    compilerOptions: {
      module: "nodenext",
      target: "es2023",
      lib: ["es2023"],
      types: ["node"],
      strict: true,
      noEmit: true,
    },
    files: ["typed.mts"],
  };
  writeFileSync(path.join(consumer, "tsconfig.json"), JSON.stringify(config));
  const { stdout } = await run(process.execPath, [tsc, "-p", "."], { cwd: consumer }).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
});

it("lists every learner once, and its README tells of every name that it gives away", () => {
  const kinds = face.LEARNERS.map(({ kind }) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(kinds).toEqual([
    "forest",
    "boosting",
    "logistic",
    "ridge",
    "naive-bayes",
    "base-rate",
    "points",
  ]);
  const named = new Set([...readme.matchAll(/[A-Za-z]+/g)].map(([name]) => name));
  expect(Object.keys(face).filter((name) => !named.has(name))).toEqual([]);
});

/** Files that a module leads to by import, itself among them. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, typed, target] of text.matchAll(
    /(?:import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)"/g,
  )) {
    if (typed) continue;
    if (target?.startsWith(".")) reached(path.join(path.dirname(file), target), seen);
    else seen.add(target ?? "");
  }
  return seen;
}

it("leads from prediction to nothing of Node, and to no thread", () => {
  const files = [...reached("src/learn/predict.ts")];
  expect(files.filter((file) => !file.startsWith("src"))).toEqual([]);
  expect(files.filter((file) => /pool|worker|threads/.test(file))).toEqual([]);
  expect(files).toContain(path.join("src", "learn", "tree-shap.ts"));
  expect([...reached("src/learn/learn.ts")]).toContain("node:worker_threads");
});
