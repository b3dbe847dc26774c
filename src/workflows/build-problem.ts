import { isProblem, Problem } from "../base/problem.ts";
import { diskFull, isDiskFull } from "./disk-space.ts";

/**
 * Why numbers could not be computed, whatever was thrown: an expected failure as it is, a full disk by its name, the
 * rest as `BUILD_FAILED`.
 *
 * @param kept what is safe all the same, as a clause: "The rows are kept"
 */
export function buildProblem(
  error: unknown,
  options: {
    readonly home: string;
    readonly where: string;
    readonly kept: string;
    /** Bytes of the files whose numbers these are; the disk must hold as much again at least. */
    readonly fileBytes?: number;
  },
): Problem {
  if (isDiskFull(error)) return diskFull(options.home, options.fileBytes ?? null, error);
  if (isProblem(error)) return error;
  return new Problem("BUILD_FAILED", {
    what: `${options.kept}, but the numbers could not be computed: ${error instanceof Error ? error.message : error}`,
    where: options.where,
    fix: "Start again; if it stays, undo the last import (`leadsmart import --list`, `--undo`) and report the message.",
    cause: error,
  });
}
