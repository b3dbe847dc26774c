/** An event on its way in: checked, and its content brought to the one text that equal contents share. */
import { canonicalJson } from "../base/canonical-json.ts";
import { Problem } from "../base/problem.ts";
import type { NewEvent } from "./events.ts";
import type { ConditionalEvent } from "./work.ts";

export interface PreparedEvent {
  readonly account: string;
  readonly type: string;
  readonly key: string;
  readonly occurredAtMs: number;
  readonly payload: string;
  readonly person: string | null;
  /** Canonical JSON of the personal fields; null without a person. */
  readonly fields: string | null;
  /** What may speak against it in the moment of keeping it. */
  readonly unless?: ConditionalEvent["unless"];
}

const NAME_LENGTH = 1024;
/** NUL and half characters do not survive every database. */
const UNSAFE = /\p{Surrogate}/u;

/** @throws Problem `EVENT_INVALID` for an event that no store could give back as it was */
export function prepareEvent(event: NewEvent): PreparedEvent {
  const { account, type, key, personal } = event;
  for (const [name, value] of Object.entries({ account, type, key, person: personal?.person })) {
    if (value === undefined) continue;
    if (value.length === 0 || value.length > NAME_LENGTH) {
      refuse(event, `its ${name} has ${value.length} characters; 1 to ${NAME_LENGTH} are allowed`);
    }
    if (value.includes("\0") || UNSAFE.test(value)) {
      refuse(event, `its ${name} holds a NUL or half a character`);
    }
  }
  const occurredAtMs = event.occurredAt.getTime();
  if (Number.isNaN(occurredAtMs)) refuse(event, "its occurredAt is not a date");
  try {
    return {
      account,
      type,
      key,
      occurredAtMs,
      payload: canonicalJson(event.payload),
      person: personal?.person ?? null,
      fields: personal === undefined ? null : canonicalJson(personal.fields),
    };
  } catch (cause) {
    return refuse(event, "its content has no JSON form", cause);
  }
}

function refuse(event: NewEvent, what: string, cause?: unknown): never {
  throw new Problem("EVENT_INVALID", {
    what: `An event cannot be kept: ${what}`,
    where: `account ${event.account}, type ${event.type}`,
    fix: "Correct the event before it is appended; nothing of this call was written.",
    cause,
  });
}
