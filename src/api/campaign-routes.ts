/** One campaign in full, segments of all of them, and views that people keep. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  CampaignAnswer,
  CampaignQuery,
  SavedView,
  SegmentPairAnswer,
  SegmentPairQuery,
  SegmentsAnswer,
  SegmentsQuery,
  ViewRequest,
  ViewsAnswer,
} from "../contract/campaigns.ts";
import type { CampaignQuestions } from "../marts/campaign-questions.ts";
import type { ViewsDesk } from "../workflows/saved-views.ts";
import { callerOf } from "./access.ts";
import { type About, emptyOperation, jsonOperation } from "./openapi.ts";
import { inOrder } from "./overview-routes.ts";

const Id = z.object({ id: z.string().min(1).max(300) });

const about = (
  operationId: string,
  summary: string,
  problems: readonly string[],
  description?: string,
): About => ({
  operationId,
  summary,
  needs: "figures",
  tag: "Numbers",
  problems: ["BAD_REQUEST", ...problems],
  ...(description === undefined ? {} : { description }),
});

export function registerCampaignRoutes(
  plain: FastifyInstance,
  options: { readonly campaigns: CampaignQuestions; readonly views: ViewsDesk },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { campaigns, views } = options;

  app.get(
    "/campaigns/:id",
    {
      schema: {
        ...jsonOperation(
          about(
            "getCampaign",
            "One campaign over its whole life: figures, peers, ad sets",
            ["CAMPAIGN_UNKNOWN"],
            "Figures of few events are also told drawn towards those of the peers, with how much is the campaign's own.",
          ),
          CampaignAnswer,
        ),
        params: Id,
        querystring: CampaignQuery.strict(),
      },
    },
    (request) => campaigns.campaign(request.params.id, request.query, callerOf(request).scope),
  );
  app.get(
    "/segments",
    {
      schema: {
        ...jsonOperation(
          about(
            "listSegments",
            "The selection by project, account, budget, age, weekday, or weekday and hour",
            ["BAD_PERIOD"],
            "Each segment's share of qualified leads is held against all others; `tested` says how many were.",
          ),
          SegmentsAnswer,
        ),
        querystring: SegmentsQuery.strict(),
      },
    },
    (request) => campaigns.segments(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/segments/pair",
    {
      schema: {
        ...jsonOperation(
          about("compareSegments", "Two segments side by side, with intervals and tests", [
            "BAD_PERIOD",
            "SEGMENT_UNKNOWN",
          ]),
          SegmentPairAnswer,
        ),
        querystring: SegmentPairQuery.strict(),
      },
    },
    (request) => campaigns.segmentPair(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/views",
    {
      schema: jsonOperation(
        {
          ...about("listViews", "Views one has saved, and those that others share", []),
          tag: "Workspace",
        },
        ViewsAnswer,
      ),
    },
    async (request) => {
      const { person, scope } = callerOf(request);
      return { items: await views.list(person, scope) };
    },
  );
  app.post(
    "/views",
    {
      schema: {
        ...jsonOperation(
          {
            ...about(
              "saveView",
              "Save a page of the house under a name",
              ["BODY_TOO_LARGE", "UNSUPPORTED_BODY", "VIEWS_FULL"],
              "A name one has used already gets the new address. A shared view is seen by whoever may see all accounts that it shows.",
            ),
            tag: "Workspace",
            writes: true,
          },
          SavedView,
        ),
        body: ViewRequest,
      },
    },
    (request) => {
      const { person, scope } = callerOf(request);
      return views.save(person, scope, request.body);
    },
  );
  app.delete(
    "/views/:id",
    {
      schema: {
        ...emptyOperation({
          ...about("removeView", "Delete a view of one's own", ["VIEW_UNKNOWN"]),
          tag: "Workspace",
          writes: true,
        }),
        params: Id,
      },
    },
    async (request, reply) => {
      await views.remove(callerOf(request).person, request.params.id);
      return reply.code(204).send();
    },
  );
}
