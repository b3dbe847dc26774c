/** Ids of arriving rows that another account uses too: then they mean other campaigns, other people. */
import type { FilePreview, TableName } from "../contract/imports.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { LoadedFile } from "./load.ts";
import { quoteText } from "./sql-text.ts";

export type SharedIds = FilePreview["sharedIds"];

export const NO_SHARED_IDS: SharedIds = { elsewhere: 0, unclear: 0 };

/** An id as its files write it: staging calls a shared one "id @ account". */
const written = (column: string) =>
  `CASE WHEN ends_with(${column}, ' @ ' || account_id)
        THEN left(${column}, length(${column}) - length(account_id) - 3) ELSE ${column} END`;

const literal = (text: string | null) => (text === null ? "NULL::VARCHAR" : quoteText(text));

const ofTable = (files: readonly LoadedFile[], table: TableName) =>
  files.filter((file) => file.table === table);

/** Campaign ids with their account: those that are there, and those whose lines arrive (`arriving`). */
function campaignsSql(files: readonly LoadedFile[]): string {
  const arriving = ofTable(files, "campaigns").map(
    (file) =>
      `SELECT DISTINCT campaign_id AS id, coalesce(account_id, ${literal(file.account)}) AS account, true AS arriving
       FROM ${file.rowsTable} WHERE coalesce(account_id, ${literal(file.account)}) IS NOT NULL`,
  );
  return [
    `SELECT DISTINCT ${written("campaign_id")} AS id, account_id AS account, false AS arriving FROM staging.campaigns`,
    ...arriving,
  ].join(" UNION ALL ");
}

/** Lead lines with the account they belong to; null where it is not known. */
function leadsSql(file: LoadedFile): string {
  return `
    SELECT l.lead_id AS id,
           staging.lead_account(c.account, l.account_id, ${literal(file.account)}, l.campaign_name) AS account
    FROM ${file.rowsTable} AS l LEFT JOIN shared_campaign_homes AS c ON c.id = l.campaign_id`;
}

/** How many rows name an id that only other accounts have, and how many an id of several accounts without saying whose. */
async function countIn(session: Session, rows: string, known: string): Promise<SharedIds> {
  const counts = await session.first<SharedIds>(`
    WITH known AS (
      SELECT id, list(DISTINCT account) AS accounts, list(DISTINCT account) FILTER (WHERE arriving) AS arriving
      FROM ${known} GROUP BY id
    )
    SELECT count(*) FILTER (WHERE r.account IS NOT NULL AND NOT list_contains(k.accounts, r.account)) AS elsewhere,
           count(*) FILTER (WHERE r.account IS NULL AND len(k.accounts) > 1 AND coalesce(len(k.arriving), 0) <> 1)
             AS unclear
    FROM (${rows}) AS r JOIN known AS k USING (id)`);
  return counts ?? NO_SHARED_IDS;
}

/**
 * What the files of one import would bring of ids that another account uses too.
 *
 * @returns one entry per file that holds such ids
 */
export async function sharedIdsOf(
  session: Session,
  files: readonly LoadedFile[],
): Promise<Map<LoadedFile, SharedIds>> {
  const found = new Map<LoadedFile, SharedIds>();
  const there = await session.first("SELECT 1 FROM staging.accounts LIMIT 1");
  if (there === null) return found;
  await session.run(`
    CREATE OR REPLACE TEMP TABLE shared_campaigns AS ${campaignsSql(files)};
    CREATE OR REPLACE TEMP TABLE shared_campaign_homes AS
      SELECT id, any_value(account) AS account FROM shared_campaigns GROUP BY id HAVING count(DISTINCT account) = 1
      UNION ALL
      SELECT id, any_value(account) FILTER (WHERE arriving) FROM shared_campaigns GROUP BY id
      HAVING count(DISTINCT account) > 1 AND count(DISTINCT account) FILTER (WHERE arriving) = 1;
    CREATE OR REPLACE TEMP TABLE shared_leads AS
      SELECT ${written("lead_id")} AS id, account_id AS account, false AS arriving FROM staging.campaign_leads`);
  try {
    for (const file of ofTable(files, "campaigns")) {
      const own = `coalesce(account_id, ${literal(file.account)})`;
      const rows = `SELECT campaign_id AS id, ${own} AS account FROM ${file.rowsTable}`;
      const known = "(SELECT * FROM shared_campaigns WHERE NOT arriving)";
      found.set(file, await countIn(session, rows, known));
    }
    for (const file of ofTable(files, "insights")) {
      const own = `coalesce(account_id, ${literal(file.account)})`;
      const rows = `SELECT campaign_id AS id, ${own} AS account FROM ${file.rowsTable}`;
      // An ad account may be called otherwise than its campaign's line calls it: that alone makes no other campaign.
      const { unclear } = await countIn(session, rows, "shared_campaigns");
      found.set(file, { elsewhere: 0, unclear });
    }
    for (const file of ofTable(files, "campaign_leads")) {
      found.set(file, await countIn(session, leadsSql(file), "shared_leads"));
    }
    for (const file of ofTable(files, "campaign_leads")) {
      await session.run(
        `INSERT INTO shared_leads SELECT DISTINCT id, account, true FROM (${leadsSql(file)}) WHERE account IS NOT NULL`,
      );
    }
    for (const table of ["lead_status_changes", "deals"] as const) {
      for (const file of ofTable(files, table)) {
        const rows = `SELECT lead_id AS id, ${literal(file.account)} AS account FROM ${file.rowsTable}`;
        const { unclear } = await countIn(session, rows, "shared_leads");
        found.set(file, { elsewhere: 0, unclear });
      }
    }
  } finally {
    await session.run(
      "DROP TABLE shared_campaigns; DROP TABLE shared_campaign_homes; DROP TABLE IF EXISTS shared_leads",
    );
  }
  return found;
}
