/** Which of the leads that events speak of are news, and to whom. */
import type { StoredEvent } from "../store/events.ts";
import type { LeadStanding } from "./push-standing.ts";

/** Events that can make a lead news to somebody. */
export const NEWS_EVENTS = ["lead.received", "lead.assigned"] as const;

/** A lead that somebody has, or that nobody has and these may take. */
export interface LeadNews {
  readonly standing: LeadStanding;
  readonly kind: "assigned" | "pool";
  readonly people: readonly string[];
  /** Position of the event. */
  readonly position: number;
  readonly at: Date;
}

interface Payload {
  readonly leadId: string;
  readonly by?: string;
  readonly assignee?: string | null;
}

export const payloadOf = (event: StoredEvent) => event.payload as unknown as Payload;
const nameOf = (account: string, leadId: string) => JSON.stringify([account, leadId]);

/**
 * News of leads, as they stand by now: of several events of one lead the last one counts, and nobody hears of what they
 * did themselves.
 */
export function newsOf(
  events: readonly StoredEvent[],
  standings: readonly LeadStanding[],
): LeadNews[] {
  const last = new Map<string, StoredEvent>();
  for (const event of events) last.set(nameOf(event.account, payloadOf(event).leadId), event);
  return standings.flatMap((standing): LeadNews[] => {
    const event = last.get(nameOf(standing.account, standing.leadId));
    if (!event || !standing.open) return [];
    const { by, assignee } = payloadOf(event);
    const { holder } = standing;
    // A later decision has overtaken this one, and is news itself.
    if (event.type === "lead.assigned" && (assignee ?? null) !== holder) return [];
    const people = (holder === null ? standing.callers : [holder]).filter((one) => one !== by);
    const kind = holder === null ? "pool" : "assigned";
    return [{ standing, kind, people, position: event.position, at: event.recordedAt }];
  });
}
