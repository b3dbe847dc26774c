/** Insights in the order of their money, and no two that say the same. */
import type { Insight } from "../contract/explore.ts";

/** What each rule speaks of; of rules that speak of the same, only the one with most money is heard. */
const ABOUT: Readonly<Record<string, string>> = {
  "never-called": "leads nobody called",
  "status-mix": "leads nobody called",
  "ads-or-follow-up": "what makes a qualified lead dear",
  "month-change": "the price of a lead over time",
  "cost-spike": "the price of a lead now",
  "cost-drop": "the price of a lead now",
  concentration: "where the money is",
  focus: "where the money is",
  "arrival-hours": "hours of arrival",
  "after-hours": "hours of arrival",
};

export interface Ranked extends Insight {
  readonly campaigns: readonly string[];
}

/** The share of an insight's campaigns that are those of another, from which on both say the same of them. */
const SAME = 0.5;

function sayTheSame(one: Ranked, other: Ranked): boolean {
  const about = ABOUT[one.id] ?? one.id;
  if (about !== (ABOUT[other.id] ?? other.id)) return false;
  if (one.campaigns.length === 0 || other.campaigns.length === 0) return true;
  const known = new Set(other.campaigns);
  return one.campaigns.filter((id) => known.has(id)).length >= one.campaigns.length * SAME;
}

/**
 * The most money first, those without money after them in the order given. An insight that speaks of what one before it
 * speaks of already is left out, unless both name campaigns and fewer than half of its own are among the other's.
 */
export function rankInsights(insights: readonly Ranked[]): Ranked[] {
  const sorted = [...insights].sort(
    (one, other) => Math.abs(other.moneyMinor ?? 0) - Math.abs(one.moneyMinor ?? 0),
  );
  const told: Ranked[] = [];
  for (const one of sorted) {
    if (!told.some((before) => sayTheSame(one, before))) told.push(one);
  }
  return told;
}
