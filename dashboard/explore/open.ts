import type { Finding, Question } from "../../src/contract/explore.ts";

/** How many findings of a severity nobody has decided about. */
export function openFindings(
  findings: readonly Pick<Finding, "severity" | "treatments">[],
  severity: Finding["severity"],
): number {
  return findings.filter((one) => one.severity === severity && one.treatments.length === 0).length;
}

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

/** How many questions wait for an answer that matters. */
export function waitingQuestions(
  questions: readonly Question[],
  findings: readonly Finding[],
): number {
  return openQuestions(questions).filter((one) => isWeighty(one, findings)).length;
}
