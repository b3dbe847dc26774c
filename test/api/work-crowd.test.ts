import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { type Random, seededRandom } from "../../src/base/random.ts";
import { digestWarehouse } from "../../src/marts/digest.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { WORK_EVENTS } from "../../src/store/work.ts";
import { rebuildWarehouse } from "../../src/workflows/rebuild.ts";
import { NOON, openWorkHouse, type Rep } from "./work-house.ts";

const REPS = 50;
const LEADS = 500;
const STATUSES = ["NO_ANSWER", "FOLLOW_UP", "QUALIFIED", "LOW_BUDGET", "CALL_AGAIN"];

const campaigns = `id,user_id,project_name,daily_budget,start_time,stop_time
c1,7,Palm Hills,500,2025-01-01 00:00:00,2025-03-10 00:00:00
`;
const leads = [
  "id,campaign_id,name,email,phone,lead_status,added_date",
  ...Array.from(
    { length: LEADS },
    (_, i) =>
      `l${i},c1,Invented ${i},l${i}@example.com,010${10_000_000 + i},NEW_LEAD,2025-02-0${1 + (i % 3)} 0${i % 10}:00:00`,
  ),
].join("\n");

interface Told {
  readonly id: string;
  readonly leadId: string;
  readonly status: string;
  readonly at: string;
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.int(list.length)] as T;
}

/** One rep's day: takes leads until the pool is empty, tells outcomes twice and in any order, takes some back. */
async function dayOf(
  rep: Rep,
  random: Random,
): Promise<{ kept: Map<string, Told>; undone: Set<string> }> {
  const kept = new Map<string, Told>();
  const undone = new Set<string>();
  const had: string[] = [];
  for (let call = 0; ; call++) {
    const claimed = await rep.post(
      "/work/claim",
      { account: "7", count: 1 + random.int(4) },
      { "idempotency-key": `${rep.id} ${call}` },
    );
    expect(claimed.status, JSON.stringify(claimed.body)).toBe(200);
    if (claimed.body.items.length === 0) break;
    for (const { leadId } of claimed.body.items) had.push(leadId);
    const queue: Told[] = [];
    for (let i = 0; i < 6; i++) {
      const leadId = pick(random, had);
      const at = new Date(NOON.getTime() - random.int(3_600_000)).toISOString();
      queue.push({ id: `${call}.${i}`, leadId, status: pick(random, STATUSES), at });
    }
    const send = async (some: readonly Told[]) => {
      const outcomes = some.map((one) => ({ ...one, account: "7" }));
      const told = await rep.post("/work/outcomes", { outcomes });
      expect(told.status, JSON.stringify(told.body)).toBe(200);
      for (const [index, item] of told.body.items.entries()) {
        expect(item.problem).toBe(null);
        const one = some[index] as Told;
        const again = kept.has(one.id);
        if (item.outcome === "kept") {
          expect(again, "kept twice").toBe(false);
          kept.set(one.id, one);
        }
      }
    };
    // The phone sends the queue, loses the answer, and sends parts of it again at the same time.
    await Promise.all([send(queue), send(queue.slice(3)), send([...queue].reverse())]);
    if (random.next() < 0.3) {
      const leadId = pick(random, had);
      const undo = await rep.post("/work/undo", { account: "7", leadId });
      expect([200, 409]).toContain(undo.status);
      if (undo.status === 200) undone.add(leadId);
    }
    if (random.next() < 0.3) {
      const note = { id: `n${call}`, account: "7", leadId: pick(random, had), text: "Invented" };
      expect((await rep.post("/work/notes", note)).status).toBe(204);
    }
  }
  return { kept, undone };
}

it("fifty reps at once on 500 leads: each lead has one holder, every outcome is there once, the state is the events' fold", async () => {
  const house = await openWorkHouse(
    { "campaigns.csv": campaigns, "leads.csv": leads },
    { quietMs: 1000, longestMs: 5000 },
  );
  const copy = mkdtempSync(path.join(tmpdir(), "leadsmart-fold-"));
  const again = mkdtempSync(path.join(tmpdir(), "leadsmart-refold-"));
  try {
    const random = seededRandom(7);
    const reps = await Promise.all(
      Array.from({ length: REPS }, (_, i) => house.rep(`Rep ${i}`, "7")),
    );
    const mona = await house.person("Mona", { account: "7", role: "sales_manager" });
    const handing = (async () => {
      for (let i = 0; i < 20; i++) {
        const to = { person: pick(random.fork(`to ${i}`), reps).id };
        const lead = { account: "7", leadId: `l${random.fork(`lead ${i}`).int(LEADS)}` };
        const { body } = await mona.post("/work/assign", { leads: [lead], to });
        expect(body.refused).toBe(0);
      }
    })();
    const days = await Promise.all(reps.map((rep) => dayOf(rep, random.fork(rep.name))));
    await handing;
    const { work } = house.workspace.store;

    // Nobody's outcome is lost or doubled.
    const events = await house.workspace.store.read({
      after: 0,
      types: ["lead.status_set"],
      limit: 1_000_000,
    });
    const sent = days.flatMap((day, i) =>
      [...day.kept.values()].map((one) => `${reps[i]?.id} ${one.id} ${one.leadId} ${one.status}`),
    );
    const stored = events.map((one) => `${one.key} ${one.payload.leadId} ${one.payload.status}`);
    expect(stored.length).toBeGreaterThan(1000);
    expect([...stored].sort()).toEqual([...sent].sort());

    // Every lead has exactly one holder, the last it was given to.
    const states = await work.changedAfter(0);
    expect(states).toHaveLength(LEADS);
    expect(states.every((one) => one.assignee !== null)).toBe(true);
    const claims = await house.workspace.store.read({
      after: 0,
      types: ["lead.assigned"],
      limit: 1_000_000,
    });
    const taken = claims.filter((one) => one.payload.how === "claimed");
    const times = new Map<string, number>();
    for (const one of taken) {
      const lead = String(one.payload.leadId);
      times.set(lead, (times.get(lead) ?? 0) + 1);
    }
    expect([...times.values()].every((count) => count === 1)).toBe(true);

    // The same events, folded again from nothing, give the same state.
    const other = await openStore({ home: again, clock: house.workspace.clock });
    const all = await house.workspace.store.read({
      after: 0,
      types: WORK_EVENTS,
      limit: 1_000_000,
    });
    for (const { position: _, recordedAt: __, personal, ...event } of all) {
      // Positions are given anew: a status taken back names its own.
      await other.append([
        {
          ...event,
          ...(personal?.fields ? { personal: { ...personal, fields: personal.fields } } : {}),
        },
      ]);
    }
    const plain = (one: (typeof states)[number]) => ({
      lead: one.lead,
      assignee: one.assignee,
      version: one.version,
      claimedAt: one.claimedAt,
    });
    const byLead = (list: typeof states) =>
      list.map(plain).sort((left, right) => (left.lead < right.lead ? -1 : 1));
    expect(byLead(await other.work.changedAfter(0))).toEqual(byLead(states));
    await other.close();

    // What stands of each lead is what its own entries say.
    for (const state of states) {
      const entries = await work.entries("7", state.lead);
      const standing = entries.filter((one) => one.type === "lead.status_set" && !one.withdrawn);
      const last = standing.reduce<(typeof standing)[number] | null>(
        (best, one) => (best === null || one.at >= best.at ? one : best),
        null,
      );
      expect([state.attempts, state.lastStatus]).toEqual([standing.length, last?.status ?? null]);
    }

    // The warehouse says the same as the state, and a rebuild makes it again.
    await house.work.settled();
    const outcomes = await house.workspace.warehouse.all<{ lead_id: string; status: string }>(
      "SELECT lead_id, status FROM marts.lead_outcome ORDER BY lead_id",
    );
    const status = new Map(states.map((one) => [one.lead, one.lastStatus ?? "NEW_LEAD"]));
    expect(outcomes).toHaveLength(LEADS);
    expect(outcomes.filter((one) => status.get(one.lead_id) !== one.status)).toEqual([]);
    const before = await digestWarehouse(house.workspace.warehouse);
    cpSync(house.home, copy, {
      recursive: true,
      filter: (source) => !/warehouse\.duckdb|tmp$|home\.lock$/.test(source),
    });
    const report = await rebuildWarehouse({ home: copy, clock: house.workspace.clock });
    expect(report.tables.length).toBeGreaterThan(20);
    const made = Object.fromEntries(report.tables.map((one) => [one.table, one.rowsAfter]));
    expect(made).toEqual(
      Object.fromEntries(Object.entries(before).map(([table, { rows }]) => [table, rows])),
    );
  } finally {
    await house.close();
    for (const folder of [copy, again]) rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);
