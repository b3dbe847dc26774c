/** Imports one small file after another, without end, acknowledging each once it is durable; made to be killed. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import { createImportDesk } from "../../src/workflows/import.ts";
import { sourcesAt } from "../../src/workflows/sources.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { filesOf } from "./import-load.ts";
import { acknowledge, reportedCommits } from "./report.ts";

const [home = "", seedText = "", life = ""] = process.argv.slice(2);
const workspace = await openWorkspace({ home, clock: systemClock, onCommit: reportedCommits });
const desk = createImportDesk(workspace);

for (let n = 0; ; n++) {
  const name = `${life}.${n}`;
  const place = path.join(workspace.scratchDirectory, `given-${name}`);
  await mkdir(place);
  for (const [file, text] of Object.entries(filesOf(Number(seedText), name))) {
    await writeFile(path.join(place, file), text);
  }
  const { previewId } = await desk.previewSources(
    await sourcesAt(place, workspace.scratchDirectory),
    {},
  );
  const { importId } = await desk.commit(
    { previewId, skipProblems: false, saveMappings: true },
    "kill test",
  );
  acknowledge({ import: name, importId });
  const settled = await desk.settled(importId);
  acknowledge({ settled: name, state: settled.state });
  if (n % 3 === 2) {
    await desk.undo(importId, "kill test");
    acknowledge({ undone: name, importId });
  }
}
