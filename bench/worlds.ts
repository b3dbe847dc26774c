/** The tables that benches measure on: ordinary ones, the large world, and one advertiser's share of the ordinary ones. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { WORLD_VERSION, writeWorld } from "../sample/world.ts";
import type { BenchContext } from "./measure.ts";

export interface Tables {
  readonly directory: string;
  /** What a reader is told. */
  readonly name: string;
}

/** Real tables beside the checkout where they are present, else the sample world of the same size. */
export async function ordinaryTables(context: BenchContext, scratch: string): Promise<Tables> {
  const real = path.join(context.root, "..", "shared", "data", "leadsmart");
  if (existsSync(path.join(real, "insights.csv"))) return { directory: real, name: "real tables" };
  const directory = path.join(scratch, "world-1");
  await writeWorld({ directory });
  context.log("the real tables are absent: the sample world at scale 1 stands in");
  return { directory, name: "sample ×1" };
}

/** The large world: made once where a folder for it is given, else for this run. */
export async function largeWorld(context: BenchContext, scratch: string) {
  const directory = context.world ?? path.join(scratch, "large");
  const summary = path.join(directory, "truth", "world.json");
  if (existsSync(summary)) {
    const { version, scale, files } = JSON.parse(readFileSync(summary, "utf8"));
    if (version !== WORLD_VERSION || scale !== context.scale)
      throw new Error(`${directory} holds another world: version ${version}, scale ${scale}`);
    return { directory, insightRows: Number(files.insights.rows) };
  }
  const started = performance.now();
  const world = await writeWorld({ directory, scale: context.scale });
  const tableRows = Object.entries(world.files).filter(([name]) => !name.startsWith("truth/"));
  const written = tableRows.reduce((sum, [, file]) => sum + file.rows, 0);
  const seconds = (performance.now() - started) / 1000;
  context.log(
    `×${context.scale} world: ${written.toLocaleString("en")} rows in ${seconds.toFixed(1)} s, ${Math.round(written / seconds).toLocaleString("en")} rows/s`,
  );
  return { directory, insightRows: world.files.insights?.rows ?? 0 };
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The tables of the account with the most leads, in a folder of their own. */
export async function oneAdvertiser(tables: Tables, scratch: string): Promise<Tables> {
  const directory = path.join(scratch, "one-advertiser");
  mkdirSync(directory, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const csv = (name: string) =>
    `read_csv(${quoted(path.join(tables.directory, `${name}.csv`))}, header = true, all_varchar = true)`;
  const keep = (name: string, where: string) =>
    connection.run(
      `COPY (FROM ${csv(name)} WHERE ${where}) TO ${quoted(path.join(directory, `${name}.csv`))} (HEADER)`,
    );
  try {
    await connection.run(`CREATE TABLE own AS
      SELECT id FROM ${csv("campaigns")} WHERE user_id = (
        SELECT c.user_id FROM ${csv("campaign_leads")} AS l JOIN ${csv("campaigns")} AS c ON c.id = l.campaign_id
        GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)`);
    await keep("campaigns", "id IN (FROM own)");
    await keep("insights", "campaign_id IN (FROM own)");
    await keep("campaign_leads", "campaign_id IN (FROM own)");
    await keep(
      "lead_status_changes",
      `lead_id IN (SELECT id FROM ${csv("campaign_leads")} WHERE campaign_id IN (FROM own))`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return { directory, name: `largest advertiser of ${tables.name}` };
}
