import type { ReactNode } from "react";
import type { AdsOrFollowUpItem } from "../../src/contract/explore.ts";

export const GAP_PARTS = ["cpl", "judged", "qualified"] as const;

/** Of all gaps this share is drawn to scale; the few far beyond reach the edge and are cut there. */
const WITHIN = 0.9;

/** What fills half of the width: large, but not the one extreme beside which all others vanish. */
export function largestGap(items: readonly AdsOrFollowUpItem[]): number {
  const sizes = items
    .flatMap(({ gap }) => (gap ? GAP_PARTS.map((part) => Math.abs(gap[`${part}Minor`])) : []))
    .sort((a, b) => a - b);
  return Math.max(1, sizes[Math.floor((sizes.length - 1) * WITHIN)] ?? 1);
}

/** Three bars from a middle line: what each part adds to the cost of a qualified lead, or saves. */
export function GapBars(props: {
  readonly item: AdsOrFollowUpItem;
  readonly most: number;
}): ReactNode {
  const { gap } = props.item;
  if (gap === null) return <span aria-hidden="true">—</span>;
  return (
    <span className="gap-bars" aria-hidden="true">
      {GAP_PARTS.map((part) => {
        const value = gap[`${part}Minor`];
        const length = Math.min(1, Math.abs(value) / props.most) * 50;
        const beyond = Math.abs(value) > props.most;
        return (
          <span key={part} className="gap-row">
            <span
              className={`gap-bar gap-${part} ${beyond ? "gap-beyond" : ""}`}
              data-less={value < 0}
              style={{
                insetInlineStart: `${value < 0 ? 50 - length : 50}%`,
                inlineSize: `max(1px, ${length}%)`,
              }}
            />
          </span>
        );
      })}
    </span>
  );
}
