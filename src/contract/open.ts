/** What still waits for somebody: findings nobody has decided about, questions nobody has answered. */
import type { AdsOrFollowUpAnswer, ExploreSummary, Finding, Question } from "./explore.ts";

/** Less than this share of a spend in doubt changes no verdict on it. */
const LEAST_DOUBT = 0.1;

/** How many findings of each severity nobody has decided about. */
export function openFindings(
  findings: readonly Pick<Finding, "severity" | "treatments">[],
): ExploreSummary["open"] {
  const open = { critical: 0, warning: 0, info: 0 };
  for (const { severity, treatments } of findings) if (treatments.length === 0) open[severity]++;
  return open;
}

/** What is recommended to correct and nobody has decided about, with the spend that it would change in all. */
export function openCorrections(
  findings: readonly Pick<Finding, "proposals" | "treatments">[],
): ExploreSummary["corrections"] {
  const changing = findings
    .filter(({ treatments }) => treatments.length === 0)
    .flatMap(({ proposals }) =>
      proposals.filter(
        ({ recommended, kind }) => recommended && (kind === "exclude" || kind === "correct"),
      ),
    );
  const known = changing.flatMap(({ spendMinor }) => spendMinor ?? []);
  return {
    findings: changing.length,
    spendMinor: known.length === 0 ? null : known.reduce((sum, one) => sum + Math.abs(one), 0),
  };
}

/** Those that the data raise and nobody has answered. */
export function openQuestions(questions: readonly Question[]): readonly Question[] {
  return questions.filter((one) => one.answered === null && one.evidence.length > 0);
}

/**
 * The questions whose answers matter to the totals or to decisions: they set a definition, ask about a finding that is
 * a warning at least, or about more money than any other. The rest can wait, and would bury these.
 */
export function weightyQuestions(
  questions: readonly Question[],
  findings: readonly Pick<Finding, "key" | "severity">[],
): readonly Question[] {
  const grave = new Set(
    findings.filter(({ severity }) => severity !== "info").map(({ key }) => key),
  );
  const most = Math.max(0, ...questions.map(({ moneyMinor }) => moneyMinor ?? 0));
  return questions.filter(
    (one) =>
      one.setting !== null ||
      (most > 0 && one.moneyMinor === most) ||
      one.findings.some((key) => grave.has(key)) ||
      (one.finding !== null && grave.has(one.finding)),
  );
}

/** Those that wait for an answer that matters. */
export function waitingQuestions(
  questions: readonly Question[],
  findings: readonly Pick<Finding, "key" | "severity">[],
): readonly Question[] {
  return openQuestions(weightyQuestions(questions, findings));
}

/**
 * How much of the spend of an account or campaign was never spent if open findings are right, in minor units, by id;
 * only where it is enough to turn a verdict on its costs. Findings name no projects: of those nothing is known.
 *
 * @param answer over all days, as findings are
 */
export function spendInDoubt(
  { by, items }: Pick<AdsOrFollowUpAnswer, "by" | "items">,
  findings: readonly Pick<Finding, "proposals" | "items">[],
): ReadonlyMap<string, number> {
  const doubted = new Map<string, number>();
  if (by === "project") return doubted;
  const open = findings
    .filter(({ proposals }) =>
      proposals.some(({ recommended, spendMinor }) => recommended && (spendMinor ?? 0) < 0),
    )
    .flatMap((one) => one.items.filter(({ treatment }) => treatment === null));
  for (const { id, account, spendMinor } of items) {
    const minor = open
      .filter((one) => one.account === account && (by === "account" || one.id === id))
      .reduce((sum, one) => sum + (one.moneyMinor ?? 0), 0);
    if (spendMinor !== null && minor >= LEAST_DOUBT * spendMinor && minor > 0)
      doubted.set(id, minor);
  }
  return doubted;
}
