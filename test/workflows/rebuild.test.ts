import { open, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { isProblem } from "../../src/base/problem.ts";
import { rebuildWarehouse } from "../../src/workflows/rebuild.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { clock, inHome, TABLES, withFolder } from "./home.ts";

it("keeps everyone else out of the home from the first look to the swap", async () => {
  await withFolder(async (folder) => {
    const home = path.join(folder, "home");
    await inHome(folder, (open) => open.give(TABLES));
    const intruders: Promise<unknown>[] = [];
    const report = await rebuildWarehouse({
      home,
      clock,
      onProgress: () => intruders.push(openWorkspace({ home, clock }).catch((error) => error)),
    });
    expect(report).toMatchObject({ identical: true, compared: true, sameBasis: true });
    expect(intruders.length).toBeGreaterThan(0);
    for (const refused of await Promise.all(intruders)) {
      expect(isProblem(refused) && refused.code).toBe("HOME_IN_USE");
    }
    await inHome(folder, async ({ workspace }) => expect(workspace.dataVersion).toBe(4));
  });
});

it("is refused while the home is open, and changes nothing then", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, async ({ give, workspace, digest }) => {
      await give(TABLES);
      const before = await digest();
      await expect(rebuildWarehouse({ home: workspace.home, clock })).rejects.toMatchObject({
        code: "HOME_IN_USE",
        details: { pid: process.pid },
      });
      expect(await digest()).toEqual(before);
    });
  });
});

async function damage(file: string): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, "r+");
  for (let at = 12_288 + 64; at < size; at += 4096) await handle.write("damage", at);
  await handle.close();
}

it("a warehouse with damaged blocks is made again, by a rebuild and by opening", async () => {
  await withFolder(async (folder) => {
    const home = path.join(folder, "home");
    const file = path.join(home, "warehouse.duckdb");
    const good = await inHome(folder, async ({ give, digest }) => {
      await give(TABLES);
      return digest();
    });
    await damage(file);
    const report = await rebuildWarehouse({ home, clock });
    expect(report).toMatchObject({ compared: false, identical: false });
    await inHome(folder, async ({ digest }) => expect(await digest()).toEqual(good));

    await writeFile(file, "no database at all");
    await inHome(folder, async ({ digest }) => expect(await digest()).toEqual(good));
  });
});
