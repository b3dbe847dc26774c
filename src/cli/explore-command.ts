/** `leadsmart explore`: what the data look like, what is wrong, what it costs, what to ask; and the treatment of it. */
import path from "node:path";
import { Problem } from "../base/problem.ts";
import type { ExploreReport } from "../contract/explore.ts";
import type { Language } from "../contract/formats.ts";
import { EVERYTHING } from "../domain/scope.ts";
import { TREATMENT_KINDS, type TreatmentKind } from "../domain/treatments.ts";
import { exploreText } from "../report/explore/text.ts";
import { explore } from "../workflows/explore.ts";
import { exploreFiles } from "../workflows/explore-files.ts";
import { acceptTreatment, listTreatments, withdrawTreatment } from "../workflows/treat.ts";
import { openWorkspace, type Workspace } from "../workflows/workspace.ts";
import { writeReport } from "../workflows/write-report.ts";
import {
  COMMON_OPTIONS,
  type Command,
  dayOption,
  homeOf,
  oneOf,
  parseVerb,
  personAt,
  type Terminal,
} from "./command.ts";

const OPTIONS = {
  ...COMMON_OPTIONS,
  out: { type: "string" },
  language: { type: "string" },
  "as-of": { type: "string" },
  target: { type: "string" },
  accept: { type: "string" },
  kind: { type: "string" },
  item: { type: "string", multiple: true },
  withdraw: { type: "string" },
  treatments: { type: "boolean", default: false },
} as const;

/** Options that a deed has no use for, and what they belong to. */
const USELESS = {
  accept: ["as-of", "out", "language"],
  withdraw: ["as-of", "out", "language", "kind", "item"],
  treatments: ["as-of", "out", "language", "kind", "item"],
  report: ["kind", "item"],
} as const;

type Given = Readonly<Record<string, unknown>> & {
  readonly accept?: string | undefined;
  readonly withdraw?: string | undefined;
  readonly treatments: boolean;
};

/** Only one thing at a time can be asked of the treatments, and nothing that would be left undone. */
function deedOf(values: Given): "accept" | "withdraw" | "treatments" | null {
  const deeds = [
    ...(values.accept === undefined ? [] : ["accept" as const]),
    ...(values.withdraw === undefined ? [] : ["withdraw" as const]),
    ...(values.treatments ? ["treatments" as const] : []),
  ];
  if (deeds.length > 1) {
    throw new Problem("BAD_USAGE", {
      what: `--${deeds[0]} and --${deeds[1]} are two things`,
      fix: "Do one after the other.",
    });
  }
  const [deed = null] = deeds;
  const useless = USELESS[deed ?? "report"].find((name) => values[name] !== undefined);
  if (useless !== undefined) {
    throw new Problem("BAD_USAGE", {
      what:
        deed === null
          ? `--${useless} says how a finding is treated, and none is named`
          : `--${deed} has no use for --${useless}`,
      fix:
        deed === null
          ? "Name the finding with --accept, or leave it out."
          : "Leave it out, or ask for the report in a call of its own.",
    });
  }
  return deed;
}

async function show(
  report: ExploreReport,
  values: { readonly json: boolean; readonly out?: string | undefined },
  language: Language,
  terminal: Terminal,
): Promise<void> {
  const files =
    values.out === undefined
      ? []
      : await writeReport(report, path.resolve(terminal.cwd, values.out));
  if (values.json) terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  else terminal.out(exploreText(report, language));
  for (const file of files) terminal.err(`Written: ${file}\n`);
}

async function accept(
  workspace: Workspace,
  finding: string,
  wanted: TreatmentKind | null,
  items: readonly string[] | undefined,
  by: string,
): Promise<unknown> {
  let kind = wanted;
  if (kind === null) {
    const { findings } = await explore(workspace, { scope: EVERYTHING, asOf: null });
    const found = findings.find((one) => one.key === finding);
    kind = found?.proposals.find(({ recommended }) => recommended)?.kind ?? "accept";
  }
  return acceptTreatment(workspace, { finding, kind, items: items ? [...items] : null }, by);
}

export const exploreCommand: Command = {
  name: "explore",
  summary: "what is wrong with the tables, what it costs, and what to ask",
  usage: `leadsmart explore [PATH…] [--out DIR] [--json] [--language en|ar] [--as-of DAY] [--home DIR]

  PATH…            any tables, read without importing them; none = what the home holds. Thresholds of checks are
                   taken from the settings file of the home, where there is one
  --out DIR        also write the report there: HTML, Markdown and JSON, in English and Arabic
  --as-of DAY      only what was known at the end of that day
  --target COLUMN  with PATH: the column of the outcome, where it is not found by its name

  --accept FINDING [--kind ${TREATMENT_KINDS.join("|")}] [--item ID]…
                   treat a finding; without --kind as it recommends
  --withdraw ID    take a treatment back
  --treatments     list the treatments, with who and when`,
  async run(args, terminal, world) {
    const { values, positionals } = parseVerb(exploreCommand, args, OPTIONS, { positionals: true });
    const language = oneOf("language", ["en", "ar"] as const, values.language) ?? "en";
    const asOf = dayOption("as-of", values["as-of"]) ?? null;
    const kind = oneOf("kind", TREATMENT_KINDS, values.kind) ?? null;
    const deed = deedOf(values);
    if (positionals.length > 0) {
      if (deed !== null || asOf !== null) {
        throw new Problem("BAD_USAGE", {
          what: `--${deed ?? "as-of"} is asked of a home, not of files`,
          fix: "Import the files first, or leave the option out.",
        });
      }
      const report = await exploreFiles(
        positionals.map((one) => path.resolve(terminal.cwd, one)),
        {
          clock: world.clock,
          home: homeOf(values.home, terminal),
          target: values.target ?? null,
          signal: terminal.signal,
          onProgress: (table) => {
            if (terminal.lively) terminal.err(`Exploring ${table}…\n`);
          },
        },
      );
      await show(report, values, language, terminal);
      return 0;
    }
    if (values.target !== undefined) {
      throw new Problem("BAD_USAGE", {
        what: "--target names a column of files",
        fix: "Name the files too, or leave it out: the statuses of a home tell the outcome.",
      });
    }
    const workspace = await openWorkspace({
      home: homeOf(values.home, terminal),
      clock: world.clock,
    });
    const by = personAt(terminal);
    const tell = (answer: unknown) => terminal.out(`${JSON.stringify(answer, null, 2)}\n`);
    try {
      if (deed === "treatments") tell(await listTreatments(workspace, EVERYTHING));
      else if (deed === "withdraw")
        tell(await withdrawTreatment(workspace, values.withdraw ?? "", by));
      else if (deed === "accept")
        tell(await accept(workspace, values.accept ?? "", kind, values.item, by));
      else
        await show(
          await explore(workspace, { scope: EVERYTHING, asOf }),
          values,
          language,
          terminal,
        );
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
