import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { Problem } from "../../src/base/problem.ts";
import type { StreamMessage } from "../../src/contract/imports.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import type { JobDesk, JobKind } from "../../src/workflows/jobs.ts";
import { createJobRunner } from "../../src/workflows/run-jobs.ts";
import { withFolder } from "./home.ts";

const start = Date.parse("2025-02-01T09:00:00Z");
/** A clock that the test puts forward. */
function handClock() {
  let ms = start;
  return {
    now: () => new Date(ms),
    forward: (by: number) => {
      ms += by;
    },
  };
}
const clock = handClock();
const opened: Store[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});

const everybody = { person: "owner", scope: { accounts: "all" } } as const;
const of = (key: string, accounts: "all" | string[] = "all") => ({
  kind: "work",
  key,
  owner: "nour",
  accounts,
  input: null,
});

interface Bench {
  readonly store: Store;
  readonly told: StreamMessage[];
  runner(kind: Partial<JobKind> & Pick<JobKind, "run">): JobDesk;
}

async function onBench(deed: (bench: Bench) => Promise<void>): Promise<void> {
  await withFolder(async (home) => {
    const store = await openStore({ home, clock });
    opened.push(store);
    const told: StreamMessage[] = [];
    await deed({
      store,
      told,
      runner: (kind) =>
        createJobRunner({
          jobs: store.jobs,
          clock,
          news: { tell: (message) => void told.push(message) },
          backOffMs: [0, 0],
          kinds: [{ kind: "work", attempts: 3, afterDeath: () => "again", ...kind }],
        }),
    });
  });
}

/** Runs until somebody stops it. */
const untilStopped: JobKind["run"] = (_job, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("stopped")), { once: true });
  });

describe("jobs", () => {
  it("run once each, however often they are asked for while they wait or run", async () => {
    await onBench(async ({ store, runner }) => {
      const ran: string[] = [];
      const desk = runner({
        run: async (job) => {
          ran.push(job.key);
          return { did: job.key };
        },
      });
      for (const key of ["a", "b", "a", "a", "b"]) await desk.ask(of(key));
      await desk.start();
      await desk.idle();
      expect(ran.sort()).toEqual(["a", "b"]);
      const rows = await desk.list(everybody);
      expect(rows.map(({ state, progress, result }) => [state, progress, result])).toEqual(
        expect.arrayContaining([
          ["done", 1, { did: "a" }],
          ["done", 1, { did: "b" }],
        ]),
      );
      expect(await store.jobs.running()).toEqual([]);
      await desk.close();
    });
  });

  it("of a given id run once for good, as what is scheduled must", async () => {
    await onBench(async ({ runner }) => {
      let runs = 0;
      const desk = runner({ run: async () => ++runs });
      await desk.start();
      for (let round = 0; round < 3; round++) {
        await desk.ask({ ...of("weekly"), id: "weekly-2025-02-01" });
        await desk.idle();
      }
      expect(runs).toBe(1);
      await desk.close();
    });
  });

  it("are tried again as often as their kind says, and then fail with the reason", async () => {
    await onBench(async ({ runner }) => {
      let tries = 0;
      const desk = runner({
        run: async () => {
          tries++;
          throw new Problem("DISK_FULL", { what: "No room", fix: "Make some." });
        },
      });
      await desk.ask(of("a"));
      await desk.start();
      await desk.idle();
      expect(tries).toBe(3);
      const [job] = await desk.list(everybody);
      expect(job).toMatchObject({ state: "failed", attempts: 3, problem: { code: "DISK_FULL" } });
      await expect(desk.cancel(job?.id ?? "", everybody)).rejects.toMatchObject({
        code: "JOB_NOT_CANCELLED",
      });
      await desk.retry(job?.id ?? "", everybody);
      await desk.idle();
      expect(tries).toBe(4);
      await desk.close();
    });
  });

  it("wait longer before each further try", async () => {
    await onBench(async ({ store, told }) => {
      const patient = createJobRunner({
        jobs: store.jobs,
        clock,
        news: { tell: (message) => void told.push(message) },
        kinds: [
          {
            kind: "work",
            attempts: 9,
            afterDeath: () => "again",
            run: () => Promise.reject(new Error("no")),
          },
        ],
      });
      const { id } = await patient.ask(of("a"));
      await patient.start();
      const waits: number[] = [];
      for (let round = 0; round < 4; round++) {
        await patient.idle();
        const job = await store.jobs.find(id);
        waits.push((job?.dueAt.getTime() ?? 0) - clock.now().getTime());
        clock.forward(waits.at(-1) ?? 0);
        // Another job wakes the runner, as the timer would.
        await patient.ask(of(`wake ${round}`));
      }
      expect(waits).toEqual([5000, 60_000, 600_000, 600_000]);
      await patient.close();
    });
  });

  it("can be ended while they run, and while they wait", async () => {
    await onBench(async ({ runner, told }) => {
      const desk = runner({ run: untilStopped });
      await desk.start();
      const first = await desk.ask(of("a"));
      const second = await desk.ask(of("b"));
      await expect
        .poll(async () => (await desk.list(everybody)).map(({ state }) => state))
        .toContain("running");
      expect((await desk.cancel(second.id, everybody)).state).toBe("cancelled");
      expect((await desk.cancel(first.id, everybody)).state).toBe("cancelled");
      await desk.idle();
      expect(
        told.filter((one) => one.type === "job.progress" && one.state === "cancelled"),
      ).toHaveLength(2);
      await desk.close();
    });
  });

  it("go on from what they kept when the server is stopped and started", async () => {
    await onBench(async ({ runner }) => {
      const done: number[] = [];
      const stepwise: JobKind["run"] = async (_job, { signal, checkpoint, keep, progress }) => {
        for (let step = Number(checkpoint ?? 0); step < 5; step++) {
          if (step === 2 && checkpoint === null) await untilStopped(_job, { signal } as never);
          done.push(step);
          await keep(step + 1);
          progress("steps", (step + 1) / 5);
        }
        return null;
      };
      const before = runner({ run: stepwise });
      await before.start();
      await before.ask(of("a"));
      await expect.poll(() => done).toEqual([0, 1]);
      await before.close();
      const after = runner({ run: stepwise });
      await after.start();
      await after.idle();
      expect(done).toEqual([0, 1, 2, 3, 4]);
      expect((await after.list(everybody))[0]).toMatchObject({ state: "done", attempts: 2 });
      await after.close();
    });
  });

  it("are marked, and not run again, where nobody can know how far they got", async () => {
    await onBench(async ({ runner }) => {
      let runs = 0;
      const kind = {
        afterDeath: () => "interrupted" as const,
        run: ((...given) => {
          runs++;
          return untilStopped(...given);
        }) satisfies JobKind["run"],
      };
      const before = runner(kind);
      await before.start();
      await before.ask(of("a"));
      await expect.poll(() => runs).toBe(1);
      await before.close();
      const after = runner(kind);
      await after.start();
      await after.idle();
      expect(runs).toBe(1);
      expect((await after.list(everybody))[0]).toMatchObject({
        state: "interrupted",
        problem: { code: "JOB_INTERRUPTED" },
      });
      await after.close();
    });
  });

  it("are seen, ended and begun anew by their owner and by who holds their accounts, and by nobody else", async () => {
    await onBench(async ({ runner }) => {
      const desk = runner({
        run: () => Promise.reject(new Problem("DISK_FULL", { what: "No room", fix: "Make some." })),
      });
      const accounts = fc.constantFrom<("all" | string[])[]>("all", ["7"], ["7", "8"], ["8"]);
      await desk.start();
      await fc.assert(
        fc.asyncProperty(accounts, accounts, fc.boolean(), async (touched, held, own) => {
          const job = await desk.ask({
            ...of(crypto.randomUUID(), touched),
            owner: own ? "me" : "else",
          });
          const me = { person: "me", scope: { accounts: held } };
          const may =
            own ||
            held === "all" ||
            (touched !== "all" && touched.every((one) => held.includes(one)));
          expect((await desk.list(me)).some(({ id }) => id === job.id)).toBe(may);
          const refused = await desk.cancel(job.id, me).then(
            () => null,
            ({ code }) => code,
          );
          expect(refused === "JOB_UNKNOWN").toBe(!may);
        }),
        { numRuns: 25 },
      );
      await desk.close();
    });
  });
});
