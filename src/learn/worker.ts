/** A thread of the pool: takes parts of works by message and sends back what they give. */
import { parentPort, workerData } from "node:worker_threads";
import { breakGang, isCancelled } from "./gang.ts";
import { type FromWorker, type ToWorker, toldError } from "./pool-messages.ts";
import type { Work, WorkContext, Works } from "./works.ts";

interface Job {
  readonly work: Promise<Work>;
  readonly shared: unknown;
  readonly context: WorkContext;
}

if (!parentPort) throw new Error("This file runs in a worker thread only");
const port = parentPort;
const { works } = (await import((workerData as { works: string }).works)) as { works: Works };
const jobs = new Map<number, Job>();

function send(message: FromWorker): void {
  // Buffers are copied, not handed over: a thread that ever gave one away checks at every access whether it still has it.
  port.postMessage(message);
}

async function workNamed(name: string): Promise<Work> {
  const load = works[name];
  if (!load) throw new Error(`There is no work ${name}`);
  return load();
}

async function run(job: number, place: number, part: unknown): Promise<void> {
  const known = jobs.get(job);
  if (!known) return;
  try {
    const work = await known.work;
    const result = await work(known.shared as never, part as never, known.context);
    send({ kind: "done", job, place, result });
  } catch (error) {
    send({ kind: "failed", job, place, error: toldError(error) });
    breakGang(known.context.gang);
  }
}

port.on("message", (message: ToWorker) => {
  if (message.kind === "load")
    workNamed(message.work).catch(() => {}); // told when a job needs it
  else if (message.kind === "job") {
    const { job, gang, shared } = message;
    const work = workNamed(message.work);
    work.catch(() => {}); // told when the first part awaits it
    jobs.set(job, {
      work,
      shared,
      context: {
        gang,
        cancelled: () => isCancelled(gang),
        progress: (done) => send({ kind: "progress", job, done }),
        pause: () => Promise.resolve(),
      },
    });
  } else if (message.kind === "part") void run(message.job, message.place, message.part);
  else jobs.delete(message.job);
});
