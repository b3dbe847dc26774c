/** Small services that hold real shapes in memory; what they were asked is kept, so that tests can look. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { afterEach } from "vitest";
import { type ApiServices, buildApp } from "../../src/api/app.ts";
import { fixedClock } from "../../src/base/clock.ts";
import { Problem } from "../../src/base/problem.ts";
import type { CampaignTally } from "../../src/contract/campaigns.ts";
import type {
  CostSplit,
  ExploreReport,
  Question,
  TreatmentRow,
} from "../../src/contract/explore.ts";
import type {
  CommitRequest,
  ImportRow,
  RejectRow,
  StreamMessage,
} from "../../src/contract/imports.ts";
import type { Frame, Tally } from "../../src/contract/overview.ts";
import { type DefinitionsInput, readDefinitions } from "../../src/domain/definitions.ts";
import type { Grant } from "../../src/domain/roles.ts";
import type { Scope } from "../../src/domain/scope.ts";
import type { CampaignQuestions } from "../../src/marts/campaign-questions.ts";
import type { MartQueries } from "../../src/marts/queries.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { SessionTable, Store } from "../../src/store/store.ts";
import type { DefinitionsDesk } from "../../src/workflows/definitions.ts";
import type { ExploreDesk } from "../../src/workflows/explore-desk.ts";
import type { ImportDesk } from "../../src/workflows/import-desk.ts";
import { createPasskeyDesk } from "../../src/workflows/passkeys.ts";
import { createPeopleDesk, keepOwner, OWNER } from "../../src/workflows/people.ts";
import { createJobRunner } from "../../src/workflows/run-jobs.ts";
import { createViewsDesk } from "../../src/workflows/saved-views.ts";
import { createSignInDesk } from "../../src/workflows/sign-in.ts";
import { fakeDigests, fakeShares } from "./fake-digests.ts";
import { fakeLeads } from "./fake-leads.ts";
import { fakePortfolio } from "./fake-portfolio.ts";
import { fakePush } from "./fake-push.ts";
import { fakeTemplates } from "./fake-templates.ts";
import { fakeToday } from "./fake-today.ts";
import { type FakeWork, fakeWork } from "./fake-work.ts";

export const FRAME: Frame = {
  period: { from: "2025-01-01", to: "2025-01-30", days: 30 },
  previous: { from: "2024-12-02", to: "2024-12-31", days: 30 },
  basis: "corrected",
  asOf: null,
  currency: "EGP",
  currencyDecimals: 2,
  definitionsVersion: "0123456789abcdef",
  recomputing: false,
};

export const TALLY: Tally = {
  spendMinor: 1_000_000,
  impressions: 50_000,
  clicks: 600,
  leads: 40,
  judged: 25,
  undecided: 15,
  qualified: 4,
  meetings: 1,
  deals: 0,
  ctr: 0.012,
  cplMinor: 25_000,
  cpqlMinor: 250_000,
  cpqlLowMinor: 97_600,
  cpqlHighMinor: null,
};

export const CAMPAIGN_TALLY: CampaignTally = {
  ...TALLY,
  spendAllInMinor: 1_140_000,
  cpcMinor: 1667,
  cpmMinor: 20_000,
  cvr: 0.0667,
  qualifiedShare: 0.1,
  qualifiedShareLow: 0.04,
  qualifiedShareHigh: 0.231,
  days: 30,
};

const RATE = { value: 0.5, n: 40, low: 0.35, high: 0.65 };
const SPLIT: CostSplit = {
  spendMinor: 1_000_000,
  leads: 40,
  judged: 20,
  qualified: 10,
  cplMinor: { ...RATE, value: 25_000 },
  judgedShare: RATE,
  qualifiedOfJudged: RATE,
  cpqlMinor: { ...RATE, value: 100_000 },
};

export interface Asked {
  readonly question: string;
  readonly query: unknown;
  readonly scope: Scope;
}

export function fakeQueries(asked: Asked[]): MartQueries {
  const note = (question: string, query: unknown, scope: Scope) => {
    asked.push({ question, query, scope });
  };
  return {
    async facets(scope) {
      note("facets", null, scope);
      return {
        accounts: [{ id: "7", campaigns: 2 }],
        projects: [{ name: "Palm Hills", campaigns: 2 }],
        firstDay: "2024-06-01",
        lastDay: "2025-01-30",
        endDay: "2025-01-30",
        defaultPeriod: FRAME.period,
        empty: false,
      };
    },
    async kpis(selection, scope) {
      note("kpis", selection, scope);
      const kpi = (id: string, value: number | null) => ({
        id,
        unit: "count" as const,
        direction: "up" as const,
        value,
        n: value,
        low: null,
        high: null,
        raw: value,
        previous: null,
        change: null,
        missing: value === null ? ("not_recorded" as const) : null,
        parts: null,
        coverage: [],
      });
      return {
        frame: FRAME,
        kpis: Array.from({ length: 24 }, (_, i) => kpi(`kpi${i}`, i === 3 ? null : i)),
        unresolved: { insights: 0, leads: 0, statusChanges: 0 },
        unmappedStatuses: [{ status: "CALL_LATER", rows: 3 }],
        campaigns: {
          total: 2,
          delivered: 2,
          neverDelivered: 0,
          spendNoLead: 1,
          spendNoLeadMinor: 5000,
        },
      };
    },
    async trend(query, scope) {
      note("trend", query, scope);
      return {
        frame: FRAME,
        grain: query.grain,
        start: ["2025-01-01", "2025-01-02"],
        spendMinor: [100, null],
        impressions: [10, null],
        clicks: [1, null],
        leads: [1, null],
        qualified: [0, null],
        undecided: [1, null],
        immature: [false, true],
      };
    },
    async breakdown(query, scope) {
      note("breakdown", query, scope);
      return {
        frame: FRAME,
        by: query.by,
        items: [{ ...TALLY, id: "p", name: "Palm Hills", campaigns: 2 }],
        rest: { ...TALLY, groups: 9 },
        total: TALLY,
      };
    },
    async funnel(selection, scope) {
      note("funnel", selection, scope);
      return {
        frame: FRAME,
        leads: 40,
        stages: [{ stage: "new", at: 15, reached: 40, shareOfLeads: 1 }],
        beside: [{ stage: "lost", at: 5 }],
        undecided: 15,
        undecidedShare: 0.375,
      };
    },
    async campaigns(query, scope) {
      note("campaigns", query, scope);
      const row = {
        ...CAMPAIGN_TALLY,
        campaignId: "c1",
        campaignName: null,
        project: "Palm Hills",
        account: "7",
        dailyBudgetMinor: null,
        startTime: "2025-01-01 00:00:00",
        stopTime: null,
        state: "live" as const,
        firstDay: "2025-01-01",
        lastDay: "2025-01-30",
      };
      return { items: [row], next: null, total: 1, frame: FRAME, totals: CAMPAIGN_TALLY };
    },
    async rows(query, scope) {
      note("rows", query, scope);
      if (query.kpi === "explode") throw new Error("row of Invented Person, +201000000000");
      const row = {
        table: "insights",
        file: "insights.csv",
        line: 2,
        importId: "i1",
        dropped: query.dropped ? "exact duplicate" : null,
        cells: { spend: 12.5, campaign_id: "c1", paused: false, note: null },
      };
      return {
        items: [row],
        next: null,
        total: 1,
        frame: FRAME,
        kpi: query.kpi,
        formula: { over: "spendMinor", under: null, scale: 1 },
        value: 1250,
        tables: [{ table: "insights", total: 1 }],
      };
    },
    async adsOrFollowUp(query, scope) {
      note("adsOrFollowUp", query, scope);
      const none = { campaigns: 0, leads: 0, spendMinor: 0 };
      const item = { ...SPLIT, id: "c1", name: "c1", account: "7", norm: SPLIT, gap: null };
      return {
        by: query.by,
        currency: "EGP",
        currencyDecimals: 2,
        total: SPLIT,
        items: [{ ...item, verdict: "in_line" }],
        more: 0,
        noQualified: { ...none, undecidedShare: null, judgedBad: none, neverJudged: none },
      };
    },
    async waterfall(selection, scope) {
      note("waterfall", selection, scope);
      const bases = { raw: 1, deduplicated: 1, corrected: 1 };
      return { frame: FRAME, spend: bases, leads: bases, steps: [] };
    },
  };
}

/** One campaign without peers or ad sets, and one segment. */
export function fakeCampaigns(asked: Asked[]): CampaignQuestions {
  const segment = {
    key: "Palm Hills",
    low: null,
    high: null,
    differs: null,
    campaigns: 2,
    spendMinor: 1_000_000,
    leads: 40,
    judged: 20,
    undecided: 20,
    qualified: 10,
    judgedShare: RATE,
    conversion: RATE,
    cplMinor: RATE,
    cpqlMinor: RATE,
  };
  return {
    async campaign(id, query, scope) {
      asked.push({ question: "campaign", query: { id, ...query }, scope });
      return {
        frame: FRAME,
        campaign: {
          ...CAMPAIGN_TALLY,
          campaignId: id,
          campaignName: null,
          project: "Palm Hills",
          account: "7",
          dailyBudgetMinor: null,
          startTime: null,
          stopTime: null,
          state: "ended",
          firstDay: "2025-01-01",
          lastDay: "2025-01-04",
        },
        cost: SPLIT,
        peers: null,
        adSets: { known: false, items: [], tested: 0 },
      };
    },
    async segments(query, scope) {
      asked.push({ question: "segments", query, scope });
      const items = [segment];
      return {
        frame: FRAME,
        by: query.by,
        items,
        rest: null,
        total: segment,
        tested: 0,
        segments: 1,
      };
    },
    async segmentPair(query, scope) {
      asked.push({ question: "segmentPair", query, scope });
      return {
        frame: FRAME,
        by: query.by,
        left: segment,
        right: segment,
        judgedShare: { value: 0, low: -0.2, high: 0.2, p: 1 },
        conversion: null,
        cpl: null,
        cpql: null,
        pairs: 1,
      };
    },
  };
}

export interface FakeDesk extends ImportDesk {
  readonly uploads: { readonly name: string; readonly bytes: number }[];
  readonly commits: { readonly request: CommitRequest; readonly by: string }[];
  readonly previewSignals: AbortSignal[];
  listeners(): number;
  say(message: StreamMessage): void;
  /** Previews wait until the returned function is called. */
  holdPreviews(): () => void;
}

export function fakeDesk(options: { readonly rejects?: readonly RejectRow[] } = {}): FakeDesk {
  const listeners = new Set<(message: StreamMessage) => void>();
  const uploads: { name: string; bytes: number }[] = [];
  const commits: { request: CommitRequest; by: string }[] = [];
  const previewSignals: AbortSignal[] = [];
  const all = options.rejects ?? [];
  let gate: Promise<void> = Promise.resolve();
  let version = 0;
  const importRow = (importId: string, by: string): ImportRow => ({
    importId,
    state: "running",
    startedAt: "2025-02-01T09:00:00.000Z",
    finishedAt: null,
    by,
    account: null,
    sample: false,
    files: [
      {
        name: "leads.csv",
        table: "campaign_leads",
        rowsRead: 3,
        rowsAccepted: 2,
        rowsRejected: 1,
        totalRows: 0,
      },
    ],
    problem: null,
  });
  return {
    uploads,
    commits,
    previewSignals,
    listeners: () => listeners.size,
    say: (message) => {
      if (message.type === "data.changed") version = message.version;
      for (const listener of listeners) listener(message);
    },
    holdPreviews() {
      let release = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    async upload(name, content: Readable) {
      let bytes = 0;
      for await (const chunk of content) bytes += (chunk as Buffer).length;
      uploads.push({ name, bytes });
      return { uploadId: `u${uploads.length}`, name, bytes };
    },
    async preview(request, signal) {
      if (signal) previewSignals.push(signal);
      await gate;
      return {
        previewId: `p-${request.uploadIds.join("-")}`,
        files: [],
        skipped: [{ name: "readme.txt", reason: "holds no table" }],
        levelQuestion: null,
        ready: true,
      };
    },
    async commit(request, by) {
      if (request.previewId === "gone") {
        throw new Problem("PREVIEW_GONE", { what: "The preview is gone", fix: "Preview again." });
      }
      commits.push({ request, by });
      return importRow(`i${commits.length}`, by);
    },
    settled: async (importId) => importRow(importId, "owner"),
    async discard() {},
    undo: async (importId, by) => ({ ...importRow(importId, by), state: "undone" }),
    imports: async () => ({ items: [importRow("i1", "owner")], next: null, total: 1 }),
    async rejects({ cursor, limit }) {
      const from = Number(cursor ?? 0);
      const items = all.slice(from, from + limit);
      const next = from + limit < all.length ? String(from + limit) : null;
      return { items, next, total: all.length };
    },
    dataVersion: () => version,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export interface FakeDefinitions extends DefinitionsDesk {
  readonly changes: { readonly change: DefinitionsInput; readonly by: string }[];
}

/** Definitions in memory; accounts 7 and 8 set something of their own. */
export function fakeDefinitions(): FakeDefinitions {
  const given = { accounts: { "7": { currency: "USD" }, "8": { taxRate: 0.14 } } };
  const changes: { change: DefinitionsInput; by: string }[] = [];
  const inForce = () => readDefinitions([given, ...changes.map((one) => one.change)], "test");
  const at = new Date("2025-02-01T09:00:00Z");
  return {
    changes,
    inForce,
    origins: () => ({
      settings: new Map(
        changes.flatMap(({ change, by }) =>
          Object.keys(change.default ?? {}).map((name) => [name, { from: "change", by, at }]),
        ),
      ),
      statuses: new Map([["QUALIFIED", { from: "file" }]]),
    }),
    statuses: async ({ accounts }) =>
      accounts === "all"
        ? [
            { status: "CALL_LATER", rows: 3, leftOut: 3 },
            { status: "QUALIFIED", rows: 2, leftOut: 0 },
          ]
        : [],
    async change(change, by) {
      readDefinitions([given, change], "definitions");
      changes.push({ change, by });
      return inForce();
    },
  };
}

const EMPTY_REPORT: ExploreReport = {
  madeAt: "2025-02-01T09:00:00.000Z",
  firstDay: "2024-06-01",
  lastDay: "2025-01-30",
  currency: "EGP",
  currencyDecimals: 2,
  definitionsVersion: "0123456789abcdef",
  sample: false,
  tables: [],
  relations: [],
  findings: [],
  checked: { rules: 3, quiet: ["negative-values"], skipped: [] },
  waterfall: null,
  insights: [],
  questions: [],
  adsOrFollowUp: null,
};

const TREATMENT: TreatmentRow = {
  id: "t-1",
  finding: "negative-values",
  rule: "negative-values",
  kind: "exclude",
  items: null,
  by: "owner",
  at: "2025-02-01T09:00:00.000Z",
  applies: true,
  title: { en: "Negative values", ar: "قيم سالبة" },
  spendMinor: 1250,
  leads: 0,
  withdrawn: null,
};

export interface FakeExplore extends ExploreDesk {
  /** What was decided, in order. */
  readonly decided: readonly unknown[];
}

/** An exploration that finds nothing; what is asked and decided is kept. */
export function fakeExplore(asked: Asked[]): FakeExplore {
  const decided: unknown[] = [];
  return {
    decided,
    async report({ scope, asOf }) {
      asked.push({ question: "explore", query: { asOf }, scope });
      return EMPTY_REPORT;
    },
    async rows(finding, { scope, asOf }, page) {
      asked.push({ question: "finding rows", query: { finding, asOf, ...page }, scope });
      return { columns: ["line"], rows: [[2]], next: null, total: 1 };
    },
    async compare({ scope, ...query }) {
      asked.push({ question: "compare", query, scope });
      return {
        left: { label: query.left },
        right: { label: query.right },
        tables: [],
        totals: [],
        findings: { appeared: [], gone: [] },
        sentences: [],
      };
    },
    async treatments(scope) {
      asked.push({ question: "treatments", query: null, scope });
      return { currency: "EGP", currencyDecimals: 2, items: [TREATMENT] };
    },
    async accept(request, by) {
      decided.push({ ...request, by });
      return { ...TREATMENT, id: `t-${decided.length}`, by };
    },
    async withdraw(id, by) {
      decided.push({ id, by });
      return { ...TREATMENT, id, withdrawn: { by, at: TREATMENT.at } };
    },
    async answer(question, value, by): Promise<Question | null> {
      decided.push({ question, value, by });
      return null;
    },
  };
}

export interface TestDoor {
  readonly app: FastifyInstance;
  readonly desk: FakeDesk;
  readonly definitions: FakeDefinitions;
  readonly explore: FakeExplore;
  readonly work: FakeWork;
  readonly asked: Asked[];
  readonly store: Store;
  readonly sessions: SessionTable;
  readonly clock: ReturnType<typeof fixedClock>;
  /** Cookie header of who is signed in, for the host `localhost:80`. */
  readonly cookie: string;
  /** A request of the tools of who is signed in. */
  ask(options: InjectOptions & { url: string }): Promise<LightMyRequestResponse>;
}

/** A door before fakes, with a store of its own for people; signed in is the owner, or somebody with these grants. */
export async function openDoor(
  changes: Partial<ApiServices> & {
    readonly rejects?: readonly RejectRow[];
    readonly grants?: readonly Grant[];
  } = {},
): Promise<TestDoor> {
  const { rejects, grants, ...services } = changes;
  const asked: Asked[] = [];
  const desk = fakeDesk(rejects === undefined ? {} : { rejects });
  const definitions = fakeDefinitions();
  const explore = fakeExplore(asked);
  const work = fakeWork();
  const clock = fixedClock(new Date("2025-02-01T09:00:00Z"));
  const home = mkdtempSync(path.join(tmpdir(), "leadsmart-door-"));
  const store = await openStore({ home, clock });
  const { sessions } = store;
  const jobs = createJobRunner({
    jobs: store.jobs,
    clock,
    kinds: [],
    news: { tell: () => undefined },
  });
  const app = await buildApp({
    queries: fakeQueries(asked),
    campaigns: fakeCampaigns(asked),
    portfolio: fakePortfolio(asked),
    templates: fakeTemplates(),
    leads: fakeLeads(asked),
    views: createViewsDesk(store.notes, clock),
    imports: desk,
    access: store,
    people: createPeopleDesk(store, clock),
    signIns: createSignInDesk(store, clock),
    passkeys: createPasskeyDesk(store, clock),
    definitions,
    explore,
    work,
    today: fakeToday(asked),
    jobs,
    digests: fakeDigests(asked),
    shares: fakeShares(asked),
    push: fakePush(),
    clock,
    version: "1.2.3",
    notReady: async () => [],
    pageDirectory: null,
    logger: false,
    ...services,
  });
  app.addHook("onClose", async () => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });
  await app.ready();
  await keepOwner(store);
  const person =
    grants === undefined
      ? OWNER
      : await store.people.add({ id: "nour", name: "Nour", contact: null, grants, by: OWNER });
  const expiresAt = new Date("2025-03-01T09:00:00Z");
  const secret = await sessions.create({ person, expiresAt });
  const cookie = `leadsmart_session_80=${secret}`;
  return {
    app,
    desk,
    definitions,
    explore,
    work,
    asked,
    store,
    sessions,
    clock,
    cookie,
    ask: (options) =>
      app.inject({ ...options, headers: { cookie, "x-leadsmart": "1", ...options.headers } }),
  };
}

/** `openDoor` for a file of tests: every door is closed after the test that opened it. */
export function doors(): typeof openDoor {
  const opened: TestDoor[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ app }) => app.close()));
  });
  return async (...changes) => {
    const one = await openDoor(...changes);
    opened.push(one);
    return one;
  };
}

export interface Described {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With `x1` for every parameter of the path. */
  readonly url: string;
  readonly operation: string;
  /** What the caller must be allowed; undefined where nobody needs to be signed in. */
  readonly needs: string | undefined;
}

/** Every address under /api/v1, from the description itself. */
export async function apiAddresses({ app }: Pick<TestDoor, "app">): Promise<Described[]> {
  const { paths } = (await app.inject("/openapi.json")).json() as {
    paths: Record<string, Record<string, { operationId: string; "x-needs"?: string }>>;
  };
  return Object.entries(paths)
    .filter(([path]) => path.startsWith("/api/"))
    .flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, { operationId, "x-needs": needs }]) => ({
        method: verb.toUpperCase() as Described["method"],
        url: path.replaceAll(/\{\w+\}/g, "x1"),
        operation: operationId,
        needs,
      })),
    );
}
