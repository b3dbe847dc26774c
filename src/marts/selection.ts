/** A selection made definite: its days, its frame, and the parameters every query of it takes. */
import type { Period, SelectionQuery } from "../contract/common.ts";
import type { Frame } from "../contract/overview.ts";
import { type Definitions, definitionsOf } from "../domain/definitions.ts";
import { currencyDecimals } from "../domain/money.ts";
import type { Scope } from "../domain/scope.ts";
import type { Params } from "../warehouse/values.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { type Clauses, narrowed, narrowParams } from "./narrow.ts";
import { addDays, daysOf, type Extent } from "./period.ts";

export interface Selected {
  readonly frame: Frame;
  /** What the selection asked to be compared with. */
  readonly compare: SelectionQuery["compare"];
  /** Several currencies: money of the selection cannot be added. */
  readonly mixedCurrency: boolean;
  /** First and last day of data in the scope (as of the day asked for). */
  readonly extent: Extent;
  /** Longest conversion horizon of the selected accounts, days. */
  readonly horizonDays: number;
  readonly weekStart: number;
  readonly params: Params;
  /** A named query narrowed to this selection; `extra` fills its other markers. */
  sql(name: string, extra?: Clauses): string;
}

/** What the tables of an account may know; a KPI of what none of the selected ones knows is null, not 0. */
const KNOWABLE = [
  "spend_known",
  "impressions_known",
  "clicks_known",
  "reach_known",
  "leads_known",
  "stages_known",
  "log_known",
  "revenue_known",
] as const;

type Known = Record<(typeof KNOWABLE)[number], boolean>;

interface AccountFacts extends Known {
  accounts: number;
  account_id: string | null;
  currencies: string[];
  horizon_days: number | null;
}

/** Whether a period begins on the day after another ends. */
export function follows(before: Period, period: Period): boolean {
  return addDays(before.to, 1) === period.from;
}

/** First and last day of what the scope may see. */
export async function extentOf(
  session: Session,
  selection: SelectionQuery,
  scope: Scope,
): Promise<Extent> {
  const name = selection.asOf === undefined ? "extent" : "extent-as-of";
  const found = await session.first<Extent>(
    narrowed(name, scope, selection),
    narrowParams(scope, selection),
  );
  return found ?? { first_day: null, last_day: null, end_day: null, active_day: null };
}

/**
 * Resolves a selection within a scope, on the session whose state the following queries will see.
 *
 * @throws Problem `BAD_PERIOD`
 */
export async function resolveSelection(
  session: Session,
  selection: SelectionQuery,
  scope: Scope,
  definitions: Definitions,
): Promise<Selected> {
  const narrowing = narrowParams(scope, selection);
  const everything = selection.from === "all" && selection.to === undefined;
  const stored = everything && selection.asOf === undefined;
  // Where totals are stored no day is read: the days of the period are none.
  const days: Clauses = stored ? { period: "false", loose: "l.campaign_key IS NULL" } : {};
  const sql = (name: string, extra: Clauses = {}) =>
    narrowed(name, scope, selection, { ...days, ...extra });
  const extent = await extentOf(session, selection, scope);
  const { period, previous } = daysOf(selection, extent);
  const accounts = await session.first<AccountFacts>(sql("selected-accounts"), {
    ...narrowing,
    whole: selection.project.length + selection.campaign.length === 0,
  });
  let currencies = accounts?.currencies ?? [];
  if (currencies.length > 1 && (selection.project.length > 0 || selection.campaign.length > 0)) {
    const found = await session.first<{ currencies: string[] }>(
      sql("selected-currencies"),
      narrowing,
    );
    currencies = found?.currencies ?? [];
  }
  const only = accounts?.accounts === 1 ? accounts.account_id : null;
  const settings = definitionsOf(definitions, only);
  const built = await session.first<{ version: string }>(
    "SELECT definitions_version AS version FROM marts.built",
  );
  const mixedCurrency = currencies.length > 1;
  const currency = mixedCurrency ? null : (currencies[0] ?? settings.currency);
  return {
    compare: selection.compare,
    frame: {
      period,
      previous,
      basis: selection.basis,
      asOf: selection.asOf ?? null,
      currency,
      currencyDecimals: currencyDecimals(currency ?? settings.currency),
      definitionsVersion: built?.version ?? definitions.version,
      recomputing: built !== null && built.version !== definitions.version,
    },
    mixedCurrency,
    extent,
    horizonDays: accounts?.horizon_days ?? settings.conversionHorizonDays,
    weekStart: settings.weekStart,
    params: {
      ...narrowing,
      from: period.from,
      to: period.to,
      // Days that end where the period begins are read together with it.
      start: (previous !== null && follows(previous, period) ? previous : period).from,
      everything,
      stored,
      ...Object.fromEntries(KNOWABLE.map((name) => [name, accounts?.[name] ?? false])),
    },
    sql,
  };
}
