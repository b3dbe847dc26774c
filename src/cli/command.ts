/** What every verb of the command line shares: its options, where it writes, how it ends. */
import path from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Clock } from "../base/clock.ts";
import { isProblem, Problem } from "../base/problem.ts";
import { INSIGHT_LEVELS, type InsightLevel } from "../domain/definitions.ts";

export interface Terminal {
  /** Results: text, or one JSON document. */
  out(text: string): void;
  /** Logs, progress, prompts. */
  err(text: string): void;
  /** True when a person watches stderr, so that a line may be rewritten. */
  readonly lively: boolean;
  readonly input: NodeJS.ReadStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborts on Ctrl-C or a polite kill. */
  readonly signal: AbortSignal;
}

/** What `main.ts` hands down to the verbs. */
export interface World {
  readonly clock: Clock;
  readonly version: string;
  /** Folder of the built page; null when it was not built. */
  readonly pageDirectory: string | null;
  readonly writeWorld: (options: SampleOptions) => Promise<unknown>;
  readonly serve: (options: ServeOptions) => Promise<void>;
}

export interface SampleOptions {
  readonly directory: string;
  readonly seed?: number;
  readonly scale?: number;
  readonly clean?: boolean;
  readonly onProgress?: (news: { readonly table: string; readonly rows: number }) => void;
  readonly signal?: AbortSignal;
}

export interface ServeOptions {
  readonly home: string;
  readonly host: string;
  readonly port: number;
  /** A taken port is an error only when it was asked for; otherwise any free one serves. */
  readonly portGiven: boolean;
  /** Import this path first; null = the sample world when the home is empty. */
  readonly data: string | null;
  readonly account: string | undefined;
  /** Which level counts where exports of several levels cover the same days. */
  readonly levelCounts: InsightLevel | undefined;
  readonly sample: boolean;
  readonly json: boolean;
  readonly threads: number | undefined;
  /** Names besides localhost under which the server answers, lower case. */
  readonly hostNames: readonly string[];
  /** Largest upload; undefined = the product's own limit. */
  readonly uploadLimitBytes: number | undefined;
}

export interface Command {
  readonly name: string;
  /** One line for the list of verbs. */
  readonly summary: string;
  readonly usage: string;
  run(args: readonly string[], terminal: Terminal, world: World): Promise<number>;
}

export const COMMON_OPTIONS = {
  home: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const satisfies ParseArgsConfig["options"];

/** The home: `--home`, else LEADSMART_HOME, else `.leadsmart` in the present folder. */
export function homeOf(given: string | undefined, terminal: Terminal): string {
  return path.resolve(terminal.cwd, given ?? terminal.env.LEADSMART_HOME ?? ".leadsmart");
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

/** Whether an address is reached from this machine only. */
export function onLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** Who acts from a terminal, as it is recorded: the machine's name of the person where it tells one. */
export function personAt({ env }: Pick<Terminal, "env">): string {
  const name = env.USER ?? env.LOGNAME ?? env.USERNAME;
  return name ? `command line (${name})` : "command line";
}

/**
 * Reads a verb's options; a verb that takes no paths refuses words that belong to no option.
 *
 * @throws Problem `BAD_USAGE` with what was wrong in the person's words
 */
export function parseVerb<T extends NonNullable<ParseArgsConfig["options"]>>(
  command: Pick<Command, "name" | "usage">,
  args: readonly string[],
  options: T,
  { positionals = false } = {},
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const [extra] = parsed.positionals;
    if (!positionals && extra !== undefined) {
      throw new Error(`${command.name} does not know what to do with "${extra}"`);
    }
    return parsed;
  } catch (error) {
    throw new Problem("BAD_USAGE", {
      what:
        error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error),
      where: `leadsmart ${command.name}`,
      fix: `Usage: ${command.usage}`,
      cause: error,
    });
  }
}

/** An option with a few possible values. @throws Problem `BAD_USAGE` */
export function oneOf<T extends string>(
  name: string,
  allowed: readonly T[],
  text: string | undefined,
): T | undefined {
  if (text === undefined) return undefined;
  const found = allowed.find((one) => one === text);
  if (found !== undefined) return found;
  throw new Problem("BAD_USAGE", {
    what: `--${name} cannot be "${text}"`,
    fix: `Use one of ${allowed.join(", ")}.`,
  });
}

/** A level of insights. @throws Problem `BAD_USAGE` */
export function levelOption(name: string, text: string | undefined): InsightLevel | undefined {
  return oneOf(name, INSIGHT_LEVELS, text);
}

/** A whole number option. @throws Problem `BAD_USAGE` */
export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Problem("BAD_USAGE", {
    what: `--${name} takes a whole number, not "${text}"`,
    fix: `For example --${name} 1.`,
  });
}

/** Threads of the analytic database. @throws Problem `BAD_USAGE` */
export function threadsOption(text: string | undefined): number | undefined {
  const threads = wholeNumber("threads", text);
  if (threads !== 0) return threads;
  throw new Problem("BAD_USAGE", {
    what: "--threads 0 would leave nobody to do the work",
    fix: "Give at least 1, or leave it out for one per core.",
  });
}

/** A TCP port option; 0 = any free one. @throws Problem `BAD_USAGE` */
export function portOption(text: string | undefined): number | undefined {
  const port = wholeNumber("port", text);
  if (port === undefined || port <= 65_535) return port;
  throw new Problem("BAD_USAGE", {
    what: `--port ${port} is no port`,
    fix: "Ports go from 1 to 65535; 0 takes any free one.",
  });
}

/** A day option. @throws Problem `BAD_USAGE` */
export function dayOption(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
  if (real && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)) return text;
  throw new Problem("BAD_USAGE", {
    what: `--${name} takes a day such as 2024-10-17, not "${text}"`,
    fix: "Write it as year-month-day.",
  });
}

/** What a verb ends with when it was interrupted before it was done. */
export function stopped(): Problem {
  return new Problem("CANCELLED", {
    what: "Stopped before it was done",
    fix: "What was acknowledged before is kept; nothing is half done. Run it again to go on.",
  });
}

/** Failures of the machine or the home, rather than of what was asked: exit code 1. */
const FAILURES =
  /^(WAREHOUSE_|STORE_|BLOB_|BUILD_|PORT_|PAGE_NOT_BUILT|HOME_|REPORT_NOT_WRITTEN|DISK_FULL|CANCELLED|FILE_NOT_READ_AGAIN)/;

/** 1 = failed, 2 = used wrongly or given wrong input. */
export function exitCodeOf(error: unknown): number {
  return isProblem(error) && !FAILURES.test(error.code) ? 2 : 1;
}
