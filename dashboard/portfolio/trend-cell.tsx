import type { ReactNode } from "react";
import type { PortfolioRow } from "../../src/contract/portfolio.ts";
import { useSpeech } from "../i18n/language.tsx";

const WIDTH = 120;
const HEIGHT = 22;

/** Spend as bars and qualified leads as dots over them, each on its own scale; a day without rows stays empty. */
export function TrendCell(props: {
  readonly row: PortfolioRow;
  readonly bucketDays: number;
}): ReactNode {
  const { n, formats } = useSpeech();
  const { spendTrend, qualifiedTrend, qualified } = props.row;
  const step = WIDTH / Math.max(1, spendTrend.length);
  const most = Math.max(1, ...spendTrend.map((value) => value ?? 0));
  const mostQualified = Math.max(1, ...qualifiedTrend.map((value) => value ?? 0));
  const words = n("portfolio.trendHelp", props.bucketDays, { q: formats.count(qualified) });
  return (
    <svg
      className="portfolio-trend"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words}
    >
      {spendTrend.map((value, i) =>
        value === null || value === 0 ? null : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bucket has no name but its place
            key={i}
            className="portfolio-spend"
            x={i * step}
            y={HEIGHT - Math.max(1, (value / most) * HEIGHT)}
            width={Math.max(0.5, step - 0.6)}
            height={Math.max(1, (value / most) * HEIGHT)}
          />
        ),
      )}
      {qualifiedTrend.map((value, i) =>
        value === null || value === 0 ? null : (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: a bucket has no name but its place
            key={i}
            className="portfolio-qualified"
            cx={(i + 0.5) * step}
            cy={HEIGHT - 2 - (value / mostQualified) * (HEIGHT - 4)}
            r={1.6}
          />
        ),
      )}
    </svg>
  );
}
