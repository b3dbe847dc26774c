/** What an insight is: a rule that computes one sentence about the business the data describe. */
import type { Insight, Text } from "../contract/explore.ts";
import { type Interval, wilsonInterval } from "../stats/intervals.ts";
import type { Look, LookTable } from "./look.ts";

/** An insight as its rule tells it. */
export interface Told extends Omit<Insight, "id" | "title"> {
  /** Campaigns it names, the most money first; absent where it is about none in particular. */
  readonly campaigns?: readonly string[];
}

export interface InsightRule {
  readonly id: string;
  readonly title: Text;
  /** Tables without which it has nothing to say. */
  readonly needs: readonly LookTable[];
  /** @returns null where the data are too few, or say nothing worth a sentence */
  tell(look: Look): Promise<Told | null>;
}

/** A share with its sample and its 95 % interval (Wilson), as an estimate. */
export function shareOf(hits: number, trials: number): NonNullable<Insight["estimate"]> {
  const interval: Interval | null = wilsonInterval(hits, trials);
  return {
    value: trials > 0 ? hits / trials : null,
    n: trials,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}
