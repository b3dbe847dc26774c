import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { writeWorld } from "../../sample/world.ts";
import type { Finding } from "../../src/contract/explore.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { DELIVERY_RULES } from "../../src/explore/delivery-rules.ts";
import { findAll, plainFinding } from "../../src/explore/find.ts";
import { openLook } from "../../src/explore/look.ts";
import type { Session } from "../../src/warehouse/warehouse.ts";
import { openHouse } from "../marts/raw-world.ts";

const root = mkdtempSync(path.join(os.tmpdir(), "leadsmart-delivery-"));
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
    ${file(1, "campaigns")} ${file(2, "insights")} ${file(3, "campaign_leads")}
    INSERT INTO raw.campaigns BY NAME
    SELECT 1 AS file_id, line, id AS campaign_id, user_id AS account_id, project_name,
           (daily_budget::DECIMAL(18,4) * 100)::BIGINT AS daily_budget_minor,
           start_time::TIMESTAMP AS start_time, stop_time::TIMESTAMP AS stop_time FROM ${csv("campaigns.csv")};
    INSERT INTO raw.insights BY NAME
    SELECT 2 AS file_id, line, 'ad_set' AS level, campaign_id, ad_set_id, created_at::TIMESTAMP::DATE AS day,
           (spend::DECIMAL(18,4) * 100)::BIGINT AS spend_minor, impressions::BIGINT AS impressions,
           clicks::BIGINT AS clicks, reach::BIGINT AS reach FROM ${csv("insights.csv")};
    INSERT INTO raw.campaign_leads BY NAME
    SELECT 3 AS file_id, line, id AS lead_id, campaign_id, lead_status, added_date::TIMESTAMP AS added_at
    FROM ${csv("campaign_leads.csv")}`);
}

async function explored(folder: string) {
  const house = await openHouse();
  await house.build((session) => load(session, folder));
  const look = await openLook(house.warehouse, {
    scope: EVERYTHING,
    definitions: readDefinitions([], "a test"),
  });
  const { live } = await findAll(look, DELIVERY_RULES);
  await look.close();
  const found = new Map<string, Finding>(live.map((one) => [one.rule.id, plainFinding(one)]));
  return {
    found,
    /** Values of a column of all rows behind a finding. */
    async listed(rule: string, column: string) {
      const sql = found.get(rule)?.sql;
      const rows = sql ? await house.warehouse.all<Record<string, unknown>>(sql) : [];
      return [...new Set(rows.map((row) => String(row[column])))].sort();
    },
    close: () => house.close(),
  };
}

interface Planted {
  readonly rule: string;
  readonly table: string;
  readonly lines?: readonly number[];
  readonly ids: Readonly<Record<string, unknown>>;
}

it("on clean worlds three things are said, all for information", async () => {
  for (const seed of [21, 22]) {
    const folder = path.join(root, `clean-${seed}`);
    await writeWorld({ directory: folder, seed, scale: 0.1, clean: true });
    const world = await explored(folder);
    const natural = ["leads-no-qualified", "live-budget", "spend-no-lead"];
    expect(
      [...world.found.keys()].filter((id) => !natural.includes(id)),
      `seed ${seed}`,
    ).toEqual([]);
    expect(new Set([...world.found.values()].map((one) => one.severity))).toEqual(
      new Set(["info"]),
    );
    await world.close();
  }
}, 60_000);

it("finds what was planted in messy worlds: nothing missed, nothing added", async () => {
  for (const seed of [31, 32, 33]) {
    const folder = path.join(root, `messy-${seed}`);
    await writeWorld({ directory: folder, seed, scale: 0.1 });
    const planted = readFileSync(path.join(folder, "truth", "faults.json"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Planted);
    const of = (rule: string) => planted.filter((one) => one.rule === rule);
    const campaigns = (rule: string) =>
      [...new Set(of(rule).map((one) => String(one.ids.campaign_id)))].sort();
    const lines = (rule: string) =>
      of(rule)
        .filter((one) => one.table === "insights")
        .map((one) => String(one.lines?.at(-1)))
        .sort();
    const world = await explored(folder);
    const said = `seed ${seed}`;
    const totals = campaigns("cumulative_series");
    expect(await world.listed("cumulative-series", "campaign_id"), said).toEqual(totals);
    expect(await world.listed("swapped-columns", "campaign_id"), said).toEqual(
      campaigns("swapped_columns"),
    );
    expect(await world.listed("never-delivered", "campaign_id"), said).toEqual(
      campaigns("never_delivered"),
    );
    expect(await world.listed("over-budget", "campaign_id"), said).toEqual(
      campaigns("over_budget"),
    );
    expect(await world.listed("test-campaigns", "campaign_id"), said).toEqual(
      campaigns("test_campaigns"),
    );
    expect(await world.listed("duplicate-campaigns", "campaign_id"), said).toEqual(
      campaigns("duplicate_campaigns"),
    );
    expect(await world.listed("project-spelling", "campaign_id"), said).toEqual(
      campaigns("project_spelling"),
    );
    expect(
      (await world.listed("spend-after-stop", "campaign_id")).filter((id) => !totals.includes(id)),
      said,
    ).toEqual(campaigns("spend_after_stop"));
    expect(await world.listed("clicks-over-impressions", "line"), said).toEqual(
      lines("clicks_over_impressions"),
    );
    expect(await world.listed("negative-values", "line"), said).toEqual(lines("negative_values"));
    const doubles = world.found
      .get("exact-duplicates")
      ?.items.find((item) => item.id === "insights");
    expect(doubles?.rows ?? 0, said).toBe(lines("duplicate_rows").length);
    expect(world.found.get("repeated-block")?.rows, said).toBe(
      of("repeated_block").reduce(
        (sum, one) => sum + ((one.lines?.[1] ?? 0) - (one.lines?.[0] ?? 0) + 1),
        0,
      ),
    );
    await world.close();
  }
}, 120_000);
