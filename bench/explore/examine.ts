/** Tables in, every place that the checks name out: an import into a home of its own, removed afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fixedClock } from "../../src/base/clock.ts";
import type { Finding } from "../../src/contract/explore.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { findAll, plainFinding } from "../../src/explore/find.ts";
import { openLook } from "../../src/explore/look.ts";
import { createImportDesk } from "../../src/workflows/import.ts";
import { sourcesAt } from "../../src/workflows/sources.ts";
import { openWorkspace, type Workspace } from "../../src/workflows/workspace.ts";
import { TABLE_FILES, TABLE_NAMES, type TableName, type Tables, writeTables } from "./tables.ts";

/** Long after the worlds end, as with tables that somebody inherits. */
const NOW = new Date("2026-11-20T09:00:00Z");

/** One listed row of a finding. */
export interface Place {
  readonly table: TableName | null;
  readonly line: number | null;
  readonly campaign: string | null;
  readonly lead: string | null;
  readonly account: string | null;
  readonly day: string | null;
  /** Last day of a stretch that begins on `day`. */
  readonly until: string | null;
}

export interface Examined {
  readonly finding: Finding;
  readonly places: readonly Place[];
}

/** Imports a folder of tables whole, rejecting what cannot be read, as somebody in a hurry would. */
export async function importFolder(workspace: Workspace, directory: string): Promise<void> {
  const desk = createImportDesk(workspace);
  try {
    const sources = await sourcesAt(directory, workspace.scratchDirectory);
    const preview = await desk.previewSources(sources, {});
    const started = await desk.commit(
      { previewId: preview.previewId, skipProblems: true, saveMappings: false },
      "bench",
    );
    const done = await desk.settled(started.importId);
    if (done.problem) throw new Error(`${directory}: ${done.problem.code} ${done.problem.what}`);
  } finally {
    await desk.close();
  }
}

const text = (value: unknown) =>
  value === null || value === undefined
    ? null
    : value instanceof Date
      ? value.toISOString()
      : String(value);

/** All findings of a workspace with every row that their SQL lists. */
export async function findPlaces(workspace: Workspace): Promise<Examined[]> {
  const look = await openLook(workspace.warehouse, {
    scope: EVERYTHING,
    definitions: workspace.definitions(),
  });
  let findings: Finding[];
  try {
    findings = (await findAll(look)).live.map(plainFinding);
  } finally {
    await look.close();
  }
  return workspace.warehouse.snapshot(async (session) => {
    const files = await session.all<{ file_id: number; table_name: string }>(
      "SELECT file_id, table_name FROM raw.files",
    );
    const tableOf = new Map(
      files.map(({ file_id, table_name }) => {
        const known = TABLE_NAMES.find((name) => TABLE_FILES[name] === `${table_name}.csv`);
        return [Number(file_id), known ?? null] as const;
      }),
    );
    const examined: Examined[] = [];
    for (const finding of findings) {
      const rows = await session.all<Record<string, unknown>>(finding.sql);
      const places = rows.map(
        (row): Place => ({
          table: row.file_id === undefined ? null : (tableOf.get(Number(row.file_id)) ?? null),
          line: row.line === undefined || row.line === null ? null : Number(row.line),
          campaign: text(row.campaign_id),
          lead: text(row.lead_id),
          account: text(row.account_id),
          day:
            (text(row.day) ?? text(row.missing_day) ?? text(row.from_moment))?.slice(0, 10) ?? null,
          until: text(row.until_moment)?.slice(0, 10) ?? null,
        }),
      );
      examined.push({ finding, places });
    }
    return examined;
  });
}

/** Runs `work` in a home that holds the tables of a folder. */
export async function withHome<T>(
  directory: string,
  work: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(path.join(os.tmpdir(), "leadsmart-examined-"));
  try {
    const workspace = await openWorkspace({ home, clock: fixedClock(NOW), threads: 2 });
    try {
      await importFolder(workspace, directory);
      return await work(workspace);
    } finally {
      await workspace.close();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What the checks find in tables. */
export async function examine(tables: Tables): Promise<Examined[]> {
  const directory = mkdtempSync(path.join(os.tmpdir(), "leadsmart-mutated-"));
  try {
    writeTables(tables, directory);
    return await withHome(directory, findPlaces);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
