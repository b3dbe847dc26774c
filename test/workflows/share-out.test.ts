import fc from "fast-check";
import { expect, it } from "vitest";
import type { Look } from "../../src/explore/look.ts";
import { type Errand, shareOut } from "../../src/workflows/share-out.ts";

const lookWith = (contacts: boolean) => ({ contacts }) as Look;

it("runs every errand once, one at a time per look, and what needs contacts only where they are", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ contacts: fc.boolean(), turns: fc.nat(4) }), { maxLength: 12 }),
      fc.array(fc.boolean(), { maxLength: 3 }),
      async (asked, others) => {
        const busy = new Set<Look>();
        const ran = asked.map(() => 0);
        const errands = asked.map(
          ({ contacts, turns }, i): Errand => ({
            contacts,
            async run(look) {
              expect(busy.has(look)).toBe(false);
              expect(look.contacts || !contacts).toBe(true);
              busy.add(look);
              for (let turn = 0; turn < turns; turn++) await Promise.resolve();
              ran[i] = (ran[i] ?? 0) + 1;
              busy.delete(look);
            },
          }),
        );
        await shareOut([lookWith(true), ...others.map(lookWith)], errands);
        expect(ran).toEqual(asked.map(() => 1));
      },
    ),
  );
});

it("ends a failed sharing only when nothing runs any more, and begins nothing new", async () => {
  let going = 0;
  const begun: string[] = [];
  const slow: Errand = {
    contacts: false,
    async run() {
      begun.push("slow");
      going++;
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      going--;
    },
  };
  const broken: Errand = {
    contacts: false,
    async run() {
      begun.push("broken");
      throw new Error("the disk is full");
    },
  };
  await expect(
    shareOut([lookWith(true), lookWith(false)], [slow, broken, slow, slow]),
  ).rejects.toThrow("the disk is full");
  expect(going).toBe(0);
  expect(begun).toEqual(["slow", "broken"]);
});
