/**
 * WebAssembly memory that trainings share with threads, one after the other. A memory cannot be freed, only forgotten,
 * and the engine counts neither its bytes nor the threads' share in it when it decides what to collect; so one that was
 * given back is used again, and forgotten when nothing was trained for a while.
 */

/** Trainings at the same time whose memories are kept. */
const KEPT = 16;
const KEPT_MS = 10_000;
export const PAGE_BYTES = 65_536;
/** 4 GiB, all that can be addressed. */
export const MOST_PAGES = 65_536;

const kept: WebAssembly.Memory[] = [];
let timer: NodeJS.Timeout | null = null;

const pagesOf = (memory: WebAssembly.Memory) => memory.buffer.byteLength / PAGE_BYTES;

/** A memory of at least so many pages, whatever they hold. */
export function takeMemory(pages: number): WebAssembly.Memory {
  kept.sort((a, b) => pagesOf(a) - pagesOf(b));
  const fitting = kept.findIndex((memory) => pagesOf(memory) >= pages);
  const [memory] = kept.splice(fitting < 0 ? kept.length - 1 : fitting, 1);
  if (memory === undefined)
    return new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
  if (fitting < 0) memory.grow(pages - pagesOf(memory));
  return memory;
}

/** Gives a memory back that no thread works on any more. */
export function giveBackMemory(memory: WebAssembly.Memory): void {
  if (kept.length < KEPT) kept.push(memory);
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => {
    kept.length = 0;
    timer = null;
  }, KEPT_MS).unref();
}
