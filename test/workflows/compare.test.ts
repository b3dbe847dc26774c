import { expect, it } from "vitest";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { compare } from "../../src/workflows/compare.ts";
import { INSIGHTS, inHome, TABLES, withFolder } from "./home.ts";

const table = (one: Awaited<ReturnType<typeof compare>>, name: string) =>
  one.tables.find((found) => found.table === name);

it("tells what a later export changed of an earlier one, by import and by day, and for one account alone", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, desk, workspace }) => {
      const first = await give(TABLES);
      // The day of c1 was corrected from 50.25 to 60.25, and a day of c2 came on.
      const later = INSIGHTS.replace("50.25", "60.25").replace(
        "a3,c3",
        "a2,c2,70,30,20,200,2025-01-05 00:00:00\na3,c3",
      );
      const second = await give({ "later.csv": later });
      const ask = (left: string, right: string, scope = EVERYTHING) =>
        compare(workspace, { left, right, scope, findings: false });

      const imports = await ask(first.importId, second.importId);
      expect(imports.right.label).toContain("later.csv");
      expect(table(imports, "insights")).toMatchObject({ added: 1, removed: 0, changed: 1 });
      const own = await ask(first.importId, second.importId, { accounts: ["u2"] });
      expect(table(own, "insights")).toMatchObject({ added: 0, removed: 0, changed: 0 });

      const days = await ask("2025-01-02", "2025-01-05");
      expect(days).toMatchObject({ left: { label: "2025-01-02" } });
      expect(table(days, "insights")).toMatchObject({ added: 2, removed: 0, changed: 0 });

      await desk.undo(second.importId, "tester");
      await desk.settled(second.importId);
      for (const gone of [second.importId, "i-none"]) {
        await expect(ask(first.importId, gone)).rejects.toMatchObject({ code: "NO_SUCH_IMPORT" });
      }
    }),
  );
}, 240_000);
