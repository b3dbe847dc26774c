/** What can be answered to a question, and how a free answer is written and read. */
import type { Question, Text } from "../../src/contract/explore.ts";
import type { AnswerValue } from "../query/explore.ts";
import { fractionOf, percentOf } from "../settings/percent.ts";

/** The answer that is none of those offered. */
export const FREE = "free";

export interface Choice {
  readonly value: AnswerValue;
  /** Null: nothing is done about the finding. */
  readonly label: Text | null;
}

export function sameValue(one: AnswerValue, other: AnswerValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The answers offered; a question about a finding can also be answered by doing nothing. */
export function answersOf({ options, finding }: Question): readonly Choice[] {
  const nothing = finding !== null && !options.some((one) => one.value === null);
  return nothing ? [...options, { value: null, label: null }] : options;
}

/** Shares are typed in percent. */
export function isShare({ setting }: Pick<Question, "setting">): boolean {
  return setting === "taxRate" || setting === "feeRate";
}

/** A value in force as it stands in the field. */
export function freeText(question: Question, value: AnswerValue): string {
  if (value === null || typeof value === "object") return "";
  if (typeof value === "number" && isShare(question)) return String(percentOf(value));
  return String(value);
}

/** What was typed, as a value; undefined where it is none. */
export function freeValue(question: Question, text: string): AnswerValue | undefined {
  const typed = text.trim();
  if (typed === "") return undefined;
  if (question.free !== "number") return typed;
  const number = Number(typed);
  if (!Number.isFinite(number)) return undefined;
  return isShare(question) ? fractionOf(number) : number;
}
