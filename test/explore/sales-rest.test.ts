import { afterAll, beforeAll, expect, it } from "vitest";
import { missingHours } from "../../src/explore/clock-changes.ts";
import { arrivalBursts } from "../../src/explore/rules/arrival-bursts.ts";
import { clockChange } from "../../src/explore/rules/clock-change.ts";
import { damagedIds } from "../../src/explore/rules/damaged-ids.ts";
import { futureSalesDates } from "../../src/explore/rules/future-sales-dates.ts";
import { leadOutage } from "../../src/explore/rules/lead-outage.ts";
import { leadsOutOfTime } from "../../src/explore/rules/leads-out-of-time.ts";
import { orphanRows } from "../../src/explore/rules/orphan-rows.ts";
import { refusedRows } from "../../src/explore/rules/refused-rows.ts";
import { statusMixChange } from "../../src/explore/rules/status-mix-change.ts";
import { timezoneEvidence } from "../../src/explore/rules/timezone-evidence.ts";
import { type House, insertRaw, openHouse, type RawRow } from "../marts/raw-world.ts";
import { findingsOf } from "./look-at.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const CAMPAIGNS = [{ campaign_id: "c1", account_id: "a1" }];
const two = (n: number) => String(n).padStart(2, "0");
const dayOf = (n: number) =>
  new Date(Date.UTC(2024, 2, 1) + n * 86_400_000).toISOString().slice(0, 10);
const lead = (lead_id: string, added_at: string): RawRow => ({
  lead_id,
  campaign_id: "c1",
  added_at,
});

it("finds rows of nobody: a log of an unknown lead, a lead of an unknown campaign", async () => {
  await house.settle({
    campaigns: CAMPAIGNS,
    campaign_leads: [
      lead("l1", "2024-05-01 10:00:00"),
      { ...lead("l2", "2024-05-01 10:00:00"), campaign_id: "c9" },
    ],
    lead_status_changes: [
      { lead_id: "l1", status: "NEW_LEAD", changed_at: "2024-05-01 10:00:00" },
      { lead_id: "l7", status: "NEW_LEAD", changed_at: "2024-05-01 10:00:00" },
    ],
  });
  const [finding] = await findingsOf(house, orphanRows);
  expect(Object.fromEntries(finding?.items.map((item) => [item.id, item.rows]) ?? [])).toEqual({
    lead: 1,
    log: 1,
  });
  expect(await house.warehouse.all(finding?.sql ?? "")).toHaveLength(2);
});

it("finds what is dated after the import or far behind all others, not the slow end of a table", async () => {
  const leads = Array.from({ length: 2000 }, (_, i) => lead(`l${i}`, `${dayOf(i % 100)} 10:00:00`));
  await house.settle({
    campaigns: CAMPAIGNS,
    campaign_leads: [
      ...leads,
      lead("late", `${dayOf(125)} 10:00:00`),
      lead("stray", `${dayOf(300)} 10:00:00`),
      lead("future", "2031-01-01 10:00:00"),
    ],
    lead_status_changes: [{ lead_id: "l1", status: "NEW_LEAD", changed_at: "2030-05-01 10:00:00" }],
  });
  const [finding] = await findingsOf(house, futureSalesDates);
  expect(finding).toMatchObject({ rows: 3, leads: 2 });
  const listed = await house.warehouse.all<{ lead_id: string }>(finding?.sql ?? "");
  expect(listed.map((row) => row.lead_id).sort()).toEqual(["future", "l1", "stray"]);
  expect(finding?.sentence.en).toContain("2 of them after the day of the import");
});

it("finds leads outside the life of their campaign, and says whose day and month are exchanged", async () => {
  const delivered = (campaign_id: string, from: string, days: number): RawRow[] =>
    Array.from({ length: days }, (_, i) => ({
      level: "ad_set",
      campaign_id,
      ad_set_id: `s-${campaign_id}`,
      day: new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10),
      spend_minor: 5000,
    }));
  const campaigns = [
    { campaign_id: "spring", account_id: "a1", start_time: "2024-05-02 09:00:00" },
    { campaign_id: "edge", account_id: "a1" },
    { campaign_id: "autumn", account_id: "a1", start_time: "2024-09-01 09:00:00" },
  ];
  const insights = [
    ...delivered("edge", "2024-03-01", 20),
    ...delivered("spring", "2024-05-02", 20),
    ...delivered("autumn", "2024-09-01", 60),
  ];
  const of = (campaign_id: string, lead_id: string, day: string): RawRow => ({
    lead_id,
    campaign_id,
    added_at: `${day} 12:00:00`,
  });
  const usual = [
    of("spring", "u1", "2024-05-06"),
    // A day before the start, and a form that somebody kept for ten days.
    of("spring", "u2", "2024-05-01"),
    of("spring", "u3", "2024-05-31"),
    // Before the insights begin, and after they end: nobody knows.
    of("edge", "u4", "2024-02-01"),
    of("autumn", "u5", "2024-12-20"),
  ];
  await house.settle({ campaigns, insights, campaign_leads: usual });
  expect(await findingsOf(house, leadsOutOfTime)).toEqual([]);
  // 4 May written as 5 April, 7 May as 5 July; one lead early and one late whatever its date is turned to.
  const stray = [
    of("spring", "x1", "2024-04-05"),
    of("spring", "x2", "2024-07-05"),
    of("autumn", "e1", "2024-06-25"),
    of("spring", "l1", "2024-08-29"),
  ];
  await house.settle({ campaigns, insights, campaign_leads: [...usual, ...stray] });
  const [finding] = await findingsOf(house, leadsOutOfTime);
  expect(finding).toMatchObject({ rows: 4, leads: 4 });
  expect(Object.fromEntries(finding?.items.map((item) => [item.id, item.rows]) ?? [])).toEqual({
    exchanged: 2,
    early: 1,
    late: 1,
  });
  expect(finding?.sentence.en).toContain("2 would fit with day and month exchanged");
  const listed = await house.warehouse.all<{ lead_id: string }>(finding?.sql ?? "");
  expect(listed.map((row) => row.lead_id).sort()).toEqual(["e1", "l1", "x1", "x2"]);
});

/** Twenty leads a day between nine and eighteen, with spend each day. */
function steady(gone: (day: number, hour: number) => boolean, spent: (day: number) => boolean) {
  const leads: RawRow[] = [];
  const insights: RawRow[] = [];
  for (let day = 0; day < 60; day++) {
    if (spent(day)) {
      insights.push({
        level: "ad_set",
        campaign_id: "c1",
        ad_set_id: "s1",
        day: dayOf(day),
        spend_minor: 5000,
      });
    }
    for (let i = 0; i < 20; i++) {
      const hour = 9 + (i % 10);
      if (gone(day, hour)) continue;
      leads.push(lead(`l${day}-${i}`, `${dayOf(day)} ${two(hour)}:${two(i)}:00`));
    }
  }
  return house.settle({ campaigns: CAMPAIGNS, campaign_leads: leads, insights });
}

it("finds the day without a lead while ads ran, and what was spent on it", async () => {
  await steady(
    (day) => day === 30,
    () => true,
  );
  const [finding] = await findingsOf(house, leadOutage);
  expect(finding).toMatchObject({ rows: 1, leads: 20, moneyMinor: 5000 });
  expect(finding?.sentence.en).toContain("31 Mar 2024");
});

it("finds nine days without a lead as well as one, each day with its leads and its money", async () => {
  await steady(
    (day) => day >= 25 && day < 34,
    () => true,
  );
  const [finding] = await findingsOf(house, leadOutage);
  expect(finding).toMatchObject({
    rows: 9,
    leads: 180,
    moneyMinor: 45_000,
    itemsTotal: 1,
    severity: "critical",
  });
  expect(finding?.sentence.en).toContain("26 Mar – 3 Apr 2024");
  const days = await house.warehouse.all<{ leads: number }>(finding?.sql ?? "");
  expect(days.map((day) => Number(day.leads))).toEqual(Array(9).fill(20));
});

it("finds the outage of one large account while leads of another come as ever", async () => {
  const leads: RawRow[] = [];
  const insights: RawRow[] = [];
  for (let day = 0; day < 60; day++) {
    for (const account of ["1", "2"]) {
      insights.push({
        level: "ad_set",
        campaign_id: `c${account}`,
        ad_set_id: `s${account}`,
        day: dayOf(day),
        spend_minor: 5000,
      });
      if (account === "2" && day >= 30 && day < 33) continue;
      for (let i = 0; i < 20; i++) {
        leads.push({
          ...lead(`l${account}-${day}-${i}`, `${dayOf(day)} ${two(9 + (i % 10))}:${two(i)}:00`),
          campaign_id: `c${account}`,
        });
      }
    }
  }
  const campaigns = ["1", "2"].map((id) => ({ campaign_id: `c${id}`, account_id: `a${id}` }));
  await house.settle({ campaigns, campaign_leads: leads, insights });
  const [finding] = await findingsOf(house, leadOutage);
  expect(finding).toMatchObject({ rows: 3, leads: 60, itemsTotal: 1 });
  expect(finding?.items[0]?.account).toBe("a2");
});

it("takes days between two great campaigns for no outage, where those that ran hardly ever bring a lead", async () => {
  const leads: RawRow[] = [];
  const insights: RawRow[] = [];
  const day = (n: number, campaign: string, arrived: number) => {
    insights.push({
      level: "ad_set",
      campaign_id: campaign,
      ad_set_id: `${campaign}s`,
      day: dayOf(n),
      spend_minor: 5000,
    });
    for (let i = 0; i < arrived; i++) {
      const at = `${dayOf(n)} ${two(9 + (i % 10))}:${two(i)}:00`;
      leads.push({ ...lead(`l${campaign}-${n}-${i}`, at), campaign_id: campaign });
    }
  };
  for (let n = 0; n < 63; n++) {
    for (const small of ["c3", "c4", "c5"]) day(n, small, n % 15 === 7 ? 1 : 0);
    if (n < 30) day(n, "c1", 20);
    if (n >= 33) day(n, "c2", 20);
  }
  await house.settle({
    campaigns: ["c1", "c2", "c3", "c4", "c5"].map((id) => ({ campaign_id: id, account_id: "a1" })),
    campaign_leads: leads,
    insights,
  });
  expect(await findingsOf(house, leadOutage)).toEqual([]);
});

it("takes a run of empty days for chance where days are as uneven as that", async () => {
  const leads: RawRow[] = [];
  const insights: RawRow[] = [];
  for (let day = 0; day < 120; day++) {
    insights.push({
      level: "ad_set",
      campaign_id: "c1",
      ad_set_id: "s1",
      day: dayOf(day),
      spend_minor: 5000,
    });
    // Three empty days in every ten; nobody can tell one more or less of them from a fault.
    if (day % 10 < 3 || (day >= 60 && day < 64)) continue;
    for (let i = 0; i < 12; i++)
      leads.push(lead(`l${day}-${i}`, `${dayOf(day)} ${two(9 + (i % 10))}:${two(i)}:00`));
  }
  await house.settle({ campaigns: CAMPAIGNS, campaign_leads: leads, insights });
  expect(await findingsOf(house, leadOutage)).toEqual([]);
});

it("takes no frozen totals of ended campaigns for ads that ran", async () => {
  const insights: RawRow[] = [];
  const leads: RawRow[] = [];
  for (let day = 0; day < 60; day++) {
    const pause = day >= 25 && day < 31;
    insights.push({
      level: "ad_set",
      campaign_id: "c1",
      ad_set_id: "s1",
      day: dayOf(day),
      spend_minor: pause || day === 24 ? 90_000 : 5000 + day,
      impressions: pause || day === 24 ? 70_000 : 4000 + 3 * day,
    });
    if (pause) continue;
    for (let i = 0; i < 20; i++)
      leads.push(lead(`l${day}-${i}`, `${dayOf(day)} ${two(9 + (i % 10))}:${two(i)}:00`));
  }
  await house.settle({ campaigns: CAMPAIGNS, campaign_leads: leads, insights });
  expect(await findingsOf(house, leadOutage)).toEqual([]);
});

it("takes neither a pause of the ads, nor a quiet hour, nor the end of the data for an outage", async () => {
  await steady(
    (day) => day === 30,
    (day) => day !== 30,
  );
  expect(await findingsOf(house, leadOutage)).toEqual([]);
  await steady(
    (day, hour) => (day === 30 && hour === 12) || day > 50,
    () => true,
  );
  expect(await findingsOf(house, leadOutage)).toEqual([]);
});

it("finds leads written in one second by an import, not days without a time", async () => {
  await house.settle({
    campaigns: CAMPAIGNS,
    campaign_leads: [
      ...Array.from({ length: 12 }, (_, i) => lead(`b${i}`, "2024-05-01 03:00:00")),
      ...Array.from({ length: 9 }, (_, i) => lead(`c${i}`, "2024-05-02 03:00:00")),
    ],
  });
  expect(await findingsOf(house, arrivalBursts)).toMatchObject([{ rows: 12, itemsTotal: 1 }]);
  await house.settle({
    campaigns: CAMPAIGNS,
    campaign_leads: Array.from({ length: 40 }, (_, i) => lead(`d${i}`, "2024-05-01 00:00:00")),
  });
  expect(await findingsOf(house, arrivalBursts)).toEqual([]);
});

it("finds a burst parted by the full minute, not ten leads a minute where each minute has seven", async () => {
  const second = (n: number) =>
    new Date(Date.UTC(2024, 4, 1, 9) + n * 1000).toISOString().slice(0, 19).replace("T", " ");
  await house.settle({
    campaigns: CAMPAIGNS,
    campaign_leads: [
      ...Array.from({ length: 12 }, (_, i) => lead(`b${i}`, second(40 + 3 * i))),
      ...Array.from({ length: 30 }, (_, i) => lead(`u${i}`, second(90_000 + 40_000 * i))),
    ],
  });
  expect(await findingsOf(house, arrivalBursts)).toMatchObject([{ rows: 12, itemsTotal: 1 }]);
  // Seven a minute all day, and one minute with twelve.
  await house.settle({
    campaigns: CAMPAIGNS,
    campaign_leads: [
      ...Array.from({ length: 3000 }, (_, i) => lead(`m${i}`, second(Math.floor((i * 60) / 7)))),
      ...Array.from({ length: 5 }, (_, i) => lead(`x${i}`, second(9001 + 7 * i))),
    ],
  });
  expect(await findingsOf(house, arrivalBursts)).toEqual([]);
});

it("finds the account whose logs begin three hours after each arrival, not the slow one", async () => {
  const accounts = ["usual", "shifted", "slow"];
  const rows = accounts.flatMap((account, a) =>
    Array.from({ length: 30 }, (_, i) => {
      const arrived = Date.UTC(2024, 2, 1 + i, 8, i);
      const waits = [0, 180, 130 + 7 * (i % 20)][a] ?? 0;
      const text = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ");
      return {
        lead: { lead_id: `${account}${i}`, campaign_id: account, added_at: text(arrived) },
        log: {
          lead_id: `${account}${i}`,
          status: "NEW_LEAD",
          changed_at: text(arrived + waits * 60_000 + 4000),
        },
      };
    }),
  );
  await house.settle({
    campaigns: accounts.map((id) => ({ campaign_id: id, account_id: id })),
    campaign_leads: rows.map((one) => one.lead),
    lead_status_changes: rows.map((one) => one.log),
  });
  const [finding] = await findingsOf(house, timezoneEvidence);
  expect(finding).toMatchObject({ rows: 30, items: [{ id: "shifted", rows: 30 }] });
  expect(finding?.sentence.en).toContain("begin 3 hours after each arrival, to the minute");
});

it("finds the month in which the mix of statuses turned", async () => {
  const mixed = (shares: readonly (readonly [string, number])[], changes = 200) =>
    house.settle({
      campaigns: CAMPAIGNS,
      campaign_leads: [lead("l1", "2024-01-01 00:00:00")],
      lead_status_changes: shares.flatMap(([month, qualified], m) =>
        Array.from({ length: changes }, (_, i) => ({
          lead_id: "l1",
          status: i < qualified ? "QUALIFIED" : "NO_ANSWER",
          changed_at: `${month}-${two(1 + (i % 28))} 10:${two(m)}:${two(i % 60)}`,
        })).filter(
          (row, i, all) => all.findIndex((one) => one.changed_at === row.changed_at) === i,
        ),
      ),
    });
  await mixed([
    ["2024-01", 60],
    ["2024-02", 75],
    ["2024-03", 150],
  ]);
  const [finding] = await findingsOf(house, statusMixChange, {
    thresholds: { "status-mix-change.leastChanges": 50 },
  });
  expect(finding).toMatchObject({ rows: 1, of: 3, items: [{ id: "2024-03" }] });
  expect(finding?.items[0]?.detail?.en).toMatch(/QUALIFIED.* more, .*NO_ANSWER.* less/);
  // The same turn among few changes is what the leads of one campaign do.
  await mixed(
    [
      ["2024-01", 18],
      ["2024-02", 22],
      ["2024-03", 45],
    ],
    60,
  );
  expect(
    await findingsOf(house, statusMixChange, {
      thresholds: { "status-mix-change.leastChanges": 50 },
    }),
  ).toEqual([]);
});

it("knows the hours that Cairo's clocks skipped", () => {
  expect(missingHours("Africa/Cairo", "2024-01-01", "2025-12-31")).toEqual([
    { zone: "Africa/Cairo", from: "2024-04-26 00:00:00", until: "2024-04-26 01:00:00" },
    { zone: "Africa/Cairo", from: "2025-04-25 00:00:00", until: "2025-04-25 01:00:00" },
  ]);
  expect(missingHours("Asia/Dubai", "2024-01-01", "2025-12-31")).toEqual([]);
});

it("finds log rows in the hour that the account's clocks skipped", async () => {
  const log = (day: string) =>
    Array.from({ length: 36 }, (_, i) => ({
      lead_id: "l1",
      status: "NO_ANSWER",
      changed_at: `${day} 00:${two(i)}:00`,
    }));
  const settle = (day: string) =>
    house.settle({
      campaigns: CAMPAIGNS,
      campaign_leads: [lead("l1", "2024-03-01 00:00:00"), lead("l2", "2024-06-01 00:00:00")],
      lead_status_changes: log(day),
    });
  await settle("2024-04-26");
  expect(await findingsOf(house, clockChange)).toMatchObject([
    { rows: 36, severity: "info", items: [{ id: "2024-04-26" }] },
  ]);
  await settle("2024-04-27");
  expect(await findingsOf(house, clockChange)).toEqual([]);
});

it("finds ids in scientific notation and ids cut to fifteen digits, not round ids of the platform", async () => {
  await house.settle({
    campaigns: [
      { campaign_id: "1.2E+17", account_id: "a1" },
      { campaign_id: "120210000000000100", account_id: "a1" },
      ...CAMPAIGNS,
    ],
    campaign_leads: [
      lead("123456789012345000", "2024-05-01 10:00:00"),
      lead("123456789012346000", "2024-05-01 10:00:00"),
      lead("12E4", "2024-05-01 10:00:00"),
    ],
  });
  const [finding] = await findingsOf(house, damagedIds);
  expect(finding?.items.map((item) => [item.id, item.rows]).sort()).toEqual([
    ["campaigns · scientific", 1],
    ["leads · cut", 2],
  ]);
});

it("counts refused records once and says why", async () => {
  await house.build(async (session) => {
    await insertRaw(session, { files: [] });
    await session.run(`UPDATE raw.files SET rows_read = 100`);
    await session.run(
      `INSERT INTO raw.rejects SELECT file_id, 7, 'added_at', '13/14/2024', 'BAD_DATE', 'no such day', 'x' FROM raw.files LIMIT 1`,
    );
    await session.run(
      `INSERT INTO raw.rejects SELECT file_id, 7, 'phone', NULL, 'MISSING_VALUE', 'empty', 'x' FROM raw.files LIMIT 1`,
    );
  });
  const [finding] = await findingsOf(house, refusedRows);
  expect(finding).toMatchObject({ rows: 1, severity: "warning", itemsTotal: 2 });
  expect(finding?.sentence.en).toContain("1 for a date, 0 for a number, 1 for a missing value");
});
