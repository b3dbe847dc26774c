/** Appends events from several callers and puts files, without end, acknowledging each; made to be killed. */
import { Readable } from "node:stream";
import { systemClock } from "../../src/base/clock.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { bytesOf, eventsOf } from "./load.ts";
import { acknowledge, reportedCommits } from "./report.ts";

const CALLERS = 4;

const [home = "", seedText = "", life = ""] = process.argv.slice(2);
const seed = Number(seedText);
const store = await openStore({ home, clock: systemClock, onCommit: reportedCommits });

async function appendForever(caller: number): Promise<never> {
  for (let n = 0; ; n++) {
    const call = `${life}.${caller}.${n}`;
    const results = await store.append(eventsOf(seed, call));
    acknowledge({ call, positions: results.map((result) => result.position) });
  }
}

async function putForever(): Promise<never> {
  for (let n = 0; ; n++) {
    const content = bytesOf(seed, `${life}.${n}`);
    const half = content.length >> 1;
    acknowledge(
      await store.blobs.put(Readable.from([content.subarray(0, half), content.subarray(half)])),
    );
  }
}

await Promise.all([...Array.from({ length: CALLERS }, (_, n) => appendForever(n)), putForever()]);
