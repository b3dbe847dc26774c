/** Secrets that open something: random, shown once, kept only as digests. */
import { createHash, randomBytes } from "node:crypto";
import { sameBytes } from "./person-keys.ts";

/** 256 random bits, safe in a link. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Compares digests without telling by its time where they differ. */
export function sameText(left: string, right: string): boolean {
  return sameBytes(Buffer.from(left), Buffer.from(right));
}
