/** Starts the command line in this process: in a checkout after bringing packages and build up to date. */
const { existsSync } = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const root = path.dirname(__dirname);
const moduleAt = (...segments) => import(pathToFileURL(path.join(root, ...segments)).href);

async function launch() {
  // An installed package carries its build and no scripts.
  if (existsSync(path.join(root, "scripts", "setup.mjs"))) {
    const { setUp } = await moduleAt("scripts", "setup.mjs");
    await setUp(root);
  }
  const { run } = await moduleAt("dist", "src", "main.js");
  return run(process.argv.slice(2));
}

launch().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error) => {
    console.error(error?.name === "SetupError" ? error.message : error);
    process.exitCode = 1;
  },
);
