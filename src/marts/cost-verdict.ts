/**
 * What makes a qualified lead dear: the price of a lead, the share of leads judged, or the share of those judged good.
 * Each is held against a norm; a part speaks only where its 95 % interval leaves the norm out.
 */
import type { AdsOrFollowUpItem, CostSplit } from "../contract/explore.ts";
import { costInterval, wilsonInterval } from "../stats/intervals.ts";
import { splitDifference } from "../stats/log-mean.ts";

/** Sums that a split is made of; spend null where currencies are mixed. */
export interface CostSums {
  readonly spendMinor: number | null;
  readonly leads: number;
  readonly judged: number;
  readonly qualified: number;
}

/** Leads (or judged leads, or leads that the norm would have bought) from which on a part can be told from chance. */
const ENOUGH = 20;

/** A part this far from the norm's is worth talking of: a fifth cheaper or dearer happens to everybody. */
const WORTH_TELLING = Math.log(1.25);

const none = { value: null, n: null, low: null, high: null };

function cost(spendMinor: number | null, count: number): CostSplit["cplMinor"] {
  if (spendMinor === null) return none;
  const interval = spendMinor > 0 ? costInterval(spendMinor, count) : null;
  return {
    value: count === 0 ? null : spendMinor / count,
    n: count,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

function share(hits: number, trials: number): CostSplit["judgedShare"] {
  const interval = wilsonInterval(hits, trials);
  return {
    value: trials === 0 ? null : hits / trials,
    n: trials,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

/**
 * Cost per qualified lead = cost per lead × 1 / share judged × 1 / share qualified of the judged, with the interval of
 * each: Garwood's for costs, Wilson's for shares. A part without a denominator is null.
 */
export function costSplit({ spendMinor, leads, judged, qualified }: CostSums): CostSplit {
  return {
    spendMinor,
    leads,
    judged,
    qualified,
    cplMinor: cost(spendMinor, leads),
    judgedShare: share(judged, leads),
    qualifiedOfJudged: share(qualified, judged),
    cpqlMinor: cost(spendMinor, qualified),
  };
}

/** How much each part adds to the cost per qualified lead above the norm's; they add up to the difference. */
export function costGap(here: CostSplit, norm: CostSplit): AdsOrFollowUpItem["gap"] {
  const factors = [
    [here.cplMinor.value, norm.cplMinor.value],
    [reciprocal(here.judgedShare.value), reciprocal(norm.judgedShare.value)],
    [reciprocal(here.qualifiedOfJudged.value), reciprocal(norm.qualifiedOfJudged.value)],
  ] as const;
  const known: [number, number][] = [];
  for (const [value, other] of factors) {
    if (value === null || other === null || !(value > 0) || !(other > 0)) return null;
    known.push([value, other]);
  }
  const [cplMinor, judgedMinor, qualifiedMinor] = splitDifference(known) as [
    number,
    number,
    number,
  ];
  return { cplMinor, judgedMinor, qualifiedMinor };
}

function reciprocal(value: number | null): number | null {
  return value === null || value === 0 ? null : 1 / value;
}

/** How far a share lies below the norm's, as a logarithm; 0 where its interval holds the norm. */
function shortfall(part: CostSplit["judgedShare"], norm: number | null): number {
  if (part.value === null || part.high === null || norm === null || norm === 0) return 0;
  if (part.high >= norm) return 0;
  // Nobody at all has no logarithm: as many as the interval still allows stand for it.
  return Math.log(norm / (part.value > 0 ? part.value : part.high));
}

/** How far the cost of a lead lies above the norm's, as a logarithm; 0 where its interval holds the norm. */
function overcharge({ cplMinor: part }: CostSplit, norm: number | null): number {
  if (part.low === null || norm === null || norm === 0 || part.low <= norm) return 0;
  return Math.log((part.value ?? part.low) / norm);
}

/**
 * Whom a split speaks to. The part farthest above the norm decides, as its share of the gap is the largest; where none
 * stands out, `in_line` if there were leads and judgements enough to tell, else `too_little`.
 */
export function costVerdict(here: CostSplit, norm: CostSplit | null): AdsOrFollowUpItem["verdict"] {
  if (norm === null) return "too_little";
  const normCpl = norm.cplMinor.value;
  const bought = normCpl !== null && normCpl > 0 ? (here.spendMinor ?? 0) / normCpl : 0;
  const parts = [
    {
      verdict: "ads" as const,
      enough: Math.max(here.leads, bought) >= ENOUGH,
      far: overcharge(here, normCpl),
    },
    {
      verdict: "follow_up" as const,
      enough: here.leads >= ENOUGH,
      far: shortfall(here.judgedShare, norm.judgedShare.value),
    },
    {
      verdict: "lead_quality" as const,
      enough: here.judged >= ENOUGH,
      far: shortfall(here.qualifiedOfJudged, norm.qualifiedOfJudged.value),
    },
  ];
  const standing = parts.filter(({ enough, far }) => enough && far >= WORTH_TELLING);
  const [worst] = standing.sort((left, right) => right.far - left.far);
  if (worst) return worst.verdict;
  return parts.every(({ enough }) => enough) ? "in_line" : "too_little";
}
