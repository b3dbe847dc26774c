/**
 * The outbox while the page is open: takes deeds in, sends them as soon as it can, and tells the page what waits.
 * It tries again when the browser is back on-line, when somebody looks at the page, and after 1, 2, 4 … 60 s.
 */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { loseSession } from "../query/session.ts";
import { type Deed, type NewWaiting, type Waiting, waitMs } from "./outbox.ts";
import { box, send } from "./sender.ts";

export interface Outbox {
  /** What the server has not heard of, in order. */
  readonly waiting: readonly Waiting[];
  /** What it has, as far as no answer that was asked for since tells of it. */
  readonly settling: readonly { readonly item: Waiting; readonly at: number }[];
  readonly state: "idle" | "sending" | "no-signal";
  /** The outcome set last, as long as it is offered to be taken back. */
  readonly last: NewWaiting | null;
}

const EMPTY: Outbox = { waiting: [], settling: [], state: "idle", last: null };
let outbox: Outbox = EMPTY;
let person = "";
let queries: QueryClient | null = null;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let running: Promise<void> | null = null;
let again = false;
const listeners = new Set<() => void>();

function set(part: Partial<Outbox>): void {
  outbox = { ...outbox, ...part };
  for (const listener of listeners) listener();
}

async function readBox(): Promise<void> {
  set({ waiting: await box.list(person) });
}

/** Called with the moment at which the leads shown were asked for: what was sent before is in them. */
export function settle(before: number): void {
  const settling = outbox.settling.filter(({ at }) => at >= before);
  if (settling.length !== outbox.settling.length) set({ settling });
}

async function pass(): Promise<void> {
  clearTimeout(timer);
  set({ state: "sending" });
  let gone = 0;
  const sent = await send(person, (item) => {
    gone++;
    set({
      waiting: outbox.waiting.filter(({ seq }) => seq !== item.seq),
      settling: [...outbox.settling, { item, at: Date.now() }],
    });
  });
  await readBox();
  if (gone > 0) await queries?.invalidateQueries({ queryKey: ["/work"] });
  if (sent === "signed-out") loseSession();
  failures = sent === "later" ? failures + 1 : 0;
  set({ state: sent === "later" ? "no-signal" : "idle" });
  if (sent === "later") {
    timer = setTimeout(() => void flush(), waitMs(failures));
    await wakeLater();
  }
}

/** Where the browser can: it sends by itself once there is a signal, also when the page is closed. */
async function wakeLater(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const sync = (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)
    ?.sync;
  // Refused without a permission: then the page does it when it is opened again.
  await sync?.register("outbox").catch(() => {});
}

/** Sends what waits, now. */
export async function flush(): Promise<void> {
  if (running) {
    again = true;
    return running;
  }
  running = pass().finally(() => {
    running = null;
  });
  await running;
  if (again) {
    again = false;
    await flush();
  }
}

/** A name that no other deed has; also on addresses where the browser offers no UUID. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keeps a deed on this device, then sends it. Resolves when it is kept. */
export async function did(deed: Deed, about: string | null): Promise<void> {
  const at = new Date().toISOString();
  const item = await box.add({ id: newId(), person, about, at, deed, tries: 0, refused: null });
  set({
    waiting: [...outbox.waiting, item],
    ...(deed.kind === "outcome" ? { last: item } : {}),
  });
  void flush();
}

/** The outcome set last is offered no more. */
export function keepLast(): void {
  set({ last: null });
}

/** Takes the outcome set last back: out of the outbox where it never left it, else on the server. */
export async function takeLastBack(): Promise<void> {
  const { last } = outbox;
  if (last?.deed.kind !== "outcome") return;
  const { id, deed, about } = last;
  keepLast();
  if (await box.takeUntried(id)) {
    await readBox();
    return;
  }
  const { account, leadId } = deed;
  await did({ kind: "undo", account, leadId, outcome: id }, about);
}

/** Gives up a deed that was refused. */
export async function dropRefused(item: Waiting): Promise<void> {
  await box.remove([item.seq]);
  await readBox();
  void flush();
}

/** Tries a deed that was refused once more. */
export async function tryRefused(item: Waiting): Promise<void> {
  await box.change({ ...item, refused: null });
  await readBox();
  void flush();
}

/** Opens the outbox of a person; returns the way to close it. */
export function startOutbox(who: string, client: QueryClient): () => void {
  person = who;
  queries = client;
  set(EMPTY);
  const wake = () => {
    if (document.visibilityState === "visible") void flush();
  };
  const hear = ({ data }: MessageEvent<unknown>) => {
    if (data === "outbox.sent") void readBox();
    void client.invalidateQueries({ queryKey: ["/work"] });
  };
  void readBox().then(flush);
  addEventListener("online", wake);
  addEventListener("focus", wake);
  document.addEventListener("visibilitychange", wake);
  navigator.serviceWorker?.addEventListener("message", hear);
  return () => {
    clearTimeout(timer);
    removeEventListener("online", wake);
    removeEventListener("focus", wake);
    document.removeEventListener("visibilitychange", wake);
    navigator.serviceWorker?.removeEventListener("message", hear);
  };
}

export function useOutbox(): Outbox {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => outbox,
  );
}
