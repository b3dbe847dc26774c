import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type PushService, startPushService } from "../../sim/push/push-service.ts";
import { createPeopleDesk } from "../../src/workflows/people.ts";
import { createPushDesk } from "../../src/workflows/push.ts";
import type { PushDesk } from "../../src/workflows/push-desk.ts";
import { openWorkHouse, type Rep, type WorkHouse } from "../api/work-house.ts";

let house: WorkHouse;
let service: PushService;
let push: PushDesk;
let sara: Rep;
let mona: Rep;
const owner = { person: "owner", grants: [{ account: "*", role: "owner" as const }] };

const openDesk = () =>
  createPushDesk(
    house.workspace,
    { work: house.work, people: createPeopleDesk(house.workspace.store, house.workspace.clock) },
    { services: [service.origin], tries: 4, firstWaitMs: 20 },
  );

beforeEach(async () => {
  house = await openWorkHouse();
  service = await startPushService(() => house.workspace.clock.now().getTime());
  push = openDesk();
  await house.define({ default: { assignment: "by_hand" } });
  sara = await house.rep("Sara", "7");
  mona = await house.person("Mona", { account: "7", role: "sales_manager" });
});
afterEach(async () => {
  await push.close();
  await house.close();
  await service.close();
});

const lead = (id: string) => ({
  id,
  account: "7",
  project: "Palm Hills",
  name: "Invented Person",
  phone: "+201001234567",
  email: "invented@example.com",
});
const assign = (leadId: string, to: string) =>
  mona.post("/work/assign", { leads: [{ account: "7", leadId }], to: { person: to } });
const heard = () =>
  service.received.map(({ text }) => JSON.parse(text) as { title: string; body: string });
const arrived = async (count: number) => {
  await expect.poll(() => service.received.length, { timeout: 5000, interval: 10 }).toBe(count);
};

it("a lead that is given to somebody is on their device within a second, with its project and nothing of the person", async () => {
  await push.register(sara.id, { ...service.subscribe(), language: "en" });
  await mona.post("/leads", lead("n1"));
  await push.settled();
  await arrived(1);
  expect(heard()).toEqual([
    expect.objectContaining({
      title: "New lead",
      body: "Palm Hills · Nobody has it yet: take it first.",
    }),
  ]);
  const began = Date.now();
  expect((await assign("n1", sara.id)).body.kept).toBe(1);
  await arrived(2);
  const ms = (service.received[1]?.at ?? 0) - began;
  console.info(`assigned → push service: ${ms} ms`);
  expect(ms).toBeLessThan(1000);
  expect(heard()[1]).toMatchObject({
    title: "New lead",
    body: "Palm Hills · On your list: call now.",
  });
  for (const { text, headers } of service.received) {
    expect(text).not.toMatch(/Invented|2010|example/);
    expect(headers.urgency).toBe("high");
  }
  expect(service.refused).toEqual([]);
});

it("many at once are one alert, in the device's language; what people did themselves is no news to them", async () => {
  await push.register(sara.id, { ...service.subscribe(), language: "ar" });
  await push.register(mona.id, service.subscribe());
  await mona.post("/leads", ["n1", "n2", "n3"].map(lead));
  await arrived(1);
  await mona.post("/work/assign", {
    leads: ["n1", "n2", "n3"].map((leadId) => ({ account: "7", leadId })),
    to: { person: sara.id },
  });
  await arrived(2);
  expect(heard()[1]).toMatchObject({ title: "3 عملاء جدد" });
  // Claimed by herself, and given by the manager to the manager.
  await mona.post("/leads", [lead("n4"), lead("n5")]);
  await arrived(3);
  await sara.post("/work/claim", { account: "7", leadId: "n4" });
  await assign("n5", mona.id);
  await new Promise((resolve) => setTimeout(resolve, 400));
  await push.settled();
  expect(service.received).toHaveLength(3);
});

it("a service that cannot now is asked again, one that knows the device no more is asked never again", async () => {
  const phone = service.subscribe();
  const old = service.subscribe();
  await push.register(sara.id, phone);
  await push.register(sara.id, old);
  service.expire(old);
  service.fail(503, 429, 500);
  await mona.post("/leads", lead("n1"));
  await arrived(1);
  await push.settled();
  expect((await push.about(sara.id)).devices).toBe(1);
  expect(await push.trial(sara.id)).toEqual({ sent: 1, failed: 0 });
  const { items } = await push.alerts(owner);
  expect(items.find(({ person }) => person === sara.id)).toMatchObject({
    alerts: true,
    devices: 1,
    lastSentAt: house.workspace.clock.now().toISOString(),
  });
});

it("nobody hears who is silenced or was removed, and a device tells one person alone", async () => {
  const phone = service.subscribe();
  await push.register(sara.id, phone);
  await push.setAlerts(owner, sara.id, false);
  await mona.post("/leads", lead("n1"));
  await new Promise((resolve) => setTimeout(resolve, 400));
  await push.settled();
  expect(service.received).toEqual([]);
  await push.setAlerts(owner, sara.id, true);
  // Somebody else signs in on the same phone.
  const omar = await house.rep("Omar", "7");
  await push.register(omar.id, phone);
  expect((await push.about(sara.id)).devices).toBe(0);
  await house.workspace.store.people.remove(omar.id);
  await mona.post("/leads", lead("n2"));
  await new Promise((resolve) => setTimeout(resolve, 400));
  await push.settled();
  expect(service.received).toEqual([]);
});

it("what happened while the server was away is told when it is back, unless it is old by then", async () => {
  await push.register(sara.id, service.subscribe());
  await push.settled();
  await push.close();
  await mona.post("/leads", lead("n1"));
  push = openDesk();
  await arrived(1);
  await push.settled();
  await push.close();
  await mona.post("/leads", lead("n2"));
  house.pass(20);
  push = openDesk();
  await push.settled();
  expect(service.received).toHaveLength(1);
});

it("a program hears of every lead once it is told where, and no more after that", async () => {
  const told: string[] = [];
  let fail = 1;
  const program = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      if (fail-- > 0) return response.writeHead(500).end();
      told.push(body);
      return response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => program.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = program.address() as AddressInfo;
    const { secret } = await push.setHook(`http://127.0.0.1:${port}/new`);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(await push.alerts(owner)).toMatchObject({ hook: `http://127.0.0.1:${port}/new` });
    await mona.post("/leads", lead("n1"));
    await expect.poll(() => told.length, { timeout: 5000 }).toBe(1);
    expect(JSON.parse(told[0] ?? "")).toMatchObject({
      event: "lead.waiting",
      account: "7",
      leadId: "n1",
      project: "Palm Hills",
      assignee: null,
    });
    expect(told[0]).not.toMatch(/Invented|2010|example/);
    await push.setHook(null);
    await mona.post("/leads", lead("n2"));
    await new Promise((resolve) => setTimeout(resolve, 400));
    await push.settled();
    expect(told).toHaveLength(1);
  } finally {
    program.close();
  }
});
