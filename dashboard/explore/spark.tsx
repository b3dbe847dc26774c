import type { ReactNode } from "react";
import type { ColumnProfile } from "../../src/contract/explore.ts";
import { useSpeech } from "../i18n/language.tsx";

const WIDTH = 120;
const HEIGHT = 24;

/** What a column's small picture counts: months of time, bins of numbers, else its most frequent values. */
export function columnCounts({ numbers, time, top }: ColumnProfile): readonly number[] {
  if (time) return time.months.map(({ n }) => n);
  return numbers ? numbers.histogram.counts : top.map(({ n }) => n);
}

/** A histogram as small as a word; in Arabic it runs from right to left. */
export function Spark(props: { readonly counts: readonly number[] }): ReactNode {
  const { direction } = useSpeech();
  const { counts } = props;
  const most = Math.max(1, ...counts);
  const step = WIDTH / Math.max(1, counts.length);
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {counts.map((n, i) => {
        const tall = n === 0 ? 0 : Math.max(1, (n / most) * HEIGHT);
        const x = direction === "rtl" ? WIDTH - (i + 1) * step : i * step;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin has no name but its place
            key={i}
            x={x}
            y={HEIGHT - tall}
            width={Math.max(0.5, step - 0.6)}
            height={tall}
          />
        );
      })}
    </svg>
  );
}
