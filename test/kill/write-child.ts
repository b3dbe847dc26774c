/** One of several processes that write to the same store: appends calls, and tries to spend every token of a file. */
import { readFileSync } from "node:fs";
import { systemClock } from "../../src/base/clock.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { eventsOf } from "./load.ts";
import { acknowledge } from "./report.ts";

const [home = "", seedText = "", name = "", callsText = "", tokenFile = ""] = process.argv.slice(2);
const store = await openStore({ home, clock: systemClock });

const tokens = JSON.parse(readFileSync(tokenFile, "utf8")) as string[];
for (const token of tokens) {
  const spent = await store.sessions.spendToken({
    purpose: "race",
    token,
    now: systemClock.now(),
  });
  if (spent) acknowledge({ spent: token });
}
for (let n = 0; n < Number(callsText); n++) {
  // Every second call is one that the other processes send as well.
  const call = n % 2 === 0 ? `shared.${n}` : `${name}.${n}`;
  const results = await store.append(eventsOf(Number(seedText), call));
  acknowledge({
    call,
    positions: results.map((result) => result.position),
    appended: results.filter((result) => result.outcome === "appended").length,
  });
}
await store.close();
