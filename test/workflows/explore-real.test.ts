import { expect, it } from "vitest";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { explore } from "../../src/workflows/explore.ts";
import { createImportDesk } from "../../src/workflows/import.ts";
import { sourcesAt } from "../../src/workflows/sources.ts";
import { acceptTreatment, withdrawTreatment } from "../../src/workflows/treat.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { fact, haveReal, REAL } from "../marts/real-tables.ts";
import { clock, withFolder } from "./home.ts";

const cents = (amount: number) => Math.round(amount * 100);

it.skipIf(!haveReal)(
  "corrects the real tables' running totals in one deed: about 21.97 million instead of 24.85, and back",
  async () => {
    await withFolder(async (folder) => {
      const workspace = await openWorkspace({ home: folder, clock });
      const desk = createImportDesk(workspace);
      try {
        const { previewId } = await desk.previewSources(
          await sourcesAt(REAL, workspace.scratchDirectory),
          {},
        );
        const { importId } = await desk.commit(
          { previewId, skipProblems: true, saveMappings: true },
          "tester",
        );
        expect((await desk.settled(importId)).state).toBe("done");
        const all = { scope: EVERYTHING, asOf: null };
        const before = await explore(workspace, all);
        const raw = cents(fact<number>("spend_raw"));
        const plain = cents(fact<{ spend: number }>("totals_deduplicated").spend);
        expect(before.waterfall?.spend).toEqual({ raw, corrected: plain });
        expect(before.waterfall?.proposed.spendMinor).toBeLessThan(2_198_000_000);

        const request = { finding: "cumulative-series", kind: "correct" as const, items: null };
        const { id, spendMinor } = await acceptTreatment(workspace, request, "tester");
        const after = await explore(workspace, all);
        const corrected = after.waterfall?.spend.corrected as number;
        expect(corrected / 100_000_000).toBeCloseTo(21.97, 2);
        expect(corrected - plain).toBe(spendMinor);
        expect(after.waterfall?.leads).toEqual(before.waterfall?.leads);
        const proposal = before.findings
          .find((one) => one.key === "cumulative-series")
          ?.proposals.find(({ kind }) => kind === "correct");
        expect(proposal?.spendMinor).toBe(spendMinor);

        await withdrawTreatment(workspace, id, "tester");
        expect((await explore(workspace, all)).waterfall).toEqual(before.waterfall);
      } finally {
        await desk.close();
        await workspace.close();
      }
    });
  },
  300_000,
);
