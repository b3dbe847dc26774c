import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { STAGES } from "../../src/domain/stages.ts";
import { openHouse } from "./raw-world.ts";

const ROOMS = ["src/quality/sql", "src/marts/sql"];
/** Steps that leave the temporary tables which later steps read. */
const LEAVE_TABLES = [
  "src/quality/sql/campaign-accounts.sql",
  "src/quality/sql/campaign-owner.sql",
  "src/quality/sql/lead-copies.sql",
  "src/quality/sql/lead-shared.sql",
  "src/quality/sql/insight-repeats.sql",
  "src/quality/sql/lead-accounts.sql",
  "src/quality/sql/lead-doubles.sql",
  "src/quality/sql/new-phones.sql",
  "src/quality/sql/treat-begin.sql",
  "src/marts/sql/build-campaign-keys.sql",
  "src/marts/sql/build-lead-keys.sql",
];

it("every named query of these rooms fits the schema it is written for", async () => {
  const house = await openHouse();
  await house.warehouse.write(async (session) => {
    for (const file of LEAVE_TABLES) await session.run(readFileSync(file, "utf8"));
    const waits = readFileSync("src/marts/sql/lead-waits.sql", "utf8").replace(/^--.*\n/gm, "");
    const filled = waits.replaceAll("$own", "'[]'").replaceAll(/\$[a-z_]+/g, "NULL");
    await session.run(`CREATE TEMP TABLE lead_waits AS ${filled}`);
    let checked = 0;
    for (const room of ROOMS) {
      for (const name of readdirSync(room).sort()) {
        const file = `${room}/${name}`;
        const statements = await session.connection.extractStatements(readFileSync(file, "utf8"));
        expect({ file, statements: statements.count > 0 }).toEqual({ file, statements: true });
        for (let i = 0; i < statements.count; i++) {
          const prepared = await statements.prepare(i).catch((error: unknown) => {
            throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
          });
          prepared.destroySync();
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(60);
  });
  await house.close();
});

/**
 * Queries that answer no caller by themselves: the build, parts of other queries, what has no account, and what asks the
 * waits of leads alone, which are narrowed.
 */
const UNASKED =
  /^(build-|clear|schema|unresolved|lead-search|leads-as-of|lead-speed-(totals|attempts|groups|times))/;

it("every query that answers a caller is narrowed wherever it reads delivery, leads or campaigns", () => {
  const wide: string[] = [];
  for (const name of readdirSync("src/marts/sql")) {
    if (UNASKED.test(name)) continue;
    const text = readFileSync(`src/marts/sql/${name}`, "utf8").replace(/^--.*\n/gm, "");
    if (!/\/\*(narrow|scope|account) \w\*\//.test(text)) wide.push(name);
    for (const [read, alias] of text.matchAll(
      /marts\.(?:delivery_corrected|leads_corrected|campaign_day|lead_outcome) AS (\w)/g,
    )) {
      if (!new RegExp(`/\\*(narrow|scope) ${alias}\\*/`).test(text)) wide.push(`${name}: ${read}`);
    }
  }
  expect(wide).toEqual([]);
});

it("the marts know the same stages as the definitions, in the same order", async () => {
  const house = await openHouse();
  const row = await house.warehouse.first<{ stages: string[] }>(
    "SELECT enum_range(NULL::marts.stage)::VARCHAR[] AS stages",
  );
  expect(row?.stages).toEqual([...STAGES]);
  await house.close();
});
