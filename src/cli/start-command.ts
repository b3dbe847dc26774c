import path from "node:path";
import { Problem } from "../base/problem.ts";
import {
  COMMON_OPTIONS,
  type Command,
  homeOf,
  parseVerb,
  portOption,
  wholeNumber,
} from "./command.ts";

const OPTIONS = {
  ...COMMON_OPTIONS,
  data: { type: "string" },
  account: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  port: { type: "string" },
  threads: { type: "string" },
  "no-sample": { type: "boolean", default: false },
} as const;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);
const PORT = 4780;

export const startCommand: Command = {
  name: "start",
  summary: "serve the page; an empty home gets the sample world",
  usage: `leadsmart start [--home DIR] [--data PATH] [--port N] [--no-sample]

  --data PATH    import this directory or file first; the sample world leaves
  --account ID   the account of imported rows that name none
  --port N       default ${PORT}; 0 = any free port
  --no-sample    leave an empty home empty`,
  async run(args, terminal, world) {
    const { values, positionals } = parseVerb(startCommand, args, OPTIONS);
    if (positionals.length > 0) {
      throw new Problem("BAD_USAGE", {
        what: `start does not know what to do with "${positionals[0]}"`,
        fix: `To import it first: leadsmart start --data ${positionals[0]}`,
      });
    }
    if (!LOOPBACK.has(values.host)) {
      throw new Problem("NOT_LOOPBACK", {
        what: `Serving on ${values.host} would open the page to others, and there are no people with sign-ins yet`,
        where: "--host",
        fix: "Serve on 127.0.0.1 (the default) and reach it through an SSH tunnel.",
      });
    }
    const port = portOption(values.port ?? terminal.env.PORT);
    await world.serve({
      home: homeOf(values.home, terminal),
      host: values.host,
      port: port ?? PORT,
      portGiven: port !== undefined,
      data: values.data === undefined ? null : path.resolve(terminal.cwd, values.data),
      account: values.account,
      sample: !values["no-sample"],
      json: values.json,
      threads: wholeNumber("threads", values.threads),
    });
    return 0;
  },
};
