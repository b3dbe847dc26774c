/** The outbox in the browser's database: it outlives the page, and the service worker reads the same one. */
import type { Box, NewWaiting, Waiting } from "./outbox.ts";

const NAME = "leadsmart-work";
const OUTBOX = "outbox";

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when what the transaction wrote is on the disk. */
function kept(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore(OUTBOX, { keyPath: "seq", autoIncrement: true });
  return answered(request);
}

/** Opens the outbox of this browser. */
export function createBox(): Box {
  let database: Promise<IDBDatabase> | null = null;
  const within = async <T>(
    mode: IDBTransactionMode,
    deed: (store: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    database ??= open();
    const db = await database;
    // Another tab with a newer page wants to change the tables: this one lets go and opens them again.
    db.onversionchange = () => {
      db.close();
      database = null;
    };
    const transaction = db.transaction(
      OUTBOX,
      mode,
      mode === "readwrite" ? { durability: "strict" } : {},
    );
    const done = kept(transaction);
    const result = await deed(transaction.objectStore(OUTBOX));
    await done;
    return result;
  };
  const all = (store: IDBObjectStore) => answered(store.getAll() as IDBRequest<Waiting[]>);
  return {
    add: (item: NewWaiting) =>
      within("readwrite", async (store) => {
        const seq = Number(await answered(store.add(item)));
        return { ...item, seq };
      }),
    list: (person) =>
      within("readonly", async (store) =>
        (await all(store)).filter((one) => one.person === person),
      ),
    change: (item) =>
      within("readwrite", async (store) => {
        const there = (await answered(store.count(item.seq))) > 0;
        if (there) await answered(store.put(item));
        return there;
      }),
    remove: (seqs) =>
      within("readwrite", async (store) => {
        for (const seq of seqs) await answered(store.delete(seq));
      }),
    takeUntried: (id) =>
      within("readwrite", async (store) => {
        const found = (await all(store)).find((one) => one.id === id);
        if (!found || found.tries > 0) return false;
        await answered(store.delete(found.seq));
        return true;
      }),
  };
}
