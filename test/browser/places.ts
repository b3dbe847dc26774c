/** Compares the numbers of each place with the files; each gives what is wrong, [] when nothing is. */
import type { Page } from "playwright-core";
import { open } from "./browser.ts";
import { wrongNumbers } from "./check.ts";
import { addressOf, type Choice } from "./choices.ts";
import type { Figures, Oracle } from "./oracle.ts";
import {
  campaignTable,
  cohortsOf,
  countLeads,
  type LeadFilters,
  type Segmentation,
  segmentsOf,
  speedOf,
} from "./place-oracle.ts";
import { differences, exact, panel, readRows } from "./reading.ts";

export interface Ask {
  readonly choice: Choice;
  readonly filters: LeadFilters;
  readonly segment: Segmentation;
  readonly change: { readonly since: string; readonly told: string };
  /** Which of the campaigns in sight is opened. */
  readonly nth: number;
}

type Check = (page: Page, oracle: Oracle, ask: Ask) => Promise<string[]>;

const COLUMNS =
  "spend.allIn.impressions.clicks.ctr.cpc.cpm.cvr.leads.cpl.undecided.judged.qualified.qualifiedShare.meetings.deals.cpql.days";

const wrongCampaigns: Check = async (page, oracle, { choice }) => {
  await open(page, addressOf(choice, { cols: COLUMNS }, "/campaigns"));
  const rows = await readRows(panel(page, "Campaigns"));
  const expected = await campaignTable(oracle, choice);
  const silent = withoutRows(expected.find(({ id }) => id === "total")?.figures ?? {});
  if (rows.length === 0 && expected.length > 1) return ["no campaigns"];
  return rows.flatMap((row) =>
    differences(
      `campaign ${row.id}`,
      row.figures,
      expected.find(({ id }) => id === row.id)?.figures ?? silent,
    ),
  );
};

/** What a campaign shows that ran in the period and of which no row tells. */
const withoutRows = (like: Figures): Figures =>
  Object.fromEntries(
    Object.keys(like).map((name) => [
      name,
      ["ctr", "cpc", "cpm", "cvr", "cpl", "qualifiedShare", "cpql"].includes(name) ? null : 0,
    ]),
  );

const TILES: Readonly<Record<string, string>> = {
  Spend: "spend",
  Leads: "leads",
  "Qualified leads": "qualified",
};

/** The drawer tells of the whole life of a campaign, whatever the period. */
const wrongDrawer: Check = async (page, oracle, { choice, nth }) => {
  const campaign = oracle.campaigns[nth % oracle.campaigns.length] ?? "";
  await open(page, addressOf(choice, { open: campaign }, "/campaigns"));
  const whole: Choice = {
    ...choice,
    from: "all",
    to: null,
    account: [],
    project: [],
    campaign: [campaign],
  };
  const drawer = page.getByRole("dialog").first();
  const figure = drawer.locator("[data-figure]");
  await figure.first().waitFor();
  const shown = await figure.evaluateAll((tiles) =>
    tiles.map((tile) => {
      const { figure: name = "", value = "" } = (tile as HTMLElement).dataset;
      return [name, value] as const;
    }),
  );
  const right = (await campaignTable(oracle, whole)).find(({ id }) => id === "total")?.figures;
  const read = Object.fromEntries(
    shown.flatMap(([name, value]) => {
      const known = TILES[name];
      return known === undefined ? [] : [[known, exact(value)] as const];
    }),
  );
  return [
    ...(Object.keys(read).length === 3 ? [] : [`tiles ${shown.map(([name]) => name)}`]),
    ...differences(`drawer of ${campaign}`, read, right ?? {}),
  ];
};

const wrongSegments: Check = async (page, oracle, { choice, segment }) => {
  await open(page, addressOf(choice, { seg: segment }, "/campaigns/segments"));
  const rows = await readRows(panel(page, "Segments"));
  const expected = await segmentsOf(oracle, choice, segment);
  const total = rows.find(({ id }) => id === "total");
  const lines = rows.filter((row) => row !== total);
  if (rows.length === 0 && expected.length > 1) return ["no segments"];
  const wrong = rows
    .filter(({ id }) => id !== "rest")
    .flatMap((row) => {
      const right = expected.find(({ id }) => id === row.id);
      return right === undefined
        ? Object.values(row.figures).every((value) => !value)
          ? []
          : [`segment ${row.id}?`]
        : differences(`segment ${row.id}`, row.figures, right.figures);
    });
  for (const sum of ["spend", "leads", "judged", "qualified"]) {
    const parts = lines.reduce((added, row) => added + (row.figures[sum] ?? 0), 0);
    if (rows.length > 0 && parts !== (total?.figures[sum] ?? 0))
      wrong.push(`segments do not add up, ${sum}: ${parts} of ${total?.figures[sum]}`);
  }
  return wrong;
};

const wrongLeads: Check = async (page, oracle, { choice, filters }) => {
  await open(page, addressOf(choice, filters, "/leads"));
  const total = page.locator("[data-total]").first();
  const shown = (await total.count()) === 0 ? 0 : Number(await total.getAttribute("data-total"));
  const right = await countLeads(oracle, choice, filters);
  return shown === right
    ? []
    : [`leads ${JSON.stringify(filters)}: ${shown}, in the files ${right}`];
};

/** Numbers in the data of elements, by the name in another. */
function readData(
  page: Page,
  selector: string,
  name: string,
  value: string,
): Promise<Record<string, number>> {
  return page.locator(selector).evaluateAll(
    (elements, [key, number]) =>
      Object.fromEntries(
        elements.map((element) => {
          const data = (element as HTMLElement).dataset;
          return [data[key ?? ""] ?? "", Number(data[number ?? ""])];
        }),
      ),
    [name, value],
  );
}

/** Names that one side does not have count as 0. */
function unequal(
  what: string,
  shown: Readonly<Record<string, number>>,
  right: Readonly<Record<string, number | null>>,
): string[] {
  const names = new Set([...Object.keys(shown), ...Object.keys(right)]);
  return [...names].flatMap((name) =>
    (shown[name] ?? 0) === (right[name] ?? 0)
      ? []
      : [`${what} ${name}: ${shown[name]}, in the files ${right[name]}`],
  );
}

const wrongFunnel: Check = async (page, oracle, { choice }) => {
  await open(page, addressOf(choice, {}, "/leads/funnel"));
  const shown = await readData(page, "tr[data-stage]", "stage", "at");
  const right = await oracle.stages({ ...choice, basis: "deduplicated" });
  return unequal("stage", shown, right);
};

const wrongCohorts: Check = async (page, oracle, { choice }) => {
  await open(page, addressOf(choice, {}, "/leads/cohorts"));
  const rows = await page.locator("tr[data-week]").evaluateAll((all) =>
    all.map((row) => ({
      week: (row as HTMLElement).dataset.week ?? "",
      hits: [...row.querySelectorAll<HTMLElement>("td.heat")].map(
        (cell) => cell.dataset.hits ?? "",
      ),
    })),
  );
  const right = await cohortsOf(oracle, choice);
  const known = Object.keys(right).length;
  return [
    ...(rows.length === known || rows.length === 26 ? [] : [`${rows.length} weeks of ${known}`]),
    ...rows.flatMap(({ week, hits }) =>
      hits.flatMap((shown, age) => {
        const expected = right[week]?.byAge[age];
        return shown === "" || Number(shown) === expected
          ? []
          : [`week ${week}, age ${age}: ${shown}, in the files ${expected}`];
      }),
    ),
  ];
};

const wrongSpeed: Check = async (page, oracle, { choice }) => {
  await open(page, addressOf(choice, {}, "/leads/speed"));
  const right = await speedOf(oracle, choice);
  const cards = await readData(page, "[data-card]", "card", "value");
  const { never = 0, late = 0, after = 0 } = cards;
  return [
    ...unequal(
      "contact",
      await readData(page, "[data-contact]", "contact", "leads"),
      right.contacts,
    ),
    ...unequal("in time", await readData(page, "[data-sla]", "sla", "leads"), right.sla),
    ...unequal(
      "attempts",
      await readData(page, "[data-attempts]", "attempts", "leads"),
      right.attempts,
    ),
    ...unequal("card", { never, late, after }, right.cards),
  ];
};

/** The parts of a change add up to what it is by the files. */
const wrongChange: Check = async (page, oracle, { choice, change }) => {
  await open(page, addressOf(choice, { since: "period", told: change.told }));
  const { previous, ...now } = oracle.days(choice);
  const told = page.locator("[data-testid=change-total]");
  if (previous === null || (await told.count()) === 0) return [];
  const total = Number(await told.getAttribute("data-value"));
  const parts = await page
    .locator("tr[data-part] [data-value]")
    .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset.value)));
  const sum = parts.reduce((added, part) => added + part, 0);
  const after = await oracle.kpis(choice, now);
  const before = await oracle.kpis(choice, previous);
  const right = (after[change.told] ?? 0) - (before[change.told] ?? 0);
  return [
    ...(total === right ? [] : [`change of ${change.told}: ${total}, in the files ${right}`]),
    ...(Math.abs(sum - total) < 1e-6 * Math.max(1, Math.abs(total))
      ? []
      : [`parts of the change add up to ${sum} of ${total}`]),
  ];
};

const wrongToday: Check = async (page, oracle, { choice }) => {
  await open(page, addressOf(choice));
  return wrongNumbers(page, oracle, choice);
};

/** What is shown where, by name. */
export const PLACES: Readonly<Record<string, Check>> = {
  today: wrongToday,
  change: wrongChange,
  campaigns: wrongCampaigns,
  campaign: wrongDrawer,
  segments: wrongSegments,
  leads: wrongLeads,
  funnel: wrongFunnel,
  cohorts: wrongCohorts,
  speed: wrongSpeed,
};
