/** What the store holds of leads and statuses that came in one by one, as rows for the warehouse. */
import { type Definitions, definitionsOf } from "../domain/definitions.ts";
import type { LiveChange, LiveRow } from "../ingest/live.ts";
import type { Json, StoredEvent } from "../store/events.ts";
import type { Store } from "../store/store.ts";

/** Events that become rows of the warehouse, or take one out of it. */
export const LIVE_EVENTS = ["lead.received", "lead.status_set", "lead.status_withdrawn"] as const;

const IMPORT = "file.imported";
const EVENTS_AT_ONCE = 1000;

/** Payload of `lead.received`; what reaches the person is sealed beside it. */
export interface ReceivedLead {
  readonly leadId: string;
  readonly campaignId: string | null;
  readonly campaignName: string | null;
  readonly project: string | null;
  readonly adSetId: string | null;
  readonly adId: string | null;
  readonly formId: string | null;
  readonly formName: string | null;
  readonly platform: string | null;
  readonly isOrganic: boolean | null;
  readonly language: string | null;
  readonly status: string | null;
  readonly assignedTo: string | null;
  readonly by: string;
}

/** Personal fields of `lead.received`. */
export interface ReceivedPerson {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly attributes: { readonly [key: string]: Json } | null;
}

const NOBODY: ReceivedPerson = { name: null, phone: null, email: null, attributes: null };

/** What is known of the person; nothing once they were forgotten. */
export function personOfLead(event: StoredEvent): ReceivedPerson {
  return (event.personal?.fields as unknown as ReceivedPerson | null) ?? NOBODY;
}

/** Positions in ascending order: the last one before `position`; 0 for none. */
function lastBefore(positions: readonly number[], position: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return positions[low - 1] ?? 0;
}

function rowOf(event: StoredEvent, timeZone: string, afterImport: number): LiveRow {
  const common = {
    account: event.account,
    time_zone: timeZone,
    after_import: afterImport,
    line: event.position,
    recorded_ms: event.recordedAt.getTime(),
    at_ms: event.occurredAt.getTime(),
  };
  if (event.type === "lead.status_set") {
    const { leadId, status } = event.payload as { leadId: string; status: string };
    return { ...common, table_name: "lead_status_changes", lead_id: leadId, status };
  }
  const lead = event.payload as unknown as ReceivedLead;
  const person = personOfLead(event);
  return {
    ...common,
    table_name: "campaign_leads",
    lead_id: lead.leadId,
    status: lead.status,
    campaign_id: lead.campaignId,
    campaign_name: lead.campaignName,
    project_name: lead.project,
    ad_set_id: lead.adSetId,
    ad_id: lead.adId,
    form_id: lead.formId,
    form_name: lead.formName,
    platform: lead.platform,
    is_organic: lead.isOrganic,
    language: lead.language,
    name: person.name,
    email: person.email,
    phone: person.phone,
    assigned_to: lead.assignedTo,
    attributes: person.attributes,
  };
}

/**
 * What came after a position; null where nothing did.
 *
 * @param imports positions of imports known already, ascending; later ones are read here
 */
export async function liveChangeAfter(
  store: Pick<Store, "read">,
  position: number,
  imports: readonly number[],
  definitions: Definitions,
): Promise<LiveChange | null> {
  const boundaries = [...imports];
  const rows: LiveRow[] = [];
  const withdrawn: number[] = [];
  let until = position;
  let read = position;
  for (;;) {
    const events = await store.read({
      after: read,
      types: [...LIVE_EVENTS, IMPORT],
      limit: EVENTS_AT_ONCE,
    });
    for (const event of events) {
      read = event.position;
      if (event.type === IMPORT) {
        if (read > (boundaries.at(-1) ?? 0)) boundaries.push(read);
        continue;
      }
      until = read;
      if (event.type === "lead.status_withdrawn") withdrawn.push(Number(event.payload.position));
      else {
        const { timeZone } = definitionsOf(definitions, event.account);
        rows.push(rowOf(event, timeZone, lastBefore(boundaries, event.position)));
      }
    }
    if (events.length < EVENTS_AT_ONCE) break;
  }
  return until === position ? null : { rows, withdrawn, until };
}
