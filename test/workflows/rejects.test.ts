import { expect, it } from "vitest";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { INSIGHTS, inHome, TABLES, withFolder } from "./home.ts";

it.each([1, 2, 3, 5])("lists every reject once and in order on pages of %s", async (limit) => {
  const faults = ["x,y,z,10,soon", "1,1.00,z,1,2025-01-05", "1,y,z,1,soon"];
  const bad = faults.map((cells, i) => `a${i},c1,${cells}\n`).join("");
  await withFolder((folder) =>
    inHome(folder, async ({ give, desk }) => {
      await give({ ...TABLES, "insights.csv": INSIGHTS + bad });
      await give({ "later.csv": INSIGHTS.replace("50.25", "fifty") + bad });
      const whole = await desk.rejects({ limit: 500 }, EVERYTHING);
      expect(whole.items).toHaveLength(17);
      const paged: typeof whole.items = [];
      let cursor: string | undefined;
      do {
        const page = await desk.rejects({ limit, cursor }, EVERYTHING);
        paged.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      expect(paged).toEqual(whole.items);
    }),
  );
});
