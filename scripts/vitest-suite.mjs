// @ts-check
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runChild } from "./child.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Runs one vitest configuration, its output shown as it comes.
 *
 * @param {string} root the checkout
 * @param {string} config name of the configuration file
 * @param {{ patterns?: readonly string[], env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Counts>} a file that could not be loaded counts as one failure
 */
export async function runVitest(root, config, { patterns = [], env = {} } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "leadsmart-test-"));
  const report = path.join(folder, "report.json");
  const args = [
    path.join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    `--config=${config}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...patterns,
  ];
  try {
    // Vitest chooses React's and its own test builds by this variable; an inherited "production" breaks them.
    const child = { cwd: root, env: { ...env, NODE_ENV: "test" }, live: true };
    const { code } = await runChild(process.execPath, args, child);
    return counted(code, reportAt(report));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file @returns {any} null when vitest ended before writing it */
function reportAt(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * @param {number} code exit code of vitest
 * @param {any} report vitest's JSON report
 * @returns {Counts}
 */
export function counted(code, report) {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const unloadable = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === "failed" &&
      !file.assertionResults.some((/** @type {any} */ test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + unloadable;
  return {
    passed: report.numPassedTests,
    // An error outside any test (an unhandled rejection) ends with a bad exit code and no failed test.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
