/**
 * The live stream: one connection for the whole page. When it drops it is opened again after 1, 2, 4 … 30 s, and
 * what is shown says since when it is not live.
 */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { StreamMessage } from "../../src/contract/imports.ts";

export type Progress = Extract<StreamMessage, { type: "import.progress" }>;

export interface Live {
  readonly state: "connecting" | "live" | "stale";
  /** When the stream was lost, in epoch milliseconds; null while it is live. */
  readonly lostAt: number | null;
  /** Last message of each running import. */
  readonly progress: ReadonlyMap<string, Progress>;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** Several changes in a row lead to one refetch. */
const SETTLE_MS = 300;

let live: Live = { state: "connecting", lostAt: null, progress: new Map() };
let source: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let settling: ReturnType<typeof setTimeout> | undefined;
let waitMs = FIRST_WAIT_MS;
const listeners = new Set<() => void>();

function set(part: Partial<Live>): void {
  live = { ...live, ...part };
  for (const listener of listeners) listener();
}

function refetch(queries: QueryClient): void {
  clearTimeout(settling);
  settling = setTimeout(() => void queries.invalidateQueries(), SETTLE_MS);
}

function hear(message: StreamMessage, queries: QueryClient): void {
  if (message.type === "import.progress") {
    set({ progress: new Map(live.progress).set(message.importId, message) });
    return;
  }
  if (message.type !== "data.changed") {
    const progress = new Map(live.progress);
    progress.delete(message.importId);
    set({ progress });
  }
  refetch(queries);
}

const EVENTS = [
  "import.progress",
  "import.done",
  "import.failed",
  "data.changed",
] as const satisfies readonly StreamMessage["type"][];

function open(queries: QueryClient): void {
  clearTimeout(timer);
  source?.close();
  const opened = new EventSource("/api/v1/stream");
  source = opened;
  opened.onopen = () => {
    const missed = live.state === "stale";
    waitMs = FIRST_WAIT_MS;
    set({ state: "live", lostAt: null });
    if (missed) refetch(queries);
  };
  for (const event of EVENTS)
    opened.addEventListener(event, ({ data }: MessageEvent<string>) =>
      hear(JSON.parse(data) as StreamMessage, queries),
    );
  opened.onerror = () => {
    opened.close();
    set({ state: "stale", lostAt: live.lostAt ?? Date.now() });
    timer = setTimeout(() => open(queries), waitMs);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };
}

/** Opens the stream; every change of the data makes the queries ask again. */
export function startLive(queries: QueryClient): () => void {
  open(queries);
  return () => {
    clearTimeout(timer);
    clearTimeout(settling);
    source?.close();
  };
}

export function reconnect(queries: QueryClient): void {
  waitMs = FIRST_WAIT_MS;
  open(queries);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLive(): Live {
  return useSyncExternalStore(subscribe, () => live);
}
