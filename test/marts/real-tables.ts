/** The real tables, read straight into raw.* for tests that run before or without ingest. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Session } from "../../src/warehouse/warehouse.ts";

export const REAL = path.resolve("../shared/data/leadsmart");
export const haveReal = existsSync(path.join(REAL, "facts.json"));

const csv = (name: string) =>
  `read_csv('${path.join(REAL, name)}', header = true, all_varchar = true, parallel = false)`;

const file = (id: number, name: string, table: string) =>
  `INSERT INTO raw.files VALUES (${id}, 'i1', '${name}', 'blob${id}', '${table}', 'leadsmart', NULL, NULL, NULL,
     '[]', '{}', 0, 0, 0, 0, TIMESTAMP '2026-01-01');`;

/** Fills raw.* with the four real tables, one file each, lines counted from 2. */
export async function loadRealTables(session: Session): Promise<void> {
  await session.run(`
    ${file(1, "campaigns.csv", "campaigns")}
    ${file(2, "insights.csv", "insights")}
    ${file(3, "campaign_leads.csv", "campaign_leads")}
    ${file(4, "lead_status_changes.csv", "lead_status_changes")}
    INSERT INTO raw.campaigns BY NAME
    SELECT 1 AS file_id, row_number() OVER () + 1 AS line, id AS campaign_id, user_id AS account_id, project_name,
           round(daily_budget::DECIMAL(18,4) * 100)::BIGINT AS daily_budget_minor,
           start_time::TIMESTAMP AS start_time, stop_time::TIMESTAMP AS stop_time FROM ${csv("campaigns.csv")};
    INSERT INTO raw.insights BY NAME
    SELECT 2 AS file_id, row_number() OVER () + 1 AS line, 'ad_set' AS level, campaign_id, ad_set_id,
           created_at::TIMESTAMP::DATE AS day, (spend::DECIMAL(18,4) * 100)::BIGINT AS spend_minor,
           impressions::BIGINT AS impressions, clicks::BIGINT AS clicks, reach::BIGINT AS reach
    FROM ${csv("insights.csv")};
    INSERT INTO raw.campaign_leads BY NAME
    SELECT 3 AS file_id, row_number() OVER () + 1 AS line, id AS lead_id, campaign_id, name, email, phone, lead_status,
           added_date::TIMESTAMP AS added_at FROM ${csv("campaign_leads.csv")};
    INSERT INTO raw.lead_status_changes BY NAME
    SELECT 4 AS file_id, row_number() OVER () + 1 AS line, lead_id, status, created_at::TIMESTAMP AS changed_at
    FROM ${csv("lead_status_changes.csv")};
  `);
}

interface Fact {
  readonly id: string;
  readonly value: unknown;
}

/** The value of one figure of the facts file. */
export function fact<T>(id: string): T {
  const { facts } = JSON.parse(readFileSync(path.join(REAL, "facts.json"), "utf8")) as {
    facts: Fact[];
  };
  const found = facts.find((one) => one.id === id);
  if (found === undefined) throw new Error(`facts.json has no figure ${id}`);
  return found.value as T;
}
