import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { seededRandom } from "../../src/base/random.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { createJobRunner } from "../../src/workflows/run-jobs.ts";
import { type Build, buildChildren, killAtRandom, kills, seed } from "./harness.ts";
import { killKinds, STEPS } from "./job-kinds.ts";

let build: Build;
let home: string;

beforeAll(async () => {
  build = await buildChildren();
  home = await mkdtemp(path.join(tmpdir(), "leadsmart-kill-jobs-"));
});
afterAll(async () => {
  await build.remove();
  await rm(home, { recursive: true, force: true });
});

it("after SIGKILLs every job asked for is done, or says that nobody knows; no deed is done twice", async () => {
  const random = seededRandom(seed);
  const asked: string[] = [];
  for (let life = 0; life < kills; life++) {
    const killed = await killAtRandom({
      file: build.child("jobs-child"),
      args: [home, String(life)],
      random,
      mostCommits: 60,
      aim: life % 2 === 0 ? "commit" : "anywhere",
    });
    asked.push(...killed.acknowledged.map((one) => JSON.parse(one) as string));
  }
  const store = await openStore({ home, clock: systemClock });
  const later: string[] = [];
  const desk = createJobRunner({
    jobs: store.jobs,
    clock: systemClock,
    news: { tell: () => undefined },
    kinds: killKinds((line) => later.push(line)),
  });
  await desk.start();
  await desk.idle();
  const did = [
    ...(await readFile(path.join(home, "did.txt"), "utf8")).trim().split("\n"),
    ...later,
  ];
  const times = (line: string) => did.filter((one) => one === line).length;
  const jobs = new Map(
    (await desk.list({ person: "owner", scope: { accounts: "all" } })).map((job) => [job.id, job]),
  );
  expect(asked.length).toBeGreaterThan(kills);
  let again = 0;
  let interrupted = 0;
  for (const id of asked) {
    const job = jobs.get(id);
    if (job?.kind === "steps") {
      expect([id, job.state]).toEqual([id, "done"]);
      for (let step = 0; step < STEPS; step++) {
        expect(times(`${id} ${step}`)).toBeGreaterThanOrEqual(1);
        again += times(`${id} ${step}`) - 1;
      }
    } else {
      expect(["done", "interrupted"]).toContain(job?.state);
      if (job?.state === "interrupted") interrupted++;
      else expect(times(id)).toBe(1);
      expect(times(id)).toBeLessThanOrEqual(1);
    }
  }
  // Each kill costs one step at most, and leaves one deed at most that somebody has to look at.
  expect(again + interrupted).toBeLessThanOrEqual(kills);
  console.info(
    `jobs: ${kills} kills, ${asked.length} asked for, ${again} steps again, ${interrupted} interrupted`,
  );
  await desk.close();
  await store.close();
});
