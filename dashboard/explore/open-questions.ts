import type { Finding, Question } from "../../src/contract/explore.ts";

/** Those that the data raise and nobody has answered. */
export function openQuestions(questions: readonly Question[]): readonly Question[] {
  return questions.filter((one) => one.answered === null && one.evidence.length > 0);
}

/**
 * True for a question whose answer matters to the totals or to decisions: it sets a definition, or asks about a finding
 * that is a warning at least. The others can wait, and would bury these.
 */
export function isWeighty(
  question: Pick<Question, "setting" | "findings" | "finding">,
  findings: readonly Pick<Finding, "key" | "severity">[],
): boolean {
  if (question.setting !== null) return true;
  return findings.some(
    ({ key, severity }) =>
      severity !== "info" && (key === question.finding || question.findings.includes(key)),
  );
}
