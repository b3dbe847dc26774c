import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { fixedClock } from "../../src/base/clock.ts";
import { Problem } from "../../src/base/problem.ts";
import type { NewEvent } from "../../src/store/events.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";

const clock = fixedClock(new Date("2025-02-03T10:00:00Z"));

async function inStore<T>(deed: (store: Store) => Promise<T>): Promise<T> {
  const home = mkdtempSync(path.join(tmpdir(), "leadsmart-work-store-"));
  const store = await openStore({ home, clock });
  try {
    return await deed(store);
  } finally {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  }
}

const status = (id: number, minute: number, next: number | null = null): NewEvent => ({
  account: "a",
  type: "lead.status_set",
  key: `s${id}`,
  occurredAt: new Date(Date.UTC(2025, 1, 3, 9, minute)),
  payload: {
    leadId: "l",
    status: `STATUS ${id}`,
    by: "rep",
    nextAttemptAt: next === null ? null : new Date(Date.UTC(2025, 1, 4, 9, next)).toISOString(),
  },
});

const given = (id: number, assignee: string | null): NewEvent => ({
  account: "a",
  type: "lead.assigned",
  key: `a${id}`,
  occurredAt: clock.now(),
  payload: { leadId: "l", assignee, by: "mona", how: "by_hand" },
});

it("the last status is the one of the latest time, whatever order they came in; taken back, the one before stands", async () => {
  const told = fc.uniqueArray(
    fc.record({ id: fc.nat(50), minute: fc.nat(59), next: fc.option(fc.nat(59)) }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(told, fc.nat(7), async (list, taken) => {
      await inStore(async (store) => {
        const results = await store.append(
          list.map(({ id, minute, next }) => status(id, minute, next)),
        );
        const index = taken % list.length;
        await store.append([
          {
            account: "a",
            type: "lead.status_withdrawn",
            key: "w",
            occurredAt: clock.now(),
            payload: { leadId: "l", position: results[index]?.position ?? 0, by: "rep" },
          },
        ]);
        const left = list.filter((_, i) => i !== index);
        const last = left.reduce<(typeof left)[number] | null>(
          (best, one) => (best === null || one.minute >= best.minute ? one : best),
          null,
        );
        expect(await store.work.find("a", "l")).toMatchObject({
          attempts: left.length,
          version: list.length + 1,
          lastStatus: last === null ? null : `STATUS ${last.id}`,
          nextAttemptAt:
            last === null || last.next === null
              ? null
              : new Date(Date.UTC(2025, 1, 4, 9, last.next)),
        });
      });
    }),
    { numRuns: 25 },
  );
});

it("of events under a condition that many send at once exactly one is kept; sent again it is a repeat", async () => {
  await inStore(async (store) => {
    const claim = (person: string) => ({
      event: given(Number(person), person),
      unless: async (work: Pick<Store["work"], "find">) => {
        const holder = (await work.find("a", "l"))?.assignee ?? null;
        return holder === null
          ? null
          : new Problem("LEAD_TAKEN", { what: "Taken", fix: "Take another.", where: holder });
      },
    });
    const people = Array.from({ length: 20 }, (_, i) => String(i));
    const results = (
      await Promise.all(people.map((one) => store.work.append([claim(one)])))
    ).flat();
    const kept = results.findIndex(({ outcome }) => outcome === "appended");
    expect(results.filter(({ outcome }) => outcome === "appended")).toHaveLength(1);
    expect(results.filter(({ outcome }) => outcome === "refused")).toHaveLength(19);
    expect((await store.work.find("a", "l"))?.assignee).toBe(people[kept]);
    expect(await store.lastPosition()).toBe(1);
    expect(await store.work.append([claim(people[kept] ?? "")])).toEqual([
      { outcome: "repeated", position: 1 },
    ]);
  });
});

it("a lead put back into the pool is decided and has nobody", async () => {
  await inStore(async (store) => {
    await store.append([given(1, "sara"), given(2, null)]);
    expect(await store.work.find("a", "l")).toMatchObject({
      assignee: null,
      claimedAt: null,
      decided: true,
      version: 2,
    });
    expect(await store.work.find("b", "l")).toBe(null);
  });
});

it("tells which states changed after a position, each once, as it is now", async () => {
  await inStore(async (store) => {
    await store.append([given(1, "sara"), status(1, 5)]);
    const [state] = await store.work.changedAfter(1);
    expect(state).toMatchObject({ lead: "l", assignee: "sara", attempts: 1, position: 2 });
    expect(await store.work.changedAfter(2)).toEqual([]);
  });
});
