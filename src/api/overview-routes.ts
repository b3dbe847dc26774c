/** Numbers: each address asks one question of the marts, narrowed by the caller's scope. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { Problem } from "../base/problem.ts";
import { CampaignsAnswer, CampaignsQuery } from "../contract/campaigns.ts";
import { SelectionQuery } from "../contract/common.ts";
import {
  BreakdownAnswer,
  BreakdownQuery,
  FacetsAnswer,
  FunnelAnswer,
  KpisAnswer,
  RowsAnswer,
  RowsQuery,
  TrendAnswer,
  TrendQuery,
} from "../contract/overview.ts";
import type { MartQueries } from "../marts/queries.ts";
import { callerOf } from "./access.ts";
import { type About, jsonOperation } from "./openapi.ts";

/** @throws Problem `BAD_PERIOD` when the period ends before it begins */
export function inOrder<
  T extends { readonly from?: string | undefined; readonly to?: string | undefined },
>(query: T): T {
  const { from, to } = query;
  if (from !== undefined && from !== "all" && to !== undefined && from > to) {
    throw new Problem("BAD_PERIOD", {
      what: `The period begins on ${from} and ends before that, on ${to}`,
      where: "query parameters from, to",
      fix: "Swap the two days, or leave both out for the last active 30 days.",
      details: { from, to },
    });
  }
  return query;
}

const about = (operationId: string, summary: string, description?: string): About => ({
  operationId,
  summary,
  needs: "figures",
  tag: "Numbers",
  problems: ["BAD_REQUEST", "BAD_PERIOD"],
  ...(description === undefined ? {} : { description }),
});

export function registerOverviewRoutes(plain: FastifyInstance, queries: MartQueries): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/facets",
    {
      schema: jsonOperation(
        {
          operationId: "getFacets",
          summary: "What can be filtered by",
          tag: "Numbers",
          needs: "figures",
        },
        FacetsAnswer,
      ),
    },
    (request) => queries.facets(callerOf(request).scope),
  );
  app.get(
    "/kpis",
    {
      schema: {
        ...jsonOperation(
          about("getKpis", "Every KPI with its previous period and its raw figure"),
          KpisAnswer,
        ),
        querystring: SelectionQuery.strict(),
      },
    },
    (request) => queries.kpis(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/trend",
    {
      schema: {
        ...jsonOperation(
          about("getTrend", "Sums by day, week or month", "null is a day without any row, not 0."),
          TrendAnswer,
        ),
        querystring: TrendQuery.strict(),
      },
    },
    (request) => queries.trend(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/breakdown",
    {
      schema: {
        ...jsonOperation(
          about("getBreakdown", "Top projects or accounts, the rest as one line, and the total"),
          BreakdownAnswer,
        ),
        querystring: BreakdownQuery.strict(),
      },
    },
    (request) => queries.breakdown(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/funnel",
    {
      schema: {
        ...jsonOperation(
          about("getFunnel", "Leads by stage, with the share still undecided"),
          FunnelAnswer,
        ),
        querystring: SelectionQuery.strict(),
      },
    },
    (request) => queries.funnel(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/campaigns",
    {
      schema: {
        ...jsonOperation(
          about("listCampaigns", "Campaigns, sorted and searched on the server"),
          CampaignsAnswer,
        ),
        querystring: CampaignsQuery.strict(),
      },
    },
    (request) => queries.campaigns(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/rows",
    {
      schema: {
        ...jsonOperation(
          about(
            "listRows",
            "The rows of files behind a KPI, and its formula",
            "With `dropped=true` the rows that do not count, each with its reason.",
          ),
          RowsAnswer,
        ),
        querystring: RowsQuery.strict(),
      },
    },
    (request) => queries.rows(inOrder(request.query), callerOf(request).scope),
  );
}
