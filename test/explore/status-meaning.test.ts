import { afterAll, beforeAll, expect, it } from "vitest";
import { bulkEdits } from "../../src/explore/rules/bulk-edits.ts";
import { currentVsLog } from "../../src/explore/rules/current-vs-log.ts";
import { labelDrift } from "../../src/explore/rules/label-drift.ts";
import { loggingGap } from "../../src/explore/rules/logging-gap.ts";
import { loggingStart } from "../../src/explore/rules/logging-start.ts";
import { neverTouched } from "../../src/explore/rules/never-touched.ts";
import { statusSpelling } from "../../src/explore/rules/status-spelling.ts";
import { substringTrap } from "../../src/explore/rules/substring-trap.ts";
import { unknownStatus } from "../../src/explore/rules/unknown-status.ts";
import { unmappedStatuses } from "../../src/explore/rules/unmapped-statuses.ts";
import { type House, openHouse, type RawRow } from "../marts/raw-world.ts";
import { findingsOf } from "./look-at.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const settle = (leads: readonly RawRow[], log: readonly RawRow[]) =>
  house.settle({
    campaigns: [{ campaign_id: "c1", account_id: "a1" }],
    campaign_leads: leads.map((lead) => ({ campaign_id: "c1", ...lead })),
    lead_status_changes: log,
  });

const lead = (lead_id: string, lead_status: string, added_at: string) => ({
  lead_id,
  lead_status,
  added_at,
});
const change = (lead_id: string, status: string, changed_at: string) => ({
  lead_id,
  status,
  changed_at,
});
const two = (n: number) => String(n).padStart(2, "0");

it("reads a status through case, spaces, marks, Arabic and a wrong letter, and leaves a new one alone", async () => {
  const written = ["qualified", "No Answer", "QUALIFIED!", "لا يَرُد", "QUALIFED", "CALL_BACK_MAYBE"];
  await settle(
    written.map((status, i) => lead(`l${i}`, status, "2024-05-01 10:00:00")),
    [change("l9", "QUALIFIED", "2024-05-01 10:00:00")],
  );
  const [spelling] = await findingsOf(house, statusSpelling);
  expect(spelling?.items.map((item) => [item.id, item.detail?.en]).sort()).toEqual(
    [
      ["qualified", "reads as QUALIFIED"],
      ["No Answer", "reads as NO_ANSWER"],
      ["QUALIFIED!", "reads as QUALIFIED"],
      ["لا يَرُد", "reads as NO_ANSWER"],
      ["QUALIFED", "reads as QUALIFIED"],
    ].sort(),
  );
  const [unmapped] = await findingsOf(house, unmappedStatuses);
  expect(unmapped).toMatchObject({ rows: 6, leads: 6, itemsTotal: 6 });
});

it("counts who is found only because a rejecting status holds the qualifying word", async () => {
  await settle(
    ["l1", "l2", "l3", "l4"].map((id) => lead(id, "NEW_LEAD", "2024-05-01 10:00:00")),
    [
      change("l1", "QUALIFIED", "2024-05-02 10:00:00"),
      change("l2", "NOT_QUALIFIED", "2024-05-02 10:00:00"),
      change("l3", "NOT_QUALIFIED", "2024-05-02 10:00:00"),
      change("l3", "QUALIFIED", "2024-05-03 10:00:00"),
      change("l4", "NO_ANSWER", "2024-05-03 10:00:00"),
    ],
  );
  const [finding] = await findingsOf(house, substringTrap);
  expect(finding).toMatchObject({ severity: "info", rows: 1, items: [{ id: "QUALIFIED" }] });
  expect(finding?.sentence.en).toMatch(/finds 3 leads; 2 ever were/);
});

it("counts minutes with ten of one status, and not nine, nor ten arrivals", async () => {
  const rows = [
    ...Array.from({ length: 12 }, (_, i) =>
      change(`q${i}`, "QUALIFIED", `2024-05-02 10:00:${two(i)}`),
    ),
    ...Array.from({ length: 3 }, (_, i) =>
      change(`q${20 + i}`, "QUALIFIED", `2024-05-03 1${i}:00:00`),
    ),
    ...Array.from({ length: 9 }, (_, i) =>
      change(`n${i}`, "NO_ANSWER", `2024-05-04 10:00:${two(i)}`),
    ),
    ...Array.from({ length: 15 }, (_, i) =>
      change(`a${i}`, "NEW_LEAD", `2024-05-05 10:00:${two(i)}`),
    ),
  ];
  await settle(
    rows.map((row) => lead(row.lead_id, row.status, "2024-05-01 10:00:00")),
    rows,
  );
  const [finding] = await findingsOf(house, bulkEdits);
  expect(finding).toMatchObject({ severity: "critical", rows: 12, itemsTotal: 1 });
  expect(finding?.sentence.en).toContain("12 of 15 ");
  expect(finding?.sentence.en).toContain("(80%)");
  expect(finding?.thresholds).toEqual([{ name: "perMinute", value: 10, seen: 12 }]);
  const [higher] = await findingsOf(house, bulkEdits, {
    thresholds: { "bulk-edits.perMinute": 13 },
  });
  expect(higher).toBeUndefined();
});

it("finds one account changing ten leads to many statuses in a minute", async () => {
  const statuses = ["QUALIFIED", "NO_ANSWER", "SPAM", "LOW_BUDGET", "FOLLOW_UP"];
  const rows = Array.from({ length: 10 }, (_, i) =>
    change(`l${i}`, statuses[i % 5] ?? "", `2024-05-02 10:00:${two(i)}`),
  );
  await settle(
    rows.map((row) => lead(row.lead_id, row.status, "2024-05-01 10:00:00")),
    rows,
  );
  const [finding] = await findingsOf(house, bulkEdits);
  expect(finding).toMatchObject({ rows: 10, itemsTotal: 5 });
});

/** Twenty leads a month from January on; logged from May on, a tenth of them before. */
function halfLogged() {
  const leads: RawRow[] = [];
  const log: RawRow[] = [];
  for (let month = 1; month <= 8; month++) {
    for (let i = 1; i <= 20; i++) {
      const id = `l${month}-${i}`;
      const at = `2024-${two(month)}-${two(i)} 10:00:00`;
      const known = month >= 5 || i % 10 === 0;
      leads.push(lead(id, known ? "NEW_LEAD" : i === 1 ? "QUALIFIED" : "UNKNOWN", at));
      if (known) log.push(change(id, "NEW_LEAD", at));
    }
  }
  return settle(leads, log);
}

it("finds the first month in which half of the leads are logged", async () => {
  await halfLogged();
  const [finding] = await findingsOf(house, loggingStart);
  expect(finding).toMatchObject({ severity: "critical", rows: 72, of: 160, itemsTotal: 4 });
  expect(finding?.sentence.en).toContain(
    "starts in May 2024: 100% of the leads since then are logged, 10%",
  );
  expect(finding?.picture?.series[0]?.values).toEqual([0.1, 0.1, 0.1, 0.1, 1, 1, 1, 1]);
});

it("finds the month of which the log lacks most leads, and no month where few do", async () => {
  const months = [1, 2, 3, 4, 5, 6].map((month) => ({ month, logged: month === 4 ? 4 : 27 }));
  const leads = months.flatMap(({ month }) =>
    Array.from({ length: 30 }, (_, i) =>
      lead(`l${month}-${i}`, "NEW_LEAD", `2024-${two(month)}-${two(1 + (i % 28))} 10:00:00`),
    ),
  );
  const log = months.flatMap(({ month, logged }) =>
    Array.from({ length: logged }, (_, i) =>
      change(`l${month}-${i}`, "NEW_LEAD", `2024-${two(month)}-${two(1 + (i % 28))} 10:00:00`),
    ),
  );
  await settle(leads, log);
  const [finding] = await findingsOf(house, loggingGap);
  expect(finding).toMatchObject({ rows: 26, of: 180, items: [{ id: "2024-04" }] });
  expect(finding?.sentence.en).toContain("In Apr 2024 13.3% of 30 leads");
  await settle(leads, [
    ...log,
    ...Array.from({ length: 20 }, (_, i) =>
      change(`l4-${4 + i}`, "NEW_LEAD", `2024-04-${two(1 + (i % 28))} 10:00:00`),
    ),
  ]);
  expect(await findingsOf(house, loggingGap)).toEqual([]);
});

it("reads the unknown status as a stand-in for a missing log", async () => {
  await halfLogged();
  const [finding] = await findingsOf(house, unknownStatus);
  expect(finding).toMatchObject({ rows: 72, of: 160 });
  expect(finding?.sentence.en).toContain("68 leads (42.5% of all)");
  expect(finding?.items.map((item) => [item.id, item.rows])).toEqual([
    ["UNKNOWN", 68],
    ["QUALIFIED", 4],
  ]);
});

it("says nothing of the start where every lead is logged, nor of a status that logged leads have too", async () => {
  await settle(
    Array.from({ length: 60 }, (_, i) =>
      lead(`l${i}`, i < 30 ? "UNKNOWN" : "NEW_LEAD", `2024-05-${two(1 + (i % 28))} 10:00:00`),
    ),
    Array.from({ length: 60 }, (_, i) =>
      change(`l${i}`, i < 30 ? "UNKNOWN" : "NEW_LEAD", "2024-06-01 10:00:00"),
    ),
  );
  expect(await findingsOf(house, loggingStart)).toEqual([]);
  expect(await findingsOf(house, unknownStatus)).toEqual([]);
});

it("finds the lead whose table and log disagree, not one spelt otherwise or logged twice at once", async () => {
  await settle(
    [
      lead("l1", "QUALIFIED", "2024-05-01 10:00:00"),
      lead("l2", "no answer", "2024-05-01 10:00:00"),
      lead("l3", "SPAM", "2024-05-01 10:00:00"),
    ],
    [
      change("l1", "QUALIFIED", "2024-05-02 10:00:00"),
      change("l1", "NOT_QUALIFIED", "2024-05-03 10:00:00"),
      change("l2", "NO_ANSWER", "2024-05-02 10:00:00"),
      change("l3", "SPAM", "2024-05-02 10:00:00"),
      change("l3", "WRONG_NUMBER", "2024-05-02 10:00:00"),
    ],
  );
  const [finding] = await findingsOf(house, currentVsLog);
  expect(finding).toMatchObject({ rows: 1, items: [{ id: "NOT_QUALIFIED → QUALIFIED" }] });
  expect(finding?.sentence.en).toContain("qualified only in the table: 1, only in the log: 0");
});

it("tells the share never touched and how long the others waited", async () => {
  await settle(
    ["l1", "l2", "l3", "l4"].map((id) => lead(id, "NEW_LEAD", "2024-05-01 10:00:00")),
    [
      ...["l1", "l2", "l3", "l4"].map((id) => change(id, "NEW_LEAD", "2024-05-01 10:00:00")),
      change("l3", "NO_ANSWER", "2024-05-01 20:00:00"),
      change("l4", "QUALIFIED", "2024-05-02 06:00:00"),
      change("l4", "MEETING_DONE", "2024-05-09 06:00:00"),
    ],
  );
  const [finding] = await findingsOf(house, neverTouched);
  expect(finding).toMatchObject({ severity: "info", rows: 2, of: 4 });
  expect(finding?.sentence.en).toContain("(50%)");
  expect(finding?.sentence.en).toContain("15 h");
});

/** Two hundred logged leads a month, `qualified[i]` of them ever qualified. */
function months(qualified: readonly number[]) {
  const leads: RawRow[] = [];
  const log: RawRow[] = [];
  for (const [m, good] of qualified.entries()) {
    for (let i = 0; i < 200; i++) {
      const id = `l${m}-${i}`;
      const at = `2024-${two(m + 1)}-${two(1 + (i % 28))} 10:00:00`;
      leads.push(lead(id, i < good ? "QUALIFIED" : "NEW_LEAD", at));
      log.push(change(id, "NEW_LEAD", at));
      if (i < good) log.push(change(id, "QUALIFIED", "2024-12-01 10:00:00"));
    }
  }
  return settle(leads, log);
}

it("tells a share that falls from month to month from one that only shakes", async () => {
  await months([60, 45, 30, 12]);
  const [finding] = await findingsOf(house, labelDrift);
  expect(finding).toMatchObject({ severity: "info", rows: 4 });
  expect(finding?.sentence.en).toContain("Jan 2024 30% of 200, Feb 2024 22.5% of 200");
  expect(finding?.sentence.en).toContain("a factor of 5");
  // A month with none at all is a drift too, and no factor is endless.
  await months([60, 45, 30, 0]);
  expect((await findingsOf(house, labelDrift))[0]?.sentence.en).toContain("a factor of 120");
  await months([20, 26, 17, 22]);
  expect(await findingsOf(house, labelDrift)).toEqual([]);
  // Slow: threefold, but over twelve months.
  await months([90, 85, 77, 70, 62, 56, 50, 46, 42, 37, 33, 30]);
  expect(await findingsOf(house, labelDrift)).toEqual([]);
});
