// @ts-check
/** Works for the tests of the pool, as worker threads load them. */
import { threadId } from "node:worker_threads";

/** @type {import("../../src/learn/works.ts").Works} */
export const works = {
  square: async () => (/** @type {number} */ shared, /** @type {number} */ part) =>
    shared * part * part,
  thread: async () => () => threadId,
  fail: async () => (/** @type {unknown} */ _shared, /** @type {number} */ part) => {
    if (part === 2) throw new RangeError("two is refused");
    return part;
  },
  die: async () => () => process.exit(3),
  // Waits without end unless the pool says that nobody needs the result.
  patient: async () => async (_shared, _part, context) => {
    while (!context.cancelled()) await new Promise((resolve) => setTimeout(resolve, 1));
    return "let go";
  },
  // Each member adds its number in turn; a wrong meeting point shows in the order of the sums.
  meet: async () => {
    const { meet } = await import(process.env.LEARN_GANG ?? "");
    return (
      /** @type {{ sums: Int32Array, members: number, rounds: number }} */ {
        sums,
        members,
        rounds,
      },
      /** @type {number} */ member,
      context,
    ) => {
      let wrong = 0;
      for (let round = 1; round <= rounds; round++) {
        sums[member] = round;
        meet(context.gang, members);
        for (let other = 0; other < members; other++) if (sums[other] !== round) wrong++;
        meet(context.gang, members);
      }
      return wrong;
    };
  },
  // The last member fails while the others wait for it.
  absent: async () => {
    const { meet } = await import(process.env.LEARN_GANG ?? "");
    return (/** @type {number} */ members, /** @type {number} */ member, context) => {
      if (member === members - 1) throw new RangeError("not coming");
      meet(context.gang, members);
    };
  },
};
