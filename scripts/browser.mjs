// @ts-check
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { runChild } from "./child.mjs";
import { say } from "./say.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const FIXED_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * A Chromium for the browser tests: one that is installed, else Debian's package, else Playwright's own download.
 *
 * @param {string} root the checkout
 * @returns {Promise<string | null>} path of the program; null when none could be had
 */
export async function provideBrowser(root) {
  const installed = await installedBrowser(root);
  if (installed !== null) return installed;
  if (isRootOnDebian()) {
    say("no Chromium found; installing Debian's package …");
    await runChild("apt-get", ["update", "-qq"], { cwd: root });
    const args = ["install", "-y", "-qq", "--no-install-recommends", "chromium"];
    await runChild("apt-get", args, { cwd: root, env: { DEBIAN_FRONTEND: "noninteractive" } });
    const packaged = await installedBrowser(root);
    if (packaged !== null) return packaged;
  }
  say("no Chromium found; fetching Playwright's own …");
  const cli = path.join(root, "node_modules", "playwright-core", "cli.js");
  await runChild(process.execPath, [cli, "install", "chromium"], { cwd: root });
  return installedBrowser(root);
}

/** @param {string} root @returns {Promise<string | null>} */
async function installedBrowser(root) {
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const { chromium } = await import("playwright-core");
  const given = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : [];
  const places = [...given, ...onPath, ...FIXED_PLACES, chromium.executablePath()];
  for (const place of places) {
    if (existsSync(place) && (await starts(root, place))) return place;
  }
  return null;
}

/** Some distributions put a stub in its place, and libraries may be missing. @param {string} root @param {string} place */
async function starts(root, place) {
  if (process.platform === "win32") return true; // asking for the version would open a window
  const { code } = await runChild(place, ["--version"], { cwd: root });
  return code === 0;
}

function isRootOnDebian() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID="?debian"?$/m.test(readFileSync("/etc/os-release", "utf8"));
}
