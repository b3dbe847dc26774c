import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockHome } from "../../src/store/home-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("lets one in at a time and tells the others whose process it is", async () => {
  const home = path.join(folder, "new", "home");
  const first = await lockHome(home);
  await expect(lockHome(home)).rejects.toMatchObject({
    code: "HOME_IN_USE",
    what: expect.stringContaining(String(process.pid)),
    details: { pid: process.pid },
  });
  first.release();
  first.release();
  const second = await lockHome(home);
  await expect(lockHome(home)).rejects.toMatchObject({ code: "HOME_IN_USE" });
  second.release();
});

it("lets exactly one of many in who come at the same moment", async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockHome(folder)));
  const held = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(held.length).toBe(1);
  for (const lock of held) lock.release();
});

it("refuses a second one also while the first has not written its name yet", async () => {
  const first = new Database(path.join(folder, "home.lock"));
  first.exec("BEGIN IMMEDIATE");
  await expect(lockHome(folder)).rejects.toMatchObject({
    code: "HOME_IN_USE",
    details: { pid: null },
  });
  first.exec("ROLLBACK");
  first.close();
});

it("says that a home cannot be written where something else is in its place", async () => {
  const file = path.join(folder, "file");
  await writeFile(file, "");
  await expect(lockHome(file)).rejects.toMatchObject({ code: "HOME_NOT_WRITABLE", where: file });
  await mkdir(path.join(folder, "home.lock"));
  await expect(lockHome(folder)).rejects.toMatchObject({ code: "HOME_NOT_WRITABLE" });
});
