/** What is wrong, what it costs, what to ask: a few of each, for a reader with two minutes. */
import type {
  ExploreReport,
  Finding,
  Insight,
  Question,
  Waterfall,
} from "../../contract/explore.ts";

const SHORT = 3;

export interface InShort {
  readonly wrong: readonly Finding[];
  /** Null where no money is known. */
  readonly spend: Waterfall["spend"] | null;
  /** What would be left if all proposals were accepted; null where that is what counts already. */
  readonly proposedMinor: number | null;
  readonly costs: Insight | null;
  readonly ask: readonly Question[];
}

export function inShort({ findings, waterfall, insights, questions }: ExploreReport): InShort {
  const serious = findings.filter(({ severity }) => severity !== "info");
  const spend = waterfall?.spend ?? null;
  const proposed = waterfall?.proposed.spendMinor ?? null;
  return {
    wrong: (serious.length > 0 ? serious : findings).slice(0, SHORT),
    spend: spend?.raw == null ? null : spend,
    proposedMinor: proposed === spend?.corrected ? null : proposed,
    costs: insights.find(({ id }) => id === "ads-or-follow-up") ?? null,
    ask: questions.filter((one) => !one.answered && one.evidence.length > 0).slice(0, SHORT),
  };
}
