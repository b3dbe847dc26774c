import { afterEach, expect, it } from "vitest";
import {
  ClaimAnswer,
  KeptAnswer,
  MineAnswer,
  OutcomesAnswer,
  TeamAnswer,
  WorkHistoryAnswer,
  WorkLead,
} from "../../src/contract/work.ts";
import { openWorkHouse, type Rep, type WorkHouse } from "./work-house.ts";

let house: WorkHouse;
afterEach(() => house.close());

const manager = () => house.person("Mona", { account: "7", role: "sales_manager" });
const mine = async (rep: Rep, query = "") =>
  MineAnswer.parse((await rep.get(`/work/mine${query}`)).body);
const ids = async (rep: Rep, query = "") => (await mine(rep, query)).items.map((one) => one.leadId);
const outcome = (id: string, leadId: string, status: string, at: string, more: object = {}) => ({
  id,
  account: "7",
  leadId,
  status,
  at,
  ...more,
});

it("takes a list of leads row by row: kept, repeated, in conflict, or not the caller's to give", async () => {
  house = await openWorkHouse();
  const mona = await manager();
  const lead = { id: "n1", name: "Invented Six", phone: "0100 123 4570", campaignId: "c1" };
  const first = KeptAnswer.parse((await mona.post("/leads", lead)).body);
  expect(first).toMatchObject({ kept: 1, items: [{ account: "7", outcome: "kept" }] });
  house.pass(3);
  const { status, body } = await mona.post("/leads", [
    lead,
    { ...lead, phone: "0100 123 4571" },
    { id: "n2", account: "8", name: "Elsewhere" },
    { id: "n3", account: "7", campaignId: "c2" },
    { id: "n4", name: "Invented Seven", addedAt: "2025-02-03T09:00:00Z" },
  ]);
  expect(status).toBe(200);
  const told = KeptAnswer.parse(body).items.map(({ outcome, problem }) => problem?.code ?? outcome);
  expect(told).toEqual(["repeated", "EVENT_CONFLICT", "NOT_ALLOWED", "CAMPAIGN_ELSEWHERE", "kept"]);
});

it("shows a lead that just came in at once, with its number read, before any figure rests on it", async () => {
  house = await openWorkHouse();
  const mona = await manager();
  const sara = await house.rep("Sara", "7");
  await mona.post("/leads", {
    id: "n1",
    account: "7",
    name: "Invented Six",
    phone: "0100 123 4570",
    campaignId: "c1",
    assignedTo: "Sara",
  });
  const { items } = await mine(sara);
  expect(items.find((one) => one.leadId === "n1")).toMatchObject({
    name: "Invented Six",
    phone: "+201001234570",
    phoneValid: true,
    stage: "unknown",
    group: "new",
    arrivedAt: "2025-02-03T10:00:00.000Z",
    firstContactDueAt: "2025-02-03T11:00:00.000Z",
    assignee: sara.id,
  });
  const before = await house.workspace.warehouse.first<{ n: number }>(
    "SELECT count(*) AS n FROM marts.lead_outcome",
  );
  await house.work.settled();
  const after = await house.workspace.warehouse.first<{ n: number }>(
    "SELECT count(*) AS n FROM marts.lead_outcome",
  );
  expect([before?.n, after?.n]).toEqual([5, 6]);
  expect((await mine(sara)).items.find((one) => one.leadId === "n1")).toMatchObject({
    name: "Invented Six",
    phone: "+201001234570",
    campaign: "c1",
    project: "Palm Hills",
  });
});

it("lists calls as due, new by the time left, touched longest ago, then planned ones; pages do not overlap", async () => {
  house = await openWorkHouse();
  const sara = await house.rep("Sara", "7");
  expect(await ids(sara)).toEqual(["l2"]);
  await sara.post("/work/claim", { account: "7", count: 5 });
  // Due: l1 since Sunday 11:00, l2 at 12:30 today; l5 was followed up weeks ago.
  const all = await mine(sara);
  expect(all.items.map(({ leadId, group }) => [leadId, group])).toEqual([
    ["l1", "new"],
    ["l2", "new"],
    ["l5", "open"],
  ]);
  expect(all.items[1]?.firstContactDueAt).toBe("2025-02-03T10:30:00.000Z");
  await sara.post("/work/outcomes", {
    outcomes: [
      outcome("a", "l1", "NO_ANSWER", "2025-02-03T09:55:00Z", {
        nextAttemptAt: "2025-02-03T14:00:00Z",
      }),
      outcome("b", "l5", "CALL_AGAIN", "2025-02-03T09:58:00Z", {
        nextAttemptAt: "2025-02-03T10:05:00Z",
      }),
    ],
  });
  house.pass(10);
  expect((await mine(sara)).groups).toEqual({ due: 1, new: 1, open: 0, later: 1 });
  expect(await ids(sara)).toEqual(["l5", "l2", "l1"]);
  const first = await mine(sara, "?limit=2");
  const second = await mine(sara, `?limit=2&cursor=${first.next}`);
  expect([...first.items, ...second.items].map((one) => one.leadId)).toEqual(["l5", "l2", "l1"]);
  expect(second.next).toBe(null);
  expect(await ids(sara, "?search=%2020%20100%20123%204568")).toEqual(["l2"]);
  expect((await sara.get("/work/mine?cursor=bogus")).body.code).toBe("BAD_CURSOR");
});

it("of two who take the same lead at once exactly one has it, and the other learns who", async () => {
  house = await openWorkHouse();
  const sara = await house.rep("Sara", "7");
  const omar = await house.rep("Omar", "7");
  const claim = (rep: Rep) => rep.post("/work/claim", { account: "7", leadId: "l1" });
  const answers = await Promise.all([claim(sara), claim(omar)]);
  const won = answers.findIndex(({ status }) => status === 200);
  const [winner, loser] = won === 0 ? [sara, omar] : [omar, sara];
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers[1 - won]?.body).toMatchObject({
    code: "LEAD_TAKEN",
    details: { name: winner.name },
  });
  expect(await ids(winner)).toContain("l1");
  expect(await ids(loser)).not.toContain("l1");
  // Asked again, the winner still has it; the pool's next one is another.
  expect((await claim(winner)).status).toBe(200);
  const next = ClaimAnswer.parse((await loser.post("/work/claim", { account: "7" })).body);
  expect(next.items.map((one) => one.leadId)).toEqual(["l5"]);
  expect((await mine(loser)).accounts).toMatchObject([{ account: "7", pool: 0 }]);
});

it("keeps a rep to their own leads: others', of the same and of another account, are not there", async () => {
  house = await openWorkHouse();
  const sara = await house.rep("Sara", "7");
  const omar = await house.rep("Omar", "7");
  const at = "2025-02-03T09:00:00Z";
  for (const [account, leadId] of [
    ["7", "l2"],
    ["7", "l1"],
    ["8", "l3"],
    ["7", "none"],
  ]) {
    const told = await omar.post("/work/outcomes", {
      outcomes: [{ id: `o ${leadId}`, account, leadId, status: "SPAM", at }],
    });
    expect(told.status, JSON.stringify(told.body)).toBe(200);
    expect(told.body.items[0].problem.code, leadId).toBe("LEAD_UNKNOWN");
    expect((await omar.post("/work/undo", { account, leadId })).status, leadId).toBe(404);
    expect((await omar.get(`/work/history?account=${account}&leadId=${leadId}`)).status).toBe(404);
    const note = { id: "n", account, leadId, text: "hello" };
    expect((await omar.post("/work/notes", note)).status, leadId).toBe(404);
  }
  expect((await omar.post("/work/claim", { account: "8", count: 1 })).status).toBe(403);
  for (const url of ["/work/team", "/leads", "/kpis"])
    expect((await omar.get(url)).status).toBe(403);
  expect(await ids(sara)).toEqual(["l2"]);
  const entries = await house.workspace.store.work.entries("7", "l2");
  expect(entries).toEqual([]);
});

it("keeps what a phone queued once and in order, also of a lead that went to somebody else meanwhile", async () => {
  house = await openWorkHouse();
  const mona = await manager();
  const sara = await house.rep("Sara", "7");
  const omar = await house.rep("Omar", "7");
  await sara.post("/work/claim", { account: "7", leadId: "l1" });
  const queue = {
    outcomes: [
      outcome("q1", "l1", "NO_ANSWER", "2025-02-03T08:00:00Z"),
      outcome("q2", "l1", "FOLLOW_UP", "2025-02-03T09:00:00Z", { note: "Asked for a brochure" }),
      outcome("q3", "l1", "FOLLOW_UP", "2025-02-03T11:00:00Z"),
    ],
  };
  const first = OutcomesAnswer.parse((await sara.post("/work/outcomes", queue)).body);
  expect(first.items.map((one) => one.problem?.code ?? one.outcome)).toEqual([
    "kept",
    "kept",
    "OUTCOME_AHEAD",
  ]);
  const [moved] = (
    await mona.post("/work/assign", {
      leads: [{ account: "7", leadId: "l1" }],
      to: { person: omar.id },
    })
  ).body.items;
  expect(moved.outcome).toBe("kept");
  expect(await ids(omar)).toEqual(["l1"]);
  // Sent again, with one more that came before the others.
  const late = outcome("q0", "l1", "SWITCHED_OFF", "2025-02-03T07:00:00Z");
  const again = OutcomesAnswer.parse(
    (await sara.post("/work/outcomes", { outcomes: [late, ...queue.outcomes.slice(0, 2)] })).body,
  );
  expect(again.items.map((one) => one.outcome)).toEqual(["kept", "repeated", "repeated"]);
  const [lead] = (await mine(omar)).items;
  expect(lead).toMatchObject({ attempts: 3, status: "FOLLOW_UP", stage: "engaged" });
  const history = WorkHistoryAnswer.parse(
    (await omar.get("/work/history?account=7&leadId=l1")).body,
  );
  expect(history.items.map((one) => [one.kind, one.status, one.note])).toEqual([
    ["status", "SWITCHED_OFF", null],
    ["assigned", null, null],
    ["status", "FOLLOW_UP", "Asked for a brochure"],
    ["status", "NO_ANSWER", null],
    ["assigned", null, null],
  ]);
  expect(history.items[1]).toMatchObject({ byName: "Mona", assigneeName: "Omar" });
});

it("takes an outcome back within ten minutes, and it counts nowhere any more", async () => {
  house = await openWorkHouse();
  const sara = await house.rep("Sara", "7");
  const spend = async (id: string, status: string) => {
    const { body } = await sara.post("/work/outcomes", {
      outcomes: [outcome(id, "l2", status, "2025-02-03T09:59:00Z")],
    });
    return OutcomesAnswer.parse(body).items[0];
  };
  expect((await spend("a", "SPAM"))?.undoUntil).toBe("2025-02-03T10:10:00.000Z");
  expect(await ids(sara)).toEqual([]);
  await house.work.settled();
  const lead = WorkLead.parse(
    (await sara.post("/work/undo", { account: "7", leadId: "l2", id: "a" })).body,
  );
  expect(lead).toMatchObject({ status: "NEW_LEAD", stage: "new", attempts: 0, last: null });
  expect(await ids(sara)).toEqual(["l2"]);
  // Undone twice is undone once; the queue sent again brings nothing back.
  expect((await sara.post("/work/undo", { account: "7", leadId: "l2", id: "a" })).status).toBe(200);
  expect((await spend("a", "SPAM"))?.outcome).toBe("repeated");
  expect(await ids(sara)).toEqual(["l2"]);
  await house.work.settled();
  const log = await house.workspace.warehouse.all("SELECT * FROM raw.lead_status_changes");
  expect(log).toEqual([]);
  await spend("b", "NO_ANSWER");
  house.pass(11);
  const late = await sara.post("/work/undo", { account: "7", leadId: "l2" });
  expect(late.body).toMatchObject({ code: "NOTHING_TO_UNDO" });
});

it("deals new leads in turn, passing over who is away, and by load to who has least", async () => {
  house = await openWorkHouse({ "campaigns.csv": CAMPAIGNS_OF_7, "leads.csv": OLD_LEADS });
  const mona = await manager();
  const [sara, omar, hana] = [
    await house.rep("Sara", "7"),
    await house.rep("Omar", "7"),
    await house.rep("Hana", "7"),
  ];
  await house.define({ accounts: { "7": { assignment: "round_robin" } } });
  await hana.post("/work/leave", { from: "2025-02-01", to: "2025-02-05" });
  const send = (from: number, count: number) =>
    mona.post(
      "/leads",
      Array.from({ length: count }, (_, i) => ({ id: `n${from + i}`, account: "7" })),
    );
  await send(0, 4);
  expect((await ids(hana)).length).toBe(0);
  expect([(await ids(sara)).length, (await ids(omar)).length]).toEqual([2, 2]);
  await mona.post("/work/leave", {
    person: hana.id,
    from: "2025-02-01",
    to: "2025-02-05",
    cancel: true,
  });
  await house.define({ accounts: { "7": { assignment: "by_load" } } });
  await send(10, 5);
  const loads = await Promise.all([sara, omar, hana].map(async (rep) => (await ids(rep)).length));
  expect(loads).toEqual([3, 3, 3]);
  // The lead of half a year ago was never touched and still waits: nobody is given the past.
  const team = TeamAnswer.parse((await mona.get("/work/team")).body);
  expect(team.pool).toEqual([{ account: "7", leads: 1, overdue: 0 }]);
  const handed = await mona.post("/work/assign", { from: sara.id, to: { rule: "by_load" } });
  expect(handed.body).toMatchObject({ kept: 3 });
  expect(await ids(sara)).toEqual([]);
  expect((await ids(omar)).length + (await ids(hana)).length).toBe(9);
});

const CAMPAIGNS_OF_7 = `id,user_id,project_name,daily_budget,start_time,stop_time
c1,7,Palm Hills,500,2024-01-01 00:00:00,2025-03-10 00:00:00
`;
const OLD_LEADS = `id,campaign_id,name,email,phone,lead_status,added_date
o1,c1,Invented Old,old@example.com,01001234500,NEW_LEAD,2024-08-02 10:00:00
`;

it("tells a manager who has how many, who is late, what was done today, and which names are nobody's", async () => {
  house = await openWorkHouse();
  const mona = await manager();
  const sara = await house.rep("Sara", "7");
  await house.rep("Ziad", "8");
  await sara.post("/work/claim", { account: "7", leadId: "l1" });
  await sara.post("/work/outcomes", {
    outcomes: [outcome("a", "l2", "NO_ANSWER", "2025-02-03T09:00:00Z")],
  });
  const team = TeamAnswer.parse((await mona.get("/work/team")).body);
  expect(team.items).toEqual([
    {
      person: sara.id,
      name: "Sara",
      accounts: ["7"],
      open: 2,
      overdue: 1,
      doneToday: 1,
      away: [],
      awayNow: false,
    },
  ]);
  expect(team.pool).toEqual([{ account: "7", leads: 1, overdue: 0 }]);
  expect(team.strangers).toEqual([{ account: "7", name: "Nobody Here", leads: 1 }]);
});

it("sets statuses of programs by button or by word, and finds the account by the lead", async () => {
  house = await openWorkHouse();
  const mona = await house.person("Mona", { account: "*", role: "sales_manager" });
  const { body } = await mona.post(
    "/statuses",
    [
      { leadId: "l1", stage: "qualified" },
      { leadId: "l3", status: "دفع حجز", at: "2025-02-03T09:00:00Z" },
      { leadId: "none", status: "SPAM" },
      { leadId: "l1", account: "8", status: "SPAM" },
    ],
    { "idempotency-key": "batch-1" },
  );
  const told = KeptAnswer.parse(body);
  expect(told.items.map((one) => one.problem?.code ?? one.outcome)).toEqual([
    "kept",
    "kept",
    "LEAD_UNKNOWN",
    "LEAD_UNKNOWN",
  ]);
  await house.work.settled();
  const rows = await house.workspace.warehouse.all(
    "SELECT lead_id, status, stage FROM marts.lead_outcome WHERE lead_id IN ('l1', 'l3') ORDER BY lead_id",
  );
  expect(rows).toEqual([
    { lead_id: "l1", status: "QUALIFIED", stage: "qualified" },
    { lead_id: "l3", status: "دفع حجز", stage: null },
  ]);
});
