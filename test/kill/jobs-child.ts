/** Asks for jobs and runs them without end: steps that may be taken again, and deeds that may not; made to be killed. */
import { appendFileSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { createJobRunner } from "../../src/workflows/run-jobs.ts";
import { killKinds } from "./job-kinds.ts";
import { acknowledge, reportedCommits } from "./report.ts";

const [home = "", life = ""] = process.argv.slice(2);
const store = await openStore({ home, clock: systemClock, onCommit: reportedCommits });
const did = (line: string) => appendFileSync(path.join(home, "did.txt"), `${line}\n`);
const desk = createJobRunner({
  jobs: store.jobs,
  clock: systemClock,
  news: { tell: () => undefined },
  kinds: killKinds(did),
});
await desk.start();
for (let n = 0; ; n++) {
  const ask = { owner: "owner", accounts: "all" as const, input: null };
  for (const kind of ["steps", "deed"]) {
    const id = `${kind} ${life}.${n}`;
    await desk.ask({ ...ask, kind, id, key: id });
    acknowledge(id);
  }
  await desk.idle();
}
