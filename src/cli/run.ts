/** The command line: finds the verb, runs it, turns what went wrong into words and an exit code. */
import { parseArgs } from "node:util";
import { isProblem, Problem } from "../base/problem.ts";
import { diskFull, isDiskFull } from "../workflows/disk-space.ts";
import { type Command, exitCodeOf, homeOf, stopped, type Terminal, type World } from "./command.ts";

/** Each verb with its rooms: only those of the verb that was said are loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start-command.ts")).startCommand,
  import: async () => (await import("./import-command.ts")).importCommand,
  explore: async () => (await import("./explore-command.ts")).exploreCommand,
  report: async () => (await import("./report-command.ts")).reportCommand,
  people: async () => (await import("./people-command.ts")).peopleCommand,
  doctor: async () => (await import("./doctor-command.ts")).doctorCommand,
  lab: async () => (await import("./lab-command.ts")).labCommand,
};

async function help(version: string): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const width = Math.max(...commands.map((command) => command.name.length));
  const verbs = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `leadsmart ${version}\n\nUsage: leadsmart VERB [options]\n\n${verbs.join("\n")}\n\nEvery verb: --home DIR, --json, --help. The home is LEADSMART_HOME, else .leadsmart here.\n`;
}

/** A full disk by its name, wherever it was met; everything else as it is. */
function named(error: unknown, args: readonly string[], terminal: Terminal): unknown {
  if (isProblem(error) || !isDiskFull(error)) return error;
  const { home } = parseArgs({
    args: [...args],
    options: { home: { type: "string" } },
    strict: false,
  }).values;
  return diskFull(homeOf(typeof home === "string" ? home : undefined, terminal), null, error);
}

function tell(error: unknown, json: boolean, terminal: Terminal): void {
  if (!isProblem(error)) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (json)
      terminal.out(
        `${JSON.stringify({ problem: { code: "INTERNAL", what: String(error) } }, null, 2)}\n`,
      );
    terminal.err(`Something went wrong that leadsmart did not expect:\n${trace}\n`);
    return;
  }
  if (json) terminal.out(`${JSON.stringify({ problem: error.toJSON() }, null, 2)}\n`);
  terminal.err(
    `${error.code}: ${error.what}${error.where ? `\n  at ${error.where}` : ""}\n  ${error.fix}\n`,
  );
}

/** In JSON a verb says one thing, whatever goes wrong after it was said. */
function sayingOnce(terminal: Terminal): Terminal {
  let said = false;
  return {
    ...terminal,
    out(text) {
      if (!said) terminal.out(text);
      said = true;
    },
  };
}

/** @returns the exit code: 0 done, 1 failed, 2 used wrongly or given wrong input */
export async function runCommand(
  args: readonly string[],
  shown: Terminal,
  world: World,
): Promise<number> {
  const [verb, ...rest] = args;
  const json = rest.includes("--json");
  const terminal = json ? sayingOnce(shown) : shown;
  if (verb === undefined || verb === "help" || verb === "--help" || verb === "-h") {
    terminal.out(await help(world.version));
    return verb === undefined ? 2 : 0;
  }
  if (verb === "--version" || verb === "-v") {
    terminal.out(`${world.version}\n`);
    return 0;
  }
  try {
    const load = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
    if (!load) {
      throw new Problem("BAD_USAGE", {
        what: `There is no verb "${verb}"`,
        fix: `The verbs are ${Object.keys(COMMANDS).join(", ")}.`,
      });
    }
    const command = await load();
    if (rest.includes("--help") || rest.includes("-h")) {
      terminal.out(`Usage: ${command.usage}\n`);
      return 0;
    }
    return await command.run(rest, terminal, world);
  } catch (error) {
    const told = terminal.signal.aborted ? stopped() : named(error, rest, terminal);
    tell(told, json, terminal);
    return exitCodeOf(told);
  }
}
