/** A rep's leads as the page shows them: what the server last said, with what it has not heard of yet laid over it. */
import type { MineAnswer, WorkLead } from "../../src/contract/work.ts";
import type { OutcomeDeed, Waiting } from "./outbox.ts";

export interface QueueLead extends WorkLead {
  /** Deeds of this lead that the server has not heard of. */
  readonly waiting: number;
}

type Group = WorkLead["group"];
const RANK: Readonly<Record<Group, number>> = { due: 0, new: 1, open: 2, later: 3 };
/** Nobody calls them any more. */
const CLOSED: ReadonlySet<WorkLead["stage"]> = new Set(["won", "lost", "invalid"]);
/** Somebody was spoken to. */
const REACHED: ReadonlySet<WorkLead["stage"]> = new Set([
  "engaged",
  "qualified",
  "meeting",
  "won",
  "lost",
]);

export const keyOf = ({ account, leadId }: Pick<WorkLead, "account" | "leadId">) =>
  JSON.stringify([account, leadId]);

function after(lead: QueueLead, deed: OutcomeDeed, at: string, nowMs: number): QueueLead {
  const next = deed.nextAttemptAt;
  return {
    ...lead,
    status: deed.status,
    stage: deed.stage,
    group: next === null ? "open" : Date.parse(next) <= nowMs ? "due" : "later",
    firstContactDueAt: null,
    nextAttemptAt: next,
    attempts: lead.attempts + 1,
    last: { status: deed.status, at, by: lead.assignee ?? "", byName: null },
    undoUntil: null,
  };
}

/** Outcomes that nobody has taken back. */
function standing(waiting: readonly Waiting[]): Waiting[] {
  const undone = new Set(
    waiting.flatMap(({ deed }) => (deed.kind === "undo" ? [deed.outcome] : [])),
  );
  return waiting.filter(({ id, deed }) => deed.kind !== "outcome" || !undone.has(id));
}

/**
 * Leads in the order of calling, as they stand once what waits is sent.
 *
 * @param waiting deeds that the answer does not know of, in order; refused ones change nothing
 */
export function withWaiting(
  leads: readonly WorkLead[],
  waiting: readonly Waiting[],
  nowMs: number,
): QueueLead[] {
  const found = new Map<string, QueueLead>(
    leads.map((lead) => [keyOf(lead), { ...lead, waiting: 0 }]),
  );
  for (const { deed, refused, at } of standing(waiting)) {
    if (deed.kind === "claim") continue;
    const key = keyOf(deed);
    const lead = found.get(key);
    if (!lead) continue;
    const changed = deed.kind === "outcome" && !refused ? after(lead, deed, at, nowMs) : lead;
    // What was changed last was touched last.
    if (changed !== lead) found.delete(key);
    found.set(key, { ...changed, waiting: lead.waiting + 1 });
  }
  const laterAt = ({ group, nextAttemptAt }: QueueLead) =>
    group === "later" || group === "due" ? (nextAttemptAt ?? "") : "";
  return [...found.values()]
    .map((lead) =>
      // A next attempt that comes while the page stands open.
      lead.group === "later" && lead.nextAttemptAt && Date.parse(lead.nextAttemptAt) <= nowMs
        ? { ...lead, group: "due" as const }
        : lead,
    )
    .filter(({ stage }) => !CLOSED.has(stage))
    .sort(
      (left, right) =>
        RANK[left.group] - RANK[right.group] ||
        (laterAt(left) < laterAt(right) ? -1 : laterAt(left) > laterAt(right) ? 1 : 0),
    );
}

/** What a rep has done today: as the server counts it, and what it has not heard of. */
export function dayOf(
  answer: Pick<MineAnswer, "today">,
  waiting: readonly Waiting[],
  open: number,
): { readonly done: number; readonly reached: number; readonly open: number } {
  const outcomes = standing(waiting).flatMap(({ deed, refused }) =>
    deed.kind === "outcome" && !refused ? [deed] : [],
  );
  return {
    done: answer.today.done + outcomes.length,
    reached: answer.today.reached + outcomes.filter(({ stage }) => REACHED.has(stage)).length,
    open,
  };
}

const plainDigits = (text: string) =>
  text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));

/** Leads by name, id or digits of the phone, where the server cannot be asked. */
export function searched<T extends WorkLead>(leads: readonly T[], search: string): T[] {
  const wanted = plainDigits(search.trim().toLowerCase());
  if (wanted === "") return [...leads];
  const digits = wanted.replace(/^[0+]+|[\s()+-]/g, "");
  const isPhone = /^\d{3,}$/.test(digits);
  return leads.filter(
    ({ name, leadId, phone }) =>
      name?.toLowerCase().includes(wanted) ||
      leadId.toLowerCase() === wanted ||
      (isPhone && phone?.replace(/\D/g, "").includes(digits)),
  );
}
