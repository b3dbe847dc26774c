/** What changed between two spans of days, and through which campaigns. */
import type { Period } from "../contract/common.ts";
import type {
  ChangeEffects,
  ChangeMeasure,
  ChangeMover,
  ChangeSums,
  ChangesAnswer,
  ChangesQuery,
} from "../contract/today.ts";
import { binomialTest } from "../stats/proportion-tests.ts";
import type { Session } from "../warehouse/warehouse.ts";
import {
  costEffects,
  countEffects,
  inWholeUnits,
  kindOf,
  type Pair,
  spendEffects,
  sumOfEffects,
} from "./change-effects.ts";
import { partialDayOf } from "./partial-day.ts";
import { addDays, comparedWith } from "./period.ts";
import type { Selected } from "./selection.ts";

interface Row {
  account_id: string;
  campaign_id: string | null;
  campaign_name: string | null;
  project_name: string | null;
  spend_before: number;
  spend_after: number;
  leads_before: number;
  leads_after: number;
  qualified_before: number;
  qualified_after: number;
  aged_before: number;
  aged_after: number;
  logged: boolean;
  knows_spend: boolean;
  knows_leads: boolean;
  knows_stages: boolean;
}

type Sum = "spend" | "leads" | "qualified";

/** Whose rows a measure is made of: accounts that know all its parts. */
const KNOWS: Readonly<Record<ChangeMeasure, (row: Row) => boolean>> = {
  spend: (row) => row.knows_spend,
  leads: (row) => row.knows_leads,
  qualified: (row) => row.knows_stages,
  cpl: (row) => row.knows_spend && row.knows_leads,
  cpql: (row) => row.knows_spend && row.knows_stages,
};

function spanOf(from: string, days: number): Period {
  return { from, to: addDays(from, days - 1), days };
}

/** The two spans; the earlier is null where the data begin later. */
function spansOf(
  { frame, extent, compare }: Selected,
  span: ChangesQuery["span"],
  partial: ChangesAnswer["partialDay"],
): { readonly after: Period | null; readonly before: Period | null } {
  if (span === "period") {
    return { after: frame.period.days === 0 ? null : frame.period, before: frame.previous };
  }
  if (frame.period.days === 0) return { after: null, before: null };
  const days = span === "day" ? 1 : 7;
  const end = partial === null ? frame.period.to : addDays(frame.period.to, -1);
  const after = spanOf(addDays(end, 1 - days), days);
  return { after, before: comparedWith(after, compare, frame.period, extent) };
}

const ratio = (over: number | null, under: number) =>
  over === null || under === 0 ? null : over / under;

/** Sums and costs of rows in both spans; null of what none of their accounts knows. */
function sumsOf(rows: readonly Row[], mixedCurrency: boolean): ChangeSums {
  const add = (of: Sum, when: "before" | "after", who: ChangeMeasure) => {
    const among = rows.filter(KNOWS[who]);
    return among.length === 0 ? null : among.reduce((sum, row) => sum + row[`${of}_${when}`], 0);
  };
  const money = (when: "before" | "after", who: ChangeMeasure) =>
    mixedCurrency ? null : add("spend", when, who);
  const at = (when: "before" | "after") => ({
    spendMinor: money(when, "spend"),
    leads: add("leads", when, "leads"),
    qualified: add("qualified", when, "qualified"),
    cplMinor: ratio(money(when, "cpl"), add("leads", when, "cpl") ?? 0),
    cpqlMinor: ratio(money(when, "cpql"), add("qualified", when, "cpql") ?? 0),
  });
  const before = at("before");
  const after = at("after");
  const pair = (name: keyof typeof before) => ({ before: before[name], after: after[name] });
  return {
    spendMinor: pair("spendMinor"),
    leads: pair("leads"),
    qualified: pair("qualified"),
    cplMinor: pair("cplMinor"),
    cpqlMinor: pair("cpqlMinor"),
  };
}

function pairOf(row: Row, of: Sum): Pair {
  return {
    before: { spend: row.spend_before, count: row[`${of}_before`] },
    after: { spend: row.spend_after, count: row[`${of}_after`] },
  };
}

/** Effects per row in the order of the rows; null where the measure cannot be told of them. */
function effectsOf(rows: readonly Row[], by: ChangeMeasure): ChangeEffects[] | null {
  if (by === "spend") return spendEffects(rows.map((row) => pairOf(row, "leads")));
  if (by === "leads" || by === "qualified") {
    return countEffects(rows.map((row) => pairOf(row, by)));
  }
  const exact = costEffects(rows.map((row) => pairOf(row, by === "cpl" ? "leads" : "qualified")));
  return exact === null ? null : inWholeUnits(exact);
}

interface Told {
  readonly by: ChangeMeasure;
  readonly rows: readonly Row[];
  readonly effects: readonly ChangeEffects[];
}

/** Qualified leads of each span from which on their cost is what one would ask about first. */
const ENOUGH_QUALIFIED = 20;

/** How sure a difference of costs is; null for sums, and where there is nothing to count. */
function evidenceOf(told: Told | null): ChangesAnswer["evidence"] {
  if (told === null || (told.by !== "cpl" && told.by !== "cpql")) return null;
  const of = told.by === "cpl" ? "leads" : "qualified";
  const sum = (what: Sum, when: "before" | "after") =>
    told.rows.reduce((all, row) => all + row[`${what}_${when}`], 0);
  const before = sum(of, "before");
  const after = sum(of, "after");
  const share = sum("spend", "after") / (sum("spend", "before") + sum("spend", "after"));
  const { p } = binomialTest({ hits: after, trials: before + after }, share);
  return { before, after, p: Math.min(1, p) };
}

/** The first of the measures that can be told; null where none can. */
function firstTold(
  rows: readonly Row[],
  measures: readonly ChangeMeasure[],
  mixedCurrency: boolean,
): Told | null {
  for (const by of measures) {
    const known = rows.filter(KNOWS[by]);
    if (known.length === 0 || (mixedCurrency && by !== "leads" && by !== "qualified")) continue;
    const effects = effectsOf(known, by);
    if (effects !== null) return { by, rows: known, effects };
  }
  return null;
}

function moverOf(row: Row, effects: ChangeEffects, mixedCurrency: boolean): ChangeMover {
  return {
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    account: row.account_id,
    project: row.project_name,
    kind: kindOf(pairOf(row, "leads")),
    effects,
    ...sumsOf([row], mixedCurrency),
  };
}

function restOf({ rows, effects }: Told, among: readonly number[], mixedCurrency: boolean) {
  const left = among.flatMap((i) => rows[i] ?? []);
  return {
    campaigns: new Set(left.map((row) => `${row.account_id} ${row.campaign_id}`)).size,
    effects: sumOfEffects(among.flatMap((i) => effects[i] ?? [])),
    ...sumsOf(left, mixedCurrency),
  };
}

/** How much younger the later leads are than their outcome needs; null where they are old enough. */
function immatureOf(
  rows: readonly Row[],
  ageDays: number,
  horizonDays: number,
): ChangesAnswer["immature"] {
  if (ageDays >= horizonDays) return null;
  const logged = rows.filter((row) => row.knows_stages);
  const aged = (when: "before" | "after") =>
    logged.reduce((sum, row) => sum + row[`aged_${when}`], 0);
  return {
    ageDays,
    horizonDays,
    qualifiedAtSameAge: rows.some((row) => row.logged)
      ? { before: aged("before"), after: aged("after") }
      : null,
  };
}

/**
 * What changed between the two spans that a question means, the largest movers first.
 *
 * @param today the calendar day that it is now in the zone of the selection
 */
export async function changesOf(
  session: Session,
  selected: Selected,
  query: ChangesQuery,
  today: string,
): Promise<ChangesAnswer> {
  const { frame, mixedCurrency, extent, horizonDays } = selected;
  const partialDay =
    frame.period.days === 0 ? null : await partialDayOf(session, selected, frame.period.to, today);
  const { after, before } = spansOf(selected, query.span, partialDay);
  const end = frame.asOf ?? extent.last_day ?? frame.period.to;
  const ageDays =
    after === null
      ? 0
      : Math.max(0, Math.round((Date.parse(end) - Date.parse(after.to)) / 86_400_000));
  const rows =
    after === null || before === null
      ? []
      : await session.all<Row>(selected.sql("change"), {
          ...selected.params,
          before_from: before.from,
          before_to: before.to,
          from: after.from,
          to: after.to,
          age_days: ageDays,
        });
  const immature = after === null ? null : immatureOf(rows, ageDays, horizonDays);
  const totals = sumsOf(rows, mixedCurrency);
  const enough = Math.min(totals.qualified.before ?? 0, totals.qualified.after ?? 0);
  const usual: readonly ChangeMeasure[] =
    immature === null && enough >= ENOUGH_QUALIFIED
      ? ["cpql", "cpl", "spend", "leads"]
      : ["cpl", "spend", "leads"];
  const told = firstTold(rows, query.by === undefined ? usual : [query.by], mixedCurrency);
  const order = (told?.effects ?? [])
    .map((_, i) => i)
    .sort((one, other) => sizeAt(told, other) - sizeAt(told, one) || one - other);
  const moved = order.filter((i) => sizeAt(told, i) > 0);
  const shown = moved.slice(0, query.limit);
  const others = order.filter((i) => !shown.includes(i));
  return {
    frame,
    span: query.span,
    after,
    before,
    by: told?.by ?? null,
    missing:
      told !== null
        ? null
        : before === null
          ? "no_previous"
          : mixedCurrency
            ? "mixed_currency"
            : (query.by === "cpl" || query.by === "cpql") && rows.some(KNOWS[query.by])
              ? "no_cost_before"
              : "not_recorded",
    totals,
    evidence: evidenceOf(told),
    effects: told === null ? null : sumOfEffects(told.effects),
    movers: shown.flatMap((i) => {
      const [row, effects] = [told?.rows[i], told?.effects[i]];
      return row && effects ? [moverOf(row, effects, mixedCurrency)] : [];
    }),
    rest: told === null || others.length === 0 ? null : restOf(told, others, mixedCurrency),
    partialDay,
    immature,
  };
}

function sizeAt(told: Told | null, i: number): number {
  return Math.abs(told?.effects[i]?.total ?? 0);
}
