// @ts-check
/** Compiles the server and the page into dist/, each only when its sources changed. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { runChild } from "./child.mjs";
import { compressPage } from "./compress-page.mjs";
import { digestOf, filesUnder } from "./digest.mjs";
import { SetupError, say, secondsSince } from "./say.mjs";

const COMMON = [
  "package.json",
  "package-lock.json",
  "scripts/build.mjs",
  "scripts/compress-page.mjs",
  "scripts/page-icon.mjs",
  "scripts/page-worker.mjs",
  "tsconfig.json",
];
const SERVER_SOURCES = [...COMMON, "src", "sample", "tsconfig.build.json", "tsconfig.types.json"];
// The page may import the contract, and the contract what lies below it.
const PAGE_SOURCES = [
  ...COMMON,
  "dashboard",
  "vite.config.ts",
  "src/contract",
  "src/domain",
  "src/base",
];

/** @typedef {{ server: string, page: string | null }} Digests page is null where there are no page sources */

/** @param {string} root @returns {Digests} */
function wantedDigests(root) {
  const hasPage = pageConfig(root) !== null;
  return {
    server: digestOf(root, SERVER_SOURCES),
    page: hasPage ? digestOf(root, PAGE_SOURCES) : null,
  };
}

/** @param {string} root @returns {Partial<Digests>} what dist/ was built from; nothing when it is missing or unfinished */
function builtDigests(root) {
  const mark = path.join(root, "dist", "build.json");
  return existsSync(mark) ? JSON.parse(readFileSync(mark, "utf8")) : {};
}

/** True when dist/ was built from exactly these sources. @param {string} root */
export function buildIsReady(root) {
  const built = builtDigests(root);
  const wanted = wantedDigests(root);
  return built.server === wanted.server && built.page === wanted.page;
}

/**
 * Builds into a folder beside dist/ and swaps it in when it is whole; a part whose sources are unchanged is kept.
 *
 * @param {string} root the checkout, with node_modules in place
 * @throws {SetupError} with the compiler's words
 */
export async function build(root) {
  const started = performance.now();
  const wanted = wantedDigests(root);
  const built = builtDigests(root);
  const next = path.join(root, "dist.next");
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next);
  const parts = await Promise.allSettled([
    buildServer(root, next, built.server === wanted.server),
    wanted.page === null ? null : buildPage(root, next, built.page === wanted.page),
  ]);
  for (const part of parts) if (part.status === "rejected") throw part.reason;
  writeFileSync(path.join(next, "build.json"), `${JSON.stringify(wanted)}\n`);
  swapIn(root, next);
  say(`built in ${secondsSince(started)}`);
}

/** @param {string} root @param {string} next @param {boolean} unchanged */
async function buildServer(root, next, unchanged) {
  if (unchanged) {
    for (const part of ["src", "sample"]) keep(root, next, part);
    return;
  }
  say("compiling the server …");
  // Types are checked by `npm test`; every file compiles alone, so that starting need not wait for it.
  const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
  const compile = (/** @type {string} */ config) =>
    must(root, "TypeScript", [tsc, "-p", config, "--noCheck", "--outDir", next]);
  await compile("tsconfig.build.json");
  // The types of what others import.
  if (existsSync(path.join(root, "tsconfig.types.json"))) await compile("tsconfig.types.json");
  for (const file of filesUnder(root, ["src", "sample"])) {
    if (!/\.(ts|md)$/.test(file)) cpSync(path.join(root, file), path.join(next, file));
  }
}

/** @param {string} root @param {string} next @param {boolean} unchanged */
async function buildPage(root, next, unchanged) {
  if (unchanged) {
    keep(root, next, "dashboard");
    return;
  }
  const config = pageConfig(root);
  if (config === null) return;
  say("building the page …");
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  const outDir = path.join(next, "dashboard");
  const args = [
    "build",
    "--config",
    config,
    "--outDir",
    outDir,
    "--emptyOutDir",
    "--logLevel=error",
  ];
  await must(path.dirname(config), "Vite", [vite, ...args]);
  addFontLicences(root, path.join(outDir, "licenses.md"));
  await compressPage(outDir);
}

/** Vite lists the licences of bundled scripts; fonts come through style sheets. @param {string} root @param {string} file */
function addFontLicences(root, file) {
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  for (const name of Object.keys(devDependencies)) {
    if (!name.startsWith("@fontsource")) continue;
    const licence = readFileSync(path.join(root, "node_modules", name, "LICENSE"), "utf8");
    appendFileSync(file, `\n## ${name}\n\n${licence}`);
  }
}

/** The page's Vite configuration; null where there is none. @param {string} root */
function pageConfig(root) {
  const places = [
    path.join(root, "vite.config.ts"),
    path.join(root, "dashboard", "vite.config.ts"),
  ];
  return places.find((place) => existsSync(place)) ?? null;
}

/** @param {string} cwd @param {string} tool @param {readonly string[]} args */
async function must(cwd, tool, args) {
  const env = { NODE_ENV: "production" };
  const { code, output } = await runChild(process.execPath, args, { cwd, env });
  if (code !== 0) {
    throw new SetupError(
      `${output}\nleadsmart: ${tool} could not build the sources (its words are above).`,
    );
  }
  if (output.trim() !== "") process.stderr.write(output);
}

/** @param {string} root @param {string} next @param {string} part a folder of dist/ whose sources are unchanged */
function keep(root, next, part) {
  const old = path.join(root, "dist", part);
  if (existsSync(old)) cpSync(old, path.join(next, part), { recursive: true });
}

/** @param {string} root @param {string} next */
function swapIn(root, next) {
  const dist = path.join(root, "dist");
  const old = path.join(root, "dist.old");
  rmSync(old, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
}
