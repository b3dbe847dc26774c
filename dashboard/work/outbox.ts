/**
 * What somebody did with leads, on its way to the server: kept in order, sent once, and kept with the reason where the
 * server refuses. Every deed carries a name of its own, so that one sent twice after a lost answer happens once.
 */
import type { WorkLead } from "../../src/contract/work.ts";

/** An outcome of a call. */
export interface OutcomeDeed {
  readonly kind: "outcome";
  readonly account: string;
  readonly leadId: string;
  readonly status: string;
  readonly stage: NonNullable<WorkLead["stage"]>;
  readonly note: string | null;
  readonly nextAttemptAt: string | null;
}

export type Deed =
  | OutcomeDeed
  | {
      readonly kind: "note";
      readonly account: string;
      readonly leadId: string;
      readonly text: string;
    }
  /** The next leads of the pool. */
  | { readonly kind: "claim"; readonly account: string; readonly count: number }
  /** Takes back the outcome that was kept under this name. */
  | {
      readonly kind: "undo";
      readonly account: string;
      readonly leadId: string;
      readonly outcome: string;
    };

export interface Refused {
  readonly code: string;
  readonly what: string;
  readonly fix: string;
}

export interface NewWaiting {
  /** The deed's own name. */
  readonly id: string;
  readonly person: string;
  /** The lead's name as the person knew it, to tell what waits; null for the pool. */
  readonly about: string | null;
  /** When it happened. */
  readonly at: string;
  readonly deed: Deed;
  /** How often it was on its way. */
  readonly tries: number;
  readonly refused: Refused | null;
}

export interface Waiting extends NewWaiting {
  /** Place in the order in which things happened. */
  readonly seq: number;
}

/** Where deeds wait; on a phone a database that outlives the page. */
export interface Box {
  add(item: NewWaiting): Promise<Waiting>;
  /** A person's deeds in the order in which they happened. */
  list(person: string): Promise<Waiting[]>;
  /** False where the deed has gone: then nothing is done. */
  change(item: Waiting): Promise<boolean>;
  remove(seqs: readonly number[]): Promise<void>;
  /** Takes a deed out that was never on its way; false where it was. */
  takeUntried(id: string): Promise<boolean>;
}

/** What the server said; status 0: nothing. */
export interface Said {
  readonly status: number;
  readonly body: unknown;
}
export type Post = (
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
) => Promise<Said>;

/** `done`: nothing is left to send; `later`: there was no signal or the server could not; `signed-out`: nobody is known. */
export type Sent = "done" | "later" | "signed-out";

const MOST_AT_ONCE = 50;
/** The server is there but cannot now. */
const NOT_NOW = new Set([0, 408, 425, 429]);
const NOT_NOW_CODES = new Set(["STORE_BUSY", "STORE_WRITE_FAILED", "NOT_READY", "INTERNAL"]);

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/** How long to wait before trying again, after so many attempts that failed. */
export function waitMs(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
}

const leadOf = ({ deed }: Waiting) =>
  deed.kind === "claim" ? null : JSON.stringify([deed.account, deed.leadId]);

/** What may be sent now: nothing of a lead after a deed of it that was refused, for it may rest on that. */
export function ready(items: readonly Waiting[]): Waiting[] {
  const stopped = new Set<string>();
  return items.filter((item) => {
    const lead = leadOf(item);
    if (item.refused) {
      if (lead !== null) stopped.add(lead);
      return false;
    }
    return lead === null || !stopped.has(lead);
  });
}

/**
 * The first deeds in line that go in one request: outcomes of different leads together, so that none goes out beside one
 * of the same lead that may be refused; everything else alone.
 */
function nextBatch(items: readonly Waiting[], most: number): Waiting[] {
  const [first] = items;
  if (first && first.deed.kind !== "outcome") return [first];
  const leads = new Set<string | null>();
  const end = items.findIndex((item, i) => {
    const lead = leadOf(item);
    if (i >= most || item.deed.kind !== "outcome" || leads.has(lead)) return true;
    leads.add(lead);
    return false;
  });
  return end < 0 ? [...items] : items.slice(0, end);
}

function refusalIn(body: unknown, status: number): Refused {
  const { code, detail, what, fix } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { code: text(code) || `HTTP ${status}`, what: text(what) || text(detail), fix: text(fix) };
}

function requestOf({ id, at, deed }: Waiting): { readonly path: string; readonly body: unknown } {
  const { kind, ...rest } = deed;
  if (deed.kind === "note") return { path: "/work/notes", body: { id, ...rest, at } };
  if (deed.kind === "claim") return { path: "/work/claim", body: rest };
  if (deed.kind === "undo") {
    const { account, leadId, outcome } = deed;
    return { path: "/work/undo", body: { account, leadId, id: outcome } };
  }
  return { path: "/work/outcomes", body: { outcomes: [] } };
}

function outcomeBody({ id, at, deed }: Waiting): unknown {
  if (deed.kind !== "outcome") return null;
  const { account, leadId, status, note, nextAttemptAt } = deed;
  return {
    id,
    at,
    account,
    leadId,
    status,
    ...(note === null ? {} : { note }),
    ...(nextAttemptAt === null ? {} : { nextAttemptAt }),
  };
}

interface ItemSaid {
  readonly outcome: "kept" | "repeated" | "refused";
  readonly problem: unknown;
}

/**
 * Sends a person's deeds in order until nothing is left that can be sent, or the server cannot be reached.
 *
 * @param onGone told of each deed that the server has
 */
export async function sendAll(
  box: Box,
  person: string,
  post: Post,
  onGone: (item: Waiting) => void = () => {},
): Promise<Sent> {
  let most = MOST_AT_ONCE;
  for (;;) {
    const listed = nextBatch(ready(await box.list(person)), most);
    if (listed.length === 0) return "done";
    // Marked as on its way before it is; what was taken back meanwhile never goes.
    const batch: Waiting[] = [];
    for (const item of listed) {
      const tried = { ...item, tries: item.tries + 1 };
      if (await box.change(tried)) batch.push(tried);
    }
    const [first] = batch;
    if (!first) continue;
    const several = first.deed.kind === "outcome";
    const { path, body } = several
      ? { path: "/work/outcomes", body: { outcomes: batch.map(outcomeBody) } }
      : requestOf(first);
    const said = await post(path, body, { "Idempotency-Key": first.id });
    if (said.status === 401) return "signed-out";
    if (NOT_NOW.has(said.status) || said.status >= 500) return "later";
    const gone = async (item: Waiting) => {
      await box.remove([item.seq]);
      onGone(item);
    };
    if (said.status >= 400) {
      const refused = refusalIn(said.body, said.status);
      // One of them spoils the request: alone, it is found.
      if (batch.length > 1) most = 1;
      else if (refused.code === "NOTHING_TO_UNDO") await gone(first);
      else await box.change({ ...first, refused });
      continue;
    }
    if (!several) {
      await gone(first);
      continue;
    }
    const answers = (said.body as { readonly items?: readonly ItemSaid[] } | null)?.items ?? [];
    for (const [i, item] of batch.entries()) {
      const answer = answers[i];
      if (!answer) return "later";
      if (answer.outcome !== "refused") {
        await gone(item);
        continue;
      }
      const refused = refusalIn(answer.problem, 200);
      if (NOT_NOW_CODES.has(refused.code)) return "later";
      await box.change({ ...item, refused });
    }
  }
}
