/** What the tables say about each question of the first hour. */
import type { FirstHourAnswer } from "../contract/today.ts";
import type { Definitions } from "../domain/definitions.ts";
import { definitionsOf } from "../domain/definitions.ts";
import { costInterval } from "../stats/intervals.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { Selected } from "./selection.ts";
import { byHour, byWeekday, type HourCount, proposedHours } from "./working-hours.ts";

export type FirstHourEvidence = Omit<FirstHourAnswer, "due" | "done" | "sample">;

interface CostRow {
  account_id: string;
  first_day: string | null;
  mature_until: string;
  spend_minor: number;
  spend_all_in_minor: number;
  leads: number;
  qualified: number;
}

/** Qualified leads from which on a cost of the past is worth proposing. */
const ENOUGH_QUALIFIED = 10;
const NAMES_SHOWN = 20;

/** An amount as somebody would say it: two significant digits, in major units. */
function roundAmount(minor: number, decimals: number): number {
  return Number((minor / 10 ** decimals).toPrecision(2));
}

function costOf(spendMinor: number, qualified: number) {
  const interval = spendMinor > 0 ? costInterval(spendMinor, qualified) : null;
  return {
    value: qualified === 0 ? null : spendMinor / qualified,
    n: qualified,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

function targetOf(
  rows: readonly CostRow[],
  { frame, mixedCurrency }: Selected,
  definitions: Definitions,
): FirstHourAnswer["target"] {
  const sum = (of: "spend_all_in_minor" | "qualified" | "leads") =>
    rows.reduce((all, row) => all + row[of], 0);
  const spendMinor = sum("spend_all_in_minor");
  const qualified = sum("qualified");
  const decimals = frame.currencyDecimals;
  const propose = (minor: number, n: number) =>
    n < ENOUGH_QUALIFIED ? null : roundAmount(minor / n, decimals);
  const days = rows.flatMap((row) => row.first_day ?? []).sort();
  const [from] = days;
  const to = rows
    .map((row) => row.mature_until)
    .sort()
    .at(-1);
  return {
    inForce: definitions.default.targetCostPerQualified,
    history:
      mixedCurrency || from === undefined || to === undefined
        ? null
        : { ...costOf(spendMinor, qualified), spendMinor, leads: sum("leads"), from, to },
    proposed: mixedCurrency ? null : propose(spendMinor, qualified),
    accounts:
      rows.length < 2
        ? []
        : rows.map((row) => ({
            account: row.account_id,
            inForce: definitionsOf(definitions, row.account_id).targetCostPerQualified,
            history: costOf(row.spend_all_in_minor, row.qualified),
            proposed: propose(row.spend_all_in_minor, row.qualified),
          })),
  };
}

/** @param namedInFiles currencies that the files name themselves */
export async function firstHourOf(
  session: Session,
  selected: Selected,
  definitions: Definitions,
  given: { readonly namedInFiles: readonly string[]; readonly reps: number },
): Promise<FirstHourEvidence> {
  const { frame, extent, params, mixedCurrency, horizonDays } = selected;
  const settings = definitions.default;
  const ask = <T>(name: string) => session.all<T>(selected.sql(name), params);
  const costs =
    extent.last_day === null
      ? []
      : await session.all<CostRow>(selected.sql("first-hour-cost"), {
          ...params,
          last_day: extent.last_day,
        });
  const statuses = await ask<{
    status: string;
    stage: string | null;
    undecided: boolean;
    leads: number;
  }>("first-hour-statuses");
  const changes = await ask<{ weekday: number; hour: number; bulk: boolean; changes: number }>(
    "first-hour-changes",
  );
  const arrivals = await ask<{ weekday: number; hour: number; leads: number }>(
    "first-hour-arrivals",
  );
  const callers = await ask<{ name: string; leads: number }>("first-hour-callers");
  const counted = changes
    .filter((one) => !one.bulk)
    .map(({ changes: count, ...one }): HourCount => ({ ...one, count }));
  const leads = statuses.reduce((sum, one) => sum + one.leads, 0);
  const among = (keep: (one: (typeof statuses)[number]) => boolean) =>
    statuses.filter(keep).reduce((sum, one) => sum + one.leads, 0);
  const [start, stop] = settings.workHours;
  const inside = arrivals
    .filter(
      ({ weekday, hour }) => settings.workDays.includes(weekday) && hour >= start && hour < stop,
    )
    .reduce((sum, one) => sum + one.leads, 0);
  const spendMinor = costs.reduce((sum, row) => sum + row.spend_minor, 0);
  const qualified = costs.reduce((sum, row) => sum + row.qualified, 0);
  return {
    firstDay: extent.first_day,
    lastDay: extent.last_day,
    money: {
      currency: settings.currency,
      namedInFiles: [...given.namedInFiles],
      currencyDecimals: frame.currencyDecimals,
      taxRate: settings.taxRate,
      feeRate: settings.feeRate,
      spendMinor: mixedCurrency ? null : spendMinor,
      cpqlMinor: mixedCurrency || qualified === 0 ? null : spendMinor / qualified,
    },
    target: targetOf(costs, selected, definitions),
    qualified: {
      statuses: statuses.map(({ status, stage, leads: n }) => ({ status, stage, leads: n })),
      leads,
      judged: among((one) => one.stage !== null && !one.undecided),
      qualified: among((one) => ["qualified", "meeting", "won"].includes(one.stage ?? "")),
      horizonDays,
    },
    hours: {
      workDays: [...settings.workDays],
      workHours: settings.workHours,
      firstContactMinutes: settings.firstContactMinutes,
      byWeekday: byWeekday(counted),
      byHour: byHour(counted),
      changes: counted.reduce((sum, one) => sum + one.count, 0),
      bulk: changes.filter((one) => one.bulk).reduce((sum, one) => sum + one.changes, 0),
      proposed: proposedHours(counted),
      arriveOutside: leads === 0 ? null : 1 - inside / leads,
    },
    callers: {
      assignment: settings.assignment,
      named: callers.slice(0, NAMES_SHOWN),
      namedLeads: callers.reduce((sum, one) => sum + one.leads, 0),
      leads,
      reps: given.reps,
    },
  };
}
