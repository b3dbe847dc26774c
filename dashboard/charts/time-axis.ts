/** Which buckets of a time axis carry a label, and what it says. */

export type Grain = "day" | "week" | "month";

export interface TimeTick {
  readonly index: number;
  /** What is said of the bucket's first day: the day, or its month. */
  readonly says: "day" | "month";
  /** Whether the year is said too: where the axis begins, and where a year does. */
  readonly year: boolean;
}

/** Room for a label with its year. */
const LABEL_PX = 64;
const LABEL_WITH_YEAR_PX = 84;
/** An axis of more days than this is read by months. */
const LONG_DAYS = 120;
/** Every how many months a label may stand, so that Januaries always have one. */
const MONTH_STEPS = [1, 2, 3, 6, 12];
const DAYS: Readonly<Record<Grain, number>> = { day: 1, week: 7, month: 30 };

/** Every how many buckets a label fits. */
export function labelStep(buckets: number, plotPx: number, labelPx = LABEL_PX): number {
  if (buckets === 0) return 1;
  return Math.max(1, Math.ceil((buckets * labelPx) / Math.max(plotPx, labelPx)));
}

const yearOf = (day: string | undefined) => day?.slice(0, 4);
const monthOf = (day: string | undefined) => day?.slice(0, 7);

/** Marks the first label, and each that begins another year than the one before. */
function withYears(
  starts: readonly string[],
  indices: readonly number[],
  says: TimeTick["says"],
): readonly TimeTick[] {
  return indices.map((index, place) => ({
    index,
    says,
    year: place === 0 || yearOf(starts[index]) !== yearOf(starts[indices[place - 1] ?? index]),
  }));
}

/**
 * The labels of an axis: single days where it is short, months where it is long, and on a long axis always the year
 * where it begins and where a year does.
 *
 * @param starts first day of each bucket, in order
 * @param plotPx width of the axis
 */
export function timeTicks(
  starts: readonly string[],
  grain: Grain,
  plotPx: number,
): readonly TimeTick[] {
  const buckets = starts.length;
  if (buckets * DAYS[grain] <= LONG_DAYS && grain !== "month") {
    const severalYears = yearOf(starts[0]) !== yearOf(starts.at(-1));
    const step = labelStep(buckets, plotPx, severalYears ? LABEL_WITH_YEAR_PX : LABEL_PX);
    const indices = starts.flatMap((_, index) => (index % step === 0 ? [index] : []));
    const ticks = withYears(starts, indices, "day");
    return severalYears ? ticks : ticks.map((tick) => ({ ...tick, year: false }));
  }
  // A month's label stands at the first bucket that begins in it; at the first of all only where the month begins there.
  const begins = starts.flatMap((day, index) =>
    (index === 0 ? Number(day.slice(8)) <= 7 : monthOf(day) !== monthOf(starts[index - 1]))
      ? [index]
      : [],
  );
  if (begins.length === 0) return withYears(starts, buckets > 0 ? [0] : [], "month");
  const monthsFit = Math.max(1, Math.floor(plotPx / LABEL_PX));
  const step = MONTH_STEPS.find((each) => begins.length / each <= monthsFit);
  const every = step ?? 12 * Math.ceil(begins.length / 12 / monthsFit);
  const chosen = begins.filter((index) => {
    const [year = 0, month = 1] = (starts[index] as string).split("-").map(Number);
    return (year * 12 + month - 1) % every === 0;
  });
  return withYears(starts, chosen.length > 0 ? chosen : begins.slice(0, 1), "month");
}
