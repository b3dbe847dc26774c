import type { KeyRow } from "../../src/contract/people.ts";

/** Whether a key opens anything, and if not, why. */
export function keyState(
  { revokedAt, expiresAt }: Pick<KeyRow, "revokedAt" | "expiresAt">,
  nowMs: number,
): "inForce" | "ended" | "revoked" {
  if (revokedAt !== null) return "revoked";
  return Date.parse(expiresAt) <= nowMs ? "ended" : "inForce";
}
