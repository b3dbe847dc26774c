/** Leads by week of arrival, and how many were qualified by which age; nothing is said of an age not yet lived through. */
import type { CohortsAnswer } from "../contract/leads.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { untilOf } from "./lead-waits.ts";
import { addDays } from "./period.ts";
import type { Selected } from "./selection.ts";

/** Weeks of age that have cells of their own. */
const AGES = 12;
/** Weeks of arrival that are shown, the newest ones. */
const MOST_WEEKS = 60;
const DAY_MS = 86_400_000;

interface CohortRow {
  week: string;
  age: number | null;
  leads: number;
  judged: number;
  logged: number;
  qualified: number;
}

/** Days from the beginning of one day to that of another. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from)) / DAY_MS);
}

export async function leadCohorts(session: Session, selected: Selected): Promise<CohortsAnswer> {
  const rows = await session.all<CohortRow>(selected.sql("lead-cohorts"), {
    ...selected.params,
    week_start: selected.weekStart,
    ages: AGES,
  });
  const until = untilOf(selected);
  const weeks = new Map<string, CohortRow[]>();
  for (const row of rows) weeks.set(row.week, [...(weeks.get(row.week) ?? []), row]);
  const all = [...weeks].map(([week, own]) => {
    const sum = (of: "leads" | "judged" | "logged" | "qualified") =>
      own.reduce((total, row) => total + row[of], 0);
    // The youngest lead came at the end of the week, or of the days asked for.
    const last = [addDays(week, 7), addDays(selected.frame.period.to, 1)].sort()[0] as string;
    const first = [week, selected.frame.period.from].sort()[1] as string;
    const lived = until === null ? 0 : daysBetween(last, until);
    const oldest = until === null ? 0 : daysBetween(first, until);
    const ages = (days: number, round: (n: number) => number) =>
      Math.min(AGES, Math.max(0, round(days / 7)));
    let qualified = 0;
    const byAge = Array.from({ length: AGES }, (_, age) => {
      qualified += own.find((row) => row.age === age)?.leads ?? 0;
      return qualified;
    });
    return {
      week,
      leads: sum("leads"),
      judged: sum("judged"),
      logged: sum("logged"),
      qualified: sum("qualified"),
      mature: lived >= selected.horizonDays,
      wholeAges: ages(lived, Math.floor),
      someAges: ages(oldest, Math.ceil),
      byAge,
    };
  });
  return {
    frame: selected.frame,
    until,
    horizonDays: selected.horizonDays,
    ages: AGES,
    cohorts: all.slice(-MOST_WEEKS),
    more: Math.max(0, all.length - MOST_WEEKS),
  };
}
