/** The χ² distribution: a gamma distribution under the name that tests know it by. */
import { requirePositive } from "./check.ts";
import type { Continuous } from "./distribution.ts";
import { gamma } from "./gamma.ts";

/** @param degrees of freedom > 0, not necessarily whole */
export function chiSquared(degrees: number): Continuous {
  requirePositive("chiSquared", "degrees", degrees);
  return gamma(degrees / 2, 2);
}
