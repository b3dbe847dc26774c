/** Which rows of which tables a KPI is made of. */
import type { RowsAnswer } from "../contract/overview.ts";
import type { Kpi, Measure } from "../domain/kpis.ts";

export type Table = RowsAnswer["tables"][number]["table"];

/** A table to list, and which of its rows. */
export interface Part {
  readonly table: Table;
  /** For leads: those that the measure counts. */
  readonly measure: string;
  /** The rows that know the other side of the ratio too; null where all do. */
  readonly both: string | null;
}

/** Which leads a measure counts. */
const LEAD_MEASURES: Readonly<Partial<Record<Measure, string>>> = {
  leads: "true",
  judged: "l.stage IS NOT NULL AND NOT l.undecided",
  undecided: "l.undecided",
  qualified: "l.stage IN ('qualified', 'meeting', 'won')",
  meetings: "l.stage IN ('meeting', 'won')",
  deals: "l.stage = 'won'",
  qualifiedWithinHorizon: "l.qualified_within_horizon",
  qualifiedEverLogged: "l.first_qualified_at IS NOT NULL",
  logged: "l.logged",
};

const INSIGHT_COLUMNS: Readonly<Partial<Record<Measure, string>>> = {
  spendMinor: "r.spend_minor",
  impressions: "r.impressions",
  clicks: "r.clicks",
};

const KNOWS_SPEND = "marts.knew(spend_since, $as_of)";
const KNOWS_LEADS = "marts.knew(leads_since, $as_of)";
const KNOWS_STAGES = "marts.knew_stages(staged, logged_since, $as_of)";

const accountThat = (alias: string, knows: string) =>
  `${alias}.account_key IN (SELECT account_key FROM marts.accounts WHERE ${knows})`;

function tableOf(measure: Measure): Table {
  if (LEAD_MEASURES[measure] !== undefined) return "campaign_leads";
  return measure === "revenueMinor" ? "deals" : "insights";
}

function partOf(measure: Measure, both: string | null = null): Part {
  return { table: tableOf(measure), measure: LEAD_MEASURES[measure] ?? "true", both };
}

const knowsOf = (measure: Measure) =>
  measure === "leads" || measure === "undecided" ? KNOWS_LEADS : KNOWS_STAGES;

/** Numerator's table, then denominator's; where both are one table, the rows of the denominator, which hold both. */
export function partsOf(kpi: Kpi): readonly Part[] {
  if (kpi.kind === "sum") return [partOf(kpi.measure)];
  const { over, under } = kpi;
  const [above, below] = [tableOf(over), tableOf(under)];
  if (above === "insights" && below === "insights") {
    const columns = [INSIGHT_COLUMNS[over], INSIGHT_COLUMNS[under]];
    return [partOf(under, columns.map((column) => `${column} IS NOT NULL`).join(" AND "))];
  }
  if (above === below) return [partOf(under, accountThat("l", knowsOf(over)))];
  // Costs of leads: spend of accounts whose leads are known, leads of accounts whose spend is known.
  if (above === "insights") {
    return [
      partOf(over, accountThat("c", knowsOf(under))),
      partOf(under, accountThat("l", KNOWS_SPEND)),
    ];
  }
  return [partOf(over, accountThat("l", KNOWS_SPEND)), partOf(under)];
}
