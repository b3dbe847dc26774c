/** Leads: the list, one of them, and what all of them together say. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { SelectionQuery } from "../contract/common.ts";
import {
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
import type { LeadQuestions } from "../marts/lead-questions.ts";
import { callerOf } from "./access.ts";
import { type About, jsonOperation } from "./openapi.ts";
import { inOrder } from "./overview-routes.ts";

const about = (
  operationId: string,
  needs: "figures" | "leads",
  summary: string,
  description: string,
  problems: readonly string[] = ["BAD_REQUEST", "BAD_PERIOD"],
): About => ({ operationId, summary, description, needs, problems, tag: "Leads" });

export function registerLeadRoutes(plain: FastifyInstance, leads: LeadQuestions): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/leads",
    {
      schema: {
        ...jsonOperation(
          about(
            "listLeads",
            "leads",
            "Leads of the selection, sorted, searched and filtered on the server",
            "Page by `cursor`, or go to any place by `offset`. Phones and e-mails are masked where the caller does not call.",
            ["BAD_REQUEST", "BAD_PERIOD", "BAD_CURSOR", "UNKNOWN_STAGE"],
          ),
          LeadsAnswer,
        ),
        querystring: LeadsQuery.strict(),
      },
    },
    (request) => leads.leads(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/leads/:leadId",
    {
      schema: {
        ...jsonOperation(
          about(
            "getLead",
            "leads",
            "One lead with all that happened to it",
            "Every change of status with its line, the time to first contact, and the same phone's other leads.",
            ["BAD_REQUEST", "LEAD_UNKNOWN"],
          ),
          LeadAnswer,
        ),
        params: z.object({ leadId: z.string().min(1).max(300) }),
        querystring: LeadQuery.strict(),
      },
    },
    (request) => leads.lead(request.params.leadId, request.query, callerOf(request).scope),
  );
  app.get(
    "/lead-flow",
    {
      schema: {
        ...jsonOperation(
          about(
            "getLeadFlow",
            "figures",
            "Leads by stage, time in each stage, and moves between stages",
            "Times and moves rest on the status log; each lead counts once, on every basis.",
          ),
          FlowAnswer,
        ),
        querystring: FlowQuery.strict(),
      },
    },
    (request) => leads.flow(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/lead-cohorts",
    {
      schema: {
        ...jsonOperation(
          about(
            "getLeadCohorts",
            "figures",
            "Leads by week of arrival, and how many were qualified by which age",
            "Ages in weeks, by the status log; each lead counts once, on every basis.",
          ),
          CohortsAnswer,
        ),
        querystring: SelectionQuery.strict(),
      },
    },
    (request) => leads.cohorts(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/lead-speed",
    {
      schema: {
        ...jsonOperation(
          about(
            "getLeadSpeed",
            "figures",
            "Whether leads are called in time",
            "Time to first contact with leads still waiting counted as waiting (Kaplan–Meier); each lead counts once, on every basis.",
          ),
          SpeedAnswer,
        ),
        querystring: SpeedQuery.strict(),
      },
    },
    (request) => leads.speed(inOrder(request.query), callerOf(request).scope),
  );
}
