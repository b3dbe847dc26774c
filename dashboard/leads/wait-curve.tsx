import { type ReactNode, useRef, useState } from "react";
import type { SpeedAnswer } from "../../src/contract/leads.ts";
import { ChartFiles } from "../charts/chart-files.tsx";
import { useWidth } from "../explore/use-width.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";

const HEIGHT = 220;
const EDGE = { top: 18, bottom: 24, start: 44, end: 56 };

const LABEL_PX = 72;
/** Marks with a number of their own beside the line. */
const LABELLED = new Set([60, 1440, 10_080, 43_200]);

/** Points far enough apart for their labels; the last one always has its own. */
function spaced<T>(points: readonly T[], x: (point: T) => number): readonly T[] {
  const kept: T[] = [];
  for (const point of points.toReversed()) {
    const next = kept.at(-1);
    if (next === undefined || Math.abs(x(point) - x(next)) >= LABEL_PX) kept.push(point);
  }
  return kept;
}

/** The curve as it is drawn; shares as fractions. */
export function curveCsv(curve: SpeedAnswer["curve"]): string {
  const rows = curve.map(({ minutes, share, low, high }) => [minutes, share, low, high].join(","));
  return `${["minutes,share,low,high", ...rows].join("\r\n")}\r\n`;
}

/** Share contacted against the time since arrival, on a scale where each step is a multiple of the one before. */
export function WaitCurve(props: { readonly answer: SpeedAnswer }): ReactNode {
  const { t, formats, direction } = useSpeech();
  const [frame, width] = useWidth<HTMLDivElement>();
  const [showData, setShowData] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  const { curve, wait } = props.answer;
  if (curve.length === 0) return <p className="soft">{t("speed.medianNotYet")}</p>;
  const rtl = direction === "rtl";
  const first = Math.log(curve[0]?.minutes ?? 1);
  const last = Math.log(curve.at(-1)?.minutes ?? 2);
  const most = Math.max(0.05, ...curve.map((point) => point.high));
  const top = Math.ceil(most * 10) / 10;
  const across = Math.max(0, width - EDGE.start - EDGE.end);
  const x = (minutes: number) => {
    const share = last === first ? 0 : (Math.log(minutes) - first) / (last - first);
    return rtl ? width - EDGE.start - share * across : EDGE.start + share * across;
  };
  const y = (share: number) => EDGE.top + (1 - share / top) * (HEIGHT - EDGE.top - EDGE.bottom);
  const path = (of: (point: (typeof curve)[number]) => number) =>
    curve.map((point) => `${x(point.minutes)},${y(of(point))}`);
  const band = [...path((point) => point.high), ...path((point) => point.low).reverse()];
  return (
    <>
      <p className="soft note">
        {t("speed.curveHelp")} {t("leads.sample", { n: formats.count(wait.n) })}{" "}
        <button
          type="button"
          className="link"
          aria-expanded={showData}
          onClick={() => setShowData(!showData)}
        >
          {t(showData ? "action.hideData" : "action.showData")}
        </button>{" "}
        <ChartFiles svg={svg} name="time-to-first-contact" csv={() => curveCsv(curve)} />
      </p>
      <div ref={frame} className="wait-curve">
        {width > 0 ? (
          <svg ref={svg} width={width} height={HEIGHT} role="img" aria-label={t("speed.curve")}>
            {[0, top / 2, top].map((share) => (
              <g key={share}>
                <line
                  className={share === 0 ? "grid grid-zero" : "grid"}
                  x1={x(curve[0]?.minutes ?? 1)}
                  x2={x(curve.at(-1)?.minutes ?? 1)}
                  y1={y(share)}
                  y2={y(share)}
                />
                <text
                  className="tick"
                  textAnchor="end"
                  x={rtl ? width - EDGE.start + 6 : EDGE.start - 6}
                  y={y(share)}
                >
                  {formats.rate(share)}
                </text>
              </g>
            ))}
            <polygon className="wait-band" points={band.join(" ")} />
            <polyline className="line line-leads" points={path((point) => point.share).join(" ")} />
            {spaced(
              curve.filter((point) => LABELLED.has(point.minutes)),
              (point) => x(point.minutes),
            ).map((point) => (
              <g key={point.minutes}>
                <circle className="dot-leads" cx={x(point.minutes)} cy={y(point.share)} r={3.5} />
                <text
                  className="direct wait-label"
                  x={x(point.minutes)}
                  y={y(point.share) - 12}
                  textAnchor="middle"
                >
                  {formats.rate(point.share)}
                </text>
                <text className="tick" x={x(point.minutes)} y={HEIGHT - 8} textAnchor="middle">
                  {formats.duration(point.minutes)}
                </text>
              </g>
            ))}
          </svg>
        ) : null}
      </div>
      {showData ? (
        <ScrollBox name={t("speed.curve")} className="table-data">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("lead.wait")}</th>
                <th scope="col" className="number">
                  {t("contact.touched")}
                </th>
                <th scope="col" className="number">
                  95 %
                </th>
              </tr>
            </thead>
            <tbody>
              {curve.map((point) => (
                <tr key={point.minutes}>
                  <td>{formats.duration(point.minutes)}</td>
                  <td className="number">{formats.rate(point.share)}</td>
                  <td className="number">
                    {t("flow.range", {
                      low: formats.rate(point.low),
                      high: formats.rate(point.high),
                    })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      ) : null}
    </>
  );
}
