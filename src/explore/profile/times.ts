/** A column of days or moments: what it covers, where it is silent, and days that leave their usual band. */
import type { ColumnProfile } from "../../contract/explore.ts";
import type { Session } from "../../warehouse/warehouse.ts";
import type { ColumnKind } from "./profiled.ts";
import { VALUES } from "./values.ts";

type TimeProfile = NonNullable<ColumnProfile["time"]>;

const DAY_MS = 86_400_000;
const SHOWN_GAPS = 20;
const SHOWN_JUMPS = 20;
/** Days on either side from which the usual number is taken. */
const WINDOW = 14;
/** Robust standard deviations beyond which a day is out of its band. */
const BAND = 6;
/** A longer calendar is not walked day by day: a slip of the pen made it. */
const LONGEST_CALENDAR = 40_000;

const numberOf = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
const textOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}

/**
 * Days whose number of rows lies beyond six robust deviations of the days around them, on the scale on which counts
 * vary evenly (Anscombe 1948: a Poisson count's 2√(n + 3/8) has deviation 1).
 */
export function jumpsOf(days: readonly { day: number; n: number }[]): TimeProfile["jumps"] {
  const first = days[0]?.day;
  const last = days.at(-1)?.day;
  if (first === undefined || last === undefined || last - first > LONGEST_CALENDAR) return [];
  if (days.length < 2 * WINDOW) return [];
  const counts = new Float64Array(last - first + 1);
  for (const { day, n } of days) counts[day - first] = n;
  const even = counts.map((n) => 2 * Math.sqrt(n + 0.375));
  const jumps: { day: string; n: number; usual: number; size: number }[] = [];
  for (let i = 0; i < even.length; i++) {
    const around: number[] = [];
    for (let k = Math.max(0, i - WINDOW); k <= Math.min(even.length - 1, i + WINDOW); k++) {
      if (k !== i) around.push(even[k] as number);
    }
    const usual = middle(around.sort((a, b) => a - b));
    const off = around.map((x) => Math.abs(x - usual)).sort((a, b) => a - b);
    const deviation = Math.max(1, 1.4826 * middle(off));
    const size = Math.abs((even[i] as number) - usual) / deviation;
    if (size <= BAND) continue;
    const normal = Math.max(0, (usual / 2) ** 2 - 0.375);
    jumps.push({
      day: textOf(first + i),
      n: counts[i] as number,
      usual: Math.round(normal * 10) / 10,
      size,
    });
  }
  return jumps
    .sort((left, right) => right.size - left.size)
    .slice(0, SHOWN_JUMPS)
    .sort((left, right) => (left.day < right.day ? -1 : 1))
    .map(({ size: _, ...jump }) => jump);
}

/** Stretches without a day between the first and the last. */
export function gapsOf(days: readonly { day: number }[]): Pick<TimeProfile, "gaps" | "gapDays"> {
  const gaps: TimeProfile["gaps"] = [];
  let gapDays = 0;
  for (let i = 1; i < days.length; i++) {
    const before = days[i - 1]?.day as number;
    const after = days[i]?.day as number;
    const length = after - before - 1;
    if (length <= 0) continue;
    gapDays += length;
    gaps.push({ from: textOf(before + 1), to: textOf(after - 1), days: length });
  }
  gaps.sort((left, right) => right.days - left.days || (left.from < right.from ? -1 : 1));
  return { gaps: gaps.slice(0, SHOWN_GAPS), gapDays };
}

/**
 * @param thinning how many values each of `profile_values` stands for
 * @returns null where there is no date
 */
export async function timeOf(
  session: Session,
  kind: ColumnKind,
  thinning: number,
): Promise<TimeProfile | null> {
  const columns = await session.columns(
    `SELECT v::DATE::VARCHAR AS day, sum(n)::BIGINT AS n,
            min(v)::VARCHAR AS first, max(v)::VARCHAR AS last
     FROM ${VALUES} WHERE v BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' GROUP BY v::DATE ORDER BY v::DATE`,
  );
  const names = (columns.day ?? []) as string[];
  const counts = (columns.n ?? []) as number[];
  const first = columns.first?.[0];
  const last = columns.last?.at(-1);
  if (typeof first !== "string" || typeof last !== "string") return null;
  const days = names.map((day, i) => ({ day: numberOf(day), n: (counts[i] ?? 0) * thinning }));
  const weekday = new Array<number>(7).fill(0);
  const months = new Map<string, number>();
  for (const [i, { day, n }] of days.entries()) {
    // 1970-01-01 was a Thursday.
    const at = (((day + 4) % 7) + 7) % 7;
    weekday[at] = (weekday[at] ?? 0) + n;
    const month = (names[i] as string).slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + n);
  }
  return {
    first,
    last,
    ...gapsOf(days),
    jumps: jumpsOf(days),
    weekday,
    hour: kind === "date" ? null : await hoursOf(session, thinning),
    months: [...months].map(([month, n]) => ({ month, n })),
  };
}

/** Rows by hour of the day; null where every time is midnight, so that none is written. */
async function hoursOf(session: Session, thinning: number): Promise<number[] | null> {
  const found = await session.all<{ hour: number; n: number; timed: boolean }>(
    `SELECT hour(v) AS hour, sum(n)::BIGINT AS n, bool_or(v <> date_trunc('day', v)) AS timed
     FROM ${VALUES} WHERE v IS NOT NULL GROUP BY ALL`,
  );
  if (!found.some(({ timed }) => timed)) return null;
  const hours = new Array<number>(24).fill(0);
  for (const { hour, n } of found) hours[hour] = n * thinning;
  return hours;
}
