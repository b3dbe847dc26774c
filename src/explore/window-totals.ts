/** Series that hold totals of the last so many days where daily amounts belong: the search for them. */
import { TREATED_MEASURES, type TreatedMeasure } from "../domain/treatments.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Look } from "./look.ts";
import { thresholdsInForce } from "./once.ts";
import { mayBegin, ownAmounts, windowEvidence } from "./trailing-window.ts";

/** A stretch of an entity's life in which measures are totals of the last `width` days that are told. */
export interface WindowTotal {
  readonly account: string;
  readonly campaignId: string;
  readonly entity: string;
  readonly measures: readonly TreatedMeasure[];
  /** First and last day, both inclusive. */
  readonly from: string;
  readonly until: string;
  readonly width: number;
  /** Days told. */
  readonly rows: number;
  /** Of the whole campaign. */
  readonly evidence: number;
}

/** Thresholds of the search; settings `rolling-window-totals.<name>`. */
export const WINDOW_TOTAL_THRESHOLDS = {
  /** Evidence from which a campaign holds such totals. */
  evidence: 16,
} as const;

const SQL = sqlFile(import.meta.url, "sql/series/window-candidates.sql");
/** Largest squared step of a candidate, in variances. */
const CALM = 0.85;

/** Days that exports take together. */
const WIDTHS = [3, 4, 5, 7, 10, 14, 28, 30] as const;

/** A run must be longer than its window by this, as the first days of a window tell nothing. */
const BEYOND = 2;

/** Least evidence of a day, as a share of the log of the width: weaker ones add up to much in long smooth series. */
const LEAST_A_DAY = 0.6;

/** How far series of a campaign rise and fall together: so much less does each further one say. */
const TOGETHER = 0.6;

interface Series extends Readonly<Record<TreatedMeasure, readonly (number | null)[]>> {
  readonly account: string;
  readonly campaignId: string;
  readonly entity: string;
  readonly days: readonly string[];
}

/** Own amounts this many times the daily ones beside the span are another fault, such as another unit. */
const UNLIKE = 5;

type Candidate = Pick<Series, "account" | "campaignId" | "entity"> & { readonly told: string };

function seriesOf({ told, ...name }: Candidate): Series {
  const days = told.split(",").map((day) => day.split(" "));
  const measure = (place: number) =>
    days.map((cells) => (cells[place] === "-" ? null : Number(cells[place])));
  return {
    ...name,
    days: days.map(([day = ""]) => day),
    spend_minor: measure(1),
    impressions: measure(2),
    clicks: measure(3),
    reach: measure(4),
  };
}

/** Where a series holds window totals: from which place on, over how many rows. */
interface Run {
  readonly series: Series;
  readonly from: number;
  readonly rows: number;
  readonly evidence: number;
}

interface Told {
  readonly width: number;
  readonly measures: readonly TreatedMeasure[];
  readonly runs: readonly Run[];
  readonly evidence: number;
}

const known = (values: readonly (number | null)[]): values is readonly number[] =>
  !values.includes(null) && values.some((one) => one !== 0);

/** The daily measure against which another is held. */
const besideOf = (measure: TreatedMeasure): TreatedMeasure =>
  measure === "spend_minor" ? "impressions" : "spend_minor";

/** A series with the measures that are asked about, and what each of the first two is held against. */
interface Asked {
  readonly series: Series;
  readonly told: readonly (readonly number[])[];
  readonly beside: readonly (readonly number[] | null)[];
}

/** Reach and clicks follow impressions: the first two measures speak for all. */
const SPEAKERS = 2;

function asked(campaign: readonly Series[], measures: readonly TreatedMeasure[], held: boolean) {
  return campaign.flatMap((series): Asked[] => {
    const told = measures.map((measure) => series[measure]);
    if (!told.every(known)) return [];
    const beside = measures.slice(0, SPEAKERS).map((measure) => {
      const other = held ? series[besideOf(measure)] : [];
      return known(other) ? other : null;
    });
    return [{ series, told, beside }];
  });
}

/** Whether the days that are taken out of the windows are like the daily ones before and after, within a factor. */
function alike(values: readonly number[], own: readonly number[], from: number, rows: number) {
  const daily = [...values.slice(0, from), ...values.slice(from + rows)];
  if (daily.length === 0) return true;
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const ratio = mean(own.slice(0, rows)) / mean(daily);
  return ratio >= 1 / UNLIKE && ratio <= UNLIKE;
}

/** The stretch of a series that speaks most for a window of this width, over all measures asked about together. */
function bestRun({ series, told, beside }: Asked, width: number): Run | null {
  const length = series.days.length;
  const least = width + BEYOND;
  let best: Run | null = null;
  for (let from = 0; from + least <= length; from++) {
    if (!told.every((values) => mayBegin(values, from))) continue;
    const own: number[][] = [];
    let rows = length - from;
    for (const values of told) {
      const amounts = ownAmounts(values, width, from);
      own.push(amounts);
      rows = Math.min(rows, amounts.length);
      if (rows < least) break;
    }
    if (rows < least || !alike(told[0] ?? [], own[0] ?? [], from, rows)) continue;
    const chance = Math.log(length);
    let evidence = -(from > 0 ? chance : 0) - (from + rows < length ? chance : 0);
    for (const [n, other] of beside.entries()) {
      evidence +=
        windowEvidence(
          (told[n] ?? []).slice(from, from + rows),
          (own[n] ?? []).slice(0, rows),
          other === null ? null : other.slice(from, from + rows),
          width,
        ) / beside.length;
    }
    if (evidence > (best?.evidence ?? 0)) best = { series, from, rows, evidence };
  }
  return best;
}

/** What a campaign's series say together, at the width that explains most. */
function bestWidth(
  campaign: readonly Series[],
  measures: readonly TreatedMeasure[],
  held: boolean,
): Told | null {
  const parts = asked(campaign, measures, held);
  let best: Told | null = null;
  let most = 0;
  for (const width of WIDTHS) {
    const runs = parts.flatMap((one) => bestRun(one, width) ?? []);
    const sum = runs.reduce((before, run) => before + run.evidence, 0);
    const rows = runs.reduce((before, run) => before + run.rows, 0);
    if (sum < LEAST_A_DAY * Math.log(width) * rows || sum <= most) continue;
    most = sum;
    best = { width, measures, runs, evidence: sum * ((1 - TOGETHER) / runs.length + TOGETHER) };
  }
  return best;
}

/** The measures of a campaign that are totals of one window, with the stretches of each of its series. */
function toldBy(campaign: readonly Series[], least: number): Told | null {
  const there = TREATED_MEASURES.filter((measure) =>
    campaign.some((series) => known(series[measure])),
  );
  const main = there.filter((measure) => measure !== "reach" || there.length === 1);
  const all = bestWidth(campaign, main, false);
  if (all !== null && all.evidence >= (main.length > 1 ? least : 2 * least)) {
    // Reach of several days is no sum of days; where it was added up all the same it goes with the others.
    const reach =
      there.includes("reach") &&
      all.runs.every(({ series, from, rows }) => {
        const { reach: values } = series;
        return known(values) && ownAmounts(values, all.width, from).length >= rows;
      });
    return { ...all, measures: reach && !main.includes("reach") ? [...main, "reach"] : main };
  }
  if (there.length < 2) return null;
  const alone = there.flatMap((measure) => bestWidth(campaign, [measure], true) ?? []);
  const strongest = alone.sort((a, b) => b.evidence - a.evidence)[0];
  if (strongest === undefined || strongest.evidence < 1.5 * least) return null;
  const measures = there.filter((name) =>
    alone.some(
      (one) =>
        one.width === strongest.width && one.evidence >= 1.5 * least && one.measures.includes(name),
    ),
  );
  const runs = asked(campaign, measures, true).flatMap(
    (one) => bestRun(one, strongest.width) ?? [],
  );
  return runs.length === 0 ? null : { ...strongest, measures, runs };
}

/** Short series of a campaign all of whose longer ones are window totals: totals too, where they never fall. */
function besides(campaign: readonly Series[], told: Told): Run[] {
  const long = campaign.filter((one) => one.days.length >= told.width + BEYOND);
  if (told.runs.length < long.length || told.runs.some((run) => run.from > 0)) return [];
  return campaign
    .filter((one) => !long.includes(one))
    .filter((one) =>
      told.measures.every((name) => {
        const values = one[name];
        return (
          values.every((value) => value !== null) &&
          ownAmounts(values as readonly number[], told.width, 0).length === values.length
        );
      }),
    )
    .map((series) => ({ series, from: 0, rows: series.days.length, evidence: 0 }));
}

/** Campaigns that hold totals of the last so many days, one row per series; none where nothing speaks for it. */
export async function searchWindowTotals(look: Look): Promise<WindowTotal[]> {
  const { evidence: least } = thresholdsInForce(
    look,
    "rolling-window-totals",
    WINDOW_TOTAL_THRESHOLDS,
  );
  const campaigns = new Map<string, Series[]>();
  for (const one of await look.session.all<Candidate>(SQL, { steps: CALM })) {
    const key = `${one.account}\u001f${one.campaignId}`;
    const before = campaigns.get(key);
    if (before) before.push(seriesOf(one));
    else campaigns.set(key, [seriesOf(one)]);
  }
  return [...campaigns.values()].flatMap((campaign) => {
    const told = toldBy(campaign, least);
    if (told === null) return [];
    return [...told.runs, ...besides(campaign, told)].map(({ series, from, rows }) => ({
      account: series.account,
      campaignId: series.campaignId,
      entity: series.entity,
      measures: told.measures,
      from: series.days[from] ?? "",
      until: series.days[from + rows - 1] ?? "",
      width: told.width,
      rows,
      evidence: told.evidence,
    }));
  });
}
