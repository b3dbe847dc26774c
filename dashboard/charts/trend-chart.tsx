import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Formats } from "../../src/contract/formats.ts";
import type { TrendAnswer } from "../../src/contract/overview.ts";
import { bucketEnd } from "../format/days.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { TimeTick } from "./time-axis.ts";
import { spoken, TOOLTIP_PX, Tooltip } from "./trend-bucket.tsx";
import { trendGeometry } from "./trend-geometry.ts";
import { Axis, DirectLabel, FieldLabels, Series } from "./trend-marks.tsx";

const HEIGHT_PX = 288;

/** A span of buckets, first and last. */
interface Span {
  readonly anchor: number;
  readonly head: number;
}

/**
 * The trend as a picture that can be walked: arrows move from bucket to bucket, Shift with arrows or dragging takes
 * a span, Esc clears.
 */
export function TrendChart(props: {
  readonly trend: TrendAnswer;
  readonly svgRef: Ref<SVGSVGElement>;
  readonly onZoom: (from: string, to: string) => void;
}): ReactNode {
  const speech = useSpeech();
  const { t, formats, direction } = speech;
  const { trend } = props;
  const frameRef = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [at, setAt] = useState<number | null>(null);
  const [span, setSpan] = useState<Span | null>(null);
  const dragging = useRef(false);
  const hatch = useId();

  useEffect(() => {
    const frame = frameRef.current;
    if (!frame) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(frame);
    return () => observer.disconnect();
  }, []);

  const rtl = direction === "rtl";
  const last = trend.start.length - 1;
  const geometry = useMemo(
    () => trendGeometry(trend, { width, height: HEIGHT_PX, rtl }),
    [trend, width, rtl],
  );
  // An answer to another question may be shorter.
  const index = at === null ? null : Math.min(at, last);
  const from = span ? Math.min(span.anchor, span.head, last) : 0;
  const to = span ? Math.min(Math.max(span.anchor, span.head), last) : 0;
  const spanDays = span
    ? {
        from: trend.start[from] as string,
        to: bucketEnd(trend.start[to] as string, trend.grain, trend.frame.period.to),
      }
    : null;

  const onKeyDown = (event: KeyboardEvent) => {
    const forward = rtl ? "ArrowLeft" : "ArrowRight";
    const backward = rtl ? "ArrowRight" : "ArrowLeft";
    const step = event.key === forward ? 1 : event.key === backward ? -1 : 0;
    if (event.key === "Escape") {
      setAt(null);
      setSpan(null);
    } else if (step !== 0 || event.key === "Home" || event.key === "End") {
      const next =
        event.key === "Home"
          ? 0
          : event.key === "End"
            ? last
            : clamp((index ?? last - step) + step, last);
      setSpan(event.shiftKey ? { anchor: span?.anchor ?? index ?? next, head: next } : null);
      setAt(next);
    } else if (event.key === "Enter" && spanDays) props.onZoom(spanDays.from, spanDays.to);
    else return;
    event.preventDefault();
  };

  const indexUnder = (event: PointerEvent<HTMLDivElement>) =>
    geometry.indexAt(event.clientX - event.currentTarget.getBoundingClientRect().left);

  return (
    <div className="chart">
      <div
        ref={frameRef}
        className="chart-frame"
        role="slider"
        tabIndex={0}
        aria-label={t("trend.slider")}
        aria-valuemin={0}
        aria-valuemax={Math.max(last, 0)}
        aria-valuenow={index ?? last}
        aria-valuetext={last < 0 ? t("trend.gap") : spoken(speech, trend, index ?? last)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          // A finger that moves scrolls the page; a tap shows the bucket.
          dragging.current = event.pointerType !== "touch";
          setSpan(null);
          setAt(indexUnder(event));
        }}
        onPointerMove={(event) => {
          const here = indexUnder(event);
          if (dragging.current && index !== null && (span !== null || here !== index))
            setSpan({ anchor: span?.anchor ?? index, head: here });
          setAt(here);
        }}
        onPointerUp={() => {
          dragging.current = false;
        }}
        onPointerLeave={(event) => {
          dragging.current = false;
          if (event.pointerType !== "touch") setAt(null);
        }}
        onBlur={() => setAt(null)}
      >
        {width > 0 && last >= 0 ? (
          <svg
            ref={props.svgRef}
            width={width}
            height={HEIGHT_PX}
            viewBox={`0 0 ${width} ${HEIGHT_PX}`}
            role="img"
            aria-label={t("trend.describe", {
              period: formats.period(trend.frame.period.from, trend.frame.period.to),
            })}
          >
            <defs>
              <pattern
                id={hatch}
                width="6"
                height="6"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <path className="hatch" d="M0 0V6" />
              </pattern>
            </defs>
            {geometry.immature.map((part) => (
              <rect
                key={part.x}
                x={part.x}
                y={geometry.people.top}
                width={part.width}
                height={geometry.people.bottom - geometry.people.top}
                fill={`url(#${hatch})`}
              />
            ))}
            <Axis
              field={geometry.spend}
              geometry={geometry}
              label={(value) => formats.tick(value / 10 ** trend.frame.currencyDecimals)}
            />
            <Axis field={geometry.people} geometry={geometry} label={formats.tick} />
            {span ? (
              <rect
                className="span"
                x={Math.min(geometry.xOf(from), geometry.xOf(to)) - geometry.bucketWidth / 2}
                y={geometry.spend.top}
                width={(to - from + 1) * geometry.bucketWidth}
                height={geometry.people.bottom - geometry.spend.top}
              />
            ) : null}
            {geometry.spend.bars.map((bar) => (
              <rect
                key={bar.index}
                className={bar.index === index ? "bar-mark is-at" : "bar-mark"}
                x={bar.x}
                y={bar.y}
                width={bar.width}
                height={bar.height}
              />
            ))}
            <FieldLabels
              field={geometry.spend}
              geometry={geometry}
              empty={t(
                isUnknown(trend.spendMinor, trend.leads)
                  ? "kpi.missing.not_recorded"
                  : "trend.noSpend",
              )}
            >
              <DirectLabel
                x={geometry.labelX}
                y={(geometry.spend.top + geometry.spend.bottom) / 2}
                series="spend"
                text={t("trend.spend")}
              />
            </FieldLabels>
            <FieldLabels
              field={geometry.people}
              geometry={geometry}
              empty={t(
                isUnknown(trend.leads, trend.spendMinor)
                  ? "kpi.missing.not_recorded"
                  : "trend.noLeads",
              )}
            >
              <Series
                line={geometry.people.leads}
                series="leads"
                x={geometry.labelX}
                text={t("column.leads")}
              />
              <Series
                line={geometry.people.qualified}
                series="qualified"
                x={geometry.labelX}
                text={t("column.qualified")}
              />
            </FieldLabels>
            {geometry.timeTicks.map((tick) => (
              <text key={tick.index} className="tick tick-time" x={tick.x} y={HEIGHT_PX - 6}>
                {tickText(formats, tick, trend.start[tick.index] as string)}
              </text>
            ))}
            {index === null ? null : (
              <path
                className="cursor"
                d={`M${geometry.xOf(index)} ${geometry.spend.top}V${geometry.people.bottom}`}
              />
            )}
          </svg>
        ) : null}
        {index === null || width === 0 ? null : (
          <Tooltip
            trend={trend}
            index={index}
            start={tooltipStart(rtl ? width - geometry.xOf(index) : geometry.xOf(index), width)}
          />
        )}
      </div>
      <div className="chart-foot">
        {geometry.immature.length > 0 ? (
          <span className="soft">
            <svg className="hatch-key" viewBox="0 0 16 12" aria-hidden="true">
              <path className="hatch" d="M-2 12L10 0M4 14L16 2M-4 6L2 0" />
            </svg>
            {t("trend.immature")}
          </span>
        ) : null}
        {spanDays ? (
          <button
            type="button"
            className="button"
            onClick={() => props.onZoom(spanDays.from, spanDays.to)}
          >
            {t("trend.zoom", { period: formats.period(spanDays.from, spanDays.to) })}
          </button>
        ) : null}
      </div>
    </div>
  );
}

/** True where a column knows nothing of buckets that another knows. */
function isUnknown(column: readonly (number | null)[], other: readonly (number | null)[]): boolean {
  return column.every((value) => value === null) && other.some((value) => value !== null);
}

function tickText(formats: Formats, tick: TimeTick, day: string): string {
  if (tick.says === "month") return tick.year ? formats.month(day) : formats.monthShort(day);
  return tick.year ? formats.day(day) : formats.dayShort(day);
}

function clamp(index: number, last: number): number {
  return Math.min(Math.max(index, 0), Math.max(last, 0));
}

/** Beside the bucket, and always inside the chart. */
function tooltipStart(x: number, width: number): number {
  const after = x + 12;
  return after + TOOLTIP_PX <= width ? after : Math.max(0, x - 12 - TOOLTIP_PX);
}
