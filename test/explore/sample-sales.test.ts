import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { writeWorld } from "../../sample/world.ts";
import type { Finding } from "../../src/contract/explore.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { findAll, plainFinding } from "../../src/explore/find.ts";
import { openLook } from "../../src/explore/look.ts";
import { SALES_RULES } from "../../src/explore/sales-rules.ts";
import type { Session } from "../../src/warehouse/warehouse.ts";
import { type House, openHouse } from "../marts/raw-world.ts";

const root = mkdtempSync(path.join(os.tmpdir(), "leadsmart-sales-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The tables of a sample world straight into raw.*, lines counted from 2. */
async function load(session: Session, folder: string): Promise<void> {
  const csv = (name: string) =>
    `(SELECT *, row_number() OVER () + 1 AS line
      FROM read_csv('${path.join(folder, name)}', header = true, all_varchar = true, parallel = false))`;
  const file = (id: number, table: string) =>
    `INSERT INTO raw.files VALUES (${id}, 'i1', '${table}.csv', 'b${id}', '${table}', 'leadsmart', NULL, NULL, NULL,
       '[]', '{}', 0, 0, 0, 0, TIMESTAMP '2026-07-01');`;
  await session.run(`
    ${file(1, "campaigns")} ${file(2, "insights")} ${file(3, "campaign_leads")} ${file(4, "lead_status_changes")}
    INSERT INTO raw.campaigns BY NAME
    SELECT 1 AS file_id, line, id AS campaign_id, user_id AS account_id, project_name,
           start_time::TIMESTAMP AS start_time, stop_time::TIMESTAMP AS stop_time FROM ${csv("campaigns.csv")};
    INSERT INTO raw.insights BY NAME
    SELECT 2 AS file_id, line, 'ad_set' AS level, campaign_id, ad_set_id, created_at::TIMESTAMP::DATE AS day,
           (spend::DECIMAL(18,4) * 100)::BIGINT AS spend_minor FROM ${csv("insights.csv")};
    INSERT INTO raw.campaign_leads BY NAME
    SELECT 3 AS file_id, line, id AS lead_id, campaign_id, name, email, phone, lead_status,
           added_date::TIMESTAMP AS added_at FROM ${csv("campaign_leads.csv")};
    INSERT INTO raw.lead_status_changes BY NAME
    SELECT 4 AS file_id, line, lead_id, status, created_at::TIMESTAMP AS changed_at
    FROM ${csv("lead_status_changes.csv")}`);
}

async function explored(folder: string): Promise<{ house: House; found: Map<string, Finding> }> {
  const house = await openHouse();
  await house.build((session) => load(session, folder));
  const look = await openLook(house.warehouse, {
    scope: EVERYTHING,
    definitions: readDefinitions([], "a test"),
  });
  const { live } = await findAll(look, SALES_RULES);
  await look.close();
  return { house, found: new Map(live.map((one) => [one.rule.id, plainFinding(one)])) };
}

it("on a clean world little is said, and all of it is information", async () => {
  const folder = path.join(root, "clean");
  await writeWorld({ directory: folder, seed: 11, scale: 0.05, clean: true });
  const { house, found } = await explored(folder);
  expect(
    [...found.keys()].filter((id) => !["never-touched", "substring-trap"].includes(id)),
  ).toEqual([]);
  for (const one of found.values()) expect(one.severity).toBe("info");
  await house.close();
}, 60_000);

interface Fault {
  readonly rule: string;
  readonly table: string;
  readonly ids: { readonly lead_id?: number; readonly lead_ids?: readonly number[] };
}

/** Fault class of the sample world → the rule that finds it, and the table it is planted in. */
const FOUND_BY = [
  ["damaged_phones", "damaged-phones", "campaign_leads"],
  ["disposable_emails", "unusable-emails", "campaign_leads"],
  ["shared_person", "one-person-several-leads", "campaign_leads"],
  ["broker_pattern", "broker-pattern", "campaign_leads"],
  ["test_campaigns", "junk-leads", "campaign_leads"],
  ["unmapped_status", "unmapped-statuses", "lead_status_changes"],
  ["unmapped_status", "status-spelling", "lead_status_changes"],
  ["status_before_lead", "status-before-lead", "lead_status_changes"],
] as const;

it("on a messy world every lead with a planted fault is found, and hardly another", async () => {
  const folder = path.join(root, "messy");
  await writeWorld({ directory: folder, seed: 12, scale: 0.05 });
  const { house, found } = await explored(folder);
  const faults = readFileSync(path.join(folder, "truth", "faults.json"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Fault);
  const leadsOf = (some: readonly Fault[]) =>
    new Set(
      some
        .flatMap(({ ids }) => ids.lead_ids ?? (ids.lead_id === undefined ? [] : [ids.lead_id]))
        .map(String),
    );
  // A trial of a form has a made-up phone, which is damaged too.
  const trials = leadsOf(faults.filter((one) => one.rule === "test_campaigns"));
  for (const [fault, rule, table] of FOUND_BY) {
    const planted = leadsOf(faults.filter((one) => one.rule === fault && one.table === table));
    const rows = await house.warehouse.all<{ lead_id: string }>(found.get(rule)?.sql ?? "SELECT 1");
    const listed = new Set(rows.map((row) => row.lead_id));
    const missed = [...planted].filter((id) => !listed.has(id));
    const beside = [...listed].filter((id) => !planted.has(id) && !trials.has(id));
    expect([fault, planted.size > 0]).toEqual([fault, true]);
    expect([rule, missed]).toEqual([rule, []]);
    expect([rule, beside.length <= Math.max(1, 0.03 * planted.size)]).toEqual([rule, true]);
  }
  expect(found.get("bulk-edits")?.severity).not.toBe("info");
  expect(found.get("logging-start")?.severity).toBe("critical");
  expect(found.get("unknown-status")?.sentence.en).toContain("UNKNOWN");
  await house.close();
}, 60_000);
