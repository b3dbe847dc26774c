import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import Database from "libsql";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fixedClock } from "../../src/base/clock.ts";
import type { NewEvent } from "../../src/store/events.ts";
import { bindable } from "../../src/store/libsql-dialect.ts";
import { migrate, migrations } from "../../src/store/migrations.ts";
import { hashPassword } from "../../src/store/passwords.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { openSqliteEngine } from "../../src/store/sqlite-engine.ts";
import type { Store } from "../../src/store/store.ts";

const NOON = new Date("2025-01-15T12:00:00Z");
const clock = fixedClock(NOON);
let home: string;
let file: string;
let store: Store;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "leadsmart-sqlite-"));
  file = path.join(home, "store.sqlite");
  store = await openStore({ home, clock });
});
afterEach(async () => {
  await store.close();
  await rm(home, { recursive: true, force: true });
});

function event(key: string, personal?: NewEvent["personal"]): NewEvent {
  return {
    account: "7",
    type: "lead.received",
    key,
    occurredAt: NOON,
    payload: {},
    ...(personal === undefined ? {} : { personal }),
  };
}

/** Every byte of the database as it lies on the disk now, write-ahead log included. */
function rawBytes(): Buffer {
  const files = [file, `${file}-wal`, `${file}-shm`].filter((name) => existsSync(name));
  return Buffer.concat(files.map((name) => readFileSync(name)));
}

/** A look into the file beside the store, as a forensic reader would. */
function beside<T>(look: (database: Database.Database) => T): T {
  const database = new Database(file);
  try {
    return look(database);
  } finally {
    database.close();
  }
}

function keysInFile(): Map<string, Buffer> {
  const rows = beside((db) => db.prepare("SELECT person, key FROM person_keys").all([]));
  return new Map(
    (rows as { person: string; key: ArrayBuffer }[]).map((row) => [
      row.person,
      Buffer.from(row.key),
    ]),
  );
}

it("no personal field lies readable in the files, before and after a checkpoint", async () => {
  const secrets = ["Nadia Invented", "01000000042", "nadia@invented.example"];
  const [name, phone, email] = secrets as [string, string, string];
  await store.append([
    event("a", { person: "lead-1", fields: { name, phone, email } }),
    event("b", { person: "lead-1", fields: { name, phone, email } }),
  ]);
  for (const _ of ["in the log", "in the database"]) {
    const raw = rawBytes();
    expect(raw.includes("lead.received")).toBe(true); // the look itself works
    for (const secret of secrets) expect(raw.includes(secret)).toBe(false);
    beside((db) => db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all([]));
  }
  const sealed = beside((db) =>
    db.prepare("SELECT hex(sealed_fields) AS s, hex(fields_digest) AS d FROM events").all([]),
  ) as { s: string; d: string }[];
  expect(new Set(sealed.map((row) => row.s)).size).toBe(2); // equal fields do not show as equal
  expect(new Set(sealed.map((row) => row.d)).size).toBe(2);
});

it("a forgotten key leaves no trace in the files, the keys of the others stay", async () => {
  const people = Array.from({ length: 900 }, (_, n) => `lead-${n}-${"x".repeat((n * 37) % 200)}`);
  await store.append(people.map((person) => event(person, { person, fields: { n: 1 } })));
  const keys = keysInFile();
  expect(keys.size).toBe(900);
  const forgotten = people.filter((_, n) => (n * 7919) % 11 === 0 || (n > 300 && n < 340));
  for (const person of forgotten) await store.forgetPerson(person);

  const raw = rawBytes();
  const holds = (person: string) => {
    const key = keys.get(person) as Buffer;
    return raw.includes(key.subarray(0, 32)) || raw.includes(key.subarray(16, 48));
  };
  expect(forgotten.length).toBeGreaterThan(100);
  expect(forgotten.filter(holds)).toEqual([]);
  expect(people.filter((person) => !forgotten.includes(person) && !holds(person))).toEqual([]);
});

it("sealed fields moved to another event do not open", async () => {
  await store.append([
    event("a", { person: "lead-1", fields: { phone: "1" } }),
    event("b", { person: "lead-1", fields: { phone: "2" } }),
  ]);
  beside((db) =>
    db.exec(
      "UPDATE events SET sealed_fields = (SELECT sealed_fields FROM events WHERE key = 'a') WHERE key = 'b'",
    ),
  );
  await expect(store.read({ after: 0 })).rejects.toMatchObject({ code: "STORE_DAMAGED" });
});

it("secrets of sessions, tokens and keys are not in the files, and passwords neither", async () => {
  const expiresAt = new Date(NOON.getTime() + 60_000);
  const session = await store.sessions.create({ person: "owner", expiresAt });
  const token = await store.sessions.createToken({
    purpose: "first-start",
    person: "owner",
    expiresAt,
  });
  await store.people.add({ id: "nour", name: "Nour", contact: null, grants: [], by: "nour" });
  await store.people.setPassword("nour", await hashPassword("correct horse battery"));
  const key = await store.keys.create({ name: "sheet", person: "nour", grants: [], expiresAt });
  const raw = rawBytes();
  expect(raw.includes("scrypt:")).toBe(true);
  expect(raw.includes("correct horse")).toBe(false);
  expect(raw.includes(key.secret)).toBe(false);
  expect(raw.includes("first-start")).toBe(true);
  expect(raw.includes(session)).toBe(false);
  expect(raw.includes(token)).toBe(false);
});

it("a caller whose events the database refuses does not take the others of its commit along", async () => {
  beside((db) =>
    db.exec(`CREATE TRIGGER poison BEFORE INSERT ON events WHEN new.key = 'poison'
             BEGIN SELECT RAISE(ABORT, 'poisoned'); END`),
  );
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, n) =>
      store.append(n === 20 ? [event("before"), event("poison")] : [event(`k${n}`)]),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.status === "rejected")).toHaveLength(1);
  expect(outcomes[20]).toMatchObject({ status: "rejected" });
  const kept = (await store.read({ after: 0 })).map((stored) => stored.key);
  expect(kept).toHaveLength(49);
  expect(kept).not.toContain("before"); // a call is kept whole or not at all
});

it("many appends share few commits", async () => {
  await store.close();
  let commits = 0;
  const onCommit = { begin: () => commits++, end: () => {} };
  store = await openStore({ home, clock, onCommit });
  await Promise.all(Array.from({ length: 500 }, (_, n) => store.append([event(`k${n}`)])));
  expect(await store.read({ after: 0 })).toHaveLength(500);
  expect(commits).toBeLessThanOrEqual(5);
});

it("closing waits for the appends under way", async () => {
  const append = store.append(Array.from({ length: 300 }, (_, n) => event(`k${n}`)));
  await store.close();
  expect(await append).toHaveLength(300);
  store = await openStore({ home, clock });
  expect(await store.lastPosition()).toBe(300);
});

it("a full disk is a Problem and the store goes on when there is room again", async () => {
  const pages = beside((db) => db.prepare("PRAGMA page_count").all([])) as { page_count: number }[];
  const engine = await openSqliteEngine(file);
  const { sql } = await import("kysely");
  await sql.raw(`PRAGMA max_page_count = ${(pages[0]?.page_count ?? 0) + 2}`).execute(engine.db);
  const fill = engine.write((trx) =>
    trx
      .insertInto("notes")
      .values({ key: "big", value: "x".repeat(100_000) })
      .execute(),
  );
  await expect(fill).rejects.toMatchObject({ code: "STORE_WRITE_FAILED" });
  await engine.write((trx) => trx.insertInto("notes").values({ key: "k", value: "1" }).execute());
  await engine.close();
  expect(await store.notes.get("k")).toBe(1);
  expect(await store.notes.get("big")).toBeNull();
});

it("the files can be read by their owner only", async () => {
  await store.append([event("a")]);
  await store.blobs.put(Readable.from([Buffer.from("rows")]));
  for (const name of await readdir(home, { recursive: true })) {
    expect([name, statSync(path.join(home, name)).mode & 0o077]).toEqual([name, 0]);
  }
});

it("a store of a later version is refused and left as it is", async () => {
  beside((db) => db.exec("INSERT INTO migrations VALUES (999, 'from the future', 0)"));
  await expect(openStore({ home, clock })).rejects.toMatchObject({ code: "STORE_NEWER" });
});

it("migrations run once, in order, all of them or none", async () => {
  const other = path.join(home, "migrating.sqlite");
  const engine = await openSqliteEngine(other);
  const broken = {
    number: 3,
    name: "breaks half way",
    up: async () => {
      throw new Error("half way");
    },
  };
  await expect(migrate(engine, clock, [...migrations, broken])).rejects.toThrow("half way");
  expect(await engine.db.introspection.getTables()).toEqual([]);
  const [first, second] = migrations as [(typeof migrations)[0], (typeof migrations)[0]];
  await migrate(engine, clock, [first]);
  await migrate(engine, clock, [first, second]);
  await migrate(engine, clock);
  const steps = await engine.db.selectFrom("migrations").select("number").execute();
  expect(steps.map((step) => step.number)).toEqual(migrations.map((step) => step.number));
  await engine.close();
});

it("a file that is no store is refused in words", async () => {
  const wrong = path.join(home, "wrong");
  await mkdir(wrong);
  await writeFile(path.join(wrong, "store.sqlite"), "campaign_id,spend\n".repeat(500));
  await expect(openStore({ home: wrong, clock })).rejects.toMatchObject({
    code: "STORE_UNREADABLE",
  });
});

it("only abandoned parts of files are swept at opening", async () => {
  const parts = path.join(home, "blobs", "parts");
  const slow = new Readable({ read() {} });
  const put = store.blobs.put(slow); // its part is being written
  slow.push("first half, ");
  while ((await readdir(parts)).length === 0) await new Promise((done) => setTimeout(done, 1));
  const [own] = (await readdir(parts)) as [string];
  const host = own.slice(0, 12);
  const uuid = "00000000-0000-4000-8000-000000000000";
  const names = {
    dead: `${host}-999999999-${uuid}.part`,
    sameNumber: `${host}-${process.pid}-${uuid}.part`, // a container's former process 1
    alive: `${host}-${process.ppid}-${uuid}.part`,
    foreignOld: `${"f".repeat(12)}-1-${uuid}.part`,
    foreignNew: `${"e".repeat(12)}-1-${uuid}.part`,
  };
  for (const name of Object.values(names)) await writeFile(path.join(parts, name), "half");
  const age = (hours: number) => new Date(NOON.getTime() - hours * 3_600_000);
  await utimes(path.join(parts, names.foreignOld), age(25), age(25));
  await utimes(path.join(parts, names.foreignNew), age(1), age(1));

  const other = await openStore({ home, clock });
  expect((await readdir(parts)).toSorted()).toEqual(
    [own, names.alive, names.foreignNew].toSorted(),
  );
  slow.push("second half");
  slow.push(null);
  expect(await store.blobs.verify((await put).hash)).toBe(true);
  await other.close();
});

it("values that the database would change silently are refused before they reach it", () => {
  expect(bindable(3)).toBe(3n);
  expect(bindable(1.5)).toBe(1.5);
  expect(bindable("نص 😀")).toBe("نص 😀");
  for (const wrong of [true, undefined, Number.NaN, "a\0b", "\ud83d", NOON, {}]) {
    expect(() => bindable(wrong)).toThrow(TypeError);
  }
});

it("any bytes come back from a note through text", async () => {
  const text = randomBytes(3000).toString("latin1");
  await store.notes.set("bytes", { text, emoji: "😀\ud83d", nul: "\0" });
  expect(await store.notes.get("bytes")).toEqual({ text, emoji: "😀\ud83d", nul: "\0" });
});
