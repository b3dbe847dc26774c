import { afterAll, beforeAll, expect, it } from "vitest";
import { EVERYTHING, type Scope } from "../../src/domain/scope.ts";
import { type House, openHouse } from "./raw-world.ts";

const PHONE = "+201000000001";
const EMAIL = "someone@example.org";

let house: House;
beforeAll(async () => {
  house = await openHouse();
  const campaign = (id: string, account: string) => ({
    campaign_id: id,
    account_id: account,
    project_name: "Palm Court",
    start_time: "2025-03-01 00:00:00",
  });
  const lead = (id: string, campaign_id: string) => ({
    lead_id: id,
    campaign_id,
    name: "Invented Person",
    phone: PHONE,
    email: EMAIL,
    lead_status: "NEW_LEAD",
    added_at: "2025-03-02 10:00:00",
  });
  await house.settle({
    campaigns: [campaign("c1", "a1"), campaign("c2", "a2")],
    campaign_leads: [lead("0100000000001", "c1"), { ...lead("l2", "c2"), account_id: "a2" }],
  });
  const attributes = JSON.stringify({ "Second phone": "0100 000 0002", Budget: "2500000" });
  await house.build((session) =>
    session.run("UPDATE raw.campaign_leads SET attributes = $attributes::JSON", { attributes }),
  );
});
afterAll(() => house.close());

/** Cells of every row behind the leads, by lead. */
async function rowsFor(scope: Scope) {
  const query = {
    kpi: "leads",
    from: "all",
    basis: "corrected",
    dropped: false,
    limit: 9,
  } as const;
  const { items } = await house.queries.rows(
    { ...query, account: [], project: [], campaign: [] },
    scope,
  );
  return Object.fromEntries(items.map(({ cells }) => [cells.lead_id, cells]));
}

const PLAIN = { phone: PHONE, email: EMAIL, "Second phone": "0100 000 0002" };

it("rows of leads hold phones and e-mails for those who call, and masked ones for everybody else", async () => {
  const caller = await rowsFor(EVERYTHING);
  expect(caller["0100000000001"]).toMatchObject(PLAIN);
  for (const scope of [
    { accounts: "all", leads: "all" },
    { accounts: ["a1", "a2"], leads: ["a1", "a2"], contacts: [] },
  ] as const) {
    const told = await rowsFor(scope);
    expect(Object.keys(told).sort()).toEqual(["0100000000001", "l2"]);
    const text = JSON.stringify(told);
    for (const contact of Object.values(PLAIN)) expect(text).not.toContain(contact);
    // What reaches nobody stays: ids that look like numbers, answers to a form.
    expect(told["0100000000001"]).toMatchObject({ Budget: "2500000", lead_status: "NEW_LEAD" });
  }
});

it("of two accounts only the one that somebody calls is shown in plain; where a row names none, neither", async () => {
  const told = await rowsFor({
    accounts: ["a1", "a2"],
    leads: ["a1", "a2"],
    contacts: ["a2"],
  });
  expect(told.l2).toMatchObject(PLAIN);
  expect(JSON.stringify(told["0100000000001"])).not.toContain(PHONE);
  expect(
    (await rowsFor({ accounts: ["a1"], leads: ["a1"], contacts: ["a1"] }))["0100000000001"],
  ).toMatchObject(PLAIN);
});

it("whoever sees sums alone is told no name and nothing of what a form asked, yet every row that counts", async () => {
  const told = await rowsFor({ accounts: ["a1", "a2"], leads: ["a2"] });
  expect(Object.keys(told).sort()).toEqual(["0100000000001", "l2"]);
  const text = JSON.stringify(told["0100000000001"]);
  for (const secret of [...Object.values(PLAIN), "Invented Person", "2500000"])
    expect(text).not.toContain(secret);
  expect(told["0100000000001"]).toMatchObject({ lead_status: "NEW_LEAD" });
  expect(told.l2).toMatchObject({ name: "Invented Person", Budget: "2500000" });
});
