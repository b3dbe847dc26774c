import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sqlFile } from "../../src/warehouse/sql-file.ts";
import { emptyRaw, type House, insertRaw, openHouse } from "../marts/raw-world.ts";

const parts = sqlFile(
  new URL("../../src/quality/staging.ts", import.meta.url).href,
  "sql/lead-parts.sql",
);

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

interface Part {
  readonly first_file: number;
  readonly last_file: number;
  readonly after_line: number;
  readonly until_line: number;
}

it("cleans every line of every file in exactly one part, and no part holds much more than asked for", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (files, size) => {
        const leads = files.flatMap((lines, file) =>
          Array.from({ length: lines }, (_, i) => ({
            file_id: 3 * file + 1,
            line: i,
            lead_id: `l${file}-${i}`,
            added_at: "2024-05-01 10:00:00",
          })),
        );
        const found = await house.warehouse.write(async (session) => {
          await emptyRaw(session);
          await insertRaw(session, { campaign_leads: leads });
          return session.all<Part>(parts, { size });
        });
        const held = found.map((part) =>
          leads.filter(
            ({ file_id, line }) =>
              file_id >= part.first_file &&
              file_id <= part.last_file &&
              line > part.after_line &&
              line <= part.until_line,
          ),
        );
        expect(
          held
            .flat()
            .map((lead) => lead.lead_id)
            .sort(),
        ).toEqual(leads.map((lead) => lead.lead_id).sort());
        expect(Math.max(...held.map((part) => part.length))).toBeLessThan(2 * size);
      },
    ),
    { numRuns: 40 },
  );
});
