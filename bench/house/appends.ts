import { systemClock } from "../../src/base/clock.ts";
import { seededRandom } from "../../src/base/random.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { type BenchRow, lowerIsBetter, quantile } from "../measure.ts";
import { OVERVIEW_QUERIES, randomSelection } from "./dashboard.ts";

const DASHBOARDS = 8;
const APPENDS = 1000;
const PAUSE_MS = 5;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** How long an acknowledged append takes while eight dashboards query without a pause. */
export async function appendsUnderLoad(home: string, name: string): Promise<BenchRow[]> {
  const workspace = await openWorkspace({ home, clock: systemClock });
  try {
    const facets = await workspace.queries.facets(EVERYTHING);
    let open = true;
    let asked = 0;
    const dashboards = Array.from({ length: DASHBOARDS }, async (_, n) => {
      const random = seededRandom(n + 1);
      while (open) {
        const selection = randomSelection(facets, random);
        const asks = Object.values(OVERVIEW_QUERIES);
        await Promise.all(asks.map((ask) => ask(workspace.queries, selection)));
        asked += asks.length;
      }
    });
    await pause(500);
    const run = Date.now();
    const times: number[] = [];
    for (let i = 0; i < APPENDS; i++) {
      const started = performance.now();
      await workspace.store.append([
        {
          account: "bench",
          type: "bench.appended",
          key: `${run}-${i}`,
          occurredAt: new Date(run),
          payload: { n: i, text: "an event of about the size of a status change" },
        },
      ]);
      times.push(performance.now() - started);
      await pause(PAUSE_MS);
    }
    const seconds = (Date.now() - run) / 1000;
    open = false;
    await Promise.all(dashboards);
    return [
      lowerIsBetter(
        `store append, p99, while ${DASHBOARDS} dashboards query, ${name}`,
        quantile(times, 0.99),
        null,
        "ms",
        `${APPENDS} single appends, each acknowledged after fsync, ${PAUSE_MS} ms apart, in the process that answers the queries (${Math.round(asked / seconds)} queries/s); median ${quantile(times, 0.5).toFixed(2)} ms, max ${Math.max(...times).toFixed(1)} ms; target ≤ 20 ms`,
      ),
    ];
  } finally {
    await workspace.close();
  }
}
