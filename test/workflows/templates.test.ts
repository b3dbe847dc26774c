/** Templates given to accounts of a home, and taken back. */
import { expect, it } from "vitest";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { changeDefinitions } from "../../src/workflows/definitions.ts";
import { asDefinitions, previewTemplate } from "../../src/workflows/template-changes.ts";
import { createTemplatesDesk } from "../../src/workflows/templates.ts";
import { inHome, TABLES, withFolder } from "./home.ts";

const SETTINGS = {
  targetCostPerQualified: 600,
  taxRate: 0.14,
  workHours: [10, 16] as [number, number],
  statusMap: { "Hot lead": "qualified" as const, QUALIFIED: "qualified" as const },
};

it("says what it would change where, and what holds already", () => {
  const definitions = readDefinitions(
    [{ default: { taxRate: 0.14 }, accounts: { u1: SETTINGS, u2: { workHours: [9, 12] } } }],
    "test",
  );
  const preview = previewTemplate(SETTINGS, definitions, ["u1", "u2", "u2"]);
  expect(preview.unchanged).toEqual(["u1"]);
  expect(preview.changes).toEqual([
    {
      account: "u2",
      setting: "targetCostPerQualified",
      status: null,
      before: null,
      after: 600,
    },
    { account: "u2", setting: "workHours", status: null, before: [9, 12], after: [10, 16] },
    { account: "u2", setting: "statusMap", status: "Hot lead", before: null, after: "qualified" },
  ]);
  expect(asDefinitions(preview.changes)).toEqual({
    accounts: {
      u2: {
        targetCostPerQualified: 600,
        workHours: [10, 16],
        statusMap: { "Hot lead": "qualified" },
      },
    },
  });
});

it("sets many accounts by one event, takes all of it back, and can be applied again", async () => {
  await withFolder(async (folder) => {
    const kept = await inHome(folder, async ({ give, workspace }) => {
      await give(TABLES);
      const desk = createTemplatesDesk(workspace);
      const template = await desk.save({ name: "Cairo", settings: SETTINGS }, "Hala");
      const before = workspace.definitions();
      const eventsBefore = await changes(workspace.store);
      const applied = await desk.apply(template.id, ["u1", "u2"], "Hala");
      expect(await changes(workspace.store)).toBe(eventsBefore + 1);
      expect(applied.use).toMatchObject({ name: "Cairo", accounts: ["u1", "u2"], by: "Hala" });
      for (const account of ["u1", "u2"])
        expect(workspace.definitions().accounts[account]).toMatchObject({
          ...SETTINGS,
          statusMap: { "Hot lead": "qualified" },
        });
      expect((await desk.apply(template.id, ["u1"], "Hala")).use).toBeNull();

      // Somebody changes one of them by hand meanwhile: that stays.
      await changeDefinitions(workspace, { accounts: { u2: { workHours: [8, 9] } } }, "Omar");
      await desk.takeBack(applied.use?.key ?? "", "Hala");
      expect(workspace.definitions().accounts).toEqual({ u2: { workHours: [8, 9] } });
      expect(workspace.definitions().default).toEqual(before.default);
      await expect(desk.takeBack(applied.use?.key ?? "", "Hala")).rejects.toMatchObject({
        code: "TEMPLATE_USE_UNKNOWN",
      });

      const again = await desk.apply(template.id, ["u1", "u2"], "Hala");
      expect(again.use?.key).not.toBe(applied.use?.key);
      expect((await desk.list()).uses.map(({ key }) => key)).toEqual([again.use?.key]);
      return workspace.definitions();
    });
    // The same is in force when the home is opened anew.
    await inHome(folder, async ({ workspace }) => {
      expect(workspace.definitions()).toEqual(kept);
      const desk = createTemplatesDesk(workspace);
      const { items, uses } = await desk.list();
      expect(items.map(({ name }) => name)).toEqual(["Cairo"]);
      await desk.takeBack(uses[0]?.key ?? "", "Hala");
      expect(workspace.definitions().accounts).toEqual({ u2: { workHours: [8, 9] } });
    });
  });
});

it("takes back no change that came from no template, and refuses accounts that are not there", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(TABLES);
      const desk = createTemplatesDesk(workspace);
      const { id } = await desk.save({ name: "Cairo", settings: SETTINGS }, "Hala");
      await changeDefinitions(workspace, { default: { weekStart: 6 } }, "Omar");
      const key = workspace.ledger.definitionChanges.at(-1)?.key ?? "";
      await expect(desk.takeBack(key, "Hala")).rejects.toMatchObject({
        code: "TEMPLATE_USE_UNKNOWN",
      });
      await expect(desk.apply(id, ["u1", "nobody"], "Hala")).rejects.toMatchObject({
        code: "TEMPLATE_ACCOUNT_UNKNOWN",
      });
      expect(workspace.definitions().accounts).toEqual({});
      await desk.remove(id);
      await expect(desk.preview(id, ["u1"])).rejects.toMatchObject({ code: "TEMPLATE_UNKNOWN" });
    }),
  );
});

async function changes(store: {
  read(options: {
    after: number;
    types: readonly string[];
    limit: number;
  }): Promise<readonly unknown[]>;
}): Promise<number> {
  return (await store.read({ after: 0, types: ["definitions.changed"], limit: 1000 })).length;
}
