// @ts-check
/** `npm test [-- quick | unit PATTERN…]`: every check of the project; the last line counts them. */
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runChild } from "./child.mjs";
import { SetupError, secondsSince } from "./say.mjs";
import { setUp } from "./setup.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = (/** @type {string[]} */ ...segments) => path.join(root, "node_modules", ...segments);
const tsc = bin("typescript", "bin", "tsc");

const STATIC_CHECKS = [
  {
    name: "format and lint",
    needs: "biome.json",
    args: [bin("@biomejs", "biome", "bin", "biome"), "check", "--max-diagnostics=200", "."],
  },
  { name: "types of the server", needs: "tsconfig.json", args: [tsc, "-p", "tsconfig.json"] },
  {
    name: "types of the page",
    needs: "dashboard/tsconfig.json",
    args: [tsc, "-p", "dashboard/tsconfig.json"],
  },
  {
    name: "types of the browser tests",
    needs: "test/browser/tsconfig.json",
    args: [tsc, "-p", "test/browser/tsconfig.json"],
  },
  {
    name: "unused files, exports and dependencies",
    needs: "knip.json",
    args: [bin("knip", "bin", "knip.js")],
  },
];

const total = { passed: 0, failed: 0, skipped: 0 };

/** @param {{ passed?: number, failed?: number, skipped?: number }} counts */
function add({ passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** @param {string} title */
const heading = (title) => console.log(`\n── ${title}`);

async function checkStatically() {
  heading("static checks");
  for (const { name, needs, args } of STATIC_CHECKS) {
    if (!existsSync(path.join(root, needs))) continue;
    const started = performance.now();
    const { code, output } = await runChild(process.execPath, args, { cwd: root });
    console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${secondsSince(started)})`);
    if (code !== 0) console.log(output);
    add(code === 0 ? { passed: 1 } : { failed: 1 });
  }
}

/**
 * @param {string} title
 * @param {string} config
 * @param {{ patterns?: readonly string[], env?: NodeJS.ProcessEnv }} [options]
 */
async function runSuite(title, config, options) {
  if (!existsSync(path.join(root, config))) return;
  heading(title);
  const { runVitest } = await import("./vitest-suite.mjs");
  add(await runVitest(root, config, options));
}

async function testInBrowser() {
  if (!existsSync(path.join(root, "vitest.browser.config.ts"))) return;
  const { provideBrowser } = await import("./browser.mjs");
  const browser = await provideBrowser(root);
  if (browser === null) {
    console.log("skipped: browser tests. Install Chromium or Chrome, or set CHROMIUM_PATH to one.");
    add({ skipped: 1 });
    return;
  }
  await runSuite("browser tests", "vitest.browser.config.ts", { env: { CHROMIUM_PATH: browser } });
}

/** @param {readonly string[]} args @returns {Promise<number>} exit code */
async function test([mode, ...patterns]) {
  const isUnit = mode === "unit";
  if (mode !== undefined && mode !== "quick" && !isUnit) {
    console.error("Usage: npm test [-- quick | unit PATTERN…]");
    return 2;
  }
  const started = performance.now();
  await setUp(root);
  if (!isUnit) await checkStatically();
  await runSuite("unit and property tests", "vitest.config.ts", { patterns });
  if (mode === undefined) {
    await runSuite("kill tests", "vitest.kill.config.ts");
    const seed = String(randomInt(2 ** 31));
    const env = { LEADSMART_SEED: seed, LEADSMART_KILLS: "4" };
    await runSuite(`kill tests with a seed of the day: ${seed}`, "vitest.kill.config.ts", { env });
    await runSuite("set-up and package tests", "vitest.setup.config.ts");
    await testInBrowser();
  }
  const skipped = total.skipped === 0 ? "" : `, ${total.skipped} skipped`;
  console.log(`\nin ${secondsSince(started)}${skipped}`);
  return total.failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await test(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  add({ failed: 1 });
  process.exitCode = 1;
}
if (process.exitCode !== 2) console.log(`${total.passed} passed, ${total.failed} failed`);
