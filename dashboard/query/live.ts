/**
 * The live stream: one connection for the whole page. When it drops it is opened again after 1, 2, 4 … 30 s, and
 * what is shown says since when it is not live.
 */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { StreamMessage } from "../../src/contract/imports.ts";
import type { StreamHello } from "../../src/contract/server.ts";
import { askAgainSoon } from "./ask-again.ts";

export type Progress = Extract<StreamMessage, { type: "import.progress" }>;
export type JobProgress = Extract<StreamMessage, { type: "job.progress" }>;

export interface Live {
  readonly state: "connecting" | "live" | "stale";
  /** When the stream was lost, in epoch milliseconds; null while it is live. */
  readonly lostAt: number | null;
  /** Last message of each running import. */
  readonly progress: ReadonlyMap<string, Progress>;
  /** Last message of each running job. */
  readonly jobs: ReadonlyMap<string, JobProgress>;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

let live: Live = { state: "connecting", lostAt: null, progress: new Map(), jobs: new Map() };
let source: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let waitMs = FIRST_WAIT_MS;
/** Version of the data that the page last heard of; null before the first stream says hello. */
let version: number | null = null;
const listeners = new Set<() => void>();

function set(part: Partial<Live>): void {
  live = { ...live, ...part };
  for (const listener of listeners) listener();
}

/** A version other than the last one heard of: something changed while nobody listened. */
function greet(hello: StreamHello, queries: QueryClient): void {
  const missed = version !== null && hello.version !== version;
  version = hello.version;
  if (missed) askAgainSoon(queries);
}

function hear(message: StreamMessage, queries: QueryClient): void {
  if (message.type === "job.progress") {
    const known = live.jobs.get(message.jobId);
    const jobs = new Map(live.jobs);
    if (message.state === "running") jobs.set(message.jobId, message);
    else jobs.delete(message.jobId);
    set({ jobs });
    // How far it is comes with the message; only what it became is asked for.
    if (known?.state !== message.state) void queries.invalidateQueries({ queryKey: ["/jobs"] });
    return;
  }
  if (message.type === "import.progress") {
    set({ progress: new Map(live.progress).set(message.importId, message) });
    return;
  }
  if (message.type === "data.changed") version = message.version;
  else if (message.type === "import.done" || message.type === "import.failed") {
    const progress = new Map(live.progress);
    progress.delete(message.importId);
    set({ progress });
  }
  askAgainSoon(queries);
}

const EVENTS = [
  "import.progress",
  "import.done",
  "import.failed",
  "data.changed",
  "leads.changed",
  "job.progress",
] as const satisfies readonly StreamMessage["type"][];

function open(queries: QueryClient): void {
  clearTimeout(timer);
  source?.close();
  const opened = new EventSource("/api/v1/stream");
  source = opened;
  opened.onopen = () => {
    const wasLost = live.state === "stale";
    waitMs = FIRST_WAIT_MS;
    set({ state: "live", lostAt: null });
    // What failed while the server was away is asked again, whether or not the data changed.
    if (wasLost) askAgainSoon(queries);
  };
  opened.addEventListener("hello", ({ data }: MessageEvent<string>) =>
    greet(JSON.parse(data) as StreamHello, queries),
  );
  for (const event of EVENTS)
    opened.addEventListener(event, ({ data }: MessageEvent<string>) =>
      hear(JSON.parse(data) as StreamMessage, queries),
    );
  opened.onerror = () => {
    opened.close();
    set({ state: "stale", lostAt: live.lostAt ?? Date.now() });
    // A stream does not say why it ended: whether there still is a session is asked.
    void queries.invalidateQueries({ queryKey: ["/me"] });
    timer = setTimeout(() => open(queries), waitMs);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };
}

/** Opens the stream; every change of the data makes the queries ask again. */
export function startLive(queries: QueryClient): () => void {
  open(queries);
  return () => {
    clearTimeout(timer);
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
