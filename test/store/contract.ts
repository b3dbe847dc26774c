import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Clock, fixedClock } from "../../src/base/clock.ts";
import type { Grant } from "../../src/domain/roles.ts";
import type { AppendResult, Json, NewEvent } from "../../src/store/events.ts";
import { blobRedacted } from "../../src/store/redaction.ts";
import type { Store } from "../../src/store/store.ts";

export type OpenStore = (options: { home: string; clock: Clock }) => Promise<Store>;

const NOON = new Date("2025-01-15T12:00:00Z");

function leadEvent(key: string, more: Partial<NewEvent> = {}): NewEvent {
  return {
    account: "7",
    type: "lead.received",
    key,
    occurredAt: NOON,
    payload: { campaign: 3 },
    ...more,
  };
}

function positions(results: readonly AppendResult[]): number[] {
  return results.map((result) => result.position);
}

/** What every engine must hold; `open` opens the store of a home, also a second time beside the first. */
export function storeContract(open: OpenStore): void {
  const clock = fixedClock(NOON);
  let home: string;
  let store: Store;

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "leadsmart-store-"));
    clock.set(NOON);
    store = await open({ home, clock });
  });
  afterEach(async () => {
    await store.close();
    await rm(home, { recursive: true, force: true });
  });

  describe("events", () => {
    it("an empty store is at position 0 and reads nothing", async () => {
      expect(await store.lastPosition()).toBe(0);
      expect(await store.read({ after: 0 })).toEqual([]);
      expect(await store.append([])).toEqual([]);
    });

    it("an event comes back as it went in, with the time the clock showed", async () => {
      clock.set(new Date("2025-01-15T12:00:05.250Z"));
      const payload = {
        "ünï\u0000code": "نص \ud800",
        deep: [1.5, -2, null, { x: true }],
        big: 2 ** 53,
      };
      const [result] = await store.append([leadEvent("a", { payload })]);
      const position = result?.position ?? 0;
      expect(await store.read({ after: 0 })).toEqual([
        {
          position,
          recordedAt: new Date("2025-01-15T12:00:05.250Z"),
          ...leadEvent("a", { payload }),
          personal: null,
        },
      ]);
      expect(await store.lastPosition()).toBe(position);
    });

    it("of 100 concurrent appends one repeat gets its old position, one conflict is refused, 98 are new", async () => {
      const [first] = await store.append([leadEvent("old")]);
      const old = first?.position ?? 0;
      const results = await Promise.all(
        Array.from({ length: 100 }, async (_, n) => {
          const event =
            n === 31
              ? leadEvent("old")
              : n === 62
                ? leadEvent("old", { payload: { campaign: 4 } })
                : leadEvent(`new-${n}`);
          const [result] = await store.append([event]);
          return result as AppendResult;
        }),
      );
      expect(results[31]).toEqual({ outcome: "repeated", position: old });
      expect(results[62]).toMatchObject({
        outcome: "conflict",
        position: old,
        problem: { code: "EVENT_CONFLICT" },
      });
      const fresh = results.filter((result) => result.outcome === "appended");
      expect(new Set(positions(fresh)).size).toBe(98);
      expect(Math.min(...positions(fresh))).toBeGreaterThan(old);

      await store.close();
      store = await open({ home, clock });
      const kept = await store.read({ after: 0 });
      expect(kept).toHaveLength(99);
      expect(kept[0]).toMatchObject({ key: "old", payload: { campaign: 3 } });
      for (const [n, result] of results.entries()) {
        if (result.outcome !== "appended") continue;
        expect(kept.find((event) => event.position === result.position)?.key).toBe(`new-${n}`);
      }
    });

    it("a refused event does not take its batch with it, and a batch obeys the rules within itself", async () => {
      const results = await store.append([
        leadEvent("a"),
        leadEvent("a"),
        leadEvent("a", { occurredAt: new Date(0) }),
        leadEvent("b"),
        leadEvent("a", { account: "8" }),
        leadEvent("a", { type: "lead.called" }),
      ]);
      expect(results.map((result) => result.outcome)).toEqual([
        "appended",
        "repeated",
        "conflict",
        "appended",
        "appended",
        "appended",
      ]);
      expect(new Set(positions(results.slice(0, 3))).size).toBe(1);
      expect((await store.read({ after: 0 })).map((event) => event.key)).toEqual([
        "a",
        "b",
        "a",
        "a",
      ]);
    });

    it("the order of the fields of a payload is not content", async () => {
      await store.append([leadEvent("a", { payload: { x: 1, y: { p: 1, q: 2 } } })]);
      const [again] = await store.append([
        leadEvent("a", { payload: { y: { q: 2, p: 1 }, x: 1 } }),
      ]);
      expect(again?.outcome).toBe("repeated");
    });

    it("reads in pages in the order of positions, by account and by types", async () => {
      const events = Array.from({ length: 1300 }, (_, n) =>
        leadEvent(`k${n}`, {
          account: String(n % 3),
          type: n % 100 === 0 ? "file.imported" : n % 2 === 0 ? "lead.received" : "lead.called",
        }),
      );
      await store.append(events);
      const all = await store.read({ after: 0, limit: 5000 });
      expect(all.map((event) => event.key)).toEqual(events.map((event) => event.key));
      expect(all.map((event) => event.position)).toEqual(
        all.map((event) => event.position).toSorted((left, right) => left - right),
      );

      const paged: string[] = [];
      for (let after = 0; ; ) {
        const page = await store.read({ after, limit: 77 });
        paged.push(...page.map((event) => event.key));
        if (page.length < 77) break;
        after = page.at(-1)?.position ?? after;
      }
      expect(paged).toEqual(events.map((event) => event.key));

      const types = ["file.imported", "lead.called"];
      const some = await store.read({ after: 0, types, account: "1", limit: 150 });
      expect(some.map((event) => event.key)).toEqual(
        events
          .filter((event) => types.includes(event.type) && event.account === "1")
          .slice(0, 150)
          .map((event) => event.key),
      );
      expect(await store.read({ after: 0, types: [] })).toEqual([]);
    });

    it("an event that no store could give back is refused, without anything of its call or harm to others", async () => {
      const [, good] = await Promise.all([
        expect(
          store.append([leadEvent("fine"), leadEvent("bad", { payload: { cpl: Number.NaN } })]),
        ).rejects.toMatchObject({ code: "EVENT_INVALID" }),
        store.append([leadEvent("other")]),
      ]);
      expect(good[0]?.outcome).toBe("appended");
      for (const event of [
        leadEvent(""),
        leadEvent("nul\0"),
        leadEvent("half \ud83d"),
        leadEvent("x", { occurredAt: new Date("never") }),
      ]) {
        await expect(store.append([event])).rejects.toMatchObject({ code: "EVENT_INVALID" });
      }
      expect((await store.read({ after: 0 })).map((event) => event.key)).toEqual(["other"]);
    });

    it("any interleaving of batches gives what one event after another would give", async () => {
      const event = fc.record({
        account: fc.constantFrom("1", "2"),
        type: fc.constantFrom("lead.received", "lead.called"),
        key: fc.constantFrom("a", "b", "c", "d"),
        occurredAt: fc.constantFrom(NOON, new Date(NOON.getTime() + 1)),
        payload: fc.constantFrom<NewEvent["payload"][]>({ n: 1 }, { n: 2 }),
        personal: fc.option(
          fc.record({
            person: fc.constantFrom("p1", "p2"),
            fields: fc.constantFrom<{ readonly [key: string]: Json }[]>(
              { phone: "01000000001" },
              { phone: "01000000002" },
            ),
          }),
        ),
      });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ batch: fc.array(event, { maxLength: 6 }), waits: fc.boolean() }), {
            maxLength: 8,
          }),
          async (steps) => {
            const prefix = `run${run++}-`; // its own accounts: one store serves all runs
            const start = await store.lastPosition();
            const calls: Promise<AppendResult[]>[] = [];
            const sent: NewEvent[] = [];
            for (const { batch, waits } of steps) {
              const events = batch.map(({ personal, account, ...rest }) => ({
                ...rest,
                account: prefix + account,
                ...(personal === null ? {} : { personal }),
              }));
              sent.push(...events);
              calls.push(store.append(events));
              if (waits) await calls.at(-1);
            }
            const results = (await Promise.all(calls)).flat();

            const model = new Map<string, { content: string; position: number }>();
            const expected: string[] = [];
            for (const [n, next] of sent.entries()) {
              const id = JSON.stringify([next.account, next.type, next.key]);
              const content = JSON.stringify([next.occurredAt, next.payload, next.personal]);
              const known = model.get(id);
              const { outcome, position } = results[n] as AppendResult;
              if (known === undefined) {
                expect(outcome).toBe("appended");
                model.set(id, { content, position });
                expected.push(id);
              } else {
                expect(outcome).toBe(known.content === content ? "repeated" : "conflict");
                expect(position).toBe(known.position);
              }
            }
            const kept = await store.read({ after: start });
            expect(
              kept.map(({ account, type, key }) => JSON.stringify([account, type, key])),
            ).toEqual(expected);
            for (const { account, type, key, position, occurredAt, payload, personal } of kept) {
              expect(model.get(JSON.stringify([account, type, key]))).toEqual({
                content: JSON.stringify([occurredAt, payload, personal ?? undefined]),
                position,
              });
            }
          },
        ),
        { numRuns: 60 },
      );
    });

    it("two stores on one home see each other's events, and no reader meets a new event behind it", async () => {
      const other = await open({ home, clock });
      let seen = 0;
      let done = false;
      const read: string[] = [];
      const look = async () => {
        for (const event of await other.read({ after: seen, limit: 7 })) {
          seen = event.position;
          read.push(event.key);
        }
      };
      const reader = (async () => {
        for (; !done; await turn()) await look();
      })();
      const given = await Promise.all(
        Array.from({ length: 200 }, async (_, n) => {
          for (let i = 0; i < n % 7; i++) await turn();
          const [result] = await (n % 2 === 0 ? store : other).append([leadEvent(`n${n}`)]);
          return result?.position ?? 0;
        }),
      );
      done = true;
      await reader;
      while (seen < (await store.lastPosition())) await look();
      expect(new Set(given).size).toBe(200);
      expect(read.toSorted()).toEqual(given.map((_, n) => `n${n}`).toSorted());
      await other.close();
    });
  });

  describe("people", () => {
    const personal = { person: "lead-1", fields: { name: "Nadia Invented", phone: "01000000042" } };

    it("personal fields come back until the person is forgotten, then never again", async () => {
      await store.append([
        leadEvent("a", { personal }),
        leadEvent("b", { personal: { person: "lead-2", fields: { name: "Other Person" } } }),
      ]);
      expect((await store.read({ after: 0 }))[0]?.personal).toEqual(personal);
      await store.forgetPerson("lead-1");
      for (const reopened of [false, true]) {
        if (reopened) {
          await store.close();
          store = await open({ home, clock });
        }
        const [first, second] = await store.read({ after: 0 });
        expect(first?.personal).toEqual({ person: "lead-1", fields: null });
        expect(first?.payload).toEqual({ campaign: 3 });
        expect(second?.personal?.fields).toEqual({ name: "Other Person" });
      }
      await store.forgetPerson("nobody");
    });

    it("equal personal fields are a repeat, other fields or another person a conflict", async () => {
      await store.append([leadEvent("a", { personal })]);
      const outcomes = await store.append([
        leadEvent("a", {
          personal: { person: "lead-1", fields: { phone: "01000000042", name: "Nadia Invented" } },
        }),
        leadEvent("a", { personal: { person: "lead-1", fields: { name: "Nadia" } } }),
        leadEvent("a", { personal: { ...personal, person: "lead-2" } }),
        leadEvent("a"),
      ]);
      expect(outcomes.map((result) => result.outcome)).toEqual([
        "repeated",
        "conflict",
        "conflict",
        "conflict",
      ]);
    });

    it("an event sent again after the erasure is a repeat and brings nothing back", async () => {
      const [first] = await store.append([leadEvent("a", { personal })]);
      await store.forgetPerson("lead-1");
      const [again, changed] = await store.append([
        leadEvent("a", { personal }),
        leadEvent("a", { personal, payload: { campaign: 9 } }),
      ]);
      expect(again).toEqual({ outcome: "repeated", position: first?.position });
      expect(changed?.outcome).toBe("conflict");
      expect((await store.read({ after: 0 }))[0]?.personal?.fields).toBeNull();
    });

    it("a person who comes back after the erasure starts anew", async () => {
      await store.append([leadEvent("a", { personal })]);
      await store.forgetPerson("lead-1");
      await store.append([leadEvent("b", { personal })]);
      const fields = (await store.read({ after: 0 })).map((event) => event.personal?.fields);
      expect(fields).toEqual([null, personal.fields]);
    });
  });

  describe("blobs", () => {
    const bytes = Buffer.from("campaign_id,spend\n1,2.50\n");
    const hash = createHash("sha256").update(bytes).digest("hex");

    it("keeps bytes under their hash, once, also when put many times at once", async () => {
      const puts = await Promise.all(
        Array.from({ length: 20 }, () => store.blobs.put(Readable.from([bytes]))),
      );
      for (const put of puts) expect(put).toEqual({ hash, bytes: bytes.length });
      await store.close();
      store = await open({ home, clock });
      expect(await store.blobs.list()).toEqual([hash]);
      expect(await store.blobs.has(hash)).toBe(true);
      expect(await store.blobs.verify(hash)).toBe(true);
      expect(await readBack(store, hash)).toEqual(bytes);
    });

    it("a stream that fails or is torn leaves nothing behind", async () => {
      const torn = new Readable({ read() {} });
      const put = store.blobs.put(torn);
      torn.push(bytes);
      torn.destroy();
      await expect(put).rejects.toThrow();
      await expect(
        store.blobs.put(
          Readable.from(
            (async function* () {
              yield bytes;
              throw new Error("the upload broke off");
            })(),
          ),
        ),
      ).rejects.toThrow("broke off");
      expect(await store.blobs.list()).toEqual([]);
      const files = await readdir(home, { recursive: true, withFileTypes: true });
      expect(files.filter((file) => file.isFile() && !file.name.startsWith("store."))).toEqual([]);
    });

    it("what is not there is a Problem, and what is no hash is not there", async () => {
      for (const wrong of [hash, "../../etc/passwd", ""]) {
        expect(await store.blobs.has(wrong)).toBe(false);
        expect(await store.blobs.verify(wrong)).toBe(false);
        await expect(store.blobs.path(wrong)).rejects.toMatchObject({ code: "BLOB_MISSING" });
      }
    });

    it("a damaged file fails its check, and putting the same content again heals it", async () => {
      await store.blobs.put(Readable.from([bytes]));
      await writeFile(await store.blobs.path(hash), "campaign_id,spend\n1,9.50\n");
      expect(await store.blobs.verify(hash)).toBe(false);
      await store.blobs.put(Readable.from([bytes]));
      expect(await store.blobs.verify(hash)).toBe(true);
    });

    it("a redacted file is read through its copy, also when the copy is redacted again", async () => {
      const copies = [];
      for (const text of ["one", "two", "three"]) {
        copies.push((await store.blobs.put(Readable.from([Buffer.from(text)]))).hash);
      }
      const [one, two, three] = copies as [string, string, string];
      await store.append([
        blobRedacted({ from: one, to: two, occurredAt: NOON }),
        blobRedacted({ from: two, to: three, occurredAt: NOON }),
      ]);
      expect((await readBack(store, one)).toString()).toBe("three");
      expect((await readBack(store, three)).toString()).toBe("three");
      await store.append([blobRedacted({ from: three, to: one, occurredAt: NOON })]);
      await expect(store.blobs.path(one)).rejects.toMatchObject({ code: "BLOB_REDACTION_LOOP" });
    });

    it("two mebibytes in odd pieces come back whole", async () => {
      const piece = Buffer.alloc(65_537, "lead");
      const content = Buffer.concat(Array.from({ length: 32 }, () => piece));
      const source = Readable.from(Array.from({ length: 32 }, () => piece));
      const put = await store.blobs.put(source);
      expect(put.bytes).toBe(content.length);
      expect((await readBack(store, put.hash)).equals(content)).toBe(true);
    });
  });

  describe("sessions", () => {
    const expiresAt = new Date(NOON.getTime() + 60_000);

    it("a token is good once, for its purpose, until it expires", async () => {
      const token = await store.sessions.createToken({
        purpose: "first-start",
        person: "nour",
        expiresAt,
      });
      const spend = (purpose: string, now: Date) =>
        store.sessions.spendToken({ purpose, token, now });
      expect(await spend("password", NOON)).toBeNull();
      expect(await spend("first-start", expiresAt)).toBeNull();
      expect(await spend("first-start", NOON)).toBe("nour");
      expect(await spend("first-start", NOON)).toBeNull();
      const unknown = { purpose: "first-start", token: "guess", now: NOON };
      expect(await store.sessions.spendToken(unknown)).toBeNull();
    });

    it("of many who spend one token at once, through two stores, one gets it", async () => {
      const other = await open({ home, clock });
      const token = await store.sessions.createToken({
        purpose: "first-start",
        person: "nour",
        expiresAt,
      });
      const spent = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 === 0 ? store : other).sessions.spendToken({
            purpose: "first-start",
            token,
            now: NOON,
          }),
        ),
      );
      expect(spent.filter(Boolean)).toHaveLength(1);
      await other.close();
    });

    it("a session is found by its secret until it ends or expires, and outlives a restart", async () => {
      const secret = await store.sessions.create({ person: "owner", expiresAt });
      await store.close();
      store = await open({ home, clock });
      expect(await store.sessions.find(secret, NOON)).toEqual({ person: "owner" });
      expect(await store.sessions.find(secret, expiresAt)).toBeNull();
      expect(await store.sessions.find(`${secret}x`, NOON)).toBeNull();
      await store.sessions.end(secret);
      expect(await store.sessions.find(secret, NOON)).toBeNull();
    });

    it("a new session drops the expired ones and only those", async () => {
      const old = await store.sessions.create({ person: "a", expiresAt });
      const long = await store.sessions.create({
        person: "b",
        expiresAt: new Date(NOON.getTime() + 3_600_000),
      });
      clock.set(expiresAt);
      await store.sessions.create({ person: "c", expiresAt: new Date(NOON.getTime() + 90_000) });
      expect(await store.sessions.find(old, NOON)).toBeNull(); // gone even for an earlier now
      expect(await store.sessions.find(long, NOON)).toEqual({ person: "b" });
    });
  });

  describe("people", () => {
    const owner: Grant = { account: "*", role: "owner" };

    it("of two who take one contact at once, through two stores, one gets it", async () => {
      const other = await open({ home, clock });
      const taking = [store, other].map(({ people }, n) =>
        people.add({ name: `P${n}`, contact: "A@example.com ", grants: [], by: "x" }).then(
          () => "taken",
          (problem) => problem.code,
        ),
      );
      expect((await Promise.all(taking)).sort()).toEqual(["CONTACT_TAKEN", "taken"]);
      expect(await store.people.list()).toHaveLength(1);
      await other.close();
    });

    it("of two owners who step back at once, through two stores, one stays", async () => {
      const other = await open({ home, clock });
      for (const id of ["a", "b"]) {
        await store.people.add({ id, name: id, contact: null, grants: [owner], by: "a" });
      }
      const stepping = [
        store.people.change("a", { grants: [{ account: "7", role: "viewer" }] }),
        other.people.remove("b"),
      ].map((deed) =>
        deed.then(
          () => "done",
          (problem) => problem.code,
        ),
      );
      expect((await Promise.all(stepping)).sort()).toEqual(["LAST_OWNER", "done"]);
      const owners = (await store.people.list()).filter(
        ({ grants }) => grants.length === 1 && grants[0]?.account === "*",
      );
      expect(owners).toHaveLength(1);
      await other.close();
    });

    it("somebody removed keeps their name, and their contact may be taken again", async () => {
      await store.people.add({ id: "a", name: "A", contact: null, grants: [owner], by: "a" });
      await store.people.add({ id: "b", name: "B", contact: "b@example.com", grants: [], by: "a" });
      expect(await store.people.remove("b")).toBe(true);
      expect(await store.people.remove("b")).toBe(false);
      expect(await store.people.change("b", { name: "C" })).toBe(false);
      expect(await store.people.find("b")).toMatchObject({ name: "B", removedAt: NOON });
      await store.people.add({ name: "New", contact: "B@example.com", grants: [], by: "a" });
    });

    it("deeds are read newest first, page by page, and outlive a restart", async () => {
      for (const action of ["one", "two", "three"]) {
        const about = { id: action };
        await store.audit.add({ person: "a", via: "session", action, about, status: 200 });
      }
      await store.close();
      store = await open({ home, clock });
      const [newest, next] = await store.audit.read({ before: null, limit: 2 });
      expect([newest?.action, next?.action]).toEqual(["three", "two"]);
      expect(newest).toMatchObject({ at: NOON, about: { id: "three" }, status: 200 });
      const rest = await store.audit.read({ before: next?.position ?? 0, limit: 2 });
      expect(rest.map(({ action }) => action)).toEqual(["one"]);
    });
  });

  it("a note holds its last value until it is deleted", async () => {
    expect(await store.notes.get("upload")).toBeNull();
    await store.notes.set("upload", { hash: "ab", rows: [1, null] });
    await store.notes.set("other", false);
    await store.notes.set("upload", { hash: "cd", rows: [] });
    await store.close();
    store = await open({ home, clock });
    expect(await store.notes.get("upload")).toEqual({ hash: "cd", rows: [] });
    await store.notes.delete("upload");
    await store.notes.delete("upload");
    expect(await store.notes.get("upload")).toBeNull();
    expect(await store.notes.get("other")).toBe(false);
  });
}

async function readBack(store: Store, hash: string): Promise<Buffer> {
  return readFile(await store.blobs.path(hash));
}
