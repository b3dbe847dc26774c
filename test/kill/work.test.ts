import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { seededRandom } from "../../src/base/random.ts";
import { digestWarehouse } from "../../src/marts/digest.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { type Build, buildChildren, killAtRandom, kills, seed } from "./harness.ts";

interface Fact {
  readonly leads?: readonly string[];
  readonly kept?: number;
  readonly claimed?: string;
  readonly by?: string;
  readonly outcome?: string;
  readonly undone?: string;
  readonly leadId?: string;
}

let build: Build;
let folder: string;

beforeAll(async () => {
  build = await buildChildren();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-kill-work-"));
});
afterAll(async () => {
  await build.remove();
  await rm(folder, { recursive: true, force: true });
});

const isTruth = (file: string) => !/warehouse\.|home\.lock|-(wal|shm|journal)$/.test(file);

it("what was acknowledged of leads before a SIGKILL is there once, and the warehouse equals a rebuild", async () => {
  const random = seededRandom(seed).fork("work");
  const home = path.join(folder, "home");
  const leads = new Set<string>();
  const holders = new Map<string, string>();
  const outcomes = new Map<string, string>();
  const undone = new Set<string>();
  let insideCommit = 0;
  for (let life = 0; life < kills; life++) {
    const killed = await killAtRandom({
      file: build.child("work-child"),
      args: [home, String(seed), String(life)],
      random,
      mostCommits: 120,
      aim: life % 3 === 2 ? "anywhere" : "commit",
    });
    if (killed.insideCommit) insideCommit++;
    for (const line of killed.acknowledged) {
      const fact = JSON.parse(line) as Fact;
      for (const id of fact.leads ?? []) leads.add(id);
      if (fact.leads) expect(fact.kept).toBe(3);
      if (fact.claimed !== undefined) {
        expect(holders.get(fact.claimed) ?? fact.by).toBe(fact.by);
        holders.set(fact.claimed, fact.by ?? "");
      }
      if (fact.outcome !== undefined) outcomes.set(fact.outcome, fact.leadId ?? "");
      if (fact.undone !== undefined) undone.add(fact.undone);
    }

    const workspace = await openWorkspace({ home, clock: systemClock, threads: 1 });
    const { work } = workspace.store;
    const states = new Map((await work.changedAfter(0)).map((one) => [one.lead, one]));
    for (const id of leads) expect(states.get(id)?.receivedPosition, id).not.toBe(null);
    for (const [lead, by] of holders) expect(states.get(lead)?.assignee, lead).toBe(by);
    const entries = new Map<string, boolean>();
    for (const lead of states.keys()) {
      for (const one of await work.entries("a", lead)) {
        if (one.type !== "lead.status_set") continue;
        expect(entries.has(one.key), "kept twice").toBe(false);
        entries.set(one.key, one.withdrawn);
      }
    }
    for (const key of outcomes.keys()) expect(entries.has(key), key).toBe(true);
    for (const key of undone) expect(entries.get(key), key).toBe(true);
    const rows = await workspace.warehouse.first<{ leads: number; statuses: number }>(
      `SELECT (SELECT count(*) FROM marts.lead_outcome) AS leads,
              (SELECT count(*) FROM raw.lead_status_changes) AS statuses`,
    );
    const standing = [...entries.values()].filter((withdrawn) => !withdrawn).length;
    const received = [...states.values()].filter((one) => one.receivedPosition !== null).length;
    expect(rows).toEqual({ leads: received, statuses: standing });
    const digest = await digestWarehouse(workspace.warehouse);
    await workspace.close();

    const elsewhere = path.join(folder, "elsewhere");
    await cp(home, elsewhere, { recursive: true, filter: isTruth });
    const rebuilt = await openWorkspace({ home: elsewhere, clock: systemClock, threads: 1 });
    expect(await digestWarehouse(rebuilt.warehouse)).toEqual(digest);
    await rebuilt.close();
    await rm(elsewhere, { recursive: true });
  }
  expect(insideCommit).toBeGreaterThan(0);
  expect(leads.size).toBeGreaterThan(0);
  expect(outcomes.size).toBeGreaterThan(0);
  expect(undone.size).toBeGreaterThan(0);
}, 600_000);
