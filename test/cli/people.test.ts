import path from "node:path";
import { expect, it } from "vitest";
import { fixedClock } from "../../src/base/clock.ts";
import type { ServeOptions } from "../../src/cli/command.ts";
import { hashPassword } from "../../src/store/passwords.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { keepOwner } from "../../src/workflows/people.ts";
import { withFolder } from "../workflows/home.ts";
import { leadsmart } from "./terminal.ts";

const clock = fixedClock(new Date("2026-01-01T00:00:00Z"));

async function withHome(work: (home: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const home = path.join(folder, "h");
    const store = await openStore({ home, clock });
    await keepOwner(store);
    await store.close();
    await work(home);
  });
}

it("invites, lists, links, makes and revokes keys, and removes, while somebody else has the home open", async () => {
  await withHome(async (home) => {
    const server = await openStore({ home, clock });
    const told = async (...args: string[]) => {
      const ran = await leadsmart(["people", ...args, "--home", home, "--json"], {
        env: { USER: "sara" },
      });
      expect(ran.code, ran.err).toBe(0);
      return JSON.parse(ran.out);
    };
    const roles = ["--role", "sales_manager@7", "--role", "viewer@8"];
    const { person, path: link } = await told("invite", "--name", "Nour", ...roles);
    const { people } = await told("list");
    expect(people.map(({ id }: { id: string }) => id).sort()).toEqual([person, "owner"].sort());
    expect(people.find(({ id }: { id: string }) => id === person)).toMatchObject({
      name: "Nour",
      grants: [
        { account: "7", role: "sales_manager" },
        { account: "8", role: "viewer" },
      ],
    });
    const spent = (path: string) =>
      server.sessions.spendToken({
        purpose: "join",
        token: new URL(path, "http://x").searchParams.get("token") ?? "",
        now: clock.now(),
      });
    const renewed = await told("link", "--id", person);
    expect(await spent(link)).toBeNull();
    expect(await spent(renewed.path)).toBe(person);

    const key = await told("key", "--name", "sheet", "--role", "viewer@*", "--days", "2");
    expect(await server.keys.find(key.secret)).toMatchObject({
      name: "sheet",
      expiresAt: new Date("2026-01-03T00:00:00Z"),
    });
    await told("revoke", "--id", key.id);
    expect(await server.keys.find(key.secret)).toBeNull();
    await told("remove", "--id", person);
    expect((await told("list")).people).toHaveLength(1);
    const deeds = await server.audit.read({ before: null, limit: 10 });
    expect(deeds.map(({ action, via }) => [action, via])).toEqual(
      ["remove", "revoke", "key", "link", "invite"].map((word) => [
        `people ${word}`,
        "command line (sara)",
      ]),
    );
    await server.close();
  });
});

it.each([
  [["people", "dance"], "BAD_USAGE"],
  [["people", "invite", "--role", "rep@7"], "--name"],
  [["people", "invite", "--name", "X"], "--role"],
  [["people", "invite", "--name", "X", "--role", "boss@7"], "ROLE@ACCOUNT"],
  [["people", "invite", "--name", "X", "--role", "rep"], "ROLE@ACCOUNT"],
  [["people", "key", "--name", "X", "--role", "rep@7", "--days", "0"], "--days"],
  [["people", "list", "--name", "X"], "--name does not belong"],
])("refuses %j", async (args, said) => {
  await withHome(async (home) => {
    const ran = await leadsmart([...args, "--home", home]);
    expect([ran.code, ran.out]).toEqual([2, ""]);
    expect(ran.err).toContain(said);
  });
});

it("tells that there is no home instead of making one", async () => {
  await withFolder(async (folder) => {
    const ran = await leadsmart(["people", "list", "--home", path.join(folder, "none")]);
    expect(ran.err).toContain("NO_HOME");
  });
});

it("opens to other machines only once an owner can sign in", async () => {
  await withHome(async (home) => {
    const served: ServeOptions[] = [];
    const start = () =>
      leadsmart(["start", "--host", "0.0.0.0", "--home", home], {
        served: (options) => served.push(options),
      });
    expect((await start()).err).toContain("NOT_LOOPBACK");
    const store = await openStore({ home, clock });
    await store.people.setPassword("owner", await hashPassword("correct horse battery"));
    await store.close();
    expect((await start()).code).toBe(0);
    expect(served).toMatchObject([{ host: "0.0.0.0" }]);
  });
});
