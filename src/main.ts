/** Wires the rooms: the one place that knows them all. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { systemClock } from "./base/clock.ts";
import type { Terminal, World } from "./cli/command.ts";
import { runCommand } from "./cli/run.ts";

function versionOfPackage(): string {
  for (const place of ["../package.json", "../../package.json"]) {
    const file = new URL(place, import.meta.url);
    if (existsSync(file))
      return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  }
  return "unknown";
}

function pageDirectory(): string | null {
  const folder = fileURLToPath(new URL("../dashboard", import.meta.url));
  return existsSync(`${folder}/index.html`) && existsSync(`${folder}/assets`) ? folder : null;
}

/**
 * Runs the command line.
 *
 * @param args what follows the program's name
 * @returns the exit code: 0 done, 1 failed, 2 used wrongly
 */
export async function run(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const terminal: Terminal = {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    lively: process.stderr.isTTY === true,
    input: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    signal: stop.signal,
  };
  const version = versionOfPackage();
  const page = pageDirectory();
  // Most verbs need neither the server nor the sample world, and loading them takes time.
  const writeWorld: World["writeWorld"] = async (options) =>
    (await import("../sample/world.ts")).writeWorld(options);
  const world: World = {
    clock: systemClock,
    version,
    pageDirectory: page,
    writeWorld,
    serve: async (options) =>
      (await import("./serve.ts")).serve(options, terminal, {
        clock: systemClock,
        version,
        pageDirectory: page,
        writeWorld,
      }),
  };
  try {
    return await runCommand(args, terminal, world);
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}
