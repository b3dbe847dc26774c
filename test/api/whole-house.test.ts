import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FastifyInstance, InjectOptions } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiServices, buildApp } from "../../src/api/app.ts";
import { fixedClock } from "../../src/base/clock.ts";
import { CampaignsAnswer } from "../../src/contract/campaigns.ts";
import { ExploreSummary, FindingsAnswer, InsightsAnswer } from "../../src/contract/explore.ts";
import {
  ImportRow,
  ImportsAnswer,
  PreviewAnswer,
  RejectsAnswer,
} from "../../src/contract/imports.ts";
import { LeadsAnswer } from "../../src/contract/leads.ts";
import { openCorrections } from "../../src/contract/open.ts";
import {
  BreakdownAnswer,
  FacetsAnswer,
  FunnelAnswer,
  KpisAnswer,
  RowsAnswer,
  TrendAnswer,
} from "../../src/contract/overview.ts";
import { DefinitionsAnswer } from "../../src/contract/server.ts";
import { type Grant, ROLES } from "../../src/domain/roles.ts";
import { createCampaignQuestions } from "../../src/marts/campaign-questions.ts";
import { createLeadQuestions } from "../../src/marts/lead-questions.ts";
import { createPortfolioQuestions } from "../../src/marts/portfolio-questions.ts";
import { type Background, createBackground } from "../../src/workflows/background.ts";
import { createDefinitionsDesk } from "../../src/workflows/definitions.ts";
import { createExploreDesk } from "../../src/workflows/explore-desk.ts";
import { createImportDesk, type LocalImportDesk } from "../../src/workflows/import.ts";
import { createPasskeyDesk } from "../../src/workflows/passkeys.ts";
import { createPeopleDesk, keepOwner } from "../../src/workflows/people.ts";
import { createPushDesk } from "../../src/workflows/push.ts";
import type { PushDesk } from "../../src/workflows/push-desk.ts";
import { createReadiness } from "../../src/workflows/readiness.ts";
import { createViewsDesk } from "../../src/workflows/saved-views.ts";
import { createSignInDesk } from "../../src/workflows/sign-in.ts";
import { createTemplatesDesk } from "../../src/workflows/templates.ts";
import { createTodayDesk } from "../../src/workflows/today.ts";
import { createWorkDesk } from "../../src/workflows/work.ts";
import type { WorkDesk } from "../../src/workflows/work-desk.ts";
import { openWorkspace, type Workspace } from "../../src/workflows/workspace.ts";

const FILES = {
  "campaigns.csv": `id,user_id,project_name,daily_budget,start_time,stop_time
c1,7,Palm Hills,500,2025-01-01 00:00:00,2025-01-10 00:00:00
c2,8,Marassi,300,2025-01-02 00:00:00,2025-01-09 00:00:00
`,
  "insights.csv": `ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at
a1,c1,900,100.50,10,1000,2025-01-03
a1,c1,800,99.50,6,1000,2025-01-04
a2,c2,700,50.00,5,800,2025-01-03
a2,c2,600,oops,5,800,2025-01-04
`,
  "campaign_leads.csv": `id,campaign_id,name,email,phone,lead_status,added_date
l1,c1,Invented One,one@example.com,+201001234567,QUALIFIED,2025-01-03 10:00:00
l2,c1,Invented Two,two@example.com,+201001234568,NEW_LEAD,2025-01-04 11:00:00
l3,c2,Invented Three,three@example.com,+201001234569,LOW_BUDGET,2025-01-03 12:00:00
`,
  "lead_status_changes.csv": `lead_id,status,created_at
l1,NEW_LEAD,2025-01-03 10:00:00
l1,QUALIFIED,2025-01-04 10:00:00
l3,LOW_BUDGET,2025-01-05 09:00:00
`,
};

let home: string;
let workspace: Workspace;
let desk: LocalImportDesk;
let work: WorkDesk;
let push: PushDesk;
let app: FastifyInstance;
let background: Background;
let cookie: string;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "leadsmart-api-"));
  const clock = fixedClock(new Date("2025-02-01T09:00:00Z"));
  workspace = await openWorkspace({ home, clock });
  desk = createImportDesk(workspace);
  work = createWorkDesk(workspace);
  const people = createPeopleDesk(workspace.store, clock);
  push = createPushDesk(workspace, { work, people });
  background = createBackground(workspace, { env: {} });
  await background.start();
  const services: ApiServices = {
    queries: workspace.queries,
    campaigns: createCampaignQuestions(workspace),
    portfolio: createPortfolioQuestions(workspace),
    leads: createLeadQuestions(workspace),
    views: createViewsDesk(workspace.store.notes, clock),
    imports: desk,
    access: workspace.store,
    people,
    signIns: createSignInDesk(workspace.store, clock),
    passkeys: createPasskeyDesk(workspace.store, clock),
    definitions: createDefinitionsDesk(workspace),
    templates: createTemplatesDesk(workspace),
    explore: createExploreDesk(workspace),
    work,
    push,
    today: createTodayDesk(workspace, createPeopleDesk(workspace.store, clock)),
    jobs: background.jobs,
    digests: background.digests,
    shares: background.shares,
    clock,
    version: "1.2.3",
    notReady: createReadiness(workspace),
    pageDirectory: null,
    logger: false,
  };
  app = await buildApp(services);
  await keepOwner(workspace.store);
  const expiresAt = new Date("2025-02-02T09:00:00Z");
  const token = await workspace.store.sessions.createToken({
    purpose: "enter",
    person: "owner",
    expiresAt,
  });
  const entered = await app.inject(`/enter?token=${token}`);
  cookie = entered.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
});
afterAll(async () => {
  await app?.close();
  await desk?.close();
  await push?.close();
  await background?.close();
  await work?.close();
  await workspace?.close();
  rmSync(home, { recursive: true, force: true });
});

type Asking = InjectOptions & { url: string };

const askAs = (own: string, options: Asking) =>
  app.inject({
    ...options,
    url: `/api/v1${options.url}`,
    headers: { cookie: own, "x-leadsmart": "1", ...options.headers },
  });

/** Cookie header of somebody new who holds these roles. */
async function signedIn(grants: readonly Grant[]): Promise<string> {
  const { people, sessions } = workspace.store;
  const person = await people.add({ name: "Nour", contact: null, grants, by: "owner" });
  const expiresAt = new Date("2025-03-01T09:00:00Z");
  return `leadsmart_session_80=${await sessions.create({ person, expiresAt })}`;
}

async function ask(options: Asking): Promise<unknown> {
  const answer = await askAs(cookie, options);
  expect(answer.statusCode, `${options.url}: ${answer.body}`).toBe(200);
  return answer.json();
}

it("answers every question of an empty house", async () => {
  expect(FacetsAnswer.parse(await ask({ url: "/facets" }))).toMatchObject({ empty: true });
  expect(LeadsAnswer.parse(await ask({ url: "/leads" })).items).toEqual([]);
  const { kpis } = KpisAnswer.parse(await ask({ url: "/kpis" }));
  expect(kpis.find(({ id }) => id === "cpl")?.value).toBe(null);
});

it("takes four tables by upload, preview and commit, and answers with their numbers", async () => {
  const uploadIds: string[] = [];
  for (const [name, payload] of Object.entries(FILES)) {
    const upload = (await ask({ method: "POST", url: `/uploads?name=${name}`, payload })) as {
      uploadId: string;
      bytes: number;
    };
    expect(upload.bytes).toBe(Buffer.byteLength(payload));
    uploadIds.push(upload.uploadId);
  }
  const preview = PreviewAnswer.parse(
    await ask({ method: "POST", url: "/imports/preview", payload: { uploadIds } }),
  );
  expect(preview.ready).toBe(true);
  expect(preview.files.map(({ table }) => table).sort()).toEqual([
    "campaign_leads",
    "campaigns",
    "insights",
    "lead_status_changes",
  ]);

  const commit = () =>
    ask({
      method: "POST",
      url: "/imports",
      payload: { previewId: preview.previewId },
      headers: { "idempotency-key": "first" },
    });
  const { importId } = ImportRow.parse(await commit());
  expect(ImportRow.parse(await commit()).importId).toBe(importId);
  expect((await desk.settled(importId)).state).toBe("done");

  const { kpis } = KpisAnswer.parse(await ask({ url: "/kpis?from=all" }));
  const value = (id: string) => kpis.find((kpi) => kpi.id === id)?.value;
  expect(value("spend")).toBe(25_000);
  expect(value("impressions")).toBe(2800);
  expect(value("leads")).toBe(3);
  expect(value("qualified")).toBe(1);
  expect(value("cpl")).toBeCloseTo(25_000 / 3, 9);
  expect(value("ctr")).toBe(21 / 2800);

  const palm = KpisAnswer.parse(await ask({ url: "/kpis?from=all&project=Palm%20Hills" }));
  expect(palm.kpis.find(({ id }) => id === "spend")?.value).toBe(20_000);

  const trend = TrendAnswer.parse(await ask({ url: "/trend?from=2025-01-03&to=2025-01-04" }));
  expect(trend.spendMinor).toEqual([15_050, 9950]);
  const parts = BreakdownAnswer.parse(await ask({ url: "/breakdown?by=account&from=all" }));
  expect(parts.items.map(({ id, spendMinor }) => [id, spendMinor])).toEqual([
    ["7", 20_000],
    ["8", 5000],
  ]);
  expect(FunnelAnswer.parse(await ask({ url: "/funnel?from=all" })).leads).toBe(3);
  const campaigns = CampaignsAnswer.parse(await ask({ url: "/campaigns?from=all&limit=1" }));
  expect(campaigns.items.map(({ campaignId }) => campaignId)).toEqual(["c1"]);
  const rest = CampaignsAnswer.parse(
    await ask({ url: `/campaigns?from=all&limit=1&cursor=${campaigns.next}` }),
  );
  expect(rest.items.map(({ campaignId }) => campaignId)).toEqual(["c2"]);
  expect(LeadsAnswer.parse(await ask({ url: "/leads?from=all&search=two" })).items).toHaveLength(1);
  DefinitionsAnswer.parse(await ask({ url: "/definitions" }));
});

it("sums up the findings that wait for a decision, fewer when one is decided", async () => {
  const { findings } = FindingsAnswer.parse(await ask({ url: "/findings" }));
  const { insights } = InsightsAnswer.parse(await ask({ url: "/insights" }));
  const before = ExploreSummary.parse(await ask({ url: "/findings/summary" }));
  const open = (severity: string) => findings.filter((one) => one.severity === severity).length;
  expect(findings.length).toBeGreaterThan(0);
  expect(before).toEqual({
    open: { critical: open("critical"), warning: open("warning"), info: open("info") },
    insight: insights[0] ?? null,
    questions: expect.any(Number),
    corrections: openCorrections(findings),
  });
  const [decided] = findings as [(typeof findings)[number]];
  const payload = { finding: decided.key, kind: decided.proposals[0]?.kind };
  const { id } = (await ask({ method: "POST", url: "/treatments", payload })) as { id: string };
  const after = ExploreSummary.parse(await ask({ url: "/findings/summary" }));
  expect(after.open[decided.severity]).toBe(before.open[decided.severity] - 1);
  await ask({ method: "DELETE", url: `/treatments/${id}` });
  expect(await ask({ url: "/findings/summary" })).toEqual(before);
});

it("says in the reader's language why a file cannot come in", async () => {
  const upload = { method: "POST" as const, url: "/uploads?name=empty.csv", payload: " " };
  const { uploadId } = (await ask(upload)) as { uploadId: string };
  const preview = {
    method: "POST" as const,
    url: "/imports/preview",
    payload: { uploadIds: [uploadId] },
  };
  const problemIn = async (language: string) => {
    const answer = PreviewAnswer.parse(
      await ask({ ...preview, headers: { "accept-language": language } }),
    );
    await app.inject({
      method: "DELETE",
      url: `/api/v1/imports/preview/${answer.previewId}`,
      headers: { cookie, "x-leadsmart": "1" },
    });
    return answer.files[0]?.problem;
  };
  expect(await problemIn("en")).toMatchObject({ code: "EMPTY_FILE", what: "The file is empty" });
  expect(await problemIn("ar-EG")).toMatchObject({ code: "EMPTY_FILE", what: "الملف فارغ" });
});

it("leads every number back to the line of its file, and tells what was rejected where", async () => {
  const rows = RowsAnswer.parse(await ask({ url: "/rows?kpi=spend&from=all" }));
  const places = rows.items.map(({ file, line }) => `${file}:${line}`);
  expect(places.sort()).toEqual(["insights.csv:2", "insights.csv:3", "insights.csv:4"]);
  const rejects = RejectsAnswer.parse(await ask({ url: "/rejects" }));
  expect(rejects.items).toHaveLength(1);
  expect(rejects.items[0]).toMatchObject({ file: "insights.csv", line: 5, column: "spend" });
  const csv = await app.inject({ url: "/api/v1/rejects.csv", headers: { cookie } });
  expect(csv.body).toContain("insights.csv,5,spend,oops");
});

it("shows a person their own accounts' numbers only, whatever they ask for", async () => {
  const nour = await signedIn([{ account: "8", role: "sales_manager" }]);
  const answerTo = async (url: string) => (await askAs(nour, { url })).json();
  const { kpis } = KpisAnswer.parse(await answerTo("/kpis?from=all&account=7&account=8"));
  expect(kpis.find(({ id }) => id === "spend")?.value).toBe(5000);
  const leads = LeadsAnswer.parse(await answerTo("/leads?from=all"));
  expect(leads.items.map(({ leadId }) => leadId)).toEqual(["l3"]);
  const facets = FacetsAnswer.parse(await answerTo("/facets"));
  expect(facets.accounts.map(({ id }) => id)).toEqual(["8"]);
  const rows = RowsAnswer.parse(await answerTo("/rows?kpi=spend&from=all"));
  expect(rows.items.map(({ line }) => line)).toEqual([4]);
});

it("shows phones and e-mails to those who call, and to others only their ends, account by account", async () => {
  const contactsOf = async (own: string) =>
    Object.fromEntries(
      LeadsAnswer.parse((await askAs(own, { url: "/leads?from=all" })).json()).items.map(
        ({ leadId, phone, email }) => [leadId, [phone, email]],
      ),
    );
  const both = await signedIn([
    { account: "7", role: "marketer" },
    { account: "8", role: "sales_manager" },
  ]);
  expect(await contactsOf(both)).toEqual({
    l1: ["+2•••67", "o•••@example.com"],
    l2: ["+2•••68", "t•••@example.com"],
    l3: ["+201001234569", "three@example.com"],
  });
  // What is masked cannot be found out by searching for it either.
  const found = async (search: string) =>
    LeadsAnswer.parse((await askAs(both, { url: `/leads?from=all&search=${search}` })).json())
      .items;
  expect((await found("1001234567")).map(({ leadId }) => leadId)).toEqual([]);
  expect((await found("one@example")).map(({ leadId }) => leadId)).toEqual([]);
  expect((await found("1001234569")).map(({ leadId }) => leadId)).toEqual(["l3"]);
});

it("gives nothing of another account away, at any address that can be read", async () => {
  const { paths } = (await app.inject("/openapi.json")).json() as {
    paths: Record<string, Record<string, unknown>>;
  };
  const addresses = Object.entries(paths).flatMap(([address, verbs]) =>
    "get" in verbs && address.startsWith("/api/v1/") && !address.endsWith("/stream")
      ? [address.slice("/api/v1".length)]
      : [],
  );
  expect(addresses.length).toBeGreaterThan(20);
  const findings = FindingsAnswer.parse(await ask({ url: "/findings" })).findings;
  const needed: Record<string, string> = {
    "/rows": "?kpi=spend&from=all&account=7",
    "/breakdown": "?by=account&from=all&account=7",
    "/compare": "?left=2025-01-03&right=2025-01-05",
    "/work/history": "?account=7&leadId=l1",
    "/exports/breakdown": "?by=account&from=all&account=7",
    "/exports/rows": "?kpi=spend&from=all&account=7",
    "/segments/pair": "?by=weekday&left=1&right=2&from=all&account=7",
    "/exports/leads": "?from=all&account=7",
    "/exports/campaigns": "?from=all&account=7",
    "/ads-or-follow-up": "?by=campaign&from=all&account=7",
    "/explore/report": "?format=json",
  };
  const secrets = /Palm|Invented (One|Two)|\b(one|two)@example|20100123456[78]|"c1"|"l[12]"/;
  for (const role of ROLES) {
    const own = await signedIn([{ account: "8", role }]);
    for (const address of addresses) {
      const urls = address.includes("{key}")
        ? findings.map(({ key }) => address.replace("{key}", encodeURIComponent(key)))
        : [`${address.replace("{leadId}", "l1")}${needed[address] ?? ""}`];
      for (const url of urls) {
        const answer = await askAs(own, { url });
        expect([200, 403, 404, 422], `${role} ${url}: ${answer.body}`).toContain(answer.statusCode);
        expect(answer.body, `${role} ${url}`).not.toMatch(secrets);
      }
    }
  }
  // The owner sees all that is looked for, so the pattern means something.
  const whole = await Promise.all(
    ["/leads?from=all", "/campaigns?from=all", "/facets"].map(
      async (url) => (await askAs(cookie, { url })).body,
    ),
  );
  for (const secret of ["Palm", "Invented One", "one@example", "201001234567", '"c1"', '"l1"']) {
    expect(whole.join("")).toContain(secret);
  }
});

it("takes a meaning from the page, and answers with the numbers it makes", async () => {
  const qualified = async () =>
    KpisAnswer.parse(await ask({ url: "/kpis?from=all" })).kpis.find(({ id }) => id === "qualified")
      ?.value;
  expect(await qualified()).toBe(1);
  const change = { default: { statusMap: { LOW_BUDGET: "qualified" } } };
  const answer = DefinitionsAnswer.parse(
    await ask({ method: "PATCH", url: "/definitions", payload: change }),
  );
  expect(answer.statuses.find(({ status }) => status === "LOW_BUDGET")).toEqual({
    status: "LOW_BUDGET",
    stage: "qualified",
    rows: 2, // l3 in the lead table and in the log
    leftOut: 0,
    origin: { from: "change", by: "owner", at: "2025-02-01T09:00:00.000Z" },
  });
  expect(await qualified()).toBe(2);
});

it("takes the import back as a whole", async () => {
  const { items } = ImportsAnswer.parse(await ask({ url: "/imports" }));
  const [{ importId }] = items as [ImportRow];
  await ask({ method: "POST", url: `/imports/${encodeURIComponent(importId)}/undo` });
  await desk.settled(importId);
  expect(FacetsAnswer.parse(await ask({ url: "/facets" }))).toMatchObject({ empty: true });
  const after = ImportsAnswer.parse(await ask({ url: "/imports" }));
  expect(after.items[0]?.state).toBe("undone");
});
