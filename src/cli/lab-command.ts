import path from "node:path";
import { Problem } from "../base/problem.ts";
import { withRoom } from "../workflows/disk-space.ts";
import { rebuildWarehouse } from "../workflows/rebuild.ts";
import {
  COMMON_OPTIONS,
  type Command,
  homeOf,
  parseVerb,
  type Terminal,
  threadsOption,
  type World,
  wholeNumber,
} from "./command.ts";

const count = new Intl.NumberFormat("en");

const REBUILD = {
  name: "lab rebuild",
  usage: "leadsmart lab rebuild [--home DIR] [--threads N] [--json]",
};

async function rebuild(args: readonly string[], terminal: Terminal, world: World): Promise<number> {
  const { values } = parseVerb(REBUILD, args, { ...COMMON_OPTIONS, threads: { type: "string" } });
  const threads = threadsOption(values.threads);
  const report = await rebuildWarehouse({
    home: homeOf(values.home, terminal),
    clock: world.clock,
    ...(threads === undefined ? {} : { threads }),
  });
  if (values.json) {
    terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    for (const table of report.tables) {
      const rows = (n: number | null) => (n === null ? "none" : count.format(n));
      const change = table.identical
        ? `${rows(table.rowsAfter)} rows, identical`
        : `${rows(table.rowsBefore)} rows before, ${rows(table.rowsAfter)} now: different`;
      terminal.out(`${table.table}: ${change}\n`);
    }
    const verdict = report.identical
      ? "The rebuilt warehouse is identical to the one before."
      : !report.compared
        ? "The warehouse was made again; there was none before that could be read and compared."
        : report.sameBasis
          ? "The rebuilt warehouse differs although code, definitions and imports are the same; please report this."
          : "The rebuilt warehouse differs from the one that other code, definitions or imports had made.";
    terminal.out(`${verdict} (${report.seconds.toFixed(1)} s)\n`);
  }
  return report.identical || !report.compared || !report.sameBasis ? 0 : 1;
}

const SAMPLE = {
  name: "lab sample",
  usage: `leadsmart lab sample --out DIR [--seed N] [--scale X] [--clean] [--json]

  Writes an invented world: the tables, and the truth about them beside in DIR/truth.
  --scale X   1 = about 170,000 rows; 0.01, 10 and 100 are usual
  --clean     without the faults that real tables have`,
};

async function sample(args: readonly string[], terminal: Terminal, world: World): Promise<number> {
  const { values } = parseVerb(SAMPLE, args, {
    ...COMMON_OPTIONS,
    out: { type: "string" },
    seed: { type: "string" },
    scale: { type: "string" },
    clean: { type: "boolean", default: false },
  });
  const seed = wholeNumber("seed", values.seed);
  const scale = values.scale === undefined ? undefined : Number(values.scale);
  if (values.out === undefined || (scale !== undefined && !(scale > 0 && scale <= 1000))) {
    throw new Problem("BAD_USAGE", {
      what:
        values.out === undefined
          ? "--out DIR is missing"
          : "--scale takes a number from 0.001 to 1000",
      where: "leadsmart lab sample",
      fix: `Usage: ${SAMPLE.usage}`,
    });
  }
  const directory = path.resolve(terminal.cwd, values.out);
  const summary = await withRoom(directory, null, () =>
    world.writeWorld({
      directory,
      clean: values.clean,
      signal: terminal.signal,
      ...(seed === undefined ? {} : { seed }),
      ...(scale === undefined ? {} : { scale }),
      onProgress: (news) => {
        if (terminal.lively)
          terminal.err(`\r${news.table}: ${count.format(news.rows)} rows          `);
      },
    }),
  );
  if (terminal.lively) terminal.err("\n");
  terminal.out(
    values.json
      ? `${JSON.stringify(summary, null, 2)}\n`
      : `The sample world is in ${values.out}.\n`,
  );
  return 0;
}

const DEEDS: Readonly<Record<string, typeof rebuild>> = { rebuild, sample };

export const labCommand: Command = {
  name: "lab",
  summary: "rebuild the warehouse from the store; write the sample world",
  usage: `${REBUILD.usage}\n       ${SAMPLE.usage}`,
  async run([deed, ...args], terminal, world) {
    const known = deed === undefined ? undefined : DEEDS[deed];
    if (!known) {
      throw new Problem("BAD_USAGE", {
        what: deed === undefined ? "lab needs to know what to do" : `lab does not know "${deed}"`,
        fix: `Usage: ${labCommand.usage}`,
      });
    }
    return known(args, terminal, world);
  },
};
