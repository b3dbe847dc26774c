/** The columns of the table of campaigns: what each shows, and which are shown. */
import type { CampaignRow, CampaignTally } from "../../src/contract/campaigns.ts";
import type { Frame } from "../../src/contract/overview.ts";
import type { Speech } from "../i18n/speech.ts";
import { CAMPAIGN_COLUMNS, type CampaignSort } from "../route/address.ts";

export type CampaignColumn = CampaignSort;
/** Columns that both a campaign and all of a list have. */
export type SummedColumn = Exclude<
  CampaignColumn,
  "campaign" | "project" | "account" | "start" | "state" | "budget" | "last"
>;

const TEXTS: ReadonlySet<CampaignColumn> = new Set([
  "campaign",
  "project",
  "account",
  "start",
  "state",
  "last",
]);
const MONEY: ReadonlySet<CampaignColumn> = new Set([
  "budget",
  "spend",
  "allIn",
  "cpc",
  "cpm",
  "cpl",
  "cpql",
]);
const RATES: ReadonlySet<CampaignColumn> = new Set(["ctr", "cvr", "qualifiedShare"]);

/** What is shown where nobody has chosen; the first always leads. */
export const USUAL_COLUMNS: readonly CampaignColumn[] = [
  "campaign",
  "project",
  "account",
  "state",
  "spend",
  "impressions",
  "ctr",
  "leads",
  "cpl",
  "judged",
  "qualified",
  "qualifiedShare",
  "cpql",
];

export const isText = (column: CampaignColumn): boolean => TEXTS.has(column);

/** Columns as an address names them, in its order; those of nobody are left out, and the campaign always leads. */
export function columnsFrom(text: string | undefined): readonly CampaignColumn[] {
  if (text === undefined) return USUAL_COLUMNS;
  const named = text.split(".").flatMap((id) => CAMPAIGN_COLUMNS.find((one) => one === id) ?? []);
  return [...new Set<CampaignColumn>(["campaign", ...named])];
}

/** The same for an address; null where they are the usual ones. */
export function columnsText(columns: readonly CampaignColumn[]): string | null {
  const text = columns.filter((one) => one !== "campaign").join(".");
  return text === USUAL_COLUMNS.filter((one) => one !== "campaign").join(".")
    ? null
    : text || "none";
}

const VALUES: Readonly<Record<SummedColumn, (tally: CampaignTally) => number | null>> = {
  days: ({ days }) => days,
  spend: ({ spendMinor }) => spendMinor,
  allIn: ({ spendAllInMinor }) => spendAllInMinor,
  impressions: ({ impressions }) => impressions,
  clicks: ({ clicks }) => clicks,
  ctr: ({ ctr }) => ctr,
  cpc: ({ cpcMinor }) => cpcMinor,
  cpm: ({ cpmMinor }) => cpmMinor,
  cvr: ({ cvr }) => cvr,
  leads: ({ leads }) => leads,
  cpl: ({ cplMinor }) => cplMinor,
  undecided: ({ undecided }) => undecided,
  judged: ({ judged }) => judged,
  qualified: ({ qualified }) => qualified,
  qualifiedShare: ({ qualifiedShare }) => qualifiedShare,
  meetings: ({ meetings }) => meetings,
  deals: ({ deals }) => deals,
  cpql: ({ cpqlMinor }) => cpqlMinor,
};

export function isSummed(column: CampaignColumn): column is SummedColumn {
  return column in VALUES;
}

/** The exact value of a column, as served. */
export function figureOf(tally: CampaignTally, column: SummedColumn): number | null {
  return VALUES[column](tally);
}

/** The text of a value; money without its currency, which the head names. */
export function textOf(
  { formats }: Speech,
  value: number | null,
  column: CampaignColumn,
  frame: Frame,
): string {
  if (MONEY.has(column)) return formats.amount(value, frame);
  return RATES.has(column) ? formats.rate(value) : formats.count(value);
}

/** Head of a column, with the currency where it is money. */
export function headOf({ t, formats }: Speech, column: CampaignColumn, frame?: Frame): string {
  const name = t(`column.${column}`);
  return MONEY.has(column) && frame && frame.currency !== null
    ? t("column.inCurrency", { name, currency: formats.currencySign(frame.currency) })
    : name;
}

/** What a number says when asked: its interval and what it rests on. */
export function titleOf(
  { t, formats }: Speech,
  tally: CampaignTally,
  column: CampaignColumn,
  frame: Frame,
): string | undefined {
  if (column === "cpql" && tally.cpqlLowMinor !== null) {
    const low = formats.money(tally.cpqlLowMinor, frame);
    return tally.cpqlHighMinor === null
      ? t("kpi.intervalFrom", { low })
      : t("kpi.interval", { low, high: formats.money(tally.cpqlHighMinor, frame) });
  }
  if (column === "qualifiedShare" && tally.qualifiedShareLow !== null) {
    const interval = t("kpi.interval", {
      low: formats.rate(tally.qualifiedShareLow),
      high: formats.rate(tally.qualifiedShareHigh),
    });
    return `${interval} · ${t("kpi.sample", { n: formats.count(tally.leads) })}`;
  }
  if (column === "judged" && tally.leads)
    return t("campaigns.judgedOf", {
      share: formats.rate((tally.judged ?? 0) / tally.leads),
      n: formats.count(tally.leads),
    });
  return undefined;
}

/** Least width of a column, px. */
export function widthOf(column: CampaignColumn): number {
  if (column === "campaign") return 170;
  if (column === "project") return 150;
  if (column === "account") return 84;
  if (column === "start" || column === "last" || column === "state") return 104;
  if (column === "qualifiedShare" || column === "cvr") return 116;
  if (MONEY.has(column)) return column === "cpc" || column === "cpm" ? 108 : 126;
  return column === "impressions" ? 96 : 80;
}

export const nameOf = ({ t }: Speech, row: Pick<CampaignRow, "campaignId" | "campaignName">) =>
  row.campaignName ?? t("campaigns.noName", { id: row.campaignId });
