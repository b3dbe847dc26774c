/** Today: what changed and through which campaigns, what waits, insights of a selection, and the first hour. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { SelectionQuery } from "../contract/common.ts";
import {
  ChangesAnswer,
  ChangesQuery,
  FirstHourAnswer,
  FirstHourDone,
  SelectionInsightsAnswer,
  Silence,
  SilenceRequest,
  TodayAnswer,
} from "../contract/today.ts";
import type { TodayDesk } from "../workflows/today.ts";
import { callerOf, holderOfEverything } from "./access.ts";
import { type About, emptyOperation, jsonOperation } from "./openapi.ts";
import { inOrder } from "./overview-routes.ts";

const Key = z.object({ key: z.string().min(1).max(300) });
const JSON_BODY = ["BAD_REQUEST", "BODY_TOO_LARGE", "UNSUPPORTED_BODY"];

const about = (operationId: string, summary: string, description: string): About => ({
  operationId,
  summary,
  description,
  needs: "figures",
  tag: "Today",
  problems: ["BAD_REQUEST", "BAD_PERIOD"],
});

export function registerTodayRoutes(plain: FastifyInstance, today: TodayDesk): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/changes",
    {
      schema: {
        ...jsonOperation(
          about(
            "getChanges",
            "What changed between two spans of days, and through which campaigns",
            "Each campaign's part of the change; the parts, the rest in one line, add up to the change exactly.",
          ),
          ChangesAnswer,
        ),
        querystring: ChangesQuery.strict(),
      },
    },
    (request) => today.changes(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/today",
    {
      schema: {
        ...jsonOperation(
          about(
            "getToday",
            "What waits: new leads, first contacts that are late, leads nobody called, statuses without a meaning",
            "Held against the working hours and the promise in force, at the moment until which the data tell.",
          ),
          TodayAnswer,
        ),
        querystring: SelectionQuery.strict(),
      },
    },
    (request) => {
      const caller = callerOf(request);
      return today.today(inOrder(request.query), caller.scope, caller);
    },
  );
  app.get(
    "/insights/selection",
    {
      schema: {
        ...jsonOperation(
          about(
            "listSelectionInsights",
            "Insights of a selection, the most money first",
            "No two say the same. Those that somebody silenced come last, with who, when and until when.",
          ),
          SelectionInsightsAnswer,
        ),
        querystring: SelectionQuery.strict(),
      },
    },
    (request) => today.insights(inOrder(request.query), callerOf(request).scope),
  );
  app.post(
    "/insights/:key/silence",
    {
      schema: {
        ...jsonOperation(
          {
            operationId: "silenceInsight",
            summary: "Keep an insight quiet, until a day or until it gets worse",
            description: "For everybody in the workspace; DELETE takes it back.",
            needs: "treat",
            tag: "Today",
            writes: true,
            problems: [...JSON_BODY, "INSIGHT_UNKNOWN"],
          },
          Silence,
        ),
        params: Key,
        body: SilenceRequest,
      },
    },
    (request) =>
      today.silence(request.params.key, request.body, holderOfEverything(request).person),
  );
  app.delete(
    "/insights/:key/silence",
    {
      schema: {
        ...emptyOperation({
          operationId: "hearInsight",
          summary: "Let a silenced insight speak again",
          needs: "treat",
          tag: "Today",
          writes: true,
          problems: ["BAD_REQUEST", "INSIGHT_UNKNOWN"],
        }),
        params: Key,
      },
    },
    async (request, reply) => {
      holderOfEverything(request);
      await today.hear(request.params.key);
      return reply.code(204).send();
    },
  );
  app.get(
    "/first-hour",
    {
      schema: jsonOperation(
        {
          operationId: "getFirstHour",
          summary: "The questions of the first hour, each with what the tables say about it",
          description:
            "They are answered by changing the definitions, so only who may do that is asked.",
          needs: "define",
          tag: "Today",
        },
        FirstHourAnswer,
      ),
    },
    (request) => today.firstHour(holderOfEverything(request).scope),
  );
  app.post(
    "/first-hour/done",
    {
      schema: {
        ...emptyOperation({
          operationId: "endFirstHour",
          summary: "Keep that the questions of the first hour were gone through",
          needs: "define",
          tag: "Today",
          writes: true,
          problems: JSON_BODY,
        }),
        body: FirstHourDone,
      },
    },
    async (request, reply) => {
      await today.firstHourDone(request.body, holderOfEverything(request).person);
      return reply.code(204).send();
    },
  );
}
