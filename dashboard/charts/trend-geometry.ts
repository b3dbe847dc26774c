/**
 * Where everything of the trend chart stands, from its numbers and a size; no document is touched.
 *
 * Two fields share one time axis: spend as bars from zero above, leads and qualified leads as lines below. Two
 * fields rather than two scales in one, because where lines of different units cross means nothing. In a
 * right-to-left page time runs from right to left.
 */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { type Grain, type TimeTick, timeTicks } from "./time-axis.ts";

type Column = readonly (number | null)[];

export interface TrendNumbers {
  readonly grain: Grain;
  readonly start: readonly string[];
  readonly spendMinor: Column;
  readonly leads: Column;
  readonly qualified: Column;
  readonly immature: readonly boolean[];
}

export interface ChartBox {
  readonly width: number;
  readonly height: number;
  readonly rtl: boolean;
}

export interface Tick {
  readonly value: number;
  readonly y: number;
}

export interface Bar {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

export interface Line {
  /** SVG path; a gap in the data interrupts it. */
  readonly path: string;
  /** Points with a gap on both sides, which a line cannot show. */
  readonly lone: readonly Point[];
  /** Where the direct label stands; null where there is no point. */
  readonly labelY: number | null;
}

export interface Field {
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  /** Nothing but zeros and gaps: there is no height to read off. */
  readonly empty: boolean;
}

export interface TrendGeometry {
  readonly plotStart: number;
  readonly plotEnd: number;
  readonly spend: Field & { readonly bars: readonly Bar[] };
  readonly people: Field & { readonly leads: Line; readonly qualified: Line };
  /** Spans of buckets whose leads are not mature. */
  readonly immature: readonly { readonly x: number; readonly width: number }[];
  readonly timeTicks: readonly (TimeTick & { readonly x: number })[];
  /** x where the direct labels begin. */
  readonly labelX: number;
  readonly bucketWidth: number;
  /** Middle of a bucket. */
  xOf(index: number): number;
  /** The bucket under a point. */
  indexAt(x: number): number;
}

const AXIS_PX = 58;
const LABEL_PX = 88;
const TIME_PX = 22;
const BETWEEN_PX = 22;
const TOP_PX = 8;
const LABEL_LINE_PX = 15;
/** Share of the height that the bars take. */
const SPEND_SHARE = 0.55;

/** Highest value of columns, at least 1 so that an empty field still has a scale. */
function highest(...columns: readonly Column[]): number {
  let max = 0;
  for (const column of columns)
    for (const value of column) if (value !== null && value > max) max = value;
  return max > 0 ? max : 1;
}

/** True where no value is above 0. */
function isEmpty(...columns: readonly Column[]): boolean {
  return columns.every((column) => column.every((value) => value === null || value <= 0));
}

/** Two label heights moved apart as little as needed, both inside their field. */
export function spreadLabels(
  a: number | null,
  b: number | null,
  field: { readonly top: number; readonly bottom: number },
): readonly [number | null, number | null] {
  if (a === null || b === null || Math.abs(a - b) >= LABEL_LINE_PX) return [a, b];
  const middle = Math.min(
    Math.max((a + b) / 2, field.top + LABEL_LINE_PX / 2),
    field.bottom - LABEL_LINE_PX / 2,
  );
  const half = LABEL_LINE_PX / 2;
  return a <= b ? [middle - half, middle + half] : [middle + half, middle - half];
}

function lastKnown(column: Column): number | null {
  for (let i = column.length - 1; i >= 0; i--) if (column[i] != null) return column[i] as number;
  return null;
}

/** The chart's layout. Units: CSS pixels of the box. */
export function trendGeometry(numbers: TrendNumbers, box: ChartBox): TrendGeometry {
  const buckets = numbers.start.length;
  const plotWidth = Math.max(40, box.width - AXIS_PX - LABEL_PX);
  const bucketWidth = buckets === 0 ? plotWidth : plotWidth / buckets;
  const mirror = (x: number) => (box.rtl ? box.width - x : x);
  const xOf = (index: number) => mirror(AXIS_PX + (index + 0.5) * bucketWidth);

  const usable = box.height - TOP_PX - BETWEEN_PX - TIME_PX;
  const spendField = { top: TOP_PX, bottom: TOP_PX + usable * SPEND_SHARE };
  const peopleField = { top: spendField.bottom + BETWEEN_PX, bottom: box.height - TIME_PX };
  const scaleOf = (field: { top: number; bottom: number }, max: number) =>
    scaleLinear().domain([0, max]).nice(3).range([field.bottom, field.top]);
  const spendScale = scaleOf(spendField, highest(numbers.spendMinor));
  const peopleScale = scaleOf(peopleField, highest(numbers.leads, numbers.qualified));
  const ticksOf = (scale: typeof spendScale, empty: boolean): readonly Tick[] =>
    (empty ? [0] : scale.ticks(3)).map((value) => ({ value, y: scale(value) }));
  const noSpend = isEmpty(numbers.spendMinor);
  const noPeople = isEmpty(numbers.leads, numbers.qualified);

  const gap = Math.min(bucketWidth * 0.25, 4);
  const bars = numbers.spendMinor.flatMap((value, index): readonly Bar[] => {
    if (value === null) return [];
    const y = spendScale(Math.max(value, 0));
    return [
      {
        index,
        x: xOf(index) - (bucketWidth - gap) / 2,
        y,
        width: bucketWidth - gap,
        height: spendField.bottom - y,
      },
    ];
  });

  const lineOf = (column: Column): Omit<Line, "labelY"> => {
    const points = column.map((value, index) => ({ value, index }));
    const path = line<(typeof points)[number]>()
      .defined((point) => point.value !== null)
      .x((point) => xOf(point.index))
      .y((point) => peopleScale(point.value ?? 0));
    const lone = points.flatMap(({ value, index }): readonly Point[] =>
      value !== null && column[index - 1] == null && column[index + 1] == null
        ? [{ index, x: xOf(index), y: peopleScale(value) }]
        : [],
    );
    return { path: path(points) ?? "", lone };
  };
  const heightOf = (value: number | null) => (value === null ? null : peopleScale(value));
  const [leadsY, qualifiedY] = spreadLabels(
    heightOf(lastKnown(numbers.leads)),
    heightOf(lastKnown(numbers.qualified)),
    peopleField,
  );

  const immature: { x: number; width: number }[] = [];
  for (let from = 0; from < buckets && !noPeople; from++) {
    if (!numbers.immature[from]) continue;
    let to = from;
    while (numbers.immature[to + 1]) to++;
    const edge = AXIS_PX + from * bucketWidth;
    const width = (to - from + 1) * bucketWidth;
    immature.push({ x: box.rtl ? box.width - edge - width : edge, width });
    from = to;
  }

  return {
    plotStart: mirror(AXIS_PX),
    plotEnd: mirror(AXIS_PX + plotWidth),
    spend: { ...spendField, ticks: ticksOf(spendScale, noSpend), empty: noSpend, bars },
    people: {
      ...peopleField,
      ticks: ticksOf(peopleScale, noPeople).filter((tick) => Number.isInteger(tick.value)),
      empty: noPeople,
      leads: { ...lineOf(numbers.leads), labelY: leadsY },
      qualified: { ...lineOf(numbers.qualified), labelY: qualifiedY },
    },
    immature,
    timeTicks: timeTicks(numbers.start, numbers.grain, plotWidth).map((tick) => ({
      ...tick,
      x: xOf(tick.index),
    })),
    labelX: mirror(AXIS_PX + plotWidth + 8),
    bucketWidth,
    xOf,
    indexAt: (x) =>
      Math.min(
        Math.max(Math.floor((mirror(x) - AXIS_PX) / bucketWidth), 0),
        Math.max(buckets - 1, 0),
      ),
  };
}
