import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LeadsQuery } from "../../src/contract/leads.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { type House, openHouse } from "./raw-world.ts";
import { haveReal, loadRealTables } from "./real-tables.ts";

/** What a lead's contact is by the files alone: its account is its campaign's, its stage what the usual statuses mean. */
const PLAIN = `
  CREATE TEMP TABLE plain AS
  WITH log AS (
    SELECT lead_id, min(changed_at) FILTER (WHERE status <> 'NEW_LEAD') AS touched_at,
           count(*) FILTER (WHERE status IN ('NO_ANSWER', 'SWITCHED_OFF', 'CALL_AGAIN')) AS attempts
    FROM (SELECT DISTINCT lead_id, status, changed_at FROM raw.lead_status_changes) GROUP BY lead_id
  )
  SELECT l.lead_id, c.account_id, l.added_at::DATE AS day, hour(l.added_at) AS hour, coalesce(g.attempts, 0) AS attempts,
         CASE WHEN g.touched_at IS NOT NULL THEN 'touched' WHEN l.lead_status = 'NEW_LEAD' THEN 'never'
              WHEN l.lead_status = 'UNKNOWN' THEN 'unrecorded' ELSE 'untimed' END AS contact
  FROM raw.campaign_leads AS l JOIN raw.campaigns AS c USING (campaign_id) LEFT JOIN log AS g USING (lead_id)`;

describe.skipIf(!haveReal)("the real tables (skipped where they are not on this machine)", () => {
  let house: House;
  let accounts: string[];
  beforeAll(async () => {
    house = await openHouse();
    await house.build(loadRealTables);
    accounts = (
      await house.warehouse.all<{ id: string }>(
        "SELECT account_id AS id FROM marts.accounts WHERE leads_since IS NOT NULL ORDER BY ALL",
      )
    ).map(({ id }) => id);
  }, 120_000);
  afterAll(() => house?.close());

  it("list as many leads through random filters as plain SQL over the files counts", async () => {
    const day = fc
      .integer({ min: 0, max: 500 })
      .map((n) => new Date(Date.UTC(2024, 5, 1) + n * 86_400_000).toISOString().slice(0, 10));
    const asked = fc.record({
      days: fc.tuple(day, day).map((pair) => pair.sort()),
      account: fc.option(fc.constantFrom(...accounts), { nil: null }),
      contact: fc.option(fc.constantFrom("touched", "untimed", "never", "unrecorded"), {
        nil: null,
      }),
      hour: fc.option(fc.integer({ min: 0, max: 23 }), { nil: null }),
      attempts: fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }),
    });
    const wrong: unknown[] = [];
    let seen = 0;
    const samples = fc.sample(asked, { numRuns: 60, seed: 11 });
    const expected = await house.warehouse.snapshot(async (session) => {
      await session.run(PLAIN);
      const counts: number[] = [];
      for (const { days, ...one } of samples) {
        const row = await session.first<{ n: number }>(
          `SELECT count(*) AS n FROM plain WHERE day BETWEEN $from::DATE AND $to::DATE
             AND ($account::VARCHAR IS NULL OR account_id = $account) AND ($contact::VARCHAR IS NULL OR contact = $contact)
             AND ($hour::INTEGER IS NULL OR hour = $hour::INTEGER)
             AND ($attempts::INTEGER IS NULL OR attempts = $attempts::INTEGER)`,
          { from: days[0] ?? "", to: days[1] ?? "", ...one },
        );
        counts.push(row?.n ?? 0);
      }
      await session.run("DROP TABLE plain");
      return counts;
    });
    for (const [i, { days, ...one }] of samples.entries()) {
      const given = Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null));
      const query = LeadsQuery.parse({ from: days[0], to: days[1], limit: 1, ...given });
      const { total } = await house.leads.leads(query, EVERYTHING);
      seen += total;
      if (total !== expected[i]) wrong.push({ days, ...one, total, expected: expected[i] });
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(1000);
  }, 120_000);
});
