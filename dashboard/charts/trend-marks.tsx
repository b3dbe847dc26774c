/** What the trend is drawn with: axes, lines and their direct labels. */
import type { ReactNode } from "react";
import type { Field, Line, TrendGeometry } from "./trend-geometry.ts";

export function Axis(props: {
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

/** What is drawn in a field, or in its middle why there is nothing. */
export function FieldLabels(props: {
  readonly field: Field;
  readonly geometry: TrendGeometry;
  readonly empty: string;
  readonly children: ReactNode;
}): ReactNode {
  const { field, geometry } = props;
  if (!field.empty) return props.children;
  return (
    <text
      className="field-empty"
      x={(geometry.plotStart + geometry.plotEnd) / 2}
      y={(field.top + field.bottom) / 2}
    >
      {props.empty}
    </text>
  );
}

export function Series(props: {
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

export function DirectLabel(props: {
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
