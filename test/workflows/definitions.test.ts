import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import type { StreamMessage } from "../../src/contract/imports.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { changeDefinitions, createDefinitionsDesk } from "../../src/workflows/definitions.ts";
import { rebuildWarehouse } from "../../src/workflows/rebuild.ts";
import type { Workspace } from "../../src/workflows/workspace.ts";
import { clock, inHome, LEADS, STATUS_LOG, TABLES, withFolder } from "./home.ts";

/** l2 stands at a status that no map knows, once in its row and once in the log. */
const ODD = {
  ...TABLES,
  "campaign_leads.csv": LEADS.replace("NEW_LEAD", "Hot lead"),
  "lead_status_changes.csv": `${STATUS_LOG}l2,Hot lead,2025-01-05 09:00:00\n`,
};
const HOT = { default: { statusMap: { "Hot lead": "qualified" as const } } };

async function figures(workspace: Workspace) {
  const answer = await workspace.queries.kpis(
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
  const value = (id: string) => answer.kpis.find((kpi) => kpi.id === id)?.value;
  return {
    qualified: value("qualified"),
    conversionRate: value("conversionRate"),
    qualifiedWithinHorizon: value("qualifiedWithinHorizon"),
    spendAllIn: value("spendAllIn"),
    unmapped: answer.unmappedStatuses,
    version: answer.frame.definitionsVersion,
  };
}

it("moves exactly the leads of a status to the stage it is given, for good", async () => {
  await withFolder(async (folder) => {
    const after = await inHome(folder, async ({ give, workspace, digest }) => {
      await give(ODD);
      expect(await figures(workspace)).toMatchObject({
        qualified: 1, // l1
        conversionRate: 0.5, // l1 of l1 and l3; l4 is undecided, l2 left out
        qualifiedWithinHorizon: 1,
        unmapped: [{ status: "Hot lead", rows: 2 }],
      });
      const definitions = await changeDefinitions(workspace, HOT, "Hala");
      expect(await figures(workspace)).toMatchObject({
        qualified: 2, // l1 and l2
        conversionRate: 2 / 3,
        qualifiedWithinHorizon: 2, // l2 four days after it came
        unmapped: [],
        version: definitions.version,
      });
      return { figures: await figures(workspace), digest: await digest() };
    });
    await inHome(folder, async ({ workspace, digest }) => {
      expect(await figures(workspace)).toEqual(after.figures);
      expect(await digest()).toEqual(after.digest);
    });
    expect(await rebuildWarehouse({ home: path.join(folder, "home"), clock })).toMatchObject({
      identical: true,
    });
    await inHome(folder, async ({ workspace }) => {
      expect(await figures(workspace)).toEqual(after.figures);
      await changeDefinitions(workspace, { default: { statusMap: { "Hot lead": "lost" } } }, "Ali");
      expect(await figures(workspace)).toMatchObject({ qualified: 1, conversionRate: 1 / 3 });
    });
  });
});

it("keeps nothing of a change that is not valid, and names the setting", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(ODD);
      const before = {
        figures: await figures(workspace),
        at: await workspace.store.lastPosition(),
      };
      const told: StreamMessage[] = [];
      workspace.news.listen((message) => told.push(message));
      for (const [wrong, name] of [
        [{ default: { statusMap: { "Hot lead": "sold" } } }, "default.statusMap.Hot lead"],
        [{ default: { taxRate: 0.14, currency: "pound" } }, "default.currency"],
        [{ default: { timeZone: "+02:00" } }, "default.timeZone"],
        [{ accounts: { u1: { conversionHorizonDays: 0 } } }, "accounts.u1.conversionHorizonDays"],
      ] as const) {
        const refusal = changeDefinitions(workspace, wrong as never, "Hala");
        await expect(refusal).rejects.toMatchObject({
          code: "BAD_DEFINITIONS",
          details: { faults: [{ name }] },
        });
      }
      expect(await figures(workspace)).toEqual(before.figures);
      expect(await workspace.store.lastPosition()).toBe(before.at);
      expect(told).toEqual([]);
    }),
  );
});

it("keeps one change however often it is sent, also at once, and tells every listener", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(ODD);
      const told: StreamMessage[] = [];
      workspace.news.listen((message) => told.push(message));
      const before = await workspace.store.lastPosition();
      const versions = await Promise.all(
        Array.from(
          { length: 5 },
          async () => (await changeDefinitions(workspace, HOT, "Hala")).version,
        ),
      );
      expect(new Set(versions)).toEqual(new Set([workspace.definitions().version]));
      expect(await workspace.store.lastPosition()).toBe(before + 1);
      expect(told).toEqual([{ type: "data.changed", version: before + 1 }]);
      // There and back again are two changes, though the first and the third say the same.
      await changeDefinitions(
        workspace,
        { default: { statusMap: { "Hot lead": "lost" } } },
        "Hala",
      );
      await changeDefinitions(workspace, HOT, "Hala");
      expect(await workspace.store.lastPosition()).toBe(before + 3);
      expect(await figures(workspace)).toMatchObject({ qualified: 2 });
    }),
  );
});

it("takes its turn with an import that is being built, and neither loses the other", async () => {
  await withFolder(async (folder) => {
    const together = await inHome(
      path.join(folder, "a"),
      async ({ preview, desk, workspace, digest }) => {
        const { previewId } = await preview(ODD);
        const row = desk.commit({ previewId, skipProblems: false, saveMappings: true }, "tester");
        const change = changeDefinitions(
          workspace,
          { default: { ...HOT.default, taxRate: 1 } },
          "Hala",
        );
        await Promise.all([desk.settled((await row).importId), change]);
        return { figures: await figures(workspace), digest: await digest() };
      },
    );
    expect(together.figures).toMatchObject({ qualified: 2, spendAllIn: 42_002 });
    await inHome(path.join(folder, "b"), async ({ give, workspace, digest }) => {
      await give(ODD);
      await changeDefinitions(workspace, { default: { ...HOT.default, taxRate: 1 } }, "Hala");
      expect(await figures(workspace)).toEqual(together.figures);
      const { "marts.built": _, ...marts } = await digest();
      const { "marts.built": __, ...others } = together.digest;
      expect(marts).toEqual(others);
    });
  });
});

it("refuses to import a preview that was read in another currency", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ preview, desk, workspace, give }) => {
      const { previewId } = await preview(ODD);
      await changeDefinitions(workspace, { default: { currency: "KWD" } }, "Hala");
      const commit = desk.commit({ previewId, skipProblems: false, saveMappings: true }, "tester");
      await expect(commit).rejects.toMatchObject({ code: "PREVIEW_GONE" });
      expect(await give(ODD)).toMatchObject({ state: "done" });
    }),
  );
});

it("tells where each value comes from, and which rows no stage covers", async () => {
  await withFolder(async (folder) => {
    await mkdir(path.join(folder, "home"));
    await writeFile(
      path.join(folder, "home", "leadsmart.config.json"),
      JSON.stringify({
        default: { currency: "EGP", feeRate: 0.1, statusMap: { WARM: "engaged" } },
      }),
    );
    await inHome(folder, async ({ give, workspace }) => {
      await give(ODD);
      const desk = createDefinitionsDesk(workspace);
      await desk.change({ default: { feeRate: 0.2, statusMap: { COLD: "lost" } } }, "Hala");
      const { settings, statuses } = desk.origins();
      const changed = { from: "change", by: "Hala", at: clock.now() };
      expect(Object.fromEntries(settings)).toEqual({
        currency: { from: "file" },
        feeRate: changed,
        statusMap: changed,
      });
      expect(Object.fromEntries(statuses)).toEqual({ WARM: { from: "file" }, COLD: changed });
      expect(await desk.statuses(EVERYTHING)).toEqual([
        { status: "NEW_LEAD", rows: 3, leftOut: 0 },
        { status: "Hot lead", rows: 2, leftOut: 2 },
        { status: "NOT_QUALIFIED", rows: 2, leftOut: 0 },
        { status: "QUALIFIED", rows: 2, leftOut: 0 },
        { status: "UNKNOWN", rows: 1, leftOut: 0 },
      ]);
      expect(await desk.statuses({ accounts: ["u2"] })).toEqual([
        { status: "UNKNOWN", rows: 1, leftOut: 0 },
      ]);
      // Account u1 alone says what it means by it.
      await desk.change({ accounts: { u1: { statusMap: { "Hot lead": "won" } } } }, "Hala");
      const hot = (await desk.statuses(EVERYTHING)).find(({ status }) => status === "Hot lead");
      expect(hot).toEqual({ status: "Hot lead", rows: 2, leftOut: 0 });
    });
  });
});

it("keeps a change whose numbers could not be computed, says so, and computes them at the next opening", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, async ({ give, workspace }) => {
      await give(ODD);
      const broken: Workspace = {
        ...workspace,
        warehouse: {
          ...workspace.warehouse,
          writeOn: async () => {
            throw new Error("disk full");
          },
        },
      };
      await expect(changeDefinitions(broken, HOT, "Hala")).rejects.toMatchObject({
        code: "BUILD_FAILED",
        what: expect.stringContaining("disk full"),
      });
    });
    await inHome(folder, async ({ workspace }) => {
      expect(await figures(workspace)).toMatchObject({ qualified: 2, unmapped: [] });
    });
  });
});
