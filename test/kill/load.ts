/** The load of the store's kill test: the child sends it, the parent knows what each piece must look like. */
import { seededRandom } from "../../src/base/random.ts";
import type { NewEvent } from "../../src/store/events.ts";

/** An acknowledged call: which it was, and the positions its events got. */
export interface CallAcknowledged {
  readonly call: string;
  readonly positions: readonly number[];
}

export interface BlobAcknowledged {
  readonly hash: string;
  readonly bytes: number;
}

/** The events of one call; every third is about a person. The same name gives the same events. */
export function eventsOf(seed: number, call: string): NewEvent[] {
  const random = seededRandom(seed).fork(call);
  const size = 1 + random.int(60);
  return Array.from({ length: size }, (_, n) => ({
    account: String(random.int(5)),
    type: "lead.received",
    key: `${call}/${n}`,
    occurredAt: new Date(1_735_689_600_000 + random.int(1_000_000_000)),
    payload: { call, size, text: `${random.next()}`.repeat(1 + random.int(60)) },
    ...(n % 3 === 0
      ? { personal: { person: `person-${random.int(200)}`, fields: { phone: `${random.next()}` } } }
      : {}),
  }));
}

/** The content of one file, up to 300 kB. */
export function bytesOf(seed: number, name: string): Buffer {
  const random = seededRandom(seed).fork(name);
  return Buffer.alloc(1 + random.int(300_000), `${name} ${random.next()} `);
}
