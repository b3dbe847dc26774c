/** A terminal that remembers, for running verbs inside a test. */

import { writeWorld } from "../../sample/world.ts";
import { fixedClock } from "../../src/base/clock.ts";
import type { ServeOptions, Terminal, World } from "../../src/cli/command.ts";
import { runCommand } from "../../src/cli/run.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `leadsmart ARGS` in this process. */
export async function leadsmart(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Terminal["env"];
    readonly input?: NodeJS.ReadableStream;
    /** Pressing Ctrl-C. */
    readonly signal?: AbortSignal;
    /** Told what `start` would serve. */
    readonly served?: (options: ServeOptions) => void;
  } = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    lively: false,
    input: (options.input ?? process.stdin) as NodeJS.ReadStream,
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    signal: options.signal ?? new AbortController().signal,
  };
  const world: World = {
    clock: fixedClock(new Date("2026-01-01T00:00:00Z")),
    version: "0.0.0-test",
    pageDirectory: null,
    writeWorld,
    serve: async (asked) => {
      if (!options.served) throw new Error("This terminal serves nothing");
      options.served(asked);
    },
  };
  const code = await runCommand(args, terminal, world);
  return { code, out, err };
}
