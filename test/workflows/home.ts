/** A home in a temporary folder, and small invented tables to fill it with. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fixedClock } from "../../src/base/clock.ts";
import type { CommitRequest, ImportRow, PreviewAnswer } from "../../src/contract/imports.ts";
import { digestWarehouse } from "../../src/marts/digest.ts";
import { createImportDesk, type LocalImportDesk } from "../../src/workflows/import.ts";
import { sourcesAt } from "../../src/workflows/sources.ts";
import {
  openWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from "../../src/workflows/workspace.ts";

export const CAMPAIGNS = `id,daily_budget,start_time,stop_time,user_id,project_name
c1,100,2025-01-01 09:00:00,2025-01-05 23:59:59,u1,Palm Court
c2,200,2025-01-02 09:00:00,2025-01-06 23:59:59,u1,Nile View
c3,300,2025-01-03 09:00:00,2025-01-07 23:59:59,u2,Palm Court
`;

export const INSIGHTS = `ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at
a1,c1,80,50.25,10,100,2025-01-01 00:00:00
a1,c1,90,49.75,12,110,2025-01-02 00:00:00
a2,c2,70,100,20,200,2025-01-02 00:00:00
a3,c3,60,10.01,5,50,2025-01-03 00:00:00
a3,c3,60,10.01,5,50,2025-01-03 00:00:00
`;

export const LEADS = `id,campaign_id,name,email,phone,lead_status,added_date
l1,c1,Mona Adel,mona@example.org,+201001234567,QUALIFIED,2025-01-01 10:00:00
l2,c1,Omar Said,omar@example.org,01112345678,NEW_LEAD,2025-01-02 11:00:00
l3,c2,Sara Nabil,sara@example.org,+971501234567,NOT_QUALIFIED,2025-01-02 12:00:00
l4,c3,Ali Hany,ali@example.org,not a phone,UNKNOWN,2025-01-03 13:00:00
`;

export const STATUS_LOG = `lead_id,status,created_at
l1,NEW_LEAD,2025-01-01 10:00:00
l1,QUALIFIED,2025-01-03 10:00:00
l2,NEW_LEAD,2025-01-02 11:00:00
l3,NEW_LEAD,2025-01-02 12:00:00
l3,NOT_QUALIFIED,2025-01-04 12:00:00
`;

export const TABLES: Readonly<Record<string, string>> = {
  "campaigns.csv": CAMPAIGNS,
  "insights.csv": INSIGHTS,
  "campaign_leads.csv": LEADS,
  "lead_status_changes.csv": STATUS_LOG,
};

export const clock = fixedClock(new Date("2025-02-01T00:00:00Z"));

/** A folder that is removed when the deed is done. */
export async function withFolder<T>(deed: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "leadsmart-test-"));
  try {
    return await deed(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface OpenHome {
  readonly workspace: Workspace;
  readonly desk: LocalImportDesk;
  /** Writes a file beside the home and imports it. */
  give(files: Readonly<Record<string, string>>, options?: Given): Promise<ImportRow>;
  preview(files: Readonly<Record<string, string>>, options?: Given): Promise<PreviewAnswer>;
  digest(): Promise<Awaited<ReturnType<typeof digestWarehouse>>>;
}

export interface Given extends Partial<Omit<CommitRequest, "previewId">> {
  readonly account?: string;
}

let folders = 0;

/** Opens a home, does the deed, closes it again. */
export async function inHome<T>(
  folder: string,
  deed: (home: OpenHome) => Promise<T>,
  options: Partial<WorkspaceOptions> = {},
): Promise<T> {
  const workspace = await openWorkspace({ home: path.join(folder, "home"), clock, ...options });
  const desk = createImportDesk(workspace);
  const preview: OpenHome["preview"] = async (files, given = {}) => {
    const place = await mkdtemp(path.join(folder, `given-${folders++}-`));
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(place, name), text);
    return desk.previewSources(await sourcesAt(place, workspace.scratchDirectory), {
      account: given.account,
    });
  };
  try {
    return await deed({
      workspace,
      desk,
      preview,
      async give(files, given = {}) {
        const { account: _, ...request } = given;
        const { previewId } = await preview(files, given);
        const row = await desk.commit(
          { previewId, skipProblems: false, saveMappings: true, ...request },
          "tester",
        );
        return desk.settled(row.importId);
      },
      digest: () => digestWarehouse(workspace.warehouse),
    });
  } finally {
    await desk.close();
    await workspace.close();
  }
}
