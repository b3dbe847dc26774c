/** The command line: finds the verb, runs it, turns what went wrong into words and an exit code. */
import { isProblem, Problem } from "../base/problem.ts";
import { type Command, exitCodeOf, type Terminal, type World } from "./command.ts";
import { doctorCommand } from "./doctor-command.ts";
import { importCommand } from "./import-command.ts";
import { labCommand } from "./lab-command.ts";
import { reportCommand } from "./report-command.ts";
import { startCommand } from "./start-command.ts";

const COMMANDS: readonly Command[] = [
  startCommand,
  importCommand,
  reportCommand,
  doctorCommand,
  labCommand,
];

function help(version: string): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  const verbs = COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `leadsmart ${version}\n\nUsage: leadsmart VERB [options]\n\n${verbs.join("\n")}\n\nEvery verb: --home DIR, --json, --help. The home is LEADSMART_HOME, else .leadsmart here.\n`;
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

/** @returns the exit code: 0 done, 1 failed, 2 used wrongly or given wrong input */
export async function runCommand(
  args: readonly string[],
  terminal: Terminal,
  world: World,
): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === undefined || verb === "help" || verb === "--help" || verb === "-h") {
    terminal.out(help(world.version));
    return verb === undefined ? 2 : 0;
  }
  if (verb === "--version" || verb === "-v") {
    terminal.out(`${world.version}\n`);
    return 0;
  }
  const json = rest.includes("--json");
  try {
    const command = COMMANDS.find((one) => one.name === verb);
    if (!command) {
      throw new Problem("BAD_USAGE", {
        what: `There is no verb "${verb}"`,
        fix: `The verbs are ${COMMANDS.map((one) => one.name).join(", ")}.`,
      });
    }
    if (rest.includes("--help") || rest.includes("-h")) {
      terminal.out(`Usage: ${command.usage}\n`);
      return 0;
    }
    return await command.run(rest, terminal, world);
  } catch (error) {
    if (terminal.signal.aborted) {
      terminal.err("Stopped. What was acknowledged before is kept; nothing is half done.\n");
      return 1;
    }
    tell(error, json, terminal);
    return exitCodeOf(error);
  }
}
