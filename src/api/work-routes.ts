/** The work on leads: leads and statuses that come in one by one, lists of calls, and what people do with them. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Clock } from "../base/clock.ts";
import type { StreamMessage } from "../contract/imports.ts";
import {
  AssignRequest,
  ClaimAnswer,
  ClaimRequest,
  HeldAnswer,
  HeldQuery,
  KeptAnswer,
  LeadsRequest,
  LeaveAnswer,
  LeaveRequest,
  MineAnswer,
  MineQuery,
  NoteRequest,
  OutcomesAnswer,
  OutcomesRequest,
  StatusesRequest,
  TeamAnswer,
  UndoRequest,
  WorkHistoryAnswer,
  WorkHistoryQuery,
  WorkLead,
} from "../contract/work.ts";
import type { WorkCaller, WorkDesk } from "../workflows/work-desk.ts";
import { callerOf } from "./access.ts";
import { createIdempotency, IdempotencyHeaders } from "./idempotency.ts";
import { type About, emptyOperation, jsonOperation, textOperation } from "./openapi.ts";
import type { StreamHub } from "./stream-hub.ts";

const JSON_BODY = ["BAD_REQUEST", "BODY_TOO_LARGE", "UNSUPPORTED_BODY"];
/** What the stream of those who call carries. */
const OF_WORK: readonly StreamMessage["type"][] = ["leads.changed", "data.changed"];

const reads = (
  needs: About["needs"],
  operationId: string,
  summary: string,
  problems: readonly string[] = [],
): About => ({ operationId, summary, tag: "Work", needs, problems: ["BAD_REQUEST", ...problems] });
const writes = (
  needs: About["needs"],
  operationId: string,
  summary: string,
  description: string,
  problems: readonly string[] = [],
): About => ({
  operationId,
  summary,
  description,
  tag: "Work",
  needs,
  writes: true,
  problems: [...JSON_BODY, ...problems],
});

const whoAsks = (request: FastifyRequest): WorkCaller => {
  const { person, grants, scope } = callerOf(request);
  return { person, grants, scope };
};

const listOf = <T>(body: T | T[]): T[] => (Array.isArray(body) ? body : [body]);

export function registerWorkRoutes(
  plain: FastifyInstance,
  options: { readonly work: WorkDesk; readonly hub: StreamHub; readonly clock: Clock },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { work } = options;
  const idempotency = createIdempotency(options.clock);
  /** The same request under the same key is done once; what it wrote is known by its rows after that too. */
  const once = <T>(
    request: FastifyRequest,
    deed: (caller: WorkCaller, key: string | undefined) => Promise<T>,
  ): Promise<T> => {
    const caller = whoAsks(request);
    const key = request.headers["idempotency-key"];
    const name = typeof key === "string" ? key : undefined;
    const owner = `${caller.person} ${request.routeOptions.url ?? ""}`;
    return idempotency.once(owner, name, request.body, () => deed(caller, name));
  };

  app.post(
    "/leads",
    {
      schema: {
        ...jsonOperation(
          writes(
            "work_leads",
            "receiveLeads",
            "Hand in a lead, or a list of them",
            "Each row is kept, was there already, or is refused with its reason; one refused row keeps none of the others " +
              "out. A lead's id is its key: the same content again is a repeat, other content a conflict. Kept means on " +
              "disk; figures follow within seconds.",
            ["IDEMPOTENCY_CONFLICT"],
          ),
          KeptAnswer,
        ),
        headers: IdempotencyHeaders,
        body: LeadsRequest,
      },
    },
    (request) => once(request, (caller) => work.receive(caller, listOf(request.body))),
  );
  app.post(
    "/statuses",
    {
      schema: {
        ...jsonOperation(
          writes(
            "work_leads",
            "setStatuses",
            "Set the status of a lead, or of a list of them",
            "Each row is kept, was there already, or is refused with its reason. A row is known by its `id`, else by the " +
              "Idempotency-Key and its place, else by lead, status and time.",
            ["IDEMPOTENCY_CONFLICT"],
          ),
          KeptAnswer,
        ),
        headers: IdempotencyHeaders,
        body: StatusesRequest,
      },
    },
    (request) =>
      once(request, (caller, key) => work.setStatuses(caller, listOf(request.body), key)),
  );
  app.get(
    "/work/mine",
    {
      schema: {
        ...jsonOperation(
          reads("own_leads", "listMyLeads", "One's own open leads in the order of calling", [
            "BAD_CURSOR",
          ]),
          MineAnswer,
        ),
        querystring: MineQuery,
      },
    },
    (request) => work.mine(whoAsks(request), request.query),
  );
  app.get(
    "/work/team",
    {
      schema: jsonOperation(
        reads("work_leads", "getTeam", "How those who call stand, and what waits for them"),
        TeamAnswer,
      ),
    },
    (request) => work.team(whoAsks(request)),
  );
  app.get(
    "/work/leads",
    {
      schema: {
        ...jsonOperation(
          reads("work_leads", "listHeldLeads", "Open leads of a person, or of nobody", [
            "BAD_CURSOR",
          ]),
          HeldAnswer,
        ),
        querystring: HeldQuery,
      },
    },
    (request) => work.held(whoAsks(request), request.query),
  );
  app.get(
    "/work/history",
    {
      schema: {
        ...jsonOperation(
          reads("own_leads", "getLeadHistory", "What happened to a lead here", ["LEAD_UNKNOWN"]),
          WorkHistoryAnswer,
        ),
        querystring: WorkHistoryQuery,
      },
    },
    (request) => work.history(whoAsks(request), request.query),
  );
  app.get(
    "/work/stream",
    {
      schema: textOperation(
        {
          ...reads("own_leads", "openWorkStream", "Live changes of leads as server-sent events", [
            "TOO_MANY_STREAMS",
          ]),
          description:
            "As /stream, for those who call: `hello`, then `leads.changed` with the accounts concerned, and `data.changed`.",
        },
        "text/event-stream",
      ),
    },
    async (request, reply) => {
      const headers = Object.fromEntries(
        Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
      );
      options.hub.open(reply.raw, headers, callerOf(request), OF_WORK);
      return reply.hijack();
    },
  );
  app.post(
    "/work/claim",
    {
      schema: {
        ...jsonOperation(
          writes(
            "own_leads",
            "claimLeads",
            "Take leads that nobody has",
            "The one named, or the next ones to call. Of two who take the same one at once exactly one has it.",
            ["LEAD_UNKNOWN", "LEAD_TAKEN", "IDEMPOTENCY_CONFLICT"],
          ),
          ClaimAnswer,
        ),
        headers: IdempotencyHeaders,
        body: ClaimRequest,
      },
    },
    (request) => once(request, (caller) => work.claim(caller, request.body)),
  );
  app.post(
    "/work/assign",
    {
      schema: {
        ...jsonOperation(
          writes(
            "work_leads",
            "assignLeads",
            "Hand leads over",
            "Those named, or all open ones of a person: to somebody, back to the pool, in turn, or by load.",
            ["PERSON_UNKNOWN", "IDEMPOTENCY_CONFLICT"],
          ),
          KeptAnswer,
        ),
        headers: IdempotencyHeaders,
        body: AssignRequest,
      },
    },
    (request) => once(request, (caller) => work.assign(caller, request.body)),
  );
  app.post(
    "/work/outcomes",
    {
      schema: {
        ...jsonOperation(
          writes(
            "own_leads",
            "tellOutcomes",
            "Tell what came of calls",
            "In the order in which they happened, as a phone kept them. Each is known by its `id`: sent again it is a repeat. " +
              "A call made before a lead went to somebody else still counts.",
          ),
          OutcomesAnswer,
        ),
        body: OutcomesRequest,
      },
    },
    (request) => work.outcomes(whoAsks(request), request.body),
  );
  app.post(
    "/work/undo",
    {
      schema: {
        ...jsonOperation(
          writes(
            "own_leads",
            "undoOutcome",
            "Take one's own last outcome of a lead back",
            "Within ten minutes. It counts no more; the lead's history shows both.",
            ["LEAD_UNKNOWN", "NOTHING_TO_UNDO"],
          ),
          WorkLead,
        ),
        body: UndoRequest,
      },
    },
    (request) => work.undo(whoAsks(request), request.body),
  );
  app.post(
    "/work/notes",
    {
      schema: {
        ...emptyOperation(
          writes(
            "own_leads",
            "noteLead",
            "Note something about a lead",
            "Sealed with what else is known of the person, and gone with it.",
            ["LEAD_UNKNOWN", "EVENT_CONFLICT"],
          ),
        ),
        body: NoteRequest,
      },
    },
    async (request, reply) => {
      await work.note(whoAsks(request), request.body);
      return reply.code(204).send();
    },
  );
  app.post(
    "/work/leave",
    {
      schema: {
        ...jsonOperation(
          writes(
            "own_leads",
            "takeLeave",
            "Be away, or back after all",
            "New leads pass somebody by who is away; those they have stay theirs until they are handed over. Others' leave " +
              "is for those who manage leads.",
            ["PERSON_UNKNOWN"],
          ),
          LeaveAnswer,
        ),
        body: LeaveRequest,
      },
    },
    (request) => work.leave(whoAsks(request), request.body),
  );
}
