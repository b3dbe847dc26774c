import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fixedClock } from "../../src/base/clock.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { createViewsDesk, type ViewsDesk } from "../../src/workflows/saved-views.ts";

const clock = fixedClock(new Date("2025-02-01T09:00:00Z"));
const ALL = { accounts: "all" } as const;
let home: string;
let store: Store;
let desk: ViewsDesk;
beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), "leadsmart-views-"));
  store = await openStore({ home, clock });
  desk = createViewsDesk(store.notes, clock);
});
afterEach(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

const names = async (person: string, scope: Parameters<ViewsDesk["list"]>[1]) =>
  (await desk.list(person, scope)).map(({ name }) => name);

it("keeps a view for its maker alone, until it is shared", async () => {
  await desk.save("nour", ALL, { name: "Dear", address: "/campaigns?sort=cpql", shared: false });
  expect(await names("nour", ALL)).toEqual(["Dear"]);
  expect(await names("hany", ALL)).toEqual([]);
  await desk.save("nour", ALL, { name: "Dear", address: "/campaigns?sort=cpl", shared: true });
  const [seen] = await desk.list("hany", ALL);
  expect(seen).toMatchObject({ address: "/campaigns?sort=cpl", mine: false, by: "nour" });
  expect(await names("nour", ALL)).toEqual(["Dear"]);
});

it("shows a shared view only to those who may see every account in it", async () => {
  await desk.save("nour", ALL, {
    name: "Seven and eight",
    address: "/campaigns?account=7&account=8",
    shared: true,
  });
  await desk.save(
    "nour",
    { accounts: ["7"] },
    { name: "Mine", address: "/campaigns", shared: true },
  );
  expect(await names("hany", { accounts: ["7"] })).toEqual(["Mine"]);
  expect(await names("hany", { accounts: ["8"] })).toEqual([]);
  expect(await names("hany", { accounts: ["7", "8"] })).toEqual(["Mine", "Seven and eight"]);
  await desk.save("nour", ALL, { name: "Everything", address: "/campaigns", shared: true });
  expect(await names("hany", { accounts: ["7", "8"] })).not.toContain("Everything");
});

it("lets nobody delete what is somebody else's", async () => {
  const { id } = await desk.save("nour", ALL, { name: "A", address: "/campaigns", shared: true });
  await expect(desk.remove("hany", id)).rejects.toMatchObject({ code: "VIEW_UNKNOWN" });
  await desk.remove("nour", id);
  expect(await names("nour", ALL)).toEqual([]);
});

it("loses none of many that are saved at once, also over a restart, and takes a hundred of one person", async () => {
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      desk.save("nour", ALL, { name: `view ${i}`, address: "/campaigns", shared: false }),
    ),
  );
  await expect(
    desk.save("nour", ALL, { name: "one more", address: "/campaigns", shared: false }),
  ).rejects.toMatchObject({ code: "VIEWS_FULL" });
  await desk.save("hany", ALL, { name: "own", address: "/campaigns", shared: false });
  await store.close();
  store = await openStore({ home, clock });
  desk = createViewsDesk(store.notes, clock);
  expect(await names("nour", ALL)).toHaveLength(100);
  expect(await names("hany", ALL)).toEqual(["own"]);
});
