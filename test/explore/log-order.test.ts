import { afterAll, beforeAll, expect, it } from "vitest";
import { backwardTransitions } from "../../src/explore/rules/backward-transitions.ts";
import { contradictoryStatuses } from "../../src/explore/rules/contradictory-statuses.ts";
import { illegalTransitions } from "../../src/explore/rules/illegal-transitions.ts";
import { repeatedStatuses } from "../../src/explore/rules/repeated-statuses.ts";
import { statusBeforeLead } from "../../src/explore/rules/status-before-lead.ts";
import { wonFromNothing } from "../../src/explore/rules/won-from-nothing.ts";
import { type House, openHouse } from "../marts/raw-world.ts";
import { findingsOf } from "./look-at.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Leads of one campaign by their logs, `["status", "2024-05-01 10:00:00"]`; each arrives with its first row. */
function logged(...logs: (readonly [string, string])[][]) {
  return house.settle({
    campaigns: [{ campaign_id: "c1", account_id: "a1" }],
    campaign_leads: logs.map((log, i) => ({
      lead_id: `l${i + 1}`,
      campaign_id: "c1",
      lead_status: log.at(-1)?.[0] ?? null,
      added_at: log[0]?.[1] ?? null,
    })),
    lead_status_changes: logs.flatMap((log, i) =>
      log.map(([status, changed_at]) => ({ lead_id: `l${i + 1}`, status, changed_at })),
    ),
  });
}

it("finds the status that was logged before its lead came, and bears a clock a minute off", async () => {
  await house.settle({
    campaigns: [{ campaign_id: "c1", account_id: "a1" }],
    campaign_leads: ["l1", "l2", "l3"].map((lead_id) => ({
      lead_id,
      campaign_id: "c1",
      added_at: "2024-05-01 10:00:00",
    })),
    lead_status_changes: [
      { lead_id: "l1", status: "NEW_LEAD", changed_at: "2024-05-01 07:00:00" },
      { lead_id: "l1", status: "QUALIFIED", changed_at: "2024-05-01 11:00:00" },
      { lead_id: "l2", status: "NEW_LEAD", changed_at: "2024-05-01 09:59:00" },
      { lead_id: "l3", status: "NEW_LEAD", changed_at: "2024-05-01 10:00:02" },
    ],
  });
  const [finding, ...others] = await findingsOf(house, statusBeforeLead);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rows: 1, of: 4, leads: 1, items: [{ id: "a1", rows: 1 }] });
  expect(finding?.sentence.en).toContain("3 h");
  expect(finding?.sentence.en).not.toContain("time zones");
  expect(await house.warehouse.all(finding?.sql ?? "")).toMatchObject([
    { lead_id: "l1", line: 2, hours_early: 3 },
  ]);
});

it("tells a table in another time zone from single early rows", async () => {
  await house.settle({
    campaigns: [{ campaign_id: "c1", account_id: "a1" }],
    campaign_leads: Array.from({ length: 20 }, (_, i) => ({
      lead_id: `l${i}`,
      campaign_id: "c1",
      added_at: `2024-05-${10 + i} 10:00:00`,
    })),
    lead_status_changes: Array.from({ length: 20 }, (_, i) => ({
      lead_id: `l${i}`,
      status: "NEW_LEAD",
      changed_at: `2024-05-${10 + i} 07:00:0${i % 10}`,
    })),
  });
  const [finding] = await findingsOf(house, statusBeforeLead);
  expect(finding).toMatchObject({ severity: "critical", rows: 20 });
  expect(finding?.sentence.en).toContain("the same 3 hours");
  expect(finding?.proposals.find((one) => one.recommended)).toBeUndefined();
});

it("finds who left won, lost or the invalid, but not a wrong number called again the next day", async () => {
  await logged(
    [
      ["DONE_DEAL", "2024-05-01 10:00:00"],
      ["NEW_LEAD", "2024-06-01 10:00:00"],
    ],
    [
      ["NOT_QUALIFIED", "2024-05-01 10:00:00"],
      ["QUALIFIED", "2024-05-01 10:00:20"],
    ],
    [
      ["WRONG_NUMBER", "2024-05-01 10:00:00"],
      ["NO_ANSWER", "2024-05-02 10:00:00"],
    ],
    [
      ["SPAM", "2024-05-01 10:00:00"],
      ["QUALIFIED", "2024-05-01 10:30:00"],
    ],
    [
      ["NOT_QUALIFIED", "2024-05-01 10:00:00"],
      ["SPAM", "2024-05-01 10:30:00"],
    ],
    [
      ["QUALIFIED", "2024-05-01 10:00:00"],
      ["DONE_DEAL", "2024-05-01 10:30:00"],
    ],
  );
  const [finding] = await findingsOf(house, illegalTransitions);
  expect(finding).toMatchObject({ rows: 3, leads: 3 });
  expect(finding?.items.map((item) => item.id).sort()).toEqual([
    "DONE_DEAL → NEW_LEAD",
    "NOT_QUALIFIED → QUALIFIED",
    "SPAM → QUALIFIED",
  ]);
  expect(finding?.sentence.en).toContain("1 of these within a minute; 1 left a won deal");
});

it("finds steps down the funnel and counts those after a qualified status apart", async () => {
  await logged(
    [
      ["QUALIFIED", "2024-05-01 10:00:00"],
      ["NO_ANSWER", "2024-05-02 10:00:00"],
      ["QUALIFIED", "2024-05-03 10:00:00"],
    ],
    [
      ["FOLLOW_UP", "2024-05-01 10:00:00"],
      ["CALL_AGAIN", "2024-05-02 10:00:00"],
    ],
    [
      ["NO_ANSWER", "2024-05-01 10:00:00"],
      ["SWITCHED_OFF", "2024-05-02 10:00:00"],
      ["NOT_QUALIFIED", "2024-05-03 10:00:00"],
    ],
  );
  const [finding] = await findingsOf(house, backwardTransitions);
  expect(finding).toMatchObject({ rows: 2, leads: 2 });
  expect(finding?.sentence.en).toContain("1 of these after having been qualified");
});

it("finds a status said again, but takes attempts of two days for attempts", async () => {
  await logged(
    [
      ["NO_ANSWER", "2024-05-01 10:00:00"],
      ["NO_ANSWER", "2024-05-01 10:03:00"],
      ["NO_ANSWER", "2024-05-02 10:00:00"],
    ],
    [
      ["QUALIFIED", "2024-05-01 10:00:00"],
      ["QUALIFIED", "2024-05-09 10:00:00"],
    ],
  );
  const [finding] = await findingsOf(house, repeatedStatuses);
  expect(finding).toMatchObject({ rows: 2, leads: 2 });
  const listed = await house.warehouse.all<{ line: number }>(finding?.sql ?? "");
  expect(listed.map(({ line }) => line).sort()).toEqual([3, 6]);
});

it("finds yes and no within a minute, in either order, and not a change of mind", async () => {
  await logged(
    [
      ["QUALIFIED", "2024-05-01 10:00:00"],
      ["NOT_QUALIFIED", "2024-05-01 10:01:00"],
    ],
    [
      ["SPAM", "2024-05-01 10:00:00"],
      ["HIGH_INTEREST", "2024-05-01 10:00:05"],
    ],
    [
      ["QUALIFIED", "2024-05-01 10:00:00"],
      ["NOT_QUALIFIED", "2024-05-01 10:02:00"],
    ],
    [
      ["NO_ANSWER", "2024-05-01 10:00:00"],
      ["NOT_QUALIFIED", "2024-05-01 10:00:10"],
    ],
  );
  const [finding] = await findingsOf(house, contradictoryStatuses);
  expect(finding).toMatchObject({ rows: 2, leads: 2 });
});

it("says nothing of logs in order", async () => {
  await logged(
    [
      ["NEW_LEAD", "2024-05-01 10:00:00"],
      ["NO_ANSWER", "2024-05-01 12:00:00"],
      ["FOLLOW_UP", "2024-05-02 12:00:00"],
      ["QUALIFIED", "2024-05-03 12:00:00"],
      ["MEETING_DONE", "2024-05-06 12:00:00"],
      ["DONE_DEAL", "2024-05-16 12:00:00"],
    ],
    [
      ["NEW_LEAD", "2024-05-01 10:00:00"],
      ["QUALIFIED", "2024-05-02 12:00:00"],
      ["NOT_QUALIFIED", "2024-05-20 12:00:00"],
    ],
  );
  for (const rule of [
    statusBeforeLead,
    illegalTransitions,
    backwardTransitions,
    repeatedStatuses,
    contradictoryStatuses,
  ]) {
    expect(await findingsOf(house, rule)).toEqual([]);
  }
});

it("finds deals that came out of nothing, not those with a step between or before the log began", async () => {
  const asked = (rows: string[]): [string, string][] =>
    rows.map((status, i) => [status, `2024-05-0${1 + i} 10:00:00`]);
  await logged(
    asked(["NEW_LEAD", "DONE_DEAL"]),
    asked(["NEW_LEAD", "NO_ANSWER", "QUALIFIED", "DONE_DEAL"]),
    asked(["DONE_DEAL"]),
    asked(["NEW_LEAD", "QUALIFIED", "DONE_DEAL"]),
  );
  expect(await findingsOf(house, wonFromNothing)).toEqual([]);
  await logged(
    asked(["NEW_LEAD", "DONE_DEAL"]),
    asked(["NEW_LEAD", "NEW_LEAD", "DONE_DEAL", "QUALIFIED"]),
    asked(["NEW_LEAD", "NO_ANSWER", "DONE_DEAL"]),
    asked(["DONE_DEAL"]),
  );
  const [finding] = await findingsOf(house, wonFromNothing);
  expect(finding).toMatchObject({ rows: 2, of: 4, leads: 2, severity: "info" });
  expect(finding?.sentence.en).toContain("2 of 4 won leads");
});
