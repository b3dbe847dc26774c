/** A short list kept under one note, changed by one deed after the other. */
import type { Json } from "../store/events.ts";
import type { NoteTable } from "../store/store.ts";

export interface KeptList<T> {
  all(): Promise<readonly T[]>;
  /** Changes the list; what the deed gives is kept before this resolves. */
  change<R>(
    deed: (items: readonly T[]) => { readonly items: readonly T[]; readonly result: R },
  ): Promise<R>;
}

/** One process holds a home, so writes need only wait for each other here. */
export function keptList<T>(notes: NoteTable, note: string): KeptList<T> {
  let last: Promise<unknown> = Promise.resolve();
  const all = async () => ((await notes.get(note)) ?? []) as unknown as readonly T[];
  return {
    all,
    change(deed) {
      const done = last.then(async () => {
        const { items, result } = deed(await all());
        await notes.set(note, JSON.parse(JSON.stringify(items)) as Json);
        return result;
      });
      last = done.catch(() => undefined);
      return done;
    },
  };
}
