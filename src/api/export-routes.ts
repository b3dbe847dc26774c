/** Tables of the page as files: each address takes the parameters of the table's own, and the form of the file. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import {
  BreakdownExportQuery,
  CampaignsExportQuery,
  ExportFormQuery,
  FindingRowsExportQuery,
  LeadsExportQuery,
  RowsExportQuery,
  SegmentsExportQuery,
} from "../contract/exports.ts";
import type { CampaignQuestions } from "../marts/campaign-questions.ts";
import type { LeadQuestions } from "../marts/lead-questions.ts";
import type { MartQueries } from "../marts/queries.ts";
import {
  auditColumns,
  breakdownColumns,
  campaignColumns,
  leadColumns,
  listingColumns,
  personColumns,
  segmentColumns,
  sourceColumns,
} from "../report/export-tables.ts";
import type { ExploreDesk } from "../workflows/explore-desk.ts";
import type { PeopleDesk } from "../workflows/people.ts";
import { callerOf, holderOfEverything } from "./access.ts";
import { type About, textOperation } from "./openapi.ts";
import { inOrder } from "./overview-routes.ts";
import { auditPage, personRow } from "./people-rows.ts";
import { sendTable } from "./table-answer.ts";

/** Rows asked for at a time: few enough to be held lightly, many enough to be asked for seldom. */
const PAGE_ROWS = 10_000;
/** Segments and groups are few; this is all of them. */
const ALL = 1_000_000;

const about = (
  operationId: string,
  summary: string,
  problems: readonly string[],
  needs: "export" | "people" = "export",
): About => ({
  operationId,
  summary,
  description:
    "`format` is csv or xlsx; in a spreadsheet only xlsx keeps long ids whole. Phones and e-mails are masked as the caller's page shows them.",
  needs,
  exports: true,
  tag: "Exports",
  problems: ["BAD_REQUEST", ...problems],
});
const file = (description: About) => textOperation(description, "text/csv");
const Key = z.object({ key: z.string().min(1).max(300) });

export function registerExportRoutes(
  plain: FastifyInstance,
  options: {
    readonly queries: MartQueries;
    readonly campaigns: CampaignQuestions;
    readonly leads: LeadQuestions;
    readonly explore: ExploreDesk;
    readonly people: PeopleDesk;
    readonly clock: Clock;
  },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { queries, campaigns, leads, explore, people, clock } = options;

  app.get(
    "/exports/campaigns",
    {
      schema: {
        ...file(about("exportCampaigns", "The table of campaigns as a file", ["BAD_PERIOD"])),
        querystring: CampaignsExportQuery.strict(),
      },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const query = inOrder(request.query);
      const page = (cursor?: string) =>
        queries.campaigns({ ...query, cursor, limit: PAGE_ROWS }, scope);
      const first = await page();
      return sendTable(reply, {
        table: "campaigns",
        query,
        frame: first.frame,
        columns: campaignColumns(query.language),
        rows: first.total,
        first,
        page,
        madeAt: clock.now(),
      });
    },
  );
  app.get(
    "/exports/leads",
    {
      schema: {
        ...file(
          about("exportLeads", "The table of leads as a file", ["BAD_PERIOD", "UNKNOWN_STAGE"]),
        ),
        querystring: LeadsExportQuery.strict(),
      },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const query = inOrder(request.query);
      const page = (cursor?: string) =>
        leads.leads({ ...query, cursor, offset: 0, limit: PAGE_ROWS }, scope);
      const first = await page();
      return sendTable(reply, {
        table: "leads",
        query,
        frame: first.frame,
        columns: leadColumns(query.language),
        rows: first.total,
        first,
        page,
        madeAt: clock.now(),
      });
    },
  );
  app.get(
    "/exports/segments",
    {
      schema: {
        ...file(about("exportSegments", "Segments as a file", ["BAD_PERIOD"])),
        querystring: SegmentsExportQuery.strict(),
      },
    },
    async (request, reply) => {
      const query = inOrder(request.query);
      const answer = await campaigns.segments({ ...query, limit: ALL }, callerOf(request).scope);
      const whole = { items: answer.items, next: null };
      return sendTable(reply, {
        table: "segments",
        query,
        frame: answer.frame,
        columns: segmentColumns(query.language, answer.by === "budget"),
        rows: answer.segments,
        first: whole,
        page: async () => whole,
        madeAt: clock.now(),
      });
    },
  );
  app.get(
    "/exports/breakdown",
    {
      schema: {
        ...file(about("exportBreakdown", "Every project or account as a file", ["BAD_PERIOD"])),
        querystring: BreakdownExportQuery.strict(),
      },
    },
    async (request, reply) => {
      const query = inOrder(request.query);
      const answer = await queries.breakdown({ ...query, limit: ALL }, callerOf(request).scope);
      const whole = { items: answer.items, next: null };
      return sendTable(reply, {
        table: "breakdown",
        query,
        frame: answer.frame,
        columns: breakdownColumns(query.language, answer.by),
        rows: answer.items.length,
        first: whole,
        page: async () => whole,
        madeAt: clock.now(),
      });
    },
  );
  app.get(
    "/exports/rows",
    {
      schema: {
        ...file(
          about("exportRows", "The rows of files behind a KPI, of one of its tables, as a file", [
            "BAD_PERIOD",
            "UNKNOWN_KPI",
            "UNKNOWN_STAGE",
          ]),
        ),
        querystring: RowsExportQuery.strict(),
      },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const query = inOrder(request.query);
      const ask = (table: typeof query.table, cursor: string | undefined, limit: number) =>
        queries.rows({ ...query, table, cursor, limit }, scope);
      // Each table has columns of its own, so that a file holds one: the one asked for, or the first with rows.
      const glance = await ask(query.table, undefined, 1);
      const table =
        query.table ?? (glance.tables.find(({ total }) => total > 0) ?? glance.tables[0])?.table;
      const page = (cursor?: string) => ask(table, cursor, PAGE_ROWS);
      const first = await page();
      return sendTable(reply, {
        table: "rows",
        query: { ...query, ...(table === undefined ? {} : { table }) },
        frame: first.frame,
        columns: sourceColumns(query.language, Object.keys(first.items[0]?.cells ?? {})),
        rows: first.total,
        first,
        page,
        madeAt: clock.now(),
      });
    },
  );
  app.get(
    "/exports/findings/:key/rows",
    {
      schema: {
        ...file(about("exportFindingRows", "All rows of a finding as a file", ["FINDING_UNKNOWN"])),
        params: Key,
        querystring: FindingRowsExportQuery.strict(),
      },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const { asOf } = request.query;
      const look = { scope, asOf: asOf ?? null };
      const page = async (cursor?: string) => {
        const found = await explore.rows(request.params.key, look, { cursor, limit: PAGE_ROWS });
        return { ...found, items: found.rows };
      };
      const first = await page();
      return sendTable(reply, {
        table: "findingRows",
        query: request.query,
        frame: null,
        columns: listingColumns(first.columns),
        rows: first.total,
        first,
        page,
        madeAt: clock.now(),
      });
    },
  );
  app.get(
    "/exports/people",
    {
      schema: {
        ...file(about("exportPeople", "Who may come in, as a file", [], "people")),
        querystring: ExportFormQuery.strict(),
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const names = await people.names(caller);
      const items = (await people.list(caller)).map((one) => personRow(one, names));
      const whole = { items, next: null };
      return sendTable(reply, {
        table: "people",
        query: request.query,
        frame: null,
        columns: personColumns(request.query.language),
        rows: items.length,
        first: whole,
        page: async () => whole,
        madeAt: clock.now(),
      });
    },
  );
  app.get(
    "/exports/audit",
    {
      schema: {
        ...file(about("exportAudit", "The record of deeds as a file", [], "people")),
        querystring: ExportFormQuery.strict(),
      },
    },
    async (request, reply) => {
      const caller = holderOfEverything(request);
      const page = (cursor?: string) => auditPage(people, caller, { cursor, limit: PAGE_ROWS });
      const first = await page();
      return sendTable(reply, {
        table: "audit",
        query: request.query,
        frame: null,
        columns: auditColumns(request.query.language),
        rows: null,
        first,
        page,
        madeAt: clock.now(),
      });
    },
  );
}
