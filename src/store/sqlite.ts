/** Opens the store of a home folder: events, people, sessions and notes in `store.sqlite`, files in `blobs/`. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../base/clock.ts";
import { apiKeyTable } from "./api-keys.ts";
import { auditTable } from "./audit.ts";
import { openBlobs } from "./blobs.ts";
import type { CommitObserver } from "./engine.ts";
import { eventLog } from "./event-log.ts";
import { fsyncFolder } from "./fsync-folder.ts";
import { jobTable } from "./jobs.ts";
import { migrate } from "./migrations.ts";
import { noteTable } from "./notes.ts";
import { passkeyTable } from "./passkeys.ts";
import { peopleTable } from "./people.ts";
import { pushTable } from "./push-table.ts";
import { redactedHash } from "./redaction.ts";
import { sessionTable } from "./sessions.ts";
import { openSqliteEngine } from "./sqlite-engine.ts";
import type { Store } from "./store.ts";
import { workTable } from "./work-table.ts";

/**
 * Opens or creates the store; several processes may have the same home open.
 *
 * @param options.clock gives `recordedAt` and drops expired sessions
 * @param options.onCommit told around every COMMIT, for tests that kill a process inside one
 * @throws Problem `STORE_NEWER`, `STORE_UNREADABLE`, `STORE_BUSY`, `STORE_WRITE_FAILED`
 */
export async function openStore(options: {
  readonly home: string;
  readonly clock: Clock;
  readonly onCommit?: CommitObserver;
}): Promise<Store> {
  const { home, clock, onCommit } = options;
  await mkdir(home, { recursive: true, mode: 0o700 });
  const engine = await openSqliteEngine(path.join(home, "store.sqlite"), onCommit);
  try {
    await migrate(engine, clock);
    await fsyncFolder(home);
    const events = eventLog(engine, clock);
    const blobs = await openBlobs({
      folder: path.join(home, "blobs"),
      redactedHash: (hash) => redactedHash(engine, hash),
      nowMs: clock.now().getTime(),
    });
    let closing: Promise<void> | null = null;
    return {
      append: events.append,
      read: events.read,
      lastPosition: events.lastPosition,
      blobs,
      sessions: sessionTable(engine, clock),
      people: peopleTable(engine, clock),
      keys: apiKeyTable(engine, clock),
      passkeys: passkeyTable(engine, clock),
      audit: auditTable(engine, clock),
      work: workTable(engine, events),
      jobs: jobTable(engine, clock),
      push: pushTable(engine, clock),
      notes: noteTable(engine),
      forgetPerson: async (person) => {
        await engine.write((trx) =>
          trx.deleteFrom("person_keys").where("person", "=", person).execute(),
        );
        await engine.scrub();
      },
      close: () => {
        closing ??= events.idle().then(() => engine.close());
        return closing;
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
