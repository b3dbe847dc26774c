/** The outcomes offered for a lead, the most used first, and how a status reads. */
import type { WorkAccount } from "../../src/contract/work.ts";
import { isTextKey } from "../i18n/messages.ts";
import type { Says } from "./due.ts";

export type Outcome = WorkAccount["statuses"][number];

/** `NO_ANSWER` → No answer; a status of the account's own as it writes it. */
export function statusWords({ t }: Pick<Says, "t">, status: string): string {
  const key = `status.${status}`;
  if (isTextKey(key)) return t(key);
  if (!/^[A-Z0-9_]+$/.test(status)) return status;
  const words = status.toLowerCase().replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How often calls end so, before anybody has chosen: most end without an answer. */
const USUAL = ["attempting", "engaged", "qualified", "lost", "invalid", "meeting", "won"] as const;

/** Statuses that can be the outcome of a call, those chosen most often on this device first. */
export function offered(
  statuses: readonly Outcome[],
  counts: Readonly<Record<string, number>>,
): Outcome[] {
  const rank = (stage: Outcome["stage"]) => (USUAL as readonly string[]).indexOf(stage);
  return statuses
    .filter(({ stage }) => rank(stage) >= 0)
    .map((outcome, i) => ({ outcome, i }))
    .sort(
      (left, right) =>
        (counts[right.outcome.status] ?? 0) - (counts[left.outcome.status] ?? 0) ||
        rank(left.outcome.stage) - rank(right.outcome.stage) ||
        left.i - right.i,
    )
    .map(({ outcome }) => outcome);
}
