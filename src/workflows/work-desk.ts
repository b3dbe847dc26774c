/** The desk of the work on leads: what doors may ask of it. What a caller may not see is as if it were not there. */
import type {
  AssignRequest,
  ClaimAnswer,
  ClaimRequest,
  HeldAnswer,
  HeldQuery,
  KeptAnswer,
  LeadIn,
  LeaveAnswer,
  LeaveRequest,
  MineAnswer,
  MineQuery,
  NoteRequest,
  OutcomesAnswer,
  OutcomesRequest,
  StatusIn,
  TeamAnswer,
  UndoRequest,
  WorkHistoryAnswer,
  WorkHistoryQuery,
  WorkLead,
} from "../contract/work.ts";
import type { Scope } from "../domain/scope.ts";
import type { Actor } from "./people.ts";
import type { LeadName, LeadStanding } from "./push-standing.ts";

/** Who asks, and the accounts in which they may what the address needs. */
export interface WorkCaller extends Actor {
  readonly scope: Scope;
}

export interface WorkDesk {
  /** Takes leads in; each that is kept is on disk, and given to somebody where the account's rule says so. */
  receive(caller: WorkCaller, leads: readonly LeadIn[]): Promise<KeptAnswer>;
  /**
   * Sets statuses of any leads.
   *
   * @param request the request's own name, if it has one: rows without an `id` are known by it and their place
   */
  setStatuses(
    caller: WorkCaller,
    rows: readonly StatusIn[],
    request?: string | undefined,
  ): Promise<KeptAnswer>;
  /** The caller's own open leads in the order of calling. @throws Problem `BAD_CURSOR` */
  mine(caller: WorkCaller, query: MineQuery): Promise<MineAnswer>;
  team(caller: WorkCaller): Promise<TeamAnswer>;
  /** Open leads of somebody or of nobody. @throws Problem `BAD_CURSOR` */
  held(caller: WorkCaller, query: HeldQuery): Promise<HeldAnswer>;
  /** @throws Problem `PERSON_UNKNOWN` */
  assign(caller: WorkCaller, request: AssignRequest): Promise<KeptAnswer>;
  /** @throws Problem `LEAD_UNKNOWN`, `LEAD_TAKEN` where a lead was named; `NOT_ALLOWED` */
  claim(caller: WorkCaller, request: ClaimRequest): Promise<ClaimAnswer>;
  /** Outcomes of leads that the caller has or had, in order. */
  outcomes(caller: WorkCaller, request: OutcomesRequest): Promise<OutcomesAnswer>;
  /** @throws Problem `LEAD_UNKNOWN`, `NOTHING_TO_UNDO` */
  undo(caller: WorkCaller, request: UndoRequest): Promise<WorkLead>;
  /** @throws Problem `LEAD_UNKNOWN`, `EVENT_CONFLICT` */
  note(caller: WorkCaller, request: NoteRequest): Promise<void>;
  /** @throws Problem `PERSON_UNKNOWN` */
  leave(caller: WorkCaller, request: LeaveRequest): Promise<LeaveAnswer>;
  /** @throws Problem `LEAD_UNKNOWN` */
  history(caller: WorkCaller, query: WorkHistoryQuery): Promise<WorkHistoryAnswer>;
  /** How leads stand, whoever asks: for telling people of them. */
  standing(leads: readonly LeadName[]): Promise<LeadStanding[]>;
  /** Deals leads that wait, where their account has a rule for it; after tables came in. */
  deal(): Promise<void>;
  /** Resolves when everything kept until now is in the warehouse. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
