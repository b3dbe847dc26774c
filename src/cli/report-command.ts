import path from "node:path";
import { overviewText } from "../report/overview-text.ts";
import { makeReport } from "../workflows/report.ts";
import { openWorkspace } from "../workflows/workspace.ts";
import { COMMON_OPTIONS, type Command, dayOption, homeOf, oneOf, parseVerb } from "./command.ts";
import { writeDigest } from "./digest-file.ts";

const OPTIONS = {
  ...COMMON_OPTIONS,
  from: { type: "string" },
  to: { type: "string" },
  "as-of": { type: "string" },
  account: { type: "string", multiple: true },
  project: { type: "string", multiple: true },
  digest: { type: "string" },
  language: { type: "string" },
  sender: { type: "string" },
  title: { type: "string" },
} as const;

export const reportCommand: Command = {
  name: "report",
  summary: "the Overview in the terminal, or as JSON",
  usage: `leadsmart report [--home DIR] [--from DAY] [--to DAY] [--as-of DAY] [--account ID]… [--project NAME]… [--json]

  --from, --to     the period; default: the last active 30 days
  --as-of DAY      only what was known at the end of that day
  --account ID     only this account; may be repeated
  --project NAME   only this project; may be repeated

leadsmart report --digest FILE [--language en|ar] [--sender NAME] [--title TEXT] [--from DAY --to DAY] [--account ID]…

  --digest FILE    a page of figures for a client, as one HTML file: no lead, no name, no phone; default: the last 7
                   active days`,
  async run(args, terminal, world) {
    const { values } = parseVerb(reportCommand, args, OPTIONS);
    const from = values.from === "all" ? "all" : dayOption("from", values.from);
    const to = dayOption("to", values.to);
    const asOf = dayOption("as-of", values["as-of"]);
    const workspace = await openWorkspace({
      home: homeOf(values.home, terminal),
      clock: world.clock,
    });
    try {
      if (values.digest !== undefined) {
        const file = path.resolve(terminal.cwd, values.digest);
        await writeDigest(workspace, {
          file,
          language: oneOf("language", ["en", "ar"] as const, values.language) ?? "en",
          sender: values.sender ?? "leadsmart",
          title: values.title,
          accounts: values.account ?? [],
          period: from && from !== "all" && to ? { from, to } : null,
        });
        if (values.json) terminal.out(`${JSON.stringify({ file })}\n`);
        else terminal.out(`Written: ${file}\n`);
        return 0;
      }
      const report = await makeReport(workspace, {
        from,
        to,
        asOf,
        accounts: values.account ?? [],
        projects: values.project ?? [],
      });
      terminal.out(values.json ? `${JSON.stringify(report, null, 2)}\n` : overviewText(report));
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
