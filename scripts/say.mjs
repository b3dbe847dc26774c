// @ts-check
/** One line about the set-up on stderr: stdout belongs to the command's answer. @param {string} line */
export function say(line) {
  process.stderr.write(`leadsmart: ${line}\n`);
}

/** @param {number} startedMs from `performance.now()` */
export function secondsSince(startedMs) {
  return `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
}

/** A set-up that cannot go on, for a reason its reader can mend; shown without a stack. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}
