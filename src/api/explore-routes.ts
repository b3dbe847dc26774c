/** What the data look like, what is wrong with them, and what people decide about it. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import {
  AdsOrFollowUpAnswer,
  AdsOrFollowUpQuery,
  AnswerRequest,
  CompareQuery,
  Comparison,
  ExploreQuery,
  ExploreReport,
  ExploreSummary,
  FindingRowsAnswer,
  FindingRowsQuery,
  FindingsAnswer,
  InsightsAnswer,
  ProfileAnswer,
  QuestionAnswered,
  QuestionsAnswer,
  ReportQuery,
  TreatmentRequest,
  TreatmentRow,
  TreatmentsAnswer,
  WaterfallAnswer,
} from "../contract/explore.ts";
import type { Language } from "../contract/formats.ts";
import { openCorrections, openFindings, waitingQuestions } from "../contract/open.ts";
import type { Scope } from "../domain/scope.ts";
import type { MartQueries } from "../marts/queries.ts";
import { exploreMarkdown } from "../report/explore/markdown.ts";
import { exploreHtml } from "../report/explore/page.ts";
import type { ExploreDesk } from "../workflows/explore-desk.ts";
import { callerOf, holderOfEverything } from "./access.ts";
import { createIdempotency, IdempotencyHeaders } from "./idempotency.ts";
import { type About, jsonOperation, textOperation } from "./openapi.ts";
import { inOrder } from "./overview-routes.ts";

const Id = z.string().min(1).max(300);
const Key = z.object({ key: Id });

const reads = (
  operationId: string,
  summary: string,
  description?: string,
  problems: readonly string[] = [],
): About => ({
  operationId,
  summary,
  tag: "Exploration",
  needs: "figures",
  problems: ["BAD_REQUEST", ...problems],
  ...(description === undefined ? {} : { description }),
});
const writes = (
  operationId: string,
  summary: string,
  description: string,
  problems: readonly string[],
): About => ({
  ...reads(operationId, summary, description, problems),
  needs: "treat",
  writes: true,
});
const JSON_BODY = ["BODY_TOO_LARGE", "UNSUPPORTED_BODY"];
const TREATING = [
  "FINDING_UNKNOWN",
  "TREATMENT_NOT_OFFERED",
  "TREATMENT_OVERLAPS",
  "BUILD_FAILED",
  "IDEMPOTENCY_CONFLICT",
];

/** The forms in which the report can be taken along. */
const REPORT_FILES: Readonly<
  Record<
    z.infer<typeof ReportQuery>["format"],
    {
      readonly type: string;
      readonly ending: string;
      readonly write: (report: ExploreReport, language: Language) => string;
    }
  >
> = {
  html: {
    type: "text/html",
    ending: "html",
    write: (report, language) => exploreHtml(report, language, null),
  },
  markdown: { type: "text/markdown", ending: "md", write: exploreMarkdown },
  json: {
    type: "application/json",
    ending: "json",
    write: (report) => `${JSON.stringify(report, null, 2)}\n`,
  },
};

/** The schema of an address that gives the report or some members of it. */
function partOf<Answer extends z.ZodType>(about: About, answer: Answer) {
  return { ...jsonOperation(about, answer), querystring: ExploreQuery.strict() };
}

export function registerExploreRoutes(
  plain: FastifyInstance,
  options: {
    readonly explore: ExploreDesk;
    readonly queries: MartQueries;
    readonly clock: Clock;
  },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { explore, queries } = options;
  const idempotency = createIdempotency(options.clock);
  const lookAt = (scope: Scope, { asOf }: z.infer<typeof ExploreQuery>) => ({
    scope,
    asOf: asOf ?? null,
  });
  const report = (request: FastifyRequest, query: z.infer<typeof ExploreQuery>) =>
    explore.report(lookAt(callerOf(request).scope, query));

  app.get(
    "/explore",
    {
      schema: partOf(
        reads(
          "explore",
          "The whole report on the data",
          "Profiles, relations, findings, what they cost, insights and questions, of everything that the caller may " +
            "see. Made once per state of the data; the addresses below give its parts.",
        ),
        ExploreReport,
      ),
    },
    (request) => report(request, request.query),
  );
  app.get(
    "/explore/report",
    {
      schema: {
        ...textOperation(
          {
            ...reads(
              "downloadExploreReport",
              "The whole report as a file",
              "One HTML page that needs nothing else, Markdown, or the JSON of `/explore`.",
            ),
            needs: "export",
            exports: true,
          },
          "text/html",
        ),
        querystring: ReportQuery.strict(),
      },
    },
    async (request, reply) => {
      const { format, language, asOf } = request.query;
      const answer = await report(request, asOf === undefined ? {} : { asOf });
      const file = REPORT_FILES[format];
      return reply
        .type(`${file.type}; charset=utf-8`)
        .header("content-disposition", `attachment; filename="explore.${file.ending}"`)
        .send(file.write(answer, language));
    },
  );
  app.get(
    "/findings",
    { schema: partOf(reads("listFindings", "What is wrong with the data"), FindingsAnswer) },
    (request) => report(request, request.query),
  );
  app.get(
    "/findings/summary",
    {
      schema: partOf(
        reads("getFindingsSummary", "How many findings wait for a decision, and the first insight"),
        ExploreSummary,
      ),
    },
    async (request): Promise<ExploreSummary> => {
      const { findings, insights, questions } = await report(request, request.query);
      return {
        open: openFindings(findings),
        insight: insights[0] ?? null,
        questions: waitingQuestions(questions, findings).length,
        corrections: openCorrections(findings),
      };
    },
  );
  app.get(
    "/profile",
    { schema: partOf(reads("getProfile", "Columns, keys and relations of tables"), ProfileAnswer) },
    (request) => report(request, request.query),
  );
  app.get(
    "/waterfall",
    {
      schema: partOf(
        reads("getWaterfall", "From raw to corrected spend and leads, and where proposals lead"),
        WaterfallAnswer,
      ),
    },
    (request) => report(request, request.query),
  );
  app.get(
    "/insights",
    {
      schema: partOf(reads("listInsights", "What the data say about the business"), InsightsAnswer),
    },
    (request) => report(request, request.query),
  );
  app.get(
    "/questions",
    { schema: partOf(reads("listQuestions", "What only people can say"), QuestionsAnswer) },
    (request) => report(request, request.query),
  );

  app.get(
    "/findings/:key/rows",
    {
      schema: {
        ...jsonOperation(
          reads(
            "listFindingRows",
            "All rows of a finding, with file and line",
            "In the order of their files, a page at a time.",
            ["FINDING_UNKNOWN", "BAD_CURSOR"],
          ),
          FindingRowsAnswer,
        ),
        params: Key,
        querystring: FindingRowsQuery.strict(),
      },
    },
    (request) => {
      const { cursor, limit } = request.query;
      const look = lookAt(callerOf(request).scope, request.query);
      return explore.rows(request.params.key, look, { cursor, limit });
    },
  );
  app.get(
    "/ads-or-follow-up",
    {
      schema: {
        ...jsonOperation(
          reads(
            "getAdsOrFollowUp",
            "Where the cost of a qualified lead comes from",
            "Cost per lead × 1 / share judged × 1 / share qualified of the judged, against the account's own norm, the " +
              "dearest above it first; the parts of a gap add up to it exactly.",
            ["BAD_PERIOD"],
          ),
          AdsOrFollowUpAnswer,
        ),
        querystring: AdsOrFollowUpQuery.strict(),
      },
    },
    (request) => queries.adsOrFollowUp(inOrder(request.query), callerOf(request).scope),
  );
  app.get(
    "/compare",
    {
      schema: {
        ...jsonOperation(
          reads(
            "compare",
            "What changed between two imports, or between two days",
            "`left` and `right` are ids of imports, or days: what was known at the end of each.",
            ["NO_SUCH_IMPORT"],
          ),
          Comparison,
        ),
        querystring: CompareQuery.strict(),
      },
    },
    (request) =>
      explore.compare({ ...request.query, scope: callerOf(request).scope, findings: true }),
  );
  app.post(
    "/questions/:key/answer",
    {
      schema: {
        ...jsonOperation(
          writes(
            "answerQuestion",
            "Answer a question",
            "Sets the definition that it asks about, or accepts the treatment; `null` for a finding takes it back. " +
              "Answers when every number rests on it.",
            [...JSON_BODY, "QUESTION_UNKNOWN", "BAD_ANSWER", "BAD_DEFINITIONS", ...TREATING],
          ),
          QuestionAnswered,
        ),
        params: Key,
        body: AnswerRequest,
        headers: IdempotencyHeaders,
      },
    },
    async (request) => {
      const { person } = holderOfEverything(request);
      const { key } = request.params;
      const { value } = request.body;
      return idempotency.once(
        `${person} answer`,
        request.headers["idempotency-key"],
        { key, value },
        async () => ({ question: await explore.answer(key, value, person) }),
      );
    },
  );
  app.get(
    "/treatments",
    {
      schema: jsonOperation(
        reads("listTreatments", "Treatments, newest first, with what they change"),
        TreatmentsAnswer,
      ),
    },
    (request) => explore.treatments(callerOf(request).scope),
  );
  app.post(
    "/treatments",
    {
      schema: {
        ...jsonOperation(
          writes(
            "acceptTreatment",
            "Accept what a finding proposes",
            "For the whole finding or some of its items. Only the corrected basis changes, no row of a file. What was " +
              "accepted for the same items before gives way. Answers when every number rests on it.",
            [...JSON_BODY, ...TREATING],
          ),
          TreatmentRow,
        ),
        body: TreatmentRequest,
        headers: IdempotencyHeaders,
      },
    },
    async (request) => {
      const { person } = holderOfEverything(request);
      const key = request.headers["idempotency-key"];
      return idempotency.once(`${person} treat`, key, request.body, () =>
        explore.accept(request.body, person),
      );
    },
  );
  app.delete(
    "/treatments/:key",
    {
      schema: {
        ...jsonOperation(
          writes(
            "withdrawTreatment",
            "Take a treatment back",
            "Every number is as it was without it. Taking back twice changes nothing.",
            ["TREATMENT_UNKNOWN", "BUILD_FAILED"],
          ),
          TreatmentRow,
        ),
        params: Key,
      },
    },
    async (request) => {
      const { person } = holderOfEverything(request);
      return explore.withdraw(request.params.key, person);
    },
  );
}
