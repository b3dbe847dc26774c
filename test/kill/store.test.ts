import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "libsql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fixedClock } from "../../src/base/clock.ts";
import { seededRandom } from "../../src/base/random.ts";
import type { StoredEvent } from "../../src/store/events.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { type Build, buildChildren, killAtRandom, kills, seed } from "./harness.ts";
import { type BlobAcknowledged, type CallAcknowledged, eventsOf } from "./load.ts";

const clock = fixedClock(new Date("2025-01-15T12:00:00Z"));
let build: Build;
let home: string;

beforeAll(async () => {
  build = await buildChildren();
  home = await mkdtemp(path.join(tmpdir(), "leadsmart-kill-"));
});
afterAll(async () => {
  await build.remove();
  await rm(home, { recursive: true, force: true });
});

async function readAfter(store: Store, start: number): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (let after = start; ; ) {
    const page = await store.read({ after, limit: 5000 });
    events.push(...page);
    if (page.length < 5000) return events;
    after = page.at(-1)?.position ?? after;
  }
}

/** Each call whole or not at all, each event as it was sent. @returns the positions by call */
function wholeCalls(events: readonly StoredEvent[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { position, recordedAt: _, ...event } of events) {
    const [call, index] = event.key.split("/") as [string, string];
    const sent = eventsOf(seed, call)[Number(index)];
    expect(event).toEqual({ personal: null, ...sent });
    found.set(call, [...(found.get(call) ?? []), position]);
  }
  for (const [call, positions] of found) {
    expect([call, positions.length]).toEqual([call, eventsOf(seed, call).length]);
  }
  return found;
}

it("what was acknowledged before a SIGKILL is there once, whole and at its position", async () => {
  const random = seededRandom(seed);
  let insideCommit = 0;
  let acknowledgedEvents = 0;
  let acknowledgedBlobs = 0;
  let commits = 0;
  let unacknowledged = 0;
  let verified = 0;
  for (let life = 0; life < kills; life++) {
    const killed = await killAtRandom({
      file: build.child("append-child"),
      args: [home, String(seed), String(life)],
      random,
      mostCommits: 80,
      aim: life % 4 === 3 ? "anywhere" : "commit",
    });
    commits += killed.commits;
    if (killed.insideCommit) insideCommit++;
    const facts = killed.acknowledged.map(
      (line) => JSON.parse(line) as CallAcknowledged | BlobAcknowledged,
    );

    const store = await openStore({ home, clock });
    const found = wholeCalls(await readAfter(store, verified));
    for (const fact of facts) {
      if ("call" in fact) {
        expect([fact.call, found.get(fact.call)]).toEqual([fact.call, fact.positions]);
        acknowledgedEvents += fact.positions.length;
      } else {
        expect([fact.hash, await store.blobs.verify(fact.hash)]).toEqual([fact.hash, true]);
        acknowledgedBlobs++;
      }
    }
    const answered = new Set(facts.flatMap((fact) => ("call" in fact ? [fact.call] : [])));
    unacknowledged += [...found.keys()].filter((call) => !answered.has(call)).length;

    // Whoever got no answer sends again: never a conflict, never a second copy.
    for (let caller = 0; caller < 4; caller++) {
      const next = [...answered].filter((call) => call.startsWith(`${life}.${caller}.`)).length;
      const call = `${life}.${caller}.${next}`;
      const outcomes = (await store.append(eventsOf(seed, call))).map((result) => result.outcome);
      expect(new Set(outcomes)).toEqual(new Set([found.has(call) ? "repeated" : "appended"]));
    }
    for (const hash of await store.blobs.list()) {
      expect([hash, await store.blobs.verify(hash)]).toEqual([hash, true]);
    }
    expect(await readdir(path.join(home, "blobs", "parts"))).toEqual([]);
    verified = await store.lastPosition();
    await store.close();
  }

  const store = await openStore({ home, clock });
  const all = await readAfter(store, 0);
  wholeCalls(all);
  expect(new Set(all.map((event) => `${event.account} ${event.key}`)).size).toBe(all.length);
  await store.close();
  const database = new Database(path.join(home, "store.sqlite"));
  expect(database.prepare("PRAGMA integrity_check").all([])).toEqual([{ integrity_check: "ok" }]);
  database.close();

  console.log(
    JSON.stringify({
      children: "append and put files",
      seed,
      kills,
      killsInsideCommit: insideCommit,
      commits,
      acknowledgedEvents,
      acknowledgedBlobs,
      callsKeptWithoutAnswer: unacknowledged,
      lost: 0,
    }),
  );
  expect(acknowledgedEvents).toBeGreaterThan(kills);
  expect(acknowledgedBlobs).toBeGreaterThan(0);
  expect(insideCommit / kills).toBeGreaterThanOrEqual(0.5);
});
