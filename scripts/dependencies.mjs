// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { missingBindings, thisMachine } from "./bindings.mjs";
import { npmCommand, runChild } from "./child.mjs";
import { SetupError, say, secondsSince } from "./say.mjs";

// The lock file stays as it is; explicit flags win over whatever the outer npm or the environment asked for.
const INSTALL = [
  "install",
  "--no-save",
  "--include=dev",
  "--include=optional",
  "--global=false",
  "--dry-run=false",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];

/** @param {string} root */
const markOf = (root) => path.join(root, "node_modules", ".leadsmart-installed");

/**
 * True when node_modules holds what package.json and the lock ask for on this machine.
 *
 * @param {string} root the checkout
 */
export function dependenciesAreReady(root) {
  const mark = markOf(root);
  if (!existsSync(mark) || readFileSync(mark, "utf8") !== wantedDependencies(root)) return false;
  const { dependencies, devDependencies } = packageOf(root);
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
    existsSync(path.join(root, "node_modules", name, "package.json")),
  );
}

/**
 * Runs `npm install` with the lock, and adds native packages of this platform that the lock does not list.
 *
 * @param {string} root the checkout
 * @throws {SetupError} with npm's own words when it fails
 */
export async function installDependencies(root) {
  const started = performance.now();
  say("installing packages with npm (first time: about half a minute) …");
  rmSync(markOf(root), { force: true });
  const { code, output } = await npm(root, INSTALL);
  if (code !== 0) {
    throw new SetupError(
      `${output}\nleadsmart: npm could not install the packages (its words are above). ` +
        "Check the connection to the package registry, then run the same command again.",
    );
  }
  await addMissingBindings(root);
  writeFileSync(markOf(root), wantedDependencies(root));
  say(`packages installed in ${secondsSince(started)}`);
}

/** @param {string} root */
async function addMissingBindings(root) {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  const isInstalled = (/** @type {string} */ name) =>
    existsSync(path.join(root, "node_modules", name, "package.json"));
  const missing = missingBindings(lock, thisMachine(), isInstalled);
  if (missing.length === 0) return;
  say(`adding what the lock file lacks for this platform: ${missing.join(", ")}`);
  const { code, output } = await npm(root, [...INSTALL, ...missing]);
  if (code !== 0) say(`some of these could not be installed; going on without them\n${output}`);
}

/** @param {string} root @param {readonly string[]} args */
function npm(root, args) {
  const { program, args: first } = npmCommand();
  return runChild(program, [...first, ...args], { cwd: root });
}

/** @param {string} root */
function packageOf(root) {
  return JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
}

/** What must be installed, and for which machine, as one line. @param {string} root */
function wantedDependencies(root) {
  const { dependencies, devDependencies, overrides } = packageOf(root);
  const hash = createHash("sha256")
    .update(JSON.stringify({ dependencies, devDependencies, overrides }))
    .update(readFileSync(path.join(root, "package-lock.json")));
  return `${hash.digest("hex")} ${process.platform}-${process.arch} abi ${process.versions.modules}\n`;
}
