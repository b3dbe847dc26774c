/** What the threads of the pool can do, by name; each is loaded where it is first asked for. */

/** What a work may ask and tell while it runs. */
export interface WorkContext {
  /** True once nobody waits for the result any more; a long part looks now and then and returns early. */
  cancelled(): boolean;
  /** Tells the part done of a gang's work, 0 … 1; of parts in a row the pool tells it itself. */
  progress(done: number): void;
  /** Lets other things happen where the work shares its thread with them; in a worker it returns at once. */
  pause(): Promise<void>;
  /** Of a gang: the words its members meet by. */
  readonly gang: Int32Array;
}

/**
 * One part of a work. `shared` is the same for all parts and must not be changed except inside SharedArrayBuffers;
 * the result crosses threads as a structured clone.
 */
export type Work = (shared: never, part: never, context: WorkContext) => unknown;

export type Works = Readonly<Record<string, () => Promise<Work>>>;

export const works = {
  boosting: async () => (await import("./boosting-member.ts")).boostingMember,
  forest: async () => (await import("./grow-forest.ts")).growForest,
  predict: async () => (await import("./predict-part.ts")).predictPart,
} satisfies Works;

export type WorkName = keyof typeof works;
