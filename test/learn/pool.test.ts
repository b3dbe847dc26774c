import { afterEach, describe, expect, it } from "vitest";
import { Problem } from "../../src/base/problem.ts";
import { createPool, type Pool } from "../../src/learn/pool.ts";
import type { Works } from "../../src/learn/works.ts";
import { builtFile } from "./built.ts";

const worksUrl = new URL("./pool-works.mjs", import.meta.url);
const worker = builtFile("worker.js");
process.env.LEARN_GANG = builtFile("gang.js")?.href ?? "../../src/learn/gang.ts";
const { works } = (await import(worksUrl.href)) as { works: Works };

let open: Pool[] = [];
function poolOf(options: { worker: URL | null; size?: number; idleMs?: number }): Pool {
  const made = createPool({ works, worksUrl, size: 2, ...options });
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const pool of open) await pool.close();
  open = [];
});

const places = [["on this thread", null] as const];
const everywhere = worker === null ? places : [...places, ["on worker threads", worker] as const];

describe.each(everywhere)("a pool working %s", (_name, worker) => {
  it("gives results in the order of the parts and tells how far it is", async () => {
    const told: number[] = [];
    const parts = Array.from({ length: 40 }, (_, i) => i);
    const results = await poolOf({ worker }).runParts("square", 3, parts, {
      onProgress: (done) => told.push(done),
    });
    expect(results).toEqual(parts.map((part) => 3 * part * part));
    expect(told).toHaveLength(40);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it("passes on the error of a part and works on afterwards", async () => {
    const pool = poolOf({ worker });
    await expect(pool.runParts("fail", null, [1, 2, 3])).rejects.toThrow("two is refused");
    await expect(pool.runParts("nothing of the kind", null, [1])).rejects.toThrow("no work");
    expect(await pool.runParts("fail", null, [1, 3])).toEqual([1, 3]);
  });

  it("rejects with the reason of the signal, before or while it works", async () => {
    const pool = poolOf({ worker });
    const gone = AbortSignal.abort(new Error("gone already"));
    await expect(pool.runParts("square", 1, [1], { signal: gone })).rejects.toThrow("gone already");
    const later = new AbortController();
    const running = pool.runParts("patient", null, [1, 2, 3, 4], { signal: later.signal });
    setTimeout(() => later.abort(new Error("enough")), 20);
    await expect(running).rejects.toThrow("enough");
    expect(await pool.runParts("square", 1, [5])).toEqual([25]);
  });

  it("refuses a number of threads that is none", async () => {
    for (const threads of [0, -1, 1.5, Number.NaN, 65])
      await expect(poolOf({ worker }).runParts("square", 1, [1], { threads })).rejects.toThrow(
        Problem,
      );
  });

  it("has nothing to do for no parts", async () => {
    expect(await poolOf({ worker }).runParts("square", 1, [])).toEqual([]);
  });
});

describe.skipIf(worker === null)("worker threads (skipped where dist/ was not built)", () => {
  it("are as many as asked for and not more", async () => {
    const pool = poolOf({ worker });
    const used = async (threads?: number) =>
      new Set(
        await pool.runParts<number>("thread", null, Array(30).fill(0), threads ? { threads } : {}),
      ).size;
    expect(await used(1)).toBe(1);
    expect(await used()).toBeLessThanOrEqual(2);
    expect(await used(3)).toBeLessThanOrEqual(3);
  });

  it("meet: after each meeting every member sees what all the others wrote before it", async () => {
    for (const members of [1, 2, 3]) {
      const sums = new Int32Array(new SharedArrayBuffer(4 * members));
      const shared = { sums, members, rounds: 2000 };
      const parts = Array.from({ length: members }, (_, i) => i);
      const wrong = await poolOf({ worker }).runGang("meet", shared, parts, { threads: members });
      expect(wrong).toEqual(parts.map(() => 0));
    }
  });

  it("do not wait for ever for a member that failed", async () => {
    const pool = poolOf({ worker });
    await expect(pool.runGang("absent", 3, [0, 1, 2], { threads: 3 })).rejects.toThrow(
      "not coming",
    );
    expect(await pool.runParts("square", 1, [2])).toEqual([4]);
  });

  it("that die end their job with an error, and others take their place", async () => {
    const pool = poolOf({ worker });
    await expect(pool.runParts("die", null, [1, 2, 3, 4])).rejects.toThrow("ended with 3");
    expect(await pool.runParts("square", 2, [1, 2])).toEqual([2, 8]);
  });

  it("serve several jobs at once, gangs among them", async () => {
    const pool = poolOf({ worker });
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const sums = new Int32Array(new SharedArrayBuffer(8));
        return i % 3 === 0
          ? pool.runGang("meet", { sums, members: 2, rounds: 50 }, [0, 1])
          : pool.runParts("square", i, [1, 2, 3], { threads: 1 + (i % 2) });
      }),
    );
    answers.forEach((answer, i) => {
      expect(answer).toEqual(i % 3 === 0 ? [0, 0] : [i, 4 * i, 9 * i]);
    });
  });

  it("refuse what cannot be sent to a thread and work on", async () => {
    const pool = poolOf({ worker });
    await expect(pool.runParts("square", () => 1, [1])).rejects.toThrow("could not be cloned");
    expect(await pool.runParts("square", 2, [3])).toEqual([18]);
  });

  it("end when idle and are started again when needed", async () => {
    const pool = poolOf({ worker, idleMs: 10 });
    const first = await pool.runParts<number>("thread", null, [0], { threads: 1 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const second = await pool.runParts<number>("thread", null, [0], { threads: 1 });
    expect(second).not.toEqual(first);
  });

  it("come up when a work is announced, no more than it may use, and end when it never comes", async () => {
    const threadOf = async (pool: Pool) =>
      (await pool.runParts<number>("thread", null, [0], { threads: 1 }))[0]!;
    const [announced, other] = [poolOf({ worker, idleMs: 500 }), poolOf({ worker })];
    announced.prepare("thread", 9, { threads: 1 });
    const later = await threadOf(other);
    const early = await threadOf(announced);
    expect(early).toBe(later - 1);
    announced.prepare("thread", 9, { threads: 1 });
    expect(await threadOf(announced)).toBe(early);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await threadOf(announced)).toBeGreaterThan(later);
  });
});
