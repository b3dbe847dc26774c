import { expect, it } from "vitest";
import { writeWorld } from "../../sample/world.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { importSample } from "../../src/workflows/sample.ts";
import { inHome, TABLES, withFolder } from "./home.ts";

it("the sample world leaves when a person's own tables come, and only then", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ workspace, desk, give }) => {
      const small = (options: { directory: string }) => writeWorld({ ...options, scale: 0.01 });
      const sample = await importSample(workspace, desk, small);
      expect(sample).toMatchObject({ state: "done", sample: true, by: "sample" });
      const accounts = async () =>
        (await workspace.queries.facets(EVERYTHING)).accounts.map((one) => one.id);
      expect((await accounts()).length).toBeGreaterThan(1);

      const own = await give(TABLES);
      expect(own).toMatchObject({ state: "done", sample: false });
      expect(await accounts()).toEqual(["u1", "u2"]);
      const { items } = await desk.imports({ limit: 10 }, EVERYTHING);
      expect(items.map((one) => [one.importId, one.state])).toEqual([
        [own.importId, "done"],
        [sample.importId, "undone"],
      ]);
    }),
  );
});
