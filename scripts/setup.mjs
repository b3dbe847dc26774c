// @ts-check
/** Brings a checkout from whatever state it is in to one that runs: packages installed, dist/ built. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, buildIsReady } from "./build.mjs";
import { dependenciesAreReady, installDependencies } from "./dependencies.mjs";
import { SetupError, say } from "./say.mjs";
import { takeTurn } from "./turn.mjs";

/**
 * Does what is missing and nothing twice; processes that start at once wait for the first.
 *
 * @param {string} root the checkout
 * @throws {SetupError} when npm, the compiler or the bundler fails, with its words
 */
export async function setUp(root) {
  if (dependenciesAreReady(root) && buildIsReady(root)) return;
  await takeTurn(path.join(root, ".setup.lock"), {
    onWait: (holder) => say(`waiting for the set-up that process ${holder} is doing …`),
    async work() {
      if (!dependenciesAreReady(root)) await installDependencies(root);
      if (!buildIsReady(root)) await build(root);
    },
  });
}

const here = fileURLToPath(import.meta.url);
if (process.argv[1] === here) {
  try {
    await setUp(path.dirname(path.dirname(here)));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
