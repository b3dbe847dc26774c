import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fixedClock } from "../../src/base/clock.ts";
import { rebuildWarehouse } from "../../src/workflows/rebuild.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { type Build, buildChildren, seed, startChild } from "./harness.ts";

const clock = fixedClock(new Date("2025-02-15T12:00:00Z"));
let build: Build;
let home: string;

beforeAll(async () => {
  build = await buildChildren();
  home = await mkdtemp(path.join(tmpdir(), "leadsmart-kill-lock-"));
});
afterAll(async () => {
  await build.remove();
  await rm(home, { recursive: true, force: true });
});

it("a living process keeps everyone else out by name; a killed one leaves the home free at once", async () => {
  const child = startChild(build.child("import-child"), [home, String(seed), "0"]);
  await child.acknowledged();
  const refusal = { code: "HOME_IN_USE", details: { pid: child.pid } };
  await expect(openWorkspace({ home, clock })).rejects.toMatchObject(refusal);
  await expect(rebuildWarehouse({ home, clock })).rejects.toMatchObject(refusal);
  await child.kill();
  const report = await rebuildWarehouse({ home, clock });
  expect(report.tables.length).toBeGreaterThan(0);
  const workspace = await openWorkspace({ home, clock });
  expect(workspace.ledger.imports.size).toBeGreaterThan(0);
  await workspace.close();
});
