/** What several rules ask of one look: found once, at the thresholds in force. */
import type { Look } from "./look.ts";

/** A question whose answer is kept for as long as the look it was asked of. */
export function oncePerLook<T>(ask: (look: Look) => Promise<T>): (look: Look) => Promise<T> {
  const known = new WeakMap<Look, Promise<T>>();
  return (look) => {
    const before = known.get(look);
    if (before) return before;
    const asked = ask(look);
    known.set(look, asked);
    return asked;
  };
}

/** The thresholds of a rule as they are in force: the definitions' (`<rule>.<name>`), else its own. */
export function thresholdsInForce<Name extends string>(
  look: Look,
  rule: string,
  own: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> {
  const inForce: Record<Name, number> = { ...own };
  for (const name of Object.keys(own) as Name[]) {
    inForce[name] = look.settings.thresholds[`${rule}.${name}`] ?? own[name];
  }
  return inForce;
}
