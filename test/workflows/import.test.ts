import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { rebuildWarehouse } from "../../src/workflows/rebuild.ts";
import { sourcesAt } from "../../src/workflows/sources.ts";
import type { Workspace } from "../../src/workflows/workspace.ts";
import { clock, INSIGHTS, inHome, LEADS, TABLES, withFolder } from "./home.ts";

async function kpis(workspace: Workspace, basis: "corrected" | "raw" = "corrected") {
  const answer = await workspace.queries.kpis(
    { from: "all", to: undefined, account: [], project: [], campaign: [], basis, asOf: undefined },
    EVERYTHING,
  );
  return Object.fromEntries(answer.kpis.map((kpi) => [kpi.id, kpi.value]));
}

it("counts the four tables as worked by hand", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      const row = await give(TABLES);
      expect(row).toMatchObject({ state: "done", problem: null });
      expect(await kpis(workspace)).toMatchObject({
        spend: 21_001, // 50.25 + 49.75 + 100 + 10.01, the repeated line once
        impressions: 460,
        clicks: 47,
        leads: 4,
        qualified: 1,
        qualifiedWithinHorizon: 1,
        qualifiedEverLogged: 1,
        conversionRate: 0.5, // l1 of l1 and l3; l2 and l4 were never judged
        undecidedShare: 0.5,
        cpl: 21_001 / 4,
        revenue: null,
        roas: null,
      });
      expect(await kpis(workspace, "raw")).toMatchObject({ spend: 22_002, impressions: 510 });
    }),
  );
});

it("changes nothing when the same files come twice, under whatever name", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, digest, desk, workspace }) => {
      const first = await give(TABLES);
      const before = await digest();
      const position = await workspace.store.lastPosition();
      const again = await give({ "renamed.csv": INSIGHTS, "others.csv": LEADS });
      expect(again.importId).toBe(first.importId);
      expect(await digest()).toEqual(before);
      expect(await workspace.store.lastPosition()).toBe(position);
      expect((await desk.imports({ limit: 10 }, EVERYTHING)).total).toBe(1);
    }),
  );
});

it("gives the same marts whatever the order of files, waiting visibly for what is missing", async () => {
  await withFolder(async (folder) => {
    const martsOf = async (name: string, order: readonly string[]) =>
      inHome(path.join(folder, name), async ({ give, workspace, digest }) => {
        for (const file of order) await give({ [file]: TABLES[file] as string });
        const answer = await workspace.queries.facets(EVERYTHING);
        expect(answer.accounts.map((one) => one.id)).toEqual(["u1", "u2"]);
        const all = await digest();
        return Object.fromEntries(
          ["marts.accounts", "marts.projects", "marts.campaigns", "marts.campaign_day"].map((t) => [
            t,
            all[t],
          ]),
        );
      });
    const names = Object.keys(TABLES);
    const forward = await martsOf("forward", names);
    expect(await martsOf("backward", [...names].reverse())).toEqual(forward);
  });
});

it("shows rows that wait for their campaign, and counts them once it comes", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give({ "insights.csv": INSIGHTS });
      const waiting = await workspace.queries.kpis(
        {
          from: "all",
          to: undefined,
          account: [],
          project: [],
          campaign: [],
          basis: "corrected",
          asOf: undefined,
        },
        EVERYTHING,
      );
      expect(waiting.unresolved.insights).toBe(5);
      await give({ "campaigns.csv": TABLES["campaigns.csv"] as string });
      expect(await kpis(workspace)).toMatchObject({ spend: 21_001 });
    }),
  );
});

it("lets a newer file supersede an older one by natural key, and gives the older back when it is undone", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, desk, digest, workspace }) => {
      // marts.built tells how far the warehouse is, not what it holds.
      const held = async () => ({ ...(await digest()), "marts.built": null });
      await give(TABLES);
      const before = await held();
      const newer = INSIGHTS.replace("50.25", "60.25");
      const row = await give({ "insights.csv": newer });
      expect(await kpis(workspace)).toMatchObject({ spend: 22_001, impressions: 460 });
      const undone = await desk.undo(row.importId, "tester");
      expect(undone.state).toBe("undone");
      expect(await held()).toEqual(before);
      await give({ "insights.csv": newer });
      expect(await kpis(workspace)).toMatchObject({ spend: 22_001 });
    }),
  );
});

it("makes an identical warehouse from the store alone, elsewhere and with other threads", async () => {
  await withFolder(async (folder) => {
    const digest = await inHome(
      folder,
      async (home) => {
        await home.give(TABLES);
        await home.give({ "more.csv": LEADS.replaceAll("l1,", "l9,") });
        return home.digest();
      },
      { threads: 2 },
    );
    const elsewhere = path.join(folder, "elsewhere");
    // What SQLite keeps beside its file is empty by now, and may vanish while it is copied.
    const filter = (file: string) => !/warehouse\.duckdb|home\.lock|-(wal|shm|journal)$/.test(file);
    await cp(path.join(folder, "home"), path.join(elsewhere, "home"), { recursive: true, filter });
    const remade = await inHome(elsewhere, (home) => home.digest(), { threads: 1 });
    expect(remade).toEqual(digest);
  });
});

it("keeps rejected records with file, line, column, value and reason", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, desk, workspace }) => {
      const broken = `${INSIGHTS}a9,c1,1,12.x4,1,1,2025-01-03 00:00:00\na9,c1,1,1,1,1,2025-02-30 00:00:00\n`;
      const row = await give({ ...TABLES, "insights.csv": broken });
      expect(row.files.find((file) => file.table === "insights")).toMatchObject({
        rowsRead: 7,
        rowsAccepted: 5,
        rowsRejected: 2,
      });
      const page = await desk.rejects({ limit: 10 }, EVERYTHING);
      expect(page.items).toMatchObject([
        { file: "insights.csv", line: 7, column: "spend", value: "12.x4", importId: row.importId },
        { file: "insights.csv", line: 8, column: "created_at", value: "2025-02-30 00:00:00" },
      ]);
      const first = await desk.rejects({ limit: 1 }, EVERYTHING);
      const second = await desk.rejects({ limit: 1, cursor: first.next ?? "" }, EVERYTHING);
      expect([...first.items, ...second.items]).toEqual(page.items);
      expect(await kpis(workspace)).toMatchObject({ spend: 21_001 });
    }),
  );
});

it("never adds up exports of several levels: it asks, and keeps the answer as a definition", async () => {
  const campaignLevel = `campaign_id,reach,spend,clicks,impressions,created_at
c1,80,50.25,10,100,2025-01-01 00:00:00
c2,80,100,10,100,2025-01-02 00:00:00
`;
  await withFolder((folder) =>
    inHome(folder, async ({ give, preview, workspace }) => {
      await give(TABLES);
      const answer = await preview({ "by-campaign.csv": campaignLevel });
      expect(answer.levelQuestion).toMatchObject({ campaignDays: 2 });
      expect(answer.ready).toBe(false);
      await expect(give({ "by-campaign.csv": campaignLevel })).rejects.toMatchObject({
        code: "LEVEL_UNDECIDED",
      });
      await give({ "by-campaign.csv": campaignLevel }, { levelCounts: "ad_set" });
      expect(await kpis(workspace)).toMatchObject({ spend: 21_001 });
      expect(
        workspace.definitions().default.insightLevel ?? workspace.definitions().accounts,
      ).not.toBeNull();
    }),
  );
});

it("refuses an import with a file it cannot read, unless told to leave it", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give }) => {
      const files = { ...TABLES, "page.csv": "<!DOCTYPE html><html><body>Sign in</body></html>" };
      await expect(give(files)).rejects.toMatchObject({ code: "FILE_NOT_READABLE" });
      expect(await give(files, { skipProblems: true })).toMatchObject({ state: "done" });
    }),
  );
});

it("lets an import whose numbers cannot be computed be undone", async () => {
  await withFolder(async (folder) => {
    const importId = await inHome(folder, async ({ give }) => (await give(TABLES)).importId);
    const options = { asFound: true };
    await inHome(
      folder,
      async ({ workspace, desk }) => {
        // The warehouse is lost, and is not made again at the opening: undoing must not need it.
        await workspace.warehouse.write((session) => session.run("DROP SCHEMA marts CASCADE"));
        expect((await desk.undo(importId, "tester")).state).toBe("undone");
        expect((await workspace.queries.facets(EVERYTHING)).empty).toBe(true);
      },
      options,
    );
  });
});

it("keeps one mapping of several files with the same headers, and all of their rows", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ desk, workspace }) => {
      const place = path.join(folder, "mapped");
      await mkdir(place);
      const mapping = (day: string) => ({
        table: "insights" as const,
        fields: { campaign_id: "kampagne", day: "tag", spend: "kosten" },
        dateFormats: { day },
      });
      await writeFile(path.join(place, "a.csv"), "kampagne,tag,kosten\nc1,02/01/2025,10\n");
      await writeFile(path.join(place, "b.csv"), "kampagne,tag,kosten\nc1,01/03/2025,20\n");
      const mappings = { "a.csv": mapping("%d/%m/%Y"), "b.csv": mapping("%m/%d/%Y") };
      const { previewId } = await desk.previewSources(
        await sourcesAt(place, workspace.scratchDirectory),
        {
          mappings,
          account: "u1",
        },
      );
      const request = { previewId, skipProblems: false, saveMappings: true };
      // Asked twice at once: one import.
      const [row, twin] = await Promise.all([
        desk.commit(request, "tester"),
        desk.commit(request, "tester"),
      ]);
      expect(twin.importId).toBe(row.importId);
      await desk.discard(previewId);
      expect(await desk.settled(row.importId)).toMatchObject({ state: "done", problem: null });
      expect(await kpis(workspace)).toMatchObject({ spend: 3000 });
      expect(workspace.ledger.mappings.size).toBe(1);
    }),
  );
});

it("says of an import that was stopped before its numbers were computed that it is not built yet", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, async ({ give }) => give(TABLES));
    await rm(path.join(folder, "home", "warehouse.duckdb"));
    const listed = await inHome(folder, ({ desk }) => desk.imports({ limit: 10 }, EVERYTHING), {
      asFound: true,
    });
    expect(listed.items).toMatchObject([{ state: "failed", problem: { code: "NOT_BUILT_YET" } }]);
    const later = await inHome(folder, ({ desk }) => desk.imports({ limit: 10 }, EVERYTHING));
    expect(later.items).toMatchObject([{ state: "done", problem: null }]);
  });
});

it("calls a rebuild after a changed definition different for that reason, not a fault", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, async ({ give }) => give(TABLES));
    const home = path.join(folder, "home");
    expect(await rebuildWarehouse({ home, clock })).toMatchObject({
      identical: true,
      sameBasis: true,
    });
    await writeFile(path.join(home, "leadsmart.config.json"), '{"default":{"taxRate":0.14}}');
    expect(await rebuildWarehouse({ home, clock })).toMatchObject({
      identical: false,
      sameBasis: false,
    });
    expect(await rebuildWarehouse({ home, clock })).toMatchObject({
      identical: true,
      sameBasis: true,
    });
  });
});
