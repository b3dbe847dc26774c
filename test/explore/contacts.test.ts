import { afterAll, beforeAll, expect, it } from "vitest";
import { brokerPattern } from "../../src/explore/rules/broker-pattern.ts";
import { damagedPhones } from "../../src/explore/rules/damaged-phones.ts";
import { junkLeads } from "../../src/explore/rules/junk-leads.ts";
import { onePersonSeveralLeads } from "../../src/explore/rules/one-person-several-leads.ts";
import { placeholderContacts } from "../../src/explore/rules/placeholder-contacts.ts";
import { unusableEmails } from "../../src/explore/rules/unusable-emails.ts";
import { type House, openHouse, type RawRow } from "../marts/raw-world.ts";
import { findingsOf } from "./look-at.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const CAMPAIGNS = [1, 2, 3, 4].map((n) => ({
  campaign_id: `c${n}`,
  account_id: `a${n}`,
  project_name: `Project ${n}`,
}));
const CONTACT = ["name", "email", "phone"] as const;

function settle(leads: readonly RawRow[]) {
  return house.settle({
    campaigns: CAMPAIGNS,
    campaign_leads: leads.map((lead, i) => ({
      lead_id: `l${i}`,
      campaign_id: "c1",
      added_at: "2024-05-01 10:00:00",
      ...Object.fromEntries(CONTACT.map((name) => [name, null])),
      ...lead,
    })),
  });
}

/** A number that exists, another for each n. */
const mobile = (n: number) => `+2010${String(20_406_080 + 7 * n).padStart(8, "0")}`;
const phones = (...texts: string[]) => texts.map((phone) => ({ phone }));

it("sorts damaged phones by what is wrong, and takes foreign numbers without a plus for numbers", async () => {
  const sound = Array.from({ length: 20 }, (_, i) => mobile(i));
  await settle(
    phones(
      ...sound,
      ...["+971501234501", "+971501234502", "+971501234503", "971501234504"],
      "1.012E+11",
      "00000000000",
      "+201000000000",
      "no phone",
      "+2010",
      "+2010204060801020406080",
      "+20102040",
      "٠٠٢٠١٠٠٦٣٥٤٦٨١",
    ),
  );
  const [finding] = await findingsOf(house, damagedPhones);
  expect(finding).toMatchObject({ rows: 7, leads: 7, of: 32, severity: "warning" });
  expect(Object.fromEntries(finding?.items.map((item) => [item.id, item.rows]) ?? [])).toEqual({
    spreadsheet: 1,
    repeated: 2,
    wordy: 1,
    short: 1,
    long: 1,
    impossible: 1,
  });
});

it("finds addresses that reach nobody", async () => {
  await settle(
    [
      "mona@gmail.com",
      "mona@example.com",
      "mona.example.com",
      "mona@yopmail.com",
      "mona@inbox.mailinator.com",
      "mona@gmial.com",
      "mona@notyopmail.com",
    ].map((email) => ({ email })),
  );
  const [finding] = await findingsOf(house, unusableEmails);
  expect(Object.fromEntries(finding?.items.map((item) => [item.id, item.rows]) ?? [])).toEqual({
    malformed: 1,
    disposable: 2,
    mistyped: 1,
  });
});

it("counts the later leads of one number in one account, however it is written", async () => {
  await settle([
    { phone: "+201020406080", added_at: "2024-05-01 10:00:00" },
    { phone: "01020406080", added_at: "2024-05-04 10:00:00" },
    { phone: "0020 102 040 6080", added_at: "2024-05-05 10:00:00" },
    { phone: "+201020406080", campaign_id: "c2" },
    { phone: "00000000000" },
    { phone: "00000000000" },
    { email: "a@example.com" },
    { email: "a@example.com" },
    { email: "b@gmail.com" },
    { email: "B@gmail.com", added_at: "2024-05-09 10:00:00" },
  ]);
  const [finding] = await findingsOf(house, onePersonSeveralLeads);
  expect(finding).toMatchObject({ rows: 3, items: [{ id: "a1", rows: 3 }] });
  expect(finding?.sentence.en).toContain("3 leads (30%) are of 2 people");
  expect(finding?.sentence.en).toContain("1 person is known to more than one account");
  expect(finding?.proposals.map((one) => [one.kind, one.leads, one.recommended])).toEqual([
    ["exclude", -3, false],
    ["accept", null, false],
  ]);
  const [agreed] = await findingsOf(house, onePersonSeveralLeads, { repeatedPerson: "one_person" });
  expect(agreed?.proposals[0]?.recommended).toBe(true);
});

it("finds the number that asks in three accounts within days, not the one that comes back for a year", async () => {
  const asks = (phone: string, days: readonly string[]) =>
    days.map((day, i) => ({
      phone,
      campaign_id: `c${1 + (i % 3)}`,
      added_at: `${day} 10:00:00`,
    }));
  await settle([
    ...asks(mobile(1), ["2024-05-01", "2024-05-01", "2024-05-02", "2024-05-02", "2024-05-03"]),
    ...asks(mobile(2), ["2024-01-01", "2024-03-01", "2024-05-01", "2024-07-01", "2024-09-01"]),
    ...asks(mobile(3), ["2024-05-01", "2024-05-01", "2024-05-02"]),
  ]);
  const [finding] = await findingsOf(house, brokerPattern);
  expect(finding).toMatchObject({ rows: 5, itemsTotal: 1, items: [{ label: mobile(1).slice(1) }] });
  expect(finding?.proposals[0]).toMatchObject({ kind: "exclude", leads: -5, recommended: true });
});

it("finds the number that asks in three accounts under three names, however long it takes", async () => {
  const asks = (phone: string, names: readonly string[]) =>
    names.map((name, i) => ({
      name,
      phone,
      campaign_id: `c${1 + (i % 3)}`,
      added_at: `2024-0${1 + 2 * i}-01 10:00:00`,
    }));
  await settle([
    ...asks(mobile(1), ["Mona Said", "Karim Adel", "Sara Nabil", "Mona Said", "Hany Fathy"]),
    ...asks(mobile(2), ["Nour Samir", "Nour Samir", "nour samir", "Nour Samir", "Nour S."]),
  ]);
  const [finding] = await findingsOf(house, brokerPattern);
  expect(finding).toMatchObject({ rows: 5, itemsTotal: 1, items: [{ label: mobile(1).slice(1) }] });
});

it("knows trials of a form by name or address, and spares people with short names", async () => {
  await settle([
    ...["Test", "asdfgh", "aaaa", "12345", "تجربة", "test test"].map((name) => ({ name })),
    { name: "Mona Said", email: "test@gmail.com" },
    ...["Testa Rossi", "Ann", "Lee", "Aya", "Bo", "علي"].map((name) => ({ name })),
  ]);
  const [finding] = await findingsOf(house, junkLeads);
  expect(finding).toMatchObject({ rows: 7 });
  expect(finding?.items.map((item) => [item.id, item.rows])).toEqual([
    ["name", 6],
    ["address", 1],
  ]);
});

it("says once that contacts are placeholders, and then not that each phone is impossible", async () => {
  const made = Array.from({ length: 60 }, (_, i) => ({
    name: "Mona Said",
    email: `p${i}@example.org`,
    phone: `+20156${String(10_000_000 + 7919 * i)}`,
  }));
  await settle(made);
  expect(await findingsOf(house, placeholderContacts)).toMatchObject([{ rows: 60, itemsTotal: 2 }]);
  expect(await findingsOf(house, damagedPhones)).toEqual([]);
  await settle(made.map((lead, i) => ({ ...lead, phone: mobile(i) })));
  expect(await findingsOf(house, placeholderContacts)).toEqual([]);
});

it("takes phones with decimals or rounded to millions for a spreadsheet's", async () => {
  const sound = Array.from({ length: 20 }, (_, i) => mobile(i));
  const decimals = `${mobile(30).slice(1)}.0`;
  await settle(phones(...sound, decimals, "+201023000000", "201004000000", "201117000000"));
  expect(await findingsOf(house, damagedPhones)).toMatchObject([
    { rows: 4, items: [{ id: "spreadsheet", rows: 4 }] },
  ]);
  await settle(phones(...sound, "+201023000000"));
  expect(await findingsOf(house, damagedPhones)).toEqual([]);
});

it("takes addresses, single letters and marks for no names, and hyphens and apostrophes for parts of one", async () => {
  await settle(
    [
      ...["someone@example.org", "https://offers.example", "www.offers.example", "<script>"],
      ...["m", "ا", "...", "???"],
      ...["O'Hara", "Al-Sayed", "J. R. Adel", "د. منى", "Xu", "مي"],
    ].map((name) => ({ name })),
  );
  expect(await findingsOf(house, junkLeads)).toMatchObject([{ rows: 8 }]);
});
