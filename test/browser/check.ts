/** Compares every number of the page with the files; each gives what is wrong, [] when nothing is. */
import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import type { Choice } from "./choices.ts";
import type { Figures, Named, Oracle } from "./oracle.ts";
import { differences, panel, readCards, readFunnel, readRows } from "./reading.ts";

const KPIS = 23;
const GROUPS_SHOWN = 10;

const added = (rows: readonly Named[], measure: string) =>
  rows.reduce((sum, row) => sum + (row.figures[measure] ?? 0), 0);

/** Cards: value, the figure of the period before, and the raw one where it is shown. */
export async function wrongCards(page: Page, oracle: Oracle, choice: Choice): Promise<string[]> {
  const cards = await readCards(page);
  const days = oracle.days(choice);
  const now = await oracle.kpis(choice, days);
  const raw = await oracle.kpis({ ...choice, basis: "raw" }, days);
  const before = days.previous === null ? null : await oracle.kpis(choice, days.previous);
  const shown = (part: "value" | "previous" | "raw"): Figures =>
    Object.fromEntries(
      Object.entries(cards)
        .filter(([, card]) => part === "value" || card[part] !== null)
        .map(([id, card]) => [id, card[part]]),
    );
  return [
    ...(Object.keys(cards).length === KPIS ? [] : [`${Object.keys(cards).length} cards`]),
    ...differences("card", shown("value"), now),
    ...differences("card, before:", shown("previous"), before ?? {}),
    ...differences("card, raw:", shown("raw"), raw),
  ];
}

async function wrongTrend(page: Page, oracle: Oracle, choice: Choice): Promise<string[]> {
  const trend = panel(page, "Trend");
  await trend.getByRole("button", { name: "Show data" }).click();
  const rows = await readRows(trend, "tr[data-start]");
  const expected = await oracle.trend(choice);
  if (rows.length !== expected.length) return [`trend: ${rows.length} of ${expected.length} rows`];
  return expected.flatMap((bucket, i) => {
    const row = rows[i];
    return row?.id === bucket.id
      ? differences(`trend ${bucket.id}`, row.figures, bucket.figures)
      : [`trend: row ${i} is ${row?.id}, not ${bucket.id}`];
  });
}

/** Each line shown, the line of all others, and the total; together they must be everything. */
async function wrongGroups(
  page: Page,
  oracle: Oracle,
  choice: Choice,
  by: "project" | "account",
): Promise<string[]> {
  const rows = await readRows(panel(page, `Top ${by}s`));
  const expected = await oracle.groups(choice, by);
  if (expected.length === 0) return rows.length === 0 ? [] : [`${by}s: rows without any`];
  const total = rows.find((row) => row.id === "total");
  const rest = rows.find((row) => row.id === "rest");
  const lines = rows.filter((row) => row !== total && row !== rest);
  const wrong = lines.flatMap((line) => {
    const right = expected.find((group) => group.id === line.id);
    return right
      ? differences(`${by} ${line.id}`, line.figures, right.figures)
      : [`${by} ${line.id}?`];
  });
  const spends = (groups: readonly Named[]) =>
    groups.slice(0, GROUPS_SHOWN).map((group) => group.figures.spend);
  if (String(spends(lines)) !== String(spends(expected))) wrong.push(`${by}s are not the largest`);
  for (const measure of ["spend", "leads", "undecided", "qualified"]) {
    const all = total?.figures[measure];
    if (all !== added(expected, measure)) wrong.push(`total of ${by}s, ${measure}: ${all}`);
    const parts = added(rest ? [...lines, rest] : lines, measure);
    if (parts !== all) wrong.push(`${by}s do not add up, ${measure}: ${parts} of ${all}`);
  }
  return wrong;
}

async function wrongFunnel(page: Page, oracle: Oracle, choice: Choice): Promise<string[]> {
  const funnel = await readFunnel(page);
  const at = await oracle.stages(choice);
  if (Object.keys(at).length === 0) return funnel === null ? [] : ["a funnel of nobody"];
  if (funnel === null) return ["no funnel"];
  const order = ["new", "attempting", "engaged", "qualified", "meeting", "won"];
  const expected = {
    stages: order.map((stage, i) => ({
      stage,
      at: at[stage] ?? 0,
      reached: order.slice(i).reduce((sum, further) => sum + (at[further] ?? 0), 0),
    })),
    beside: Object.fromEntries(Object.entries(at).filter(([stage]) => !order.includes(stage))),
    undecided: (at.new ?? 0) + (at.unknown ?? 0),
  };
  return isDeepStrictEqual(funnel, expected)
    ? []
    : [`funnel ${JSON.stringify(funnel)}, in the files ${JSON.stringify(expected)}`];
}

/** The first rows in sight, by spend, and the line of totals. */
async function wrongCampaigns(page: Page, oracle: Oracle, choice: Choice): Promise<string[]> {
  const rows = await readRows(panel(page, "Campaigns"));
  const expected = await oracle.campaignsOf(choice);
  if (expected.length === 0) return rows.length === 0 ? [] : ["campaigns: rows without any"];
  const total = rows.find((row) => row.id === "total");
  const lines = rows.filter((row) => row !== total);
  const wrong = lines.flatMap((line) => {
    const right = expected.find((campaign) => campaign.id === line.id);
    return right
      ? differences(`campaign ${line.id}`, line.figures, right.figures)
      : [`campaign ${line.id}?`];
  });
  const largest = expected.map((one) => one.figures.spend ?? 0).sort((a, b) => b - a);
  if (String(lines.map((line) => line.figures.spend)) !== String(largest.slice(0, lines.length)))
    wrong.push("campaigns are not in the order of spend");
  if (lines.length < Math.min(8, expected.length)) wrong.push(`only ${lines.length} campaigns`);
  for (const measure of ["spend", "impressions", "clicks", "leads", "undecided", "qualified"])
    if (total?.figures[measure] !== added(expected, measure))
      wrong.push(`total of campaigns, ${measure}: ${total?.figures[measure]}`);
  return wrong;
}

/** All of them, on the page as it stands. */
export async function wrongNumbers(page: Page, oracle: Oracle, choice: Choice): Promise<string[]> {
  const days = oracle.days(choice);
  const period = await page.locator("[data-period]").getAttribute("data-period");
  return [
    ...(period === `${days.from}/${days.to}` ? [] : [`period ${period}`]),
    ...(await wrongCards(page, oracle, choice)),
    ...(await wrongTrend(page, oracle, choice)),
    ...(await wrongGroups(page, oracle, choice, "project")),
    ...(await wrongGroups(page, oracle, choice, "account")),
    ...(await wrongFunnel(page, oracle, choice)),
    ...(await wrongCampaigns(page, oracle, choice)),
  ];
}
