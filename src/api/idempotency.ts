import { z } from "zod";
import { canonicalJson } from "../base/canonical-json.ts";
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";

const KEPT_MS = 24 * 60 * 60 * 1000;
const KEPT_ENTRIES = 1000;

/** The header of requests that may be repeated. */
export const IdempotencyHeaders = z.looseObject({
  "idempotency-key": z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("The same key with the same body gives the same answer, once"),
});

/** Runs a deed once per key. */
export interface Idempotency {
  /**
   * The answer of the first request with this key, also while that one is still running; a failed deed is
   * forgotten, so that it can be tried again. Without a key the deed simply runs.
   *
   * @param owner person and address: keys of different people or addresses never meet
   * @throws Problem `IDEMPOTENCY_CONFLICT` when the key came with another body before
   */
  once<T>(
    owner: string,
    key: string | undefined,
    body: unknown,
    deed: () => Promise<T>,
  ): Promise<T>;
}

/** Keys are remembered for a day, the newest 1,000 of this process; what an import wrote is keyed in the store itself. */
export function createIdempotency(clock: Clock): Idempotency {
  const entries = new Map<string, { body: string; at: number; answer: Promise<unknown> }>();

  const forgetOld = (now: number) => {
    for (const [name, entry] of entries) {
      if (entries.size <= KEPT_ENTRIES && now - entry.at < KEPT_MS) break;
      entries.delete(name);
    }
  };

  return {
    async once<T>(
      owner: string,
      key: string | undefined,
      body: unknown,
      deed: () => Promise<T>,
    ): Promise<T> {
      if (key === undefined) return deed();
      const now = clock.now().getTime();
      forgetOld(now);
      const name = `${owner}\n${key}`;
      const content = canonicalJson(body ?? null);
      const known = entries.get(name);
      if (known !== undefined) {
        if (known.body === content) return known.answer as Promise<T>;
        throw new Problem("IDEMPOTENCY_CONFLICT", {
          what: "This Idempotency-Key was used before with another body",
          where: "header idempotency-key",
          fix: "Take a new key for a new request; repeat a key only with the same body.",
        });
      }
      const answer = deed();
      entries.set(name, { body: content, at: now, answer });
      answer.catch(() => entries.delete(name));
      return answer;
    },
  };
}
