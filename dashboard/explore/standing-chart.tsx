import type { ReactNode, RefObject } from "react";
import type { Picture } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { ticksOf } from "../../src/contract/ticks.ts";
import { useSpeech } from "../i18n/language.tsx";
import { pictureValue, runsOf, tickValue } from "./figures.ts";
import { useTold } from "./told.ts";
import { useWidth } from "./use-width.ts";
import { useXName } from "./x-name.ts";

const HEIGHT = 186;
const AXIS = 52;
const TOP = 10;
const BOTTOM = 30;
const LABEL_PX = 72;

/** Bars or lines over an axis, which runs from right to left in Arabic; a gap in the data is a gap in the line. */
export function StandingChart(props: {
  readonly picture: Picture;
  readonly money: Currency;
  readonly name: string;
  readonly svg: RefObject<SVGSVGElement | null>;
}): ReactNode {
  const { formats, direction } = useSpeech();
  const told = useTold();
  const xName = useXName(props.picture);
  const [frame, width] = useWidth<HTMLDivElement>();
  const { picture, money } = props;
  const { unit, series } = picture;
  const rtl = direction === "rtl";
  const across = (x: number) => (rtl ? width - x : x);
  const all = series.flatMap((one) => one.values).filter((value) => value !== null);
  const high = Math.max(0, ...all);
  const low = Math.min(0, ...all);
  const y = (value: number) => TOP + ((high - value) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const room = Math.max(0, width - AXIS - 8);
  const step = room / Math.max(1, picture.x.length);
  const x = (i: number) => across(AXIS + (i + 0.5) * step);
  const labelled = Math.max(1, Math.ceil((picture.x.length * LABEL_PX) / Math.max(room, 1)));
  const bar = Math.max(1, (step / series.length) * 0.8);
  const valueAt = (s: number, i: number) => {
    const value = pictureValue(formats, unit, series[s]?.values[i] ?? null, money);
    return `${xName(i)}: ${value}`;
  };
  return (
    <div ref={frame} className="standing">
      {width === 0 ? null : (
        <svg
          ref={props.svg}
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`${props.name}: ${series.map((one) => told(one.name)).join(", ")}`}
        >
          {ticksOf(low, high).map((tick) => (
            <g key={tick}>
              <line
                x1={across(AXIS)}
                x2={across(width - 8)}
                y1={y(tick)}
                y2={y(tick)}
                className={tick === 0 ? "grid grid-zero" : "grid"}
              />
              <text
                x={across(AXIS - 6)}
                y={y(tick) + 4}
                className="tick"
                direction="ltr"
                textAnchor={rtl ? "start" : "end"}
              >
                {tickValue(formats, unit, tick, money)}
              </text>
            </g>
          ))}
          {picture.x.map((id, i) =>
            i % labelled === 0 && (i === 0 || (i + 0.5) * step < room - LABEL_PX / 2) ? (
              <text
                key={id}
                x={x(i)}
                y={HEIGHT - 12}
                className="tick"
                direction={rtl ? "rtl" : "ltr"}
                textAnchor="middle"
              >
                {xName(i)}
              </text>
            ) : null,
          )}
          {series.map((one, s) => (
            <g key={told(one.name)} className={`mark-${(s % 3) + 1}`}>
              {picture.kind === "bars"
                ? one.values.map((value, i) =>
                    value === null ? null : (
                      <rect
                        // biome-ignore lint/suspicious/noArrayIndexKey: a value has no name but its place
                        key={i}
                        x={x(i) + (rtl ? -1 : 1) * (s - (series.length - 1) / 2) * bar - bar / 2}
                        y={Math.min(y(value), y(0))}
                        width={bar}
                        height={Math.abs(y(value) - y(0))}
                      >
                        <title>{valueAt(s, i)}</title>
                      </rect>
                    ),
                  )
                : runsOf(one.values).map((run) => (
                    <g key={run[0]}>
                      <polyline
                        points={run.map((i) => `${x(i)},${y(one.values[i] as number)}`).join(" ")}
                      />
                      {run.map((i) => (
                        <circle key={i} cx={x(i)} cy={y(one.values[i] as number)} r={2.5}>
                          <title>{valueAt(s, i)}</title>
                        </circle>
                      ))}
                    </g>
                  ))}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
