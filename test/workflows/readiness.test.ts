import { expect, it } from "vitest";
import { Problem } from "../../src/base/problem.ts";
import { undoEvent } from "../../src/workflows/import-events.ts";
import { project } from "../../src/workflows/project.ts";
import { createReadiness } from "../../src/workflows/readiness.ts";
import { clock, inHome, TABLES, withFolder } from "./home.ts";

it("is ready when the numbers rest on everything kept, and says so when they do not", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ workspace, give }) => {
      expect(await createReadiness(workspace)()).toEqual([]);
      const { importId } = await give(TABLES);
      expect(await createReadiness(workspace)()).toEqual([]);
      await workspace.store.append([undoEvent(importId, "tester", clock.now())]);
      await workspace.refreshLedger();
      expect(await createReadiness(workspace)()).toEqual([
        "the numbers do not rest on everything that is kept yet",
      ]);
      await project(workspace);
      expect(await createReadiness(workspace)()).toEqual([]);
    }),
  );
});

it("is not ready while the store takes nothing, and looks again later", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ workspace }) => {
      let refuses = true;
      const notes = {
        ...workspace.store.notes,
        async set() {
          if (refuses) throw new Problem("STORE_WRITE_FAILED", { what: "full", fix: "make room" });
        },
      };
      let nowMs = clock.now().getTime();
      const ready = createReadiness({
        ...workspace,
        clock: { now: () => new Date(nowMs) },
        store: { ...workspace.store, notes },
      });
      expect(await ready()).toEqual(["the store cannot be written (STORE_WRITE_FAILED)"]);
      refuses = false;
      nowMs += 10_000;
      expect(await ready()).toEqual([]);
    }),
  );
});
