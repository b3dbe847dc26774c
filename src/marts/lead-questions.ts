/** The face of Leads: one function per question, each within the caller's scope and on one state of the data. */
import type { z } from "zod";
import type { Clock } from "../base/clock.ts";
import type { SelectionQuery } from "../contract/common.ts";
import type {
  CohortsAnswer,
  FlowAnswer,
  FlowQuery,
  LeadAnswer,
  LeadQuery,
  LeadsAnswer,
  LeadsQuery,
  SpeedAnswer,
  SpeedQuery,
} from "../contract/leads.ts";
import type { Definitions } from "../domain/definitions.ts";
import type { Scope } from "../domain/scope.ts";
import type { Session, Warehouse } from "../warehouse/warehouse.ts";
import { leadCohorts } from "./lead-cohorts.ts";
import { leadDetail } from "./lead-detail.ts";
import { leadFlow } from "./lead-flow.ts";
import { leadList } from "./lead-list.ts";
import { leadSpeed } from "./lead-speed.ts";
import { resolveSelection, type Selected } from "./selection.ts";

export interface LeadQuestions {
  leads(query: z.infer<typeof LeadsQuery>, scope: Scope): Promise<LeadsAnswer>;
  /** @throws Problem `LEAD_UNKNOWN` where the scope holds no such lead */
  lead(id: string, query: z.infer<typeof LeadQuery>, scope: Scope): Promise<LeadAnswer>;
  flow(query: z.infer<typeof FlowQuery>, scope: Scope): Promise<FlowAnswer>;
  cohorts(query: SelectionQuery, scope: Scope): Promise<CohortsAnswer>;
  speed(query: z.infer<typeof SpeedQuery>, scope: Scope): Promise<SpeedAnswer>;
}

/** @param definitions those in force, asked anew for each answer */
export function createLeadQuestions({
  warehouse,
  definitions,
  clock,
}: {
  readonly warehouse: Warehouse;
  readonly definitions: () => Definitions;
  readonly clock: Clock;
}): LeadQuestions {
  const within = <T>(
    selection: SelectionQuery,
    scope: Scope,
    answer: (session: Session, selected: Selected) => Promise<T>,
  ): Promise<T> =>
    warehouse.snapshot(async (session) =>
      answer(session, await resolveSelection(session, selection, scope, definitions())),
    );
  const times = () => ({ definitions: definitions(), now: clock.now() });
  return {
    leads: (query, scope) =>
      within(query, scope, (session, selected) =>
        leadList(session, selected, query, scope, times()),
      ),
    lead: (id, query, scope) =>
      within(
        { ...query, from: "all", account: [], project: [], campaign: [] },
        scope,
        (session, selected) => leadDetail(session, selected, id, scope, times()),
      ),
    flow: (query, scope) =>
      within(query, scope, (session, selected) => leadFlow(session, selected, query)),
    cohorts: (query, scope) => within(query, scope, leadCohorts),
    speed: (query, scope) =>
      within(query, scope, (session, selected) => leadSpeed(session, selected, query, times())),
  };
}
