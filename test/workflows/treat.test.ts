import { expect, it } from "vitest";
import { SelectionQuery } from "../../src/contract/common.ts";
import type { Finding } from "../../src/contract/explore.ts";
import type { StreamMessage } from "../../src/contract/imports.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { answerQuestion } from "../../src/workflows/answer.ts";
import { explore, findingRows } from "../../src/workflows/explore.ts";
import { rebuildWarehouse } from "../../src/workflows/rebuild.ts";
import { acceptTreatment, listTreatments, withdrawTreatment } from "../../src/workflows/treat.ts";
import type { Workspace } from "../../src/workflows/workspace.ts";
import { clock, INSIGHTS, inHome, TABLES, withFolder } from "./home.ts";

/** Two rows below zero, one in each of two campaigns: 5.00 and 7.50 off the spend. */
const REFUNDED = {
  ...TABLES,
  "insights.csv": `${INSIGHTS}a1,c1,1,-5,1,10,2025-01-03 00:00:00\na2,c2,1,-7.5,1,10,2025-01-04 00:00:00\n`,
};
const KEY = "negative-values";
const all = { scope: EVERYTHING, asOf: null };
const accept = (workspace: Workspace, items: string[] | null = null, kind = "exclude" as const) =>
  acceptTreatment(workspace, { finding: KEY, kind, items }, "Hala");

async function spend(workspace: Workspace, basis: "raw" | "deduplicated" | "corrected") {
  const answer = await workspace.queries.kpis(
    SelectionQuery.parse({ from: "all", basis }),
    EVERYTHING,
  );
  return answer.kpis.find((kpi) => kpi.id === "spend")?.value;
}

const tables = (digest: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(digest).filter(([name]) => name !== "marts.built"));

it("changes the corrected basis when accepted, and nothing is left of it when withdrawn", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace, digest }) => {
      await give(REFUNDED);
      const before = await digest();
      const [raw, plain] = [await spend(workspace, "raw"), await spend(workspace, "deduplicated")];
      const news: StreamMessage[] = [];
      workspace.news.listen((message) => news.push(message));

      const treatment = await accept(workspace);
      expect(treatment).toMatchObject({
        kind: "exclude",
        by: "Hala",
        spendMinor: 1250,
        applies: true,
      });
      expect(await spend(workspace, "corrected")).toBe((plain as number) + 1250);
      expect(await spend(workspace, "deduplicated")).toBe(plain);
      expect(await spend(workspace, "raw")).toBe(raw);
      expect(news).toEqual([{ type: "data.changed", version: workspace.dataVersion }]);

      await withdrawTreatment(workspace, treatment.id, "Omar");
      expect(tables(await digest())).toEqual(tables(before));
      const { items } = await listTreatments(workspace, EVERYTHING);
      expect(items).toMatchObject([
        { id: treatment.id, withdrawn: { by: "Omar" }, applies: false },
      ]);
    }),
  );
}, 240_000);

it("survives a rebuild to the byte, a restart, and the undoing of other imports; without its rows it rests", async () => {
  await withFolder(async (folder) => {
    const kept = await inHome(folder, async ({ give, desk, workspace }) => {
      const { "campaign_leads.csv": leads = "", ...others }: Record<string, string> = REFUNDED;
      const first = await give(others);
      const second = await give({ "campaign_leads.csv": leads });
      const treatment = await accept(workspace);
      await desk.undo(second.importId, "Hala");
      await desk.settled(second.importId);
      expect((await listTreatments(workspace, EVERYTHING)).items[0]).toMatchObject({
        spendMinor: 1250,
      });
      return { importId: first.importId, id: treatment.id };
    });
    const options = { home: `${folder}/home`, clock };
    expect(await rebuildWarehouse(options)).toMatchObject({ identical: true, sameBasis: true });
    await inHome(folder, async ({ desk, workspace }) => {
      expect((await listTreatments(workspace, EVERYTHING)).items[0]).toMatchObject({
        spendMinor: 1250,
      });
      await desk.undo(kept.importId, "Hala");
      await desk.settled(kept.importId);
      expect((await listTreatments(workspace, EVERYTHING)).items[0]).toMatchObject({
        id: kept.id,
        applies: false,
        spendMinor: 0,
        withdrawn: null,
      });
    });
  });
}, 240_000);

it("corrects nothing twice: what covers an item again takes the place of what covered it", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(REFUNDED);
      const one = await accept(workspace, ["c1"]);
      const again = await accept(workspace, ["c1"]);
      expect(again.id).toBe(one.id);
      expect(one.spendMinor).toBe(500);
      await accept(workspace, ["c2"]);
      expect((await spend(workspace, "corrected")) as number).toBe(21_001);

      const whole = await accept(workspace);
      const inForce = (await listTreatments(workspace, EVERYTHING)).items.filter(
        (row) => !row.withdrawn,
      );
      expect(inForce.map((row) => row.id)).toEqual([whole.id]);
      expect(whole.spendMinor).toBe(1250);
      await expect(accept(workspace, ["c1"])).rejects.toMatchObject({ code: "TREATMENT_OVERLAPS" });
    }),
  );
}, 240_000);

it("comes into force at the next opening when the process ended between the event and the numbers", async () => {
  await withFolder(async (folder) => {
    const plain = await inHome(folder, async ({ give, workspace }) => {
      await give(REFUNDED);
      await workspace.store.append([
        {
          account: "*",
          type: "treatment.accepted",
          key: "t-written",
          occurredAt: clock.now(),
          payload: {
            finding: KEY,
            rule: KEY,
            kind: "exclude",
            items: null,
            action: {
              method: "exclude_campaigns",
              campaigns: [{ account: "u1", campaignId: "c1" }],
            },
            by: "Hala",
          },
        },
      ]);
      return spend(workspace, "corrected");
    });
    await inHome(folder, async ({ workspace }) => {
      expect(await spend(workspace, "deduplicated")).toBe(plain);
      expect(await spend(workspace, "corrected")).toBe((plain as number) - 5025 - 4975 + 500);
      await withdrawTreatment(workspace, "t-written", "Omar");
      expect(await spend(workspace, "corrected")).toBe(plain);
    });
  });
}, 240_000);

it("keeps one treatment however often it is accepted at once", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(REFUNDED);
      const all = await Promise.all([accept(workspace), accept(workspace), accept(workspace)]);
      expect(new Set(all.map(({ id }) => id)).size).toBe(1);
      expect((await listTreatments(workspace, EVERYTHING)).items).toHaveLength(1);
      const [gone, again] = await Promise.all(
        all.slice(1).map(({ id }) => withdrawTreatment(workspace, id, "Omar")),
      );
      expect(again).toEqual(gone);
    }),
  );
}, 240_000);

it("refuses what is not there or not offered, and keeps nothing of it", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(REFUNDED);
      const position = workspace.ledger.position;
      const asked = (finding: string, kind: "exclude" | "merge", items: string[] | null) =>
        acceptTreatment(workspace, { finding, kind, items }, "Hala");
      await expect(asked("no-such-rule", "exclude", null)).rejects.toMatchObject({
        code: "FINDING_UNKNOWN",
      });
      await expect(asked(KEY, "merge", null)).rejects.toMatchObject({
        code: "TREATMENT_NOT_OFFERED",
      });
      await expect(asked(KEY, "exclude", ["c1", "c9"])).rejects.toMatchObject({
        code: "TREATMENT_NOT_OFFERED",
      });
      await expect(withdrawTreatment(workspace, "t-none", "Hala")).rejects.toMatchObject({
        code: "TREATMENT_UNKNOWN",
      });
      expect(workspace.ledger.position).toBe(position);
    }),
  );
}, 240_000);

it("reports findings with what is in force, and a waterfall that ends where the recommended would lead", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(REFUNDED);
      const before = await explore(workspace, all);
      expect(await explore(workspace, all)).toBe(before);
      const open = before.waterfall?.steps.filter((step) => !step.accepted && step.id === KEY);
      expect(open).toMatchObject([{ spendMinor: 1250, leads: 0 }]);
      const proposed = before.waterfall?.proposed.spendMinor as number;
      const further = (before.waterfall?.steps ?? [])
        .filter((step) => !step.accepted)
        .reduce((sum, step) => sum + (step.spendMinor ?? 0), 0);
      expect((before.waterfall?.spend.corrected ?? 0) + further).toBe(proposed);

      const { id } = await accept(workspace, ["c2"]);
      const after = await explore(workspace, all);
      const finding = after.findings.find((one) => one.key === KEY);
      expect(finding?.treatments).toMatchObject([{ id, items: 1, applies: true }]);
      expect(finding?.items.map((item) => [item.id, item.treatment])).toEqual([
        ["c2", id],
        ["c1", null],
      ]);
      expect(after.waterfall?.steps.filter((step) => step.id === KEY)).toMatchObject([
        { spendMinor: 750, accepted: true },
        { spendMinor: 500, accepted: false },
      ]);
      const { raw, corrected } = after.waterfall?.spend ?? {};
      const done = (after.waterfall?.steps ?? []).filter((step) => step.accepted);
      expect(done.reduce((sum, step) => sum + (step.spendMinor ?? 0), raw ?? 0)).toBe(corrected);
    }),
  );
}, 240_000);

it("tells anew when rows come and go, whatever was told before", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, desk, workspace }) => {
      const rows = async () =>
        (await explore(workspace, all)).findings.find((one) => one.key === KEY)?.rows;
      await give(REFUNDED);
      expect(await rows()).toBe(2);
      const more = `${INSIGHTS.split("\n")[0]}\na3,c3,1,-2,1,10,2025-01-06 00:00:00\n`;
      const { importId } = await give({ "more.csv": more });
      expect(await rows()).toBe(3);
      await accept(workspace);
      expect(await rows()).toBe(3);
      await desk.undo(importId, "Hala");
      await desk.settled(importId);
      expect(await rows()).toBe(2);
    }),
  );
}, 240_000);

it("pages through all rows of a finding in the order of their files", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(REFUNDED);
      const first = await findingRows(workspace, KEY, all, { cursor: undefined, limit: 1 });
      expect(first).toMatchObject({ total: 2 });
      const second = await findingRows(workspace, KEY, all, {
        cursor: first.next ?? undefined,
        limit: 1,
      });
      expect(second.next).toBeNull();
      expect(first.columns.slice(0, 2)).toEqual(["file", "line"]);
      expect([...first.rows, ...second.rows].map((row) => row.slice(0, 2))).toEqual([
        ["insights.csv", 7],
        ["insights.csv", 8],
      ]);
      const { examples } = (await explore(workspace, all)).findings.find(
        (one) => one.key === KEY,
      ) as Finding;
      expect(examples.columns.slice(0, 2)).toEqual(["file", "line"]);
      expect(examples.rows.map((row) => row.slice(0, 2))).toEqual([
        ["insights.csv", 7],
        ["insights.csv", 8],
      ]);
      await expect(
        findingRows(workspace, KEY, all, { cursor: "elsewhere", limit: 1 }),
      ).rejects.toMatchObject({ code: "BAD_CURSOR" });
    }),
  );
}, 240_000);

it("keeps what other accounts hold out of a report", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(REFUNDED);
      const scope = { accounts: ["u2"] };
      const report = await explore(workspace, { scope, asOf: null });
      expect(report.findings.map((one) => one.key)).not.toContain(KEY);
      expect(report.waterfall?.spend.raw).toBe(2002);
      expect(report.adsOrFollowUp?.total.spendMinor).toBe(1001);
    }),
  );
}, 240_000);

it("maps a status spelt in another way by one answer, which every number then follows", async () => {
  const MISSPELT = {
    ...TABLES,
    "campaign_leads.csv":
      TABLES["campaign_leads.csv"]?.replace(",QUALIFIED,", ",qualified ,") ?? "",
    "lead_status_changes.csv":
      TABLES["lead_status_changes.csv"]?.replace("l1,QUALIFIED,", "l1,Qualifed,") ?? "",
  };
  const qualified =
    "SELECT count(*) AS n FROM marts.lead_outcome WHERE first_qualified_at IS NOT NULL";
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(MISSPELT);
      const whole = { scope: EVERYTHING, asOf: null };
      const before = await explore(workspace, whole);
      expect(before.findings.map((one) => one.rule)).toContain("status-spelling");
      const question = before.questions.find((one) => one.id === "status:Qualifed");
      expect(question?.options[0]).toMatchObject({
        value: { Qualifed: "qualified" },
        label: { en: "the same as QUALIFIED: qualified" },
      });
      expect(question?.findings.sort()).toEqual(["status-spelling", "unmapped-statuses"]);
      expect(before.questions.map((one) => one.id)).not.toContain("finding:status-spelling");
      expect(await workspace.warehouse.all(qualified)).toEqual([{ n: 0 }]);

      const value = { Qualifed: "qualified" };
      const answered = await answerQuestion(workspace, "status:Qualifed", value, "Mona");
      expect(answered).toMatchObject({ inForce: { value }, answered: { by: "Mona" } });
      expect(workspace.definitions().default.statusMap).toMatchObject(value);
      expect(await workspace.warehouse.all(qualified)).toEqual([{ n: 1 }]);

      const { questions, findings } = await explore(workspace, whole);
      for (const one of questions.filter(
        ({ id, answered }) => id.startsWith("status:") && !answered,
      ))
        await answerQuestion(workspace, one.id, one.options[0]?.value ?? null, "Mona");
      expect(findings.length).toBeGreaterThan(0);
      const after = await explore(workspace, whole);
      expect(after.findings.map((one) => one.rule)).not.toContain("status-spelling");

      const changed = await answerQuestion(
        workspace,
        "status:Qualifed",
        { Qualifed: "lost" },
        "Omar",
      );
      expect(changed).toMatchObject({
        inForce: { value: { Qualifed: "lost" } },
        answered: { by: "Omar" },
      });
      expect(await workspace.warehouse.all(qualified)).toEqual([{ n: 0 }]);
    }),
  );
}, 240_000);

it("takes an answer as a definition in force at once, and keeps who gave it", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, async ({ give, workspace }) => {
      await give(REFUNDED);
      const question = await answerQuestion(workspace, "spend-after-stop", "billed", "Mona");
      expect(question).toMatchObject({ inForce: { value: "billed" }, answered: { by: "Mona" } });
      expect(workspace.definitions().default.spendAfterStop).toBe("billed");

      const confirmed = await answerQuestion(workspace, "status-times", "unknown", "Omar");
      expect(confirmed).toMatchObject({ inForce: { value: "unknown" }, answered: { by: "Omar" } });

      await expect(
        answerQuestion(workspace, "spend-after-stop", "perhaps", "Mona"),
      ).rejects.toMatchObject({ code: "BAD_ANSWER" });
      await expect(answerQuestion(workspace, "meaning-of-life", 42, "Mona")).rejects.toMatchObject({
        code: "QUESTION_UNKNOWN",
      });
    });
    await inHome(folder, async ({ workspace }) => {
      expect(workspace.definitions().default.spendAfterStop).toBe("billed");
      expect([...workspace.ledger.answers.keys()].sort()).toEqual([
        "spend-after-stop",
        "status-times",
      ]);
    });
  });
}, 240_000);

it("takes an answer about a finding as its treatment, and no answer as its withdrawal", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, workspace }) => {
      await give(REFUNDED);
      const id = `finding:${KEY}`;
      expect(await answerQuestion(workspace, id, "exclude", "Mona")).toMatchObject({
        answered: { by: "Mona" },
        inForce: { value: "exclude" },
      });
      expect((await listTreatments(workspace, EVERYTHING)).items).toMatchObject([
        { withdrawn: null },
      ]);
      expect(await answerQuestion(workspace, id, null, "Omar")).toMatchObject({ answered: null });
      expect((await listTreatments(workspace, EVERYTHING)).items).toMatchObject([
        { withdrawn: { by: "Omar" } },
      ]);
    }),
  );
}, 240_000);
