/** Two segments side by side: how far apart their shares and costs are, and how sure that is. */
import type { z } from "zod";
import { Problem } from "../base/problem.ts";
import type { Contrast, SegmentPairAnswer, SegmentPairQuery } from "../contract/campaigns.ts";
import { binomialTest, twoProportionTest } from "../stats/proportion-tests.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { plainSegment, segmentsOf } from "./segments.ts";
import type { Selected } from "./selection.ts";

type Query = z.infer<typeof SegmentPairQuery>;

/** Difference of two shares: z test and Newcombe's interval. */
function shares(
  left: { readonly hits: number | null; readonly of: number | null },
  right: { readonly hits: number | null; readonly of: number | null },
): Contrast | null {
  if (left.hits === null || right.hits === null || !left.of || !right.of) return null;
  const { estimate, low, high, p } = twoProportionTest(
    { hits: left.hits, trials: left.of },
    { hits: right.hits, trials: right.of },
  );
  return { value: estimate, low, high, p };
}

/**
 * Ratio of two costs per event. Given how many events both have together, those of the left are binomial with the share
 * of the spend that bought them if both cost the same; its exact interval becomes one of the ratio.
 *
 * @returns null where either spent nothing or neither has an event
 * @see Przyborowski & Wilenski (1940), Biometrika 31
 */
export function costRatio(
  left: { readonly spend: number; readonly count: number },
  right: { readonly spend: number; readonly count: number },
): Contrast | null {
  if (!(left.spend > 0 && right.spend > 0) || left.count === 0 || right.count === 0) return null;
  const events = { hits: left.count, trials: left.count + right.count };
  const expected = left.spend / (left.spend + right.spend);
  const { low, high, p } = binomialTest(events, expected);
  // Of events per money the odds of the share, by the odds of the spend, are the ratio of rates; costs are its reciprocal.
  const ratio = (share: number) => (left.spend / right.spend) * ((1 - share) / share);
  return {
    value: left.spend / left.count / (right.spend / right.count),
    low: ratio(high),
    high: low > 0 ? ratio(low) : null,
    p,
  };
}

/** @throws Problem `SEGMENT_UNKNOWN` for a key that the selection does not have */
export async function segmentPair(
  session: Session,
  selected: Selected,
  query: Query,
): Promise<SegmentPairAnswer> {
  const { items } = await segmentsOf(session, selected, query.by);
  const find = (name: "left" | "right") => {
    const found = items.find(({ key }) => key === query[name]);
    if (found !== undefined) return found;
    throw new Problem("SEGMENT_UNKNOWN", {
      what: `There is no segment "${query[name]}" by ${query.by} in this selection`,
      where: name,
      fix: "Use the key of a segment that /segments lists for the same selection.",
      details: { key: query[name] },
    });
  };
  const [left, right] = [find("left"), find("right")];
  const money = left.spendMinor !== null && right.spendMinor !== null;
  const costs = (part: "cpl" | "cpql") =>
    money
      ? costRatio(
          { spend: left.sums[`${part}_spend`], count: left.sums[`${part}_count`] },
          { spend: right.sums[`${part}_spend`], count: right.sums[`${part}_count`] },
        )
      : null;
  return {
    frame: selected.frame,
    by: query.by,
    left: plainSegment(left),
    right: plainSegment(right),
    judgedShare: shares(
      { hits: left.judged, of: left.sums.staged_leads },
      { hits: right.judged, of: right.sums.staged_leads },
    ),
    conversion: shares(
      { hits: left.qualified, of: left.judged },
      { hits: right.qualified, of: right.judged },
    ),
    cpl: costs("cpl"),
    cpql: costs("cpql"),
    pairs: (items.length * (items.length - 1)) / 2,
  };
}
