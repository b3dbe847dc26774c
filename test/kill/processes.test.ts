import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { type Build, buildChildren, runToEnd, seed } from "./harness.ts";
import { type CallAcknowledged, eventsOf } from "./load.ts";

type Fact = (CallAcknowledged & { readonly appended: number }) | { readonly spent: string };

let build: Build;
let home: string;

beforeAll(async () => {
  build = await buildChildren();
  home = await mkdtemp(path.join(tmpdir(), "leadsmart-processes-"));
});
afterAll(async () => {
  await build.remove();
  await rm(home, { recursive: true, force: true });
});

it("three processes share one store: positions follow commits, each event is kept once, each token spent once", async () => {
  const calls = 120;
  const store = await openStore({ home, clock: systemClock });
  const tokens: string[] = [];
  const expiresAt = new Date(systemClock.now().getTime() + 3_600_000);
  for (let n = 0; n < 60; n++) {
    tokens.push(await store.sessions.createToken({ purpose: "race", person: "owner", expiresAt }));
  }
  const tokenFile = path.join(home, "tokens.json");
  await writeFile(tokenFile, JSON.stringify(tokens));

  const children = ["one", "two", "three"].map((name) =>
    runToEnd(build.child("write-child"), [home, String(seed), name, String(calls), tokenFile]),
  );
  let running = true;
  const finished = Promise.all(children).finally(() => {
    running = false;
  });

  // A reader that never looks back must meet every event.
  const met: number[] = [];
  const tail = async () => {
    const events = await store.read({ after: met.at(-1) ?? 0, limit: 37 });
    met.push(...events.map((event) => event.position));
    return events.length;
  };
  while (running) {
    await tail();
    await pause(1);
  }
  while ((await tail()) > 0);

  const facts = (await finished).flat().map((line) => JSON.parse(line) as Fact);
  const spent = facts.flatMap((fact) => ("spent" in fact ? [fact.spent] : []));
  expect(spent.toSorted()).toEqual(tokens.toSorted());

  const answers = facts.flatMap((fact) => ("call" in fact ? [fact] : []));
  let expected = 0;
  for (const call of new Set(answers.map((answer) => answer.call))) {
    const same = answers.filter((answer) => answer.call === call);
    const size = eventsOf(seed, call).length;
    expected += size;
    expect([call, same.map((answer) => answer.appended).toSorted((a, b) => a - b)]).toEqual([
      call,
      call.startsWith("shared.") ? [0, 0, size] : [size],
    ]);
    expect(new Set(same.map((answer) => String(answer.positions))).size).toBe(1);
  }
  expect(met.length).toBe(expected);
  expect(new Set(met).size).toBe(expected);
  expect(await store.lastPosition()).toBe(met.at(-1));
  await store.close();
});
