import { afterEach, expect, it } from "vitest";
import { openDoor, type TestDoor } from "./fakes.ts";

let door: TestDoor;
afterEach(() => door.app.close());

it("gives the report whole and in parts, each of the caller's own accounts", async () => {
  door = await openDoor({ grants: [{ account: "7", role: "owner" }] });
  const whole = await door.ask({ url: "/api/v1/explore?asOf=2025-01-15" });
  expect(Object.keys(whole.json())).toContain("relations");
  const parts: Record<string, string[]> = {
    findings: ["findings", "checked"],
    profile: ["tables", "relations"],
    waterfall: ["waterfall"],
    insights: ["insights"],
    questions: ["questions"],
  };
  for (const [address, members] of Object.entries(parts)) {
    const answer = await door.ask({ url: `/api/v1/${address}` });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(Object.keys(answer.json()).sort()).toEqual(members.sort());
  }
  await door.ask({ url: "/api/v1/findings/bulk-edits:QUALIFIED/rows?limit=5" });
  await door.ask({ url: "/api/v1/ads-or-follow-up?by=project&from=all" });
  const compared = await door.ask({ url: "/api/v1/compare?left=i-1&right=2025-01-15" });
  expect(compared.json()).toMatchObject({ left: { label: "i-1" } });
  await door.ask({ url: "/api/v1/treatments" });
  expect(door.asked.map(({ scope }) => scope)).toEqual(
    Array.from({ length: 10 }, () => ({ accounts: ["7"], leads: ["7"], contacts: ["7"] })),
  );
  expect(door.asked[0]?.query).toEqual({ asOf: "2025-01-15" });
  expect(door.asked.at(-4)?.query).toMatchObject({ finding: "bulk-edits:QUALIFIED", limit: 5 });
});

it("refuses a parameter that it does not know, and a period that ends before it begins", async () => {
  door = await openDoor();
  const odd = await door.ask({ url: "/api/v1/findings?acount=7" });
  expect(odd.json()).toMatchObject({ status: 400, code: "BAD_REQUEST" });
  const turned = await door.ask({
    url: "/api/v1/ads-or-follow-up?from=2025-02-01&to=2025-01-01",
  });
  expect(turned.json()).toMatchObject({ status: 400, code: "BAD_PERIOD" });
});

const post = (url: string, payload: object, key?: string) =>
  door.ask({
    method: "POST",
    url: `/api/v1${url}`,
    payload,
    ...(key === undefined ? {} : { headers: { "idempotency-key": key } }),
  });

it("accepts a treatment once per key, for all items unless some are named", async () => {
  door = await openDoor();
  const body = { finding: "negative-values", kind: "exclude" };
  const first = await post("/treatments", body, "k1");
  const again = await post("/treatments", body, "k1");
  expect(again.json()).toEqual(first.json());
  const other = await post("/treatments", { ...body, kind: "flag" }, "k1");
  expect(other.json()).toMatchObject({ status: 409, code: "IDEMPOTENCY_CONFLICT" });
  await post("/treatments", { ...body, items: ["c1"] });
  expect(door.explore.decided).toEqual([
    { ...body, items: null, by: "owner" },
    { ...body, items: ["c1"], by: "owner" },
  ]);
});

it("withdraws a treatment, and takes answers of any kind of value", async () => {
  door = await openDoor();
  const gone = await door.ask({ method: "DELETE", url: "/api/v1/treatments/t-1" });
  expect(gone.json()).toMatchObject({ id: "t-1", withdrawn: { by: "owner" } });
  const values = ["billed", 2.5, null, ["new", "unknown"], { "Call later": "attempting" }];
  for (const value of values) {
    const answered = await post("/questions/status:Call%20later/answer", { value });
    expect(answered.json()).toEqual({ question: null });
  }
  expect(door.explore.decided.slice(1)).toEqual(
    values.map((value) => ({ question: "status:Call later", value, by: "owner" })),
  );
});

it("lets nobody decide for the whole workspace who holds only a part of it", async () => {
  door = await openDoor({ grants: [{ account: "7", role: "owner" }] });
  const tries = [
    await post("/treatments", { finding: "negative-values", kind: "exclude" }),
    await post("/questions/budget-meaning/answer", { value: "net" }),
    await door.ask({ method: "DELETE", url: "/api/v1/treatments/t-1" }),
  ];
  for (const refused of tries) {
    expect(refused.json()).toMatchObject({ status: 403, code: "NOT_ALLOWED" });
  }
  expect(door.explore.decided).toEqual([]);
});
