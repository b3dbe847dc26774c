import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fixedClock } from "../../src/base/clock.ts";
import { seededRandom } from "../../src/base/random.ts";
import { digestWarehouse } from "../../src/marts/digest.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { type Build, buildChildren, killAtRandom, kills, seed } from "./harness.ts";

interface Fact {
  readonly import?: string;
  readonly settled?: string;
  readonly undone?: string;
  readonly importId?: string;
  readonly state?: string;
}

const clock = fixedClock(new Date("2025-02-15T12:00:00Z"));
let build: Build;
let folder: string;

/** Lives in one home before the next begins with an empty one, as every check reads all its files again. */
const LIVES_IN_A_HOME = 6;

beforeAll(async () => {
  build = await buildChildren();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-kill-import-"));
});
afterAll(async () => {
  await build.remove();
  await rm(folder, { recursive: true, force: true });
});

/** What to copy of a closed home: what SQLite keeps beside its file is empty then, and may vanish meanwhile. */
const isTruth = (file: string) => !/warehouse\.|home\.lock|-(wal|shm|journal)$/.test(file);

/** The digest of a warehouse made from the store and its blobs alone, in another folder. */
async function digestOfRebuild(home: string): Promise<unknown> {
  const elsewhere = path.join(folder, "elsewhere");
  await cp(home, elsewhere, { recursive: true, filter: isTruth });
  const workspace = await openWorkspace({ home: elsewhere, clock, threads: 1 });
  const digest = await digestWarehouse(workspace.warehouse);
  await workspace.close();
  await rm(elsewhere, { recursive: true });
  return digest;
}

it("an import acknowledged before a SIGKILL is there once, and the warehouse equals a rebuild", async () => {
  const random = seededRandom(seed).fork("imports");
  let acknowledged = new Map<string, string>();
  let undone = new Set<string>();
  let home = "";
  let imports = 0;
  let undos = 0;
  let insideCommit = 0;
  let commits = 0;
  let behind = 0;
  for (let life = 0; life < kills; life++) {
    if (life % LIVES_IN_A_HOME === 0) {
      home = path.join(folder, `home-${life}`);
      acknowledged = new Map();
      undone = new Set();
    }
    const killed = await killAtRandom({
      file: build.child("import-child"),
      args: [home, String(seed), String(life)],
      random,
      mostCommits: 10,
      aim: life % 4 === 3 ? "anywhere" : "commit",
    });
    commits += killed.commits;
    if (killed.insideCommit) insideCommit++;
    const settled = new Set<string>();
    for (const line of killed.acknowledged) {
      const fact = JSON.parse(line) as Fact;
      if (fact.import !== undefined) {
        acknowledged.set(fact.import, fact.importId ?? "");
        imports++;
      }
      if (fact.undone !== undefined) {
        undone.add(fact.importId ?? "");
        undos++;
      }
      if (fact.settled !== undefined) {
        expect(fact.state).toBe("done");
        settled.add(fact.settled);
      }
    }
    behind += [...acknowledged.keys()].filter(
      (name) => name.startsWith(`${life}.`) && !settled.has(name),
    ).length;

    const workspace = await openWorkspace({ home, clock });
    expect(workspace.unreadable.size).toBe(0);
    const rows = await workspace.warehouse.all<{
      import_id: string;
      files: number;
      insights: number;
    }>(
      `SELECT import_id, count(DISTINCT file_id) AS files, count(i.line) AS insights
       FROM raw.files LEFT JOIN raw.insights i USING (file_id) GROUP BY import_id`,
    );
    const inWarehouse = new Map(rows.map((row) => [row.import_id, row]));
    for (const importId of acknowledged.values()) {
      const made = workspace.ledger.imports.get(importId);
      expect([importId, made?.files.length]).toEqual([importId, 3]);
      if (undone.has(importId)) expect(made?.undone).not.toBeNull();
      const there = made?.undone ? undefined : { import_id: importId, files: 3, insights: 20 };
      expect(inWarehouse.get(importId)).toEqual(there);
    }
    const digest = await digestWarehouse(workspace.warehouse);
    const scratch = workspace.scratchDirectory;
    expect(await readdir(scratch)).toEqual([]);
    await workspace.close();
    expect(await digestOfRebuild(home)).toEqual(digest);
  }
  console.log(
    JSON.stringify({
      children: "import",
      seed,
      kills,
      killsInsideCommit: insideCommit,
      commits,
      acknowledgedImports: imports,
      acknowledgedUndos: undos,
      rebuildsCompared: kills,
      acknowledgedButNotBuilt: behind,
      lost: 0,
    }),
  );
  expect(insideCommit / kills).toBeGreaterThanOrEqual(0.5);
});
