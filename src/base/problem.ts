/** What a Problem tells its reader: what was wrong, where, and how to mend it. */
export interface ProblemFacts {
  readonly what: string;
  /** File, line, column, setting or address at fault; omitted only where there is no place to name. */
  readonly where?: string;
  readonly fix: string;
  /** Structured facts for machines (lines, columns, candidates); must be plain JSON without personal data. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * An expected failure with a stable code, listed in docs/errors.md.
 *
 * Codes are upper snake case and never change meaning; sentences may be reworded.
 */
export class Problem extends Error {
  readonly code: string;
  readonly what: string;
  readonly where: string | null;
  readonly fix: string;
  readonly details: Readonly<Record<string, unknown>> | null;

  constructor(code: string, facts: ProblemFacts) {
    const place = facts.where === undefined ? "" : ` (${facts.where})`;
    super(`${facts.what}${place}. ${facts.fix}`, { cause: facts.cause });
    this.name = "Problem";
    this.code = code;
    this.what = facts.what;
    this.where = facts.where ?? null;
    this.fix = facts.fix;
    this.details = facts.details ?? null;
  }

  /** A Problem made again from its plain record, as where one was thrown in another thread. */
  static fromJSON(told: ReturnType<Problem["toJSON"]>): Problem {
    const { code, what, where, fix, details } = told;
    return new Problem(code, {
      what,
      fix,
      ...(where === null ? {} : { where }),
      ...(details === null ? {} : { details: details as Record<string, unknown> }),
    });
  }

  /** The plain record that goes over a wire or into `--json`. */
  toJSON(): { code: string; what: string; where: string | null; fix: string; details: unknown } {
    return {
      code: this.code,
      what: this.what,
      where: this.where,
      fix: this.fix,
      details: this.details,
    };
  }
}

/** True for a Problem, also one that crossed a worker boundary as a class of the same name. */
export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem;
}
