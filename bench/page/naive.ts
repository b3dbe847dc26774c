/** The rival: one SELECT per number on the tables as received, in DuckDB, drawn with Observable Plot. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Browser } from "playwright-core";
import { openWindow } from "../../test/browser/browser.ts";
import type { Tables } from "../worlds.ts";
import { type Filters, queryOf } from "./repaint.ts";

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Rival</title></head><body>
<dl id="numbers"></dl><div id="trend"></div><div id="projects"></div><div id="accounts"></div><div id="funnel"></div>
<table id="campaigns"></table><script src="/d3.js"></script><script src="/plot.js"></script><script>
window.brush = async (query) => {
  const started = performance.now();
  const answer = await (await fetch("/brush?" + query)).json();
  const show = (id, ...nodes) => document.getElementById(id).replaceChildren(...nodes);
  const text = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
  show("numbers", ...answer.numbers.flatMap(({ name, value }) => [text("dt", name), text("dd", value)]));
  const days = answer.trend.map((row) => ({ ...row, day: new Date(row.id) }));
  show("trend", Plot.plot({ width: 800, marks: [Plot.lineY(days, { x: "day", y: "spend" }), Plot.barY([], {})] }),
    Plot.plot({ width: 800, marks: [Plot.lineY(days, { x: "day", y: "leads" })] }));
  const bars = (rows) => Plot.plot({ width: 500, marginLeft: 140, marks: [Plot.barX(rows, { x: "n", y: "id", sort: { y: "-x" } })] });
  show("projects", bars(answer.projects));
  show("accounts", bars(answer.accounts));
  show("funnel", bars(answer.funnel));
  show("campaigns", ...answer.campaigns.map((row) => {
    const line = document.createElement("tr");
    line.append(...Object.values(row).map((value) => text("td", value)));
    return line;
  }));
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started))));
};</script></body></html>`;

const INSIGHTS = "insights AS i JOIN campaigns AS c ON c.id = i.campaign_id";
const LEADS = "leads AS l JOIN campaigns AS c ON c.id = l.campaign_id";
const QUALIFIED = "l.lead_status IN ('QUALIFIED', 'HIGH_INTEREST', 'MEETING_DONE', 'DONE_DEAL')";
const UNDECIDED = "l.lead_status IN ('NEW_LEAD', 'UNKNOWN')";
const SPENT =
  "i.created_at::TIMESTAMP::DATE BETWEEN $from::DATE AND $to::DATE AND ($account IS NULL OR c.user_id = $account)";
const CAME =
  "l.added_date::TIMESTAMP::DATE BETWEEN $from::DATE AND $to::DATE AND ($account IS NULL OR c.user_id = $account)";

const spent = (what: string) => `SELECT ${what} AS value FROM ${INSIGHTS} WHERE ${SPENT}`;
const came = (what: string) => `SELECT ${what} AS value FROM ${LEADS} WHERE ${CAME}`;
const cost = (what: string) =>
  `SELECT (${spent("sum(i.spend::DOUBLE)")}) / nullif((${came(what)}), 0) AS value`;

/** The numbers on the cards that come first, each by a question of its own. */
const NUMBERS: Readonly<Record<string, string>> = {
  spend: spent("sum(i.spend::DOUBLE)"),
  impressions: spent("sum(i.impressions::BIGINT)"),
  clicks: spent("sum(i.clicks::BIGINT)"),
  ctr: spent("sum(i.clicks::BIGINT) / nullif(sum(i.impressions::BIGINT), 0)"),
  leads: came("count(*)"),
  undecided: came(`count(*) FILTER (${UNDECIDED})`),
  qualified: came(`count(*) FILTER (${QUALIFIED})`),
  conversion: came(
    `count(*) FILTER (${QUALIFIED}) / nullif(count(*) FILTER (NOT (${UNDECIDED})), 0)`,
  ),
  cpl: cost("count(*)"),
  cpql: cost(`count(*) FILTER (${QUALIFIED})`),
};

const LISTS: Readonly<Record<string, string>> = {
  trend: `SELECT coalesce(s.id, a.id)::VARCHAR AS id, spend, leads FROM
      (SELECT i.created_at::TIMESTAMP::DATE AS id, sum(i.spend::DOUBLE) AS spend FROM ${INSIGHTS} WHERE ${SPENT} GROUP BY 1) AS s
    FULL JOIN (SELECT l.added_date::TIMESTAMP::DATE AS id, count(*) AS leads FROM ${LEADS} WHERE ${CAME} GROUP BY 1) AS a USING (id)
    ORDER BY 1`,
  projects: `SELECT c.project_name AS id, sum(i.spend::DOUBLE) AS n FROM ${INSIGHTS} WHERE ${SPENT} GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
  accounts: `SELECT c.user_id AS id, sum(i.spend::DOUBLE) AS n FROM ${INSIGHTS} WHERE ${SPENT} GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
  funnel: `SELECT l.lead_status AS id, count(*) AS n FROM ${LEADS} WHERE ${CAME} GROUP BY 1 ORDER BY 2 DESC`,
  campaigns: `SELECT c.id, c.project_name, sum(i.spend::DOUBLE) AS n, sum(i.clicks::BIGINT) AS clicks FROM ${INSIGHTS} WHERE ${SPENT} GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 10`,
};

async function openTables({ directory }: Tables) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const [name, file] of Object.entries({
    campaigns: "campaigns",
    insights: "insights",
    leads: "campaign_leads",
  })) {
    const place = path.join(directory, `${file}.csv`).replaceAll("'", "''");
    await connection.run(
      `CREATE TABLE ${name} AS FROM read_csv('${place}', header = true, all_varchar = true)`,
    );
  }
  const ask = async (sql: string, params: Record<string, string | null>) =>
    (await connection.runAndReadAll(sql, params)).getRowObjectsJson();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  return { ask, close };
}

/** Milliseconds from each brush to its pictures, in the same browser and on the same filters. */
export async function naiveRepaints(
  browser: Browser,
  tables: Tables,
  filters: readonly Filters[],
): Promise<readonly number[]> {
  const { ask, close } = await openTables(tables);
  const plot = path.dirname(fileURLToPath(import.meta.resolve("@observablehq/plot")));
  const library = path.join(path.dirname(plot), "dist", "plot.umd.min.js");
  const d3 = path.join(plot, "..", "..", "..", "d3", "dist", "d3.min.js");
  const brush = async (query: URLSearchParams) => {
    const params = {
      from: query.get("from"),
      to: query.get("to"),
      account: query.get("account"),
    };
    const numbers = [];
    for (const [name, sql] of Object.entries(NUMBERS))
      numbers.push({ name, value: (await ask(sql, params))[0]?.value ?? null });
    const lists: Record<string, unknown> = {};
    for (const [name, sql] of Object.entries(LISTS)) lists[name] = await ask(sql, params);
    return JSON.stringify({ numbers, ...lists });
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const send = (type: string, body: string) => {
      response.setHeader("content-type", type);
      response.end(body);
    };
    if (url.pathname === "/plot.js") send("text/javascript", readFileSync(library, "utf8"));
    else if (url.pathname === "/d3.js") send("text/javascript", readFileSync(d3, "utf8"));
    else if (url.pathname === "/brush")
      brush(url.searchParams).then(
        (body) => send("application/json", body),
        (error: unknown) => {
          response.statusCode = 500;
          send("text/plain", String(error));
        },
      );
    else send("text/html", PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const page = await openWindow(browser, `http://127.0.0.1:${port}`, null);
  try {
    await page.goto("/");
    const times: number[] = [];
    for (const [n, one] of [...filters.slice(0, 3), ...filters].entries()) {
      const took = await page.evaluate(
        (query) => (window as unknown as { brush: (text: string) => Promise<number> }).brush(query),
        queryOf(one),
      );
      if (n >= 3) times.push(took);
    }
    return times;
  } finally {
    await page.context().close();
    server.closeAllConnections();
    server.close();
    close();
  }
}
