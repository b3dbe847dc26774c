/**
 * The address bar holds everything a colleague needs to see the same page: place, filters, sort, open drawer.
 * Both directions are pure; what is at its default is not written.
 */
import type { Basis } from "../../src/contract/common.ts";
import type { RowsAnswer } from "../../src/contract/overview.ts";

export type Place = "today" | "mine" | "campaigns" | "leads" | "data" | "settings";
/** Parts of Campaigns, each with an address of its own; so of the places below. HOME says what a place opens with. */
export const CAMPAIGNS_TABS = ["accounts", "table", "segments", "ads"] as const;
export type CampaignsTab = (typeof CAMPAIGNS_TABS)[number];
export const LEADS_TABS = ["table", "funnel", "cohorts", "speed", "team"] as const;
export type LeadsTab = (typeof LEADS_TABS)[number];
export const DATA_TABS = [
  "imports",
  "health",
  "questions",
  "ads",
  "insights",
  "tables",
  "compare",
  "jobs",
] as const;
export type DataTab = (typeof DATA_TABS)[number];
export const SETTINGS_TABS = ["definitions", "templates", "people"] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];
export type Grain = "day" | "week" | "month";
export type Grouping = "account" | "project" | "campaign";
export type TallySort = "spend" | "leads" | "qualified" | "cpql";
export type Order = "asc" | "desc";

/** What is being looked at; absent `from` means the server's default period. */
export interface Selection {
  /** `YYYY-MM-DD`, or "all" for everything there is, until `to` where that is given. */
  readonly from: string | null;
  readonly to: string | null;
  readonly account: readonly string[];
  readonly project: readonly string[];
  readonly campaign: readonly string[];
  readonly basis: Basis;
  readonly asOf: string | null;
  /** What changes are told against: "week", "month" or "year" before, a first day, or null: the days just before. */
  readonly compare: string | null;
}

export const CAMPAIGN_COLUMNS = [
  "campaign",
  "project",
  "account",
  "start",
  "state",
  "budget",
  "days",
  "last",
  "spend",
  "allIn",
  "impressions",
  "clicks",
  "ctr",
  "cpc",
  "cpm",
  "cvr",
  "leads",
  "cpl",
  "undecided",
  "judged",
  "qualified",
  "qualifiedShare",
  "meetings",
  "deals",
  "cpql",
] as const;
export type CampaignSort = (typeof CAMPAIGN_COLUMNS)[number];

export type DrawerView = "rows" | "dropped" | "formula";
export type RowTable = RowsAnswer["tables"][number]["table"];

export interface Address {
  readonly place: Place | null;
  readonly selection: Selection;
  readonly grain: Grain;
  readonly allKpis: boolean;
  readonly projectSort: TallySort;
  readonly accountSort: TallySort;
  readonly search: string;
  readonly sort: CampaignSort;
  readonly order: Order;
  /** The number whose rows or formula are open. */
  readonly kpi: string | null;
  readonly view: DrawerView;
  /** Of these rows, only leads that stand at this stage. */
  readonly stage: string | null;
  /** Of the rows behind a number, those of one table; null = the first that it rests on. */
  readonly table: RowTable | null;
  /** Data: rejects of this import only. */
  readonly importId: string | null;
  readonly tab: DataTab;
  readonly settings: SettingsTab;
  readonly campaigns: CampaignsTab;
  readonly leads: LeadsTab;
  /** Data: the finding whose rows are open. */
  readonly finding: string | null;
  /** Ads or follow-up: what is held against its norm. */
  readonly by: Grouping;
  /** Tables: the one shown, and its column that is open. */
  readonly profile: string | null;
  readonly column: string | null;
  /** Compare: imports by id, or days. */
  readonly left: string | null;
  readonly right: string | null;
  /** What one part keeps for itself: each other parameter by name. */
  readonly own: Readonly<Record<string, string>>;
}

export const EVERYTHING: Selection = {
  from: null,
  to: null,
  account: [],
  project: [],
  campaign: [],
  basis: "corrected",
  asOf: null,
  compare: null,
};

export const HOME: Address = {
  place: "today",
  selection: EVERYTHING,
  grain: "day",
  allKpis: false,
  projectSort: "spend",
  accountSort: "spend",
  search: "",
  sort: "spend",
  order: "desc",
  kpi: null,
  view: "rows",
  stage: null,
  table: null,
  importId: null,
  tab: "imports",
  settings: "definitions",
  campaigns: "table",
  leads: "table",
  finding: null,
  by: "account",
  profile: null,
  column: null,
  left: null,
  right: null,
  own: {},
};

const PATHS: Readonly<Record<Place, string>> = {
  today: "/",
  mine: "/my-leads",
  campaigns: "/campaigns",
  leads: "/leads",
  data: "/data",
  settings: "/settings",
};
/** Where one signs in; no place of the house. */
export const SIGN_IN = "/sign-in";

type Parts = Pick<Address, "tab" | "settings" | "campaigns" | "leads">;
type Spot = Parts & { readonly place: Place };

const FIRST_PARTS: Parts = {
  tab: HOME.tab,
  settings: HOME.settings,
  campaigns: HOME.campaigns,
  leads: HOME.leads,
};

/** The part of its place that an address shows; null where a place has none. */
function partOf({ place, ...parts }: Spot): string | null {
  if (place === "today" || place === "mine") return null;
  return place === "data" ? parts.tab : parts[place];
}

/** What a place opens with has the place's own address; every other part is one step below. */
function pathOf(spot: Spot): string {
  const part = partOf(spot);
  if (part === null || part === partOf({ ...spot, ...FIRST_PARTS })) return PATHS[spot.place];
  return `${PATHS[spot.place]}/${part}`;
}

const SPOTS: readonly Spot[] = [
  { place: "today", ...FIRST_PARTS },
  { place: "mine", ...FIRST_PARTS },
  ...CAMPAIGNS_TABS.map((part) => ({
    ...FIRST_PARTS,
    place: "campaigns" as const,
    campaigns: part,
  })),
  ...LEADS_TABS.map((part) => ({ ...FIRST_PARTS, place: "leads" as const, leads: part })),
  ...DATA_TABS.map((tab) => ({ ...FIRST_PARTS, place: "data" as const, tab })),
  ...SETTINGS_TABS.map((settings) => ({ ...FIRST_PARTS, place: "settings" as const, settings })),
];

const BASES = ["corrected", "deduplicated", "raw"] as const satisfies readonly Basis[];
const GRAINS = ["day", "week", "month"] as const;
const TALLY_SORTS = ["spend", "leads", "qualified", "cpql"] as const;
const VIEWS = ["rows", "dropped", "formula"] as const;
const ROW_TABLES = ["insights", "campaign_leads", "deals"] as const satisfies readonly RowTable[];
const ORDERS = ["asc", "desc"] as const;
const GROUPINGS = ["account", "project", "campaign"] as const satisfies readonly Grouping[];

function oneOf<T extends string>(allowed: readonly T[], text: string | null, otherwise: T): T {
  return allowed.find((value) => value === text) ?? otherwise;
}

/** A real calendar day, or null. */
export function dayOrNull(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

/** What can be compared with besides the days just before and those from a chosen day. */
export const COMPARISONS = ["week", "month", "year"] as const;

function comparisonOrNull(text: string | null): string | null {
  return COMPARISONS.find((one) => one === text) ?? dayOrNull(text);
}

/** Names without blanks and repeats, in a fixed order, so that equal selections have equal addresses. */
function names(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ""))].sort();
}

/** Parameters with a meaning everywhere; what is not among them is some part's own. */
const SHARED = new Set([
  ...[
    "from",
    "to",
    "account",
    "project",
    "campaign",
    "basis",
    "asOf",
    "compare",
    "grain",
    "kpis",
    "projects",
  ],
  ...["accounts", "search", "sort", "order", "kpi", "view", "stage", "table", "import", "finding"],
  ...["by", "profile", "column", "left", "right"],
]);
const OWN_NAME = /^[a-z][A-Za-z]{0,30}$/;

function ownOf(params: URLSearchParams): Address["own"] {
  return Object.fromEntries(
    [...params]
      .filter(([name, value]) => !SHARED.has(name) && OWN_NAME.test(name) && value !== "")
      .map(([name, value]) => [name, value.slice(0, 500)]),
  );
}

/** What the parameters say; anything that is not understood is left at its default. */
export function parseAddress(pathname: string, search: string): Address {
  const params = new URLSearchParams(search);
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, "") : pathname;
  const spot = SPOTS.find((one) => pathOf(one) === path) ?? { place: null, ...FIRST_PARTS };
  const from = params.get("from") === "all" ? "all" : dayOrNull(params.get("from"));
  return {
    ...spot,
    selection: {
      from,
      to: dayOrNull(params.get("to")),
      account: names(params.getAll("account")),
      project: names(params.getAll("project")),
      campaign: names(params.getAll("campaign")),
      basis: oneOf(BASES, params.get("basis"), EVERYTHING.basis),
      asOf: dayOrNull(params.get("asOf")),
      compare: comparisonOrNull(params.get("compare")),
    },
    grain: oneOf(GRAINS, params.get("grain"), HOME.grain),
    allKpis: params.get("kpis") === "all",
    projectSort: oneOf(TALLY_SORTS, params.get("projects"), HOME.projectSort),
    accountSort: oneOf(TALLY_SORTS, params.get("accounts"), HOME.accountSort),
    search: (params.get("search") ?? "").slice(0, 200),
    sort: oneOf(CAMPAIGN_COLUMNS, params.get("sort"), HOME.sort),
    order: oneOf(ORDERS, params.get("order"), HOME.order),
    kpi: params.get("kpi") || null,
    view: oneOf(VIEWS, params.get("view"), HOME.view),
    stage: params.get("stage") || null,
    table: ROW_TABLES.find((table) => table === params.get("table")) ?? null,
    importId: params.get("import") || null,
    finding: params.get("finding") || null,
    by: oneOf(GROUPINGS, params.get("by"), HOME.by),
    profile: params.get("profile") || null,
    column: params.get("column") || null,
    left: params.get("left") || null,
    right: params.get("right") || null,
    own: ownOf(params),
  };
}

/** The selection as parameters, as the page's address and the server's queries both write it. */
export function selectionParams(selection: Selection): URLSearchParams {
  const params = new URLSearchParams();
  if (selection.from !== null) params.set("from", selection.from);
  if (selection.to !== null) params.set("to", selection.to);
  for (const key of ["account", "project", "campaign"] as const)
    for (const name of names(selection[key])) params.append(key, name);
  if (selection.basis !== EVERYTHING.basis) params.set("basis", selection.basis);
  if (selection.asOf !== null) params.set("asOf", selection.asOf);
  if (selection.compare !== null) params.set("compare", selection.compare);
  return params;
}

/** Path and parameters of an address; an unknown place leads home. */
export function printAddress(address: Address): string {
  const params = selectionParams(address.selection);
  const put = (key: string, value: string | null, normal: string | null) => {
    if (value !== null && value !== normal) params.set(key, value);
  };
  put("grain", address.grain, HOME.grain);
  put("kpis", address.allKpis ? "all" : null, null);
  put("projects", address.projectSort, HOME.projectSort);
  put("accounts", address.accountSort, HOME.accountSort);
  put("search", address.search, "");
  put("sort", address.sort, HOME.sort);
  put("order", address.order, HOME.order);
  put("kpi", address.kpi, null);
  put("view", address.view, HOME.view);
  put("stage", address.stage, null);
  put("table", address.table, null);
  put("import", address.importId, null);
  put("finding", address.finding, null);
  put("by", address.by, HOME.by);
  put("profile", address.profile, null);
  put("column", address.column, null);
  put("left", address.left, null);
  put("right", address.right, null);
  for (const name of Object.keys(address.own).sort()) {
    if (!SHARED.has(name)) put(name, address.own[name] ?? null, "");
  }
  const query = params.toString();
  return pathOf({ ...address, place: address.place ?? "today" }) + (query ? `?${query}` : "");
}

/** True when something narrows the selection. */
export function isNarrowed(selection: Selection): boolean {
  const { basis, compare } = EVERYTHING;
  return selectionParams({ ...selection, basis, compare }).size > 0;
}
