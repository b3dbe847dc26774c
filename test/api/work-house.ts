/** A house with leads to call: a real workspace with small invented tables behind real doors, and people who call. */
import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FastifyInstance, InjectOptions } from "fastify";
import type { Clock } from "../../src/base/clock.ts";
import type { DefinitionsInput } from "../../src/domain/definitions.ts";
import type { Grant } from "../../src/domain/roles.ts";
import { changeDefinitions } from "../../src/workflows/definitions.ts";
import { createImportDesk } from "../../src/workflows/import.ts";
import { createPeopleDesk, keepOwner } from "../../src/workflows/people.ts";
import { sourcesAt } from "../../src/workflows/sources.ts";
import { createWorkDesk } from "../../src/workflows/work.ts";
import type { WorkDesk } from "../../src/workflows/work-desk.ts";
import { openWorkspace, type Workspace } from "../../src/workflows/workspace.ts";
import { openDoor } from "./fakes.ts";

/** A Monday, 12:00 in Cairo, within working hours. */
export const NOON = new Date("2025-02-03T10:00:00Z");

export const CAMPAIGNS = `id,user_id,project_name,daily_budget,start_time,stop_time
c1,7,Palm Hills,500,2025-01-01 00:00:00,2025-03-10 00:00:00
c2,8,Marassi,300,2025-01-02 00:00:00,2025-03-09 00:00:00
`;
export const LEADS = `id,campaign_id,name,email,phone,lead_status,added_date,assigned_to
l1,c1,Invented One,one@example.com,01001234567,NEW_LEAD,2025-02-02 10:00:00,
l2,c1,Invented Two,two@example.com,01001234568,NEW_LEAD,2025-02-03 11:30:00,Sara
l3,c2,Invented Three,three@example.com,01001234569,NEW_LEAD,2025-02-03 09:30:00,
l4,c1,Invented Four,four@example.com,01001234560,LOW_BUDGET,2025-02-01 09:30:00,Sara
l5,c1,Invented Five,five@example.com,01001234561,FOLLOW_UP,2025-01-05 09:30:00,Nobody Here
`;

export interface Rep {
  readonly id: string;
  readonly name: string;
  post(url: string, body: unknown, headers?: Record<string, string>): Promise<Told>;
  get(url: string): Promise<Told>;
}

export interface Told {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the answers of many addresses
  readonly body: any;
}

export interface WorkHouse {
  readonly home: string;
  readonly app: FastifyInstance;
  readonly workspace: Workspace;
  readonly work: WorkDesk;
  /** Moves the clock on. */
  pass(minutes: number): void;
  /** Somebody new, signed in. */
  person(name: string, ...grants: Grant[]): Promise<Rep>;
  rep(name: string, account: string): Promise<Rep>;
  define(change: DefinitionsInput): Promise<void>;
  give(files: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

export async function openWorkHouse(
  files: Readonly<Record<string, string>> = { "campaigns.csv": CAMPAIGNS, "leads.csv": LEADS },
  live: Parameters<typeof createWorkDesk>[1] = { quietMs: 60_000, longestMs: 60_000 },
): Promise<WorkHouse> {
  const home = mkdtempSync(path.join(tmpdir(), "leadsmart-work-"));
  let now = NOON.getTime();
  const clock: Clock = { now: () => new Date(now) };
  const workspace = await openWorkspace({ home, clock });
  const imports = createImportDesk(workspace);
  const work = createWorkDesk(workspace, live);
  const { store } = workspace;
  await keepOwner(store);
  const { app } = await openDoor({
    access: store,
    people: createPeopleDesk(store, clock),
    imports,
    work,
    clock,
  });
  let given = 0;
  const give: WorkHouse["give"] = async (tables) => {
    const place = mkdtempSync(path.join(tmpdir(), `leadsmart-given-${given++}-`));
    try {
      for (const [name, text] of Object.entries(tables)) {
        await writeFile(path.join(place, name), text);
      }
      const { previewId } = await imports.previewSources(
        await sourcesAt(place, workspace.scratchDirectory),
        {},
      );
      const { importId } = await imports.commit(
        { previewId, skipProblems: false, saveMappings: true },
        "owner",
      );
      await imports.settled(importId);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  };
  await give(files);
  const person: WorkHouse["person"] = async (name, ...grants) => {
    const id = await store.people.add({ name, contact: null, grants, by: "owner" });
    const expiresAt = new Date("2026-01-01T00:00:00Z");
    const cookie = `leadsmart_session_80=${await store.sessions.create({ person: id, expiresAt })}`;
    const ask = async (
      options: InjectOptions & { url: string },
      headers: Record<string, string> = {},
    ): Promise<Told> => {
      const answer = await app.inject({
        ...options,
        url: `/api/v1${options.url}`,
        headers: { host: "localhost:80", cookie, "x-leadsmart": "1", ...headers },
      });
      const json = String(answer.headers["content-type"]).includes("json");
      return { status: answer.statusCode, body: json ? answer.json() : answer.body };
    };
    return {
      id,
      name,
      post: (url, payload, headers) =>
        ask({ method: "POST", url, payload: payload as object }, headers),
      get: (url) => ask({ method: "GET", url }),
    };
  };
  return {
    home,
    app,
    workspace,
    work,
    pass(minutes) {
      now += minutes * 60_000;
    },
    person,
    rep: (name, account) => person(name, { account, role: "rep" }),
    async define(change) {
      await changeDefinitions(workspace, change, "owner");
    },
    give,
    async close() {
      await app.close();
      await work.close();
      await imports.close();
      await workspace.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
