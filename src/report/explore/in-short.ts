/** What is wrong, what it costs, what to ask: a few of each, for a reader with two minutes. */
import type { ExploreReport, Finding, Insight, Text, Waterfall } from "../../contract/explore.ts";
import { waitingQuestions } from "../../contract/open.ts";

const SHORT = 3;
const ASKED = 5;

export interface InShort {
  readonly wrong: readonly Finding[];
  /** Null where no money is known. */
  readonly spend: Waterfall["spend"] | null;
  /** What would be left if all proposals were accepted; null where that is what counts already. */
  readonly proposedMinor: number | null;
  readonly costs: Insight | null;
  /** Of files there are no questions of their own: what their findings ask. */
  readonly ask: readonly Text[];
}

/** True where there is nothing that anything could be said of. */
export function isEmpty({ tables, findings }: ExploreReport): boolean {
  return tables.length === 0 && findings.length === 0;
}

export function inShort({ findings, waterfall, insights, questions }: ExploreReport): InShort {
  const serious = findings.filter(({ severity }) => severity !== "info");
  const spend = waterfall?.spend ?? null;
  const proposed = waterfall?.proposed.spendMinor ?? null;
  const ask =
    questions.length > 0
      ? waitingQuestions(questions, findings).map(({ text }) => text)
      : findings.flatMap(({ question }) => question?.text ?? []);
  return {
    wrong: (serious.length > 0 ? serious : findings).slice(0, SHORT),
    spend: spend?.raw == null ? null : spend,
    proposedMinor: proposed === spend?.corrected ? null : proposed,
    costs: insights.find(({ id }) => id === "ads-or-follow-up") ?? null,
    ask: ask.slice(0, ASKED),
  };
}
