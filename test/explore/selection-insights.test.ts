import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeWorld } from "../../sample/world.ts";
import { fixedClock } from "../../src/base/clock.ts";
import { SelectionQuery } from "../../src/contract/common.ts";
import { SelectionInsightsAnswer } from "../../src/contract/today.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { createImportDesk, type LocalImportDesk } from "../../src/workflows/import.ts";
import { createPeopleDesk } from "../../src/workflows/people.ts";
import { sourcesAt } from "../../src/workflows/sources.ts";
import { createTodayDesk, type TodayDesk } from "../../src/workflows/today.ts";
import { openWorkspace, type Workspace } from "../../src/workflows/workspace.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "leadsmart-selection-"));
const clock = fixedClock(new Date("2026-07-01T09:00:00Z"));
let workspace: Workspace;
let desk: LocalImportDesk;
let today: TodayDesk;
beforeAll(async () => {
  const tables = path.join(folder, "world");
  await writeWorld({ directory: tables, seed: 7, scale: 0.25 });
  workspace = await openWorkspace({ home: path.join(folder, "home"), clock });
  desk = createImportDesk(workspace);
  const sources = await sourcesAt(tables, workspace.scratchDirectory, {});
  const { previewId } = await desk.previewSources(sources, {});
  const { importId } = await desk.commit(
    { previewId, skipProblems: true, saveMappings: false },
    "owner",
  );
  await desk.settled(importId);
  today = createTodayDesk(workspace, createPeopleDesk(workspace.store, clock));
}, 120_000);
afterAll(async () => {
  await desk?.close();
  await workspace?.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = async (query: object, scope = EVERYTHING) =>
  SelectionInsightsAnswer.parse(await today.insights(SelectionQuery.parse(query), scope));

it("says at least ten things of the sample world, dearest first, in both languages, each with rows", async () => {
  const { items } = await ask({ from: "all" });
  expect(items.length).toBeGreaterThanOrEqual(10);
  const money = items.flatMap((one) => one.moneyMinor ?? []);
  expect(money).toEqual([...money].sort((one, other) => Math.abs(other) - Math.abs(one)));
  for (const one of items) {
    for (const text of [
      one.sentence.en,
      one.sentence.ar,
      one.advice?.en ?? "",
      one.advice?.ar ?? "",
    ]) {
      expect(text, one.id).not.toMatch(/undefined|NaN|null|Infinity|\{n\}/);
    }
    expect(one.sentence.ar, one.id).toMatch(/[\u0600-\u06ff]/);
    const listed = await workspace.warehouse.all(one.sql);
    expect(listed.length, one.id).toBeGreaterThan(0);
  }
});

it("speaks of the selection alone: of an account, a campaign, or days", async () => {
  const [account] = await workspace.warehouse.all<{ id: string; spend: number }>(
    `SELECT a.account_id AS id, sum(d.spend_minor)::BIGINT AS spend FROM marts.delivery_deduplicated AS d
     JOIN marts.accounts AS a USING (account_key) GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
  );
  const id = account?.id ?? "";
  const one = await ask({ from: "all", account: [id] });
  const whole = await ask({ from: "all" });
  const spread = (items: typeof one.items) => items.find((item) => item.id === "concentration");
  expect(spread(whole.items)).toBeDefined();
  expect(spread(one.items)).toBeUndefined();
  expect((await ask({ from: "all" }, { accounts: [id] })).items).toEqual(one.items);
  expect((await ask({ from: "all", campaign: ["there is none"] })).items).toEqual([]);
  expect((await ask({ from: "2001-01-01", to: "2001-02-01" })).items).toEqual([]);
});

it("puts what somebody silenced last until it is heard again", async () => {
  const { items } = await ask({ from: "all" });
  const [first] = items;
  if (!first) throw new Error("nothing is said");
  await today.silence(
    first.id,
    { until: null, worseBy: 0.5, moneyMinor: first.moneyMinor },
    "owner",
  );
  const quiet = (await ask({ from: "all" })).items.at(-1);
  expect(quiet?.id).toBe(first.id);
  expect(quiet?.silenced).toMatchObject({ by: "owner", worseBy: 0.5 });
  await today.hear(first.id);
  expect((await ask({ from: "all" })).items[0]).toEqual(first);
  await expect(today.hear("nothing")).rejects.toMatchObject({ code: "INSIGHT_UNKNOWN" });
});
