/** Threads that work on one thing at the same time and wait for each other in shared memory. */

const ARRIVED = 0;
const PHASE = 1;
const BROKEN = 2;
const CANCELLED = 3;
const WORDS = 4;
/** Looks before a waiting thread sleeps: some microseconds, about what falling asleep and waking would cost. */
const LOOKS = 3000;

/** Thrown in the other members when one has failed, so that none waits for ever. */
export class GangBroken extends Error {
  constructor() {
    super("Another thread of this work failed");
    this.name = GangBroken.name;
  }
}

/** The shared words of a gang, all 0. */
export function gangWords(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));
}

/** Says that a member failed, and wakes those who wait. */
export function breakGang(words: Int32Array): void {
  Atomics.store(words, BROKEN, 1);
  Atomics.add(words, PHASE, 1);
  Atomics.notify(words, PHASE);
}

export function cancelGang(words: Int32Array): void {
  Atomics.store(words, CANCELLED, 1);
}

export function isCancelled(words: Int32Array): boolean {
  return Atomics.load(words, CANCELLED) === 1;
}

/**
 * Returns when all `members` have called it; what each wrote before, all see after. With one member it does nothing;
 * with more it blocks the thread, so only workers may call it.
 *
 * @throws GangBroken
 */
export function meet(words: Int32Array, members: number): void {
  if (members === 1) return;
  if (Atomics.load(words, BROKEN) === 1) throw new GangBroken();
  const phase = Atomics.load(words, PHASE);
  if (Atomics.add(words, ARRIVED, 1) === members - 1) {
    Atomics.store(words, ARRIVED, 0);
    Atomics.add(words, PHASE, 1);
    Atomics.notify(words, PHASE);
  } else {
    let looks = 0;
    while (Atomics.load(words, PHASE) === phase) {
      if (++looks > LOOKS) Atomics.wait(words, PHASE, phase);
    }
  }
  if (Atomics.load(words, BROKEN) === 1) throw new GangBroken();
}
