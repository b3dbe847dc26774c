import path from "node:path";
import { Problem } from "../base/problem.ts";
import { anOwnerSignsIn } from "../workflows/people.ts";
import {
  COMMON_OPTIONS,
  type Command,
  homeOf,
  levelOption,
  onLoopback,
  parseVerb,
  portOption,
  threadsOption,
} from "./command.ts";

const OPTIONS = {
  ...COMMON_OPTIONS,
  data: { type: "string" },
  account: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  port: { type: "string" },
  threads: { type: "string" },
  "level-counts": { type: "string" },
  "host-name": { type: "string", multiple: true },
  "upload-limit": { type: "string" },
  "no-sample": { type: "boolean", default: false },
} as const;

const PORT = 4780;

/** Names as browsers send them, without scheme and port. @throws Problem `BAD_USAGE` */
function hostNames(given: readonly string[]): string[] {
  return given.map((name) => {
    if (/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u.test(name)) return name.toLowerCase();
    throw new Problem("BAD_USAGE", {
      what: `--host-name takes a name such as leads.example.org, not "${name}"`,
      fix: "Leave out scheme, port and path.",
    });
  });
}

/** @returns bytes. @throws Problem `BAD_USAGE` */
function uploadLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const gib = /^\d{1,5}(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (gib > 0) return Math.round(gib * 2 ** 30);
  throw new Problem("BAD_USAGE", {
    what: `--upload-limit takes a size in GiB, not "${text}"`,
    fix: "For example --upload-limit 16.",
  });
}

export const startCommand: Command = {
  name: "start",
  summary: "serve the page; an empty home gets the sample world",
  usage: `leadsmart start [--home DIR] [--data PATH] [--port N] [--no-sample] [--json]

  --data PATH         import this directory or file first; the sample world leaves
  --account ID        the account of imported rows that name none
  --level-counts L    campaign, ad_set or ad: which counts where exports of several levels cover the same days
  --port N            default ${PORT}; 0 = any free port
  --host ADDRESS      default 127.0.0.1; others only once an owner has a password. Put TLS in front of it
  --host-name NAME    a name besides localhost under which browsers reach this server, through a proxy or tunnel
  --upload-limit GIB  largest file that the page may upload; default 8
  --threads N         cores that the analytic database uses; default: all
  --no-sample         leave an empty home empty`,
  async run(args, terminal, world) {
    const { values, positionals } = parseVerb(startCommand, args, OPTIONS, {
      positionals: true,
    });
    if (positionals.length > 0) {
      throw new Problem("BAD_USAGE", {
        what: `start does not know what to do with "${positionals[0]}"`,
        fix: `To import it first: leadsmart start --data ${positionals[0]}`,
      });
    }
    const home = homeOf(values.home, terminal);
    if (!onLoopback(values.host) && !(await anOwnerSignsIn(home, world.clock))) {
      throw new Problem("NOT_LOOPBACK", {
        what: `Serving on ${values.host} would open the page to others, and no owner has a password yet`,
        where: "--host",
        fix: "Start on 127.0.0.1 (the default), give yourself an e-mail and a password in the page, and start again.",
      });
    }
    const port = portOption(values.port ?? terminal.env.PORT);
    await world.serve({
      home,
      host: values.host,
      port: port ?? PORT,
      portGiven: port !== undefined,
      data: values.data === undefined ? null : path.resolve(terminal.cwd, values.data),
      account: values.account,
      levelCounts: levelOption("level-counts", values["level-counts"]),
      sample: !values["no-sample"],
      json: values.json,
      threads: threadsOption(values.threads),
      hostNames: hostNames(values["host-name"] ?? []),
      uploadLimitBytes: uploadLimit(values["upload-limit"]),
    });
    return 0;
  },
};
