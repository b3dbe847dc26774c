/**
 * The change of a sum or a cost between two spans, attributed to campaigns: more money, money moved, another yield,
 * campaigns that began and ended. The parts of all campaigns add up to the change; nothing is left over.
 */
import type { ChangeEffects } from "../contract/today.ts";
import { logMean } from "../stats/log-mean.ts";

/** What one campaign did in one span: money, and leads (or qualified leads) for it. */
export interface Yield {
  readonly spend: number;
  readonly count: number;
}

export interface Pair {
  readonly before: Yield;
  readonly after: Yield;
}

export type ChangeKind = "continuing" | "started" | "ended" | "unspent";

const NOTHING: ChangeEffects = { total: 0, spend: 0, mix: 0, rate: 0, started: 0, ended: 0 };

/** Whether a campaign spent in both spans, only in the later, only in the earlier, or in neither. */
export function kindOf({ before, after }: Pair): ChangeKind {
  if (before.spend > 0) return after.spend > 0 ? "continuing" : "ended";
  return after.spend > 0 ? "started" : "unspent";
}

/**
 * The difference between two products of two factors as one part per factor, additive LMDI-I. Where one of the products is
 * 0 the limit holds: the second factor, which is what became 0, carries all of it.
 *
 * @see Ang & Liu (2007), Energy Policy 35(1), on zero values
 */
function ofTwoFactors(
  before: readonly [number, number],
  after: readonly [number, number],
): readonly [number, number] {
  const was = before[0] * before[1];
  const is = after[0] * after[1];
  if (!(was > 0 && is > 0)) return [0, is - was];
  const first = logMean(is, was) * Math.log(after[0] / before[0]);
  return [first, is - was - first];
}

/** The change of spend itself. */
export function spendEffects(pairs: readonly Pair[]): ChangeEffects[] {
  return pairs.map((pair) => {
    const total = pair.after.spend - pair.before.spend;
    const kind = kindOf(pair);
    const part = kind === "continuing" || kind === "unspent" ? "spend" : kind;
    return { ...NOTHING, total, [part]: total };
  });
}

/** The change of a count = spend × count per spend: each campaign's own change, split between its money and its yield. */
export function countEffects(pairs: readonly Pair[]): ChangeEffects[] {
  return pairs.map((pair) => {
    const { before, after } = pair;
    const total = after.count - before.count;
    const kind = kindOf(pair);
    if (kind === "started" || kind === "ended") return { ...NOTHING, total, [kind]: total };
    if (kind === "unspent") return { ...NOTHING, total, rate: total };
    const [spend] = ofTwoFactors(
      [before.spend, before.count / before.spend],
      [after.spend, after.count / after.spend],
    );
    return { ...NOTHING, total, spend, rate: total - spend };
  });
}

/**
 * The change of a cost = spend / count, as the money that the later count cost more than at the earlier cost:
 * S₁ − N₁ · S₀/N₀.
 *
 * With sᵢ a campaign's share of the spend and pᵢ = Nᵢ/S its count per unit of all spend, the counts per spend P = Σ pᵢ
 * differ by Σ Δpᵢ and the excess is −(S₁/P₀)·ΔP, so it is additive over campaigns whatever is 0. Δpᵢ of a campaign that
 * spent in both spans splits into its share and its own yield (LMDI-I). As Σ Δsᵢ = 0, P̄·Δsᵢ is taken from each
 * share: what is left says whether money went to a campaign better or worse than all (P̄, the mean of P₀ and P₁).
 *
 * @returns null where there is no cost before (no spend, or no count), or no spend after
 */
export function costEffects(pairs: readonly Pair[]): ChangeEffects[] | null {
  const sum = (of: (pair: Pair) => number) => pairs.reduce((all, pair) => all + of(pair), 0);
  const spendBefore = sum(({ before }) => before.spend);
  const spendAfter = sum(({ after }) => after.spend);
  const countBefore = sum(({ before }) => before.count);
  if (!(spendBefore > 0 && spendAfter > 0 && countBefore > 0)) return null;
  const yieldBefore = countBefore / spendBefore;
  const middle = (yieldBefore + sum(({ after }) => after.count) / spendAfter) / 2;
  const scale = -spendAfter / yieldBefore;
  return pairs.map((pair) => {
    const { before, after } = pair;
    const shares = [before.spend / spendBefore, after.spend / spendAfter] as const;
    const yields = [before.count / spendBefore, after.count / spendAfter] as const;
    const moved = middle * (shares[1] - shares[0]);
    const kind = kindOf(pair);
    if (kind === "started" || kind === "ended") {
      const total = scale * (yields[1] - yields[0] - moved);
      return { ...NOTHING, total, [kind]: total };
    }
    if (kind === "unspent") {
      const total = scale * (yields[1] - yields[0]);
      return { ...NOTHING, total, rate: total };
    }
    const [share, rate] = ofTwoFactors(
      [shares[0], before.count / before.spend],
      [shares[1], after.count / after.spend],
    );
    const mix = scale * (share - moved);
    return { ...NOTHING, total: mix + scale * rate, mix, rate: scale * rate };
  });
}

const PARTS = ["spend", "mix", "rate", "started", "ended"] as const;

/**
 * The same effects in whole units that still add up: every part is rounded down, and the units that are missing then go to
 * the parts with the largest remainders (Hamilton's method), so that they sum to the rounded sum of all.
 */
export function inWholeUnits(effects: readonly ChangeEffects[]): ChangeEffects[] {
  const cells = effects.flatMap((one, i) =>
    PARTS.filter((part) => one[part] !== 0).map((part) => ({
      i,
      part,
      whole: Math.floor(one[part]),
      left: one[part] - Math.floor(one[part]),
    })),
  );
  const exact = effects.reduce((all, one) => all + one.total, 0);
  const floors = cells.reduce((all, cell) => all + cell.whole, 0);
  const order = [...cells].sort((one, other) => other.left - one.left);
  for (const cell of order.slice(0, Math.max(0, Math.round(exact) - floors))) cell.whole += 1;
  const rounded = effects.map(() => ({ ...NOTHING }));
  for (const { i, part, whole } of cells) {
    const one = rounded[i];
    if (one === undefined) continue;
    one[part] = whole;
    one.total += whole;
  }
  return rounded;
}

/** All effects together. */
export function sumOfEffects(effects: readonly ChangeEffects[]): ChangeEffects {
  const sum = { ...NOTHING };
  for (const one of effects) {
    sum.total += one.total;
    for (const part of PARTS) sum[part] += one[part];
  }
  return sum;
}
