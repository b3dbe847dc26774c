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
import type { TrendAnswer } from "../../src/contract/overview.ts";
import { bucketEnd } from "../format/days.ts";
import { type Speech, useSpeech } from "../i18n/language.tsx";
import { type Field, type Line, type TrendGeometry, trendGeometry } from "./trend-geometry.ts";

const HEIGHT_PX = 288;
const TOOLTIP_PX = 190;

/** A span of buckets, first and last. */
interface Span {
  readonly anchor: number;
  readonly head: number;
}

/** What a bucket is called: its day, its days, or its month. */
export function bucketName(speech: Speech, trend: TrendAnswer, index: number): string {
  const start = trend.start[index] as string;
  if (trend.grain === "day") return speech.formats.dayLong(start);
  if (trend.grain === "month") return speech.formats.month(start);
  return speech.formats.period(start, bucketEnd(start, "week", trend.frame.period.to));
}

/** The numbers of a bucket, in the order in which they are read out and shown. */
function bucketFacts(
  { t, formats }: Speech,
  trend: TrendAnswer,
  index: number,
): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: t("trend.spend"), value: formats.money(trend.spendMinor[index], trend.frame) },
    { name: t("trend.leads"), value: formats.count(trend.leads[index]) },
    { name: t("trend.qualified"), value: formats.count(trend.qualified[index]) },
    { name: t("trend.undecided"), value: formats.count(trend.undecided[index]) },
    { name: t("trend.impressions"), value: formats.count(trend.impressions[index]) },
    { name: t("trend.clicks"), value: formats.count(trend.clicks[index]) },
  ];
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
          if (event.button !== 0 || event.pointerType === "touch") return;
          dragging.current = true;
          const here = indexUnder(event);
          setSpan(null);
          setAt(here);
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
        onPointerLeave={() => {
          dragging.current = false;
          setAt(null);
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
            <DirectLabel
              x={geometry.labelX}
              y={(geometry.spend.top + geometry.spend.bottom) / 2}
              series="spend"
              text={t("trend.spend")}
            />
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
            {geometry.timeTicks.map((tick) => (
              <text key={tick.index} className="tick tick-time" x={tick.x} y={HEIGHT_PX - 6}>
                {trend.grain === "month"
                  ? formats.month(trend.start[tick.index] as string)
                  : formats.dayShort(trend.start[tick.index] as string)}
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

function clamp(index: number, last: number): number {
  return Math.min(Math.max(index, 0), Math.max(last, 0));
}

/** Beside the bucket, and always inside the chart. */
function tooltipStart(x: number, width: number): number {
  const after = x + 12;
  return after + TOOLTIP_PX <= width ? after : Math.max(0, x - 12 - TOOLTIP_PX);
}

function spoken(speech: Speech, trend: TrendAnswer, index: number): string {
  const facts = bucketFacts(speech, trend, index).map((fact) => `${fact.name}: ${fact.value}`);
  if (trend.immature[index]) facts.push(speech.t("trend.immatureShort"));
  return [bucketName(speech, trend, index), ...facts].join("; ");
}

function Axis(props: {
  readonly field: Field;
  readonly geometry: TrendGeometry;
  readonly label: (value: number) => string;
}): ReactNode {
  const { plotStart, plotEnd } = props.geometry;
  const towardsAxis = plotStart < plotEnd ? -6 : 6;
  return props.field.ticks.map((tick) => (
    <g key={tick.value}>
      <path
        className={tick.value === 0 ? "grid grid-zero" : "grid"}
        d={`M${plotStart} ${tick.y}H${plotEnd}`}
      />
      <text className="tick tick-value" x={plotStart + towardsAxis} y={tick.y}>
        {props.label(tick.value)}
      </text>
    </g>
  ));
}

function Series(props: {
  readonly line: Line;
  readonly series: "leads" | "qualified";
  readonly x: number;
  readonly text: string;
}): ReactNode {
  const { line, series } = props;
  return (
    <>
      <path className={`line line-${series}`} d={line.path} />
      {line.lone.map((point) => (
        <circle
          key={point.index}
          className={`dot dot-${series}`}
          cx={point.x}
          cy={point.y}
          r="2.5"
        />
      ))}
      {line.labelY === null ? null : (
        <DirectLabel x={props.x} y={line.labelY} series={series} text={props.text} />
      )}
    </>
  );
}

function DirectLabel(props: {
  readonly x: number;
  readonly y: number;
  readonly series: "spend" | "leads" | "qualified";
  readonly text: string;
}): ReactNode {
  return (
    <text className={`direct direct-${props.series}`} x={props.x} y={props.y}>
      {props.text}
    </text>
  );
}

function Tooltip(props: {
  readonly trend: TrendAnswer;
  readonly index: number;
  readonly start: number;
}): ReactNode {
  const speech = useSpeech();
  const { trend, index } = props;
  const gap = trend.spendMinor[index] === null && trend.leads[index] === null;
  return (
    <div className="tooltip" style={{ insetInlineStart: props.start }} aria-hidden="true">
      <p className="tooltip-title">{bucketName(speech, trend, index)}</p>
      {gap ? (
        <p className="soft">{speech.t("trend.gap")}</p>
      ) : (
        <dl>
          {bucketFacts(speech, trend, index).map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd className="number">{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {trend.immature[index] ? <p className="soft">{speech.t("trend.immatureShort")}</p> : null}
    </div>
  );
}
