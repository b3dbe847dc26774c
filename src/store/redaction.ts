/** Erasing from a file kept as received: a redacted copy takes its place, and an event says so. */
import { Problem } from "../base/problem.ts";
import type { Engine } from "./engine.ts";
import type { NewEvent } from "./events.ts";

const TYPE = "blob.redacted";

/** The event that makes every reader of `from` read `to` instead; a file can be redacted again through its copy. */
export function blobRedacted(options: {
  readonly from: string;
  readonly to: string;
  readonly occurredAt: Date;
}): NewEvent {
  const { from, to, occurredAt } = options;
  return { account: "*", type: TYPE, key: from, occurredAt, payload: { old: from, new: to } };
}

/**
 * The hash to read where `hash` is asked for: itself, or the end of its chain of redactions.
 *
 * @throws Problem `BLOB_REDACTION_LOOP` when the redactions lead back to where they began
 */
export async function redactedHash({ db }: Engine, hash: string): Promise<string> {
  const seen = new Set<string>();
  let current = hash;
  for (;;) {
    seen.add(current);
    const row = await db
      .selectFrom("events")
      .select("payload")
      .where("account", "=", "*")
      .where("type", "=", TYPE)
      .where("key", "=", current)
      .executeTakeFirst();
    if (row === undefined) return current;
    current = (JSON.parse(row.payload) as { readonly new: string }).new;
    if (seen.has(current)) {
      throw new Problem("BLOB_REDACTION_LOOP", {
        what: "The redactions of a file lead in a circle, so no copy of it can be read",
        where: `blob ${hash}`,
        fix: "Redact the file again into a copy with other content.",
      });
    }
  }
}
