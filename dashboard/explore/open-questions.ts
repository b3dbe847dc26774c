import type { Question } from "../../src/contract/explore.ts";

/** Those that the data raise and nobody has answered. */
export function openQuestions(questions: readonly Question[]): readonly Question[] {
  return questions.filter((one) => one.answered === null && one.evidence.length > 0);
}
