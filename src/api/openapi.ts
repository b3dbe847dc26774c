/** The description of the API, made from the very schemas that check requests and answers. */
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from "fastify-type-provider-zod";
import { z } from "zod";
import * as campaigns from "../contract/campaigns.ts";
import * as common from "../contract/common.ts";
import * as digests from "../contract/digests.ts";
import * as explore from "../contract/explore.ts";
import * as imports from "../contract/imports.ts";
import * as jobs from "../contract/jobs.ts";
import * as leads from "../contract/leads.ts";
import * as overview from "../contract/overview.ts";
import * as people from "../contract/people.ts";
import * as portfolio from "../contract/portfolio.ts";
import * as push from "../contract/push.ts";
import * as server from "../contract/server.ts";
import * as templates from "../contract/templates.ts";
import * as today from "../contract/today.ts";
import * as work from "../contract/work.ts";
import type { Permission } from "../domain/roles.ts";
import { statusOf } from "./problem-status.ts";

const TAGS = {
  Today: "What changed, what waits, insights, and the first hour",
  Numbers: "KPIs, trends, tables, and the rows behind them",
  Leads: "Leads one by one, where they stall, and whether they are called in time",
  Work: "Who calls which lead, and what came of it; leads and statuses that come in one by one",
  Exploration: "What the data look like, what is wrong with them, and what is decided about it",
  Imports: "Upload, preview, commit, undo, and what was rejected",
  Exports: "Tables of the page as files",
  Digests: "Digests for clients, and links that show one view",
  Jobs: "Work in the background",
  Workspace: "Who is signed in, what words mean, live changes",
  People: "Who may come in, what they may do, keys for programs, and who did what",
  Server: "Whether the server is alive and ready",
} as const;

export type Tag = keyof typeof TAGS;

/** A permission in at least one account, or merely to be somebody. */
export type Need = Permission | "sign-in";

const PROBLEM_JSON = "application/problem+json";

/** What every operation says about itself. */
export interface About {
  readonly operationId: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** Codes of the problems that this address can answer with, besides those common to all. */
  readonly problems?: readonly string[];
  /** What the caller must be allowed; null for addresses that need nobody to be signed in. */
  readonly needs: Need | null;
  /** True for addresses that change something. */
  readonly writes?: boolean;
  /** True for addresses that give rows away as a file. */
  readonly exports?: boolean;
  /** Media type of a body that is taken as a stream of bytes. */
  readonly bytesBody?: boolean;
}

function problemResponses(about: About): Record<string, unknown> {
  const codes = [
    "BAD_HOST",
    "INTERNAL",
    ...(about.needs === null ? [] : ["NOT_SIGNED_IN", "NOT_ALLOWED"]),
    ...(about.writes ? ["CROSS_SITE"] : []),
    ...(about.problems ?? []),
  ];
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const status = statusOf(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, here]) => [
      status,
      {
        description: here.sort().join(", "),
        content: { [PROBLEM_JSON]: { schema: common.ProblemBody } },
      },
    ]),
  );
}

function operationFields(about: About) {
  return {
    operationId: about.operationId,
    summary: about.summary,
    tags: [about.tag],
    ...(about.description === undefined ? {} : { description: about.description }),
    ...(about.bytesBody ? { "x-bytes-body": true } : {}),
    "x-needs": about.needs,
    ...(about.writes || about.exports ? { "x-audited": true } : {}),
    security:
      about.needs === null
        ? []
        : [about.writes ? { session: [], page: [] } : { session: [] }, { key: [] }],
  };
}

/** The schema of an operation that answers 200 with JSON. */
export function jsonOperation<Answer extends z.ZodType>(about: About, answer: Answer) {
  const response = { ...problemResponses(about), 200: answer } as { 200: Answer };
  return { ...operationFields(about), response };
}

/** The schema of an operation that answers 204 without a body. */
export function emptyOperation(about: About) {
  const nothing = z.undefined().describe("Done");
  const response = { ...problemResponses(about), 204: nothing } as { 204: typeof nothing };
  return { ...operationFields(about), response };
}

/** The schema of an operation that answers 200 with text of another kind, streamed. */
export function textOperation(about: About, mediaType: string) {
  const response = {
    ...problemResponses(about),
    200: { description: about.summary, content: { [mediaType]: { schema: z.string() } } },
  };
  return { ...operationFields(about), response: response as Record<string, unknown> };
}

/** Contract schemas appear under their own names. */
function namedSchemas() {
  const registry = z.registry<{ id?: string; [key: string]: unknown }>();
  for (const room of [
    campaigns,
    common,
    digests,
    jobs,
    explore,
    imports,
    leads,
    overview,
    people,
    portfolio,
    push,
    server,
    templates,
    work,
    today,
  ]) {
    for (const [name, schema] of Object.entries(room)) {
      // Queries become lists of parameters and need no name.
      if (!(schema instanceof z.ZodObject) || name.endsWith("Query")) continue;
      registry.add(schema, { id: name });
    }
  }
  return registry;
}

type Plain = { [key: string]: unknown };

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function referencesIn(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) referencesIn(item, found);
  } else if (isPlain(value)) {
    if (typeof value.$ref === "string") found.add(value.$ref.split("/").at(-1) ?? "");
    for (const item of Object.values(value)) referencesIn(item, found);
  }
}

/** Only components that an operation reaches, sorted by name. */
function reachableComponents(paths: unknown, schemas: Plain): Plain {
  const reached = new Set<string>();
  referencesIn(paths, reached);
  for (const name of reached) referencesIn(schemas[name], reached);
  return Object.fromEntries(
    Object.entries(schemas)
      .filter(([name]) => reached.has(name))
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** Prepares the description; routes registered afterwards appear in `app.swagger()` once the app is ready. */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  const schemaRegistry = namedSchemas();
  const transform = createJsonSchemaTransform({ schemaRegistry });
  const transformObject = createJsonSchemaTransformObject({ schemaRegistry });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "leadsmart",
        version,
        description:
          "Numbers of a lead-generation advertiser and the files they come from. Money is in minor units of the " +
          "currency that the answer names. Errors are RFC 9457 problems with stable codes.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: "/", description: "This server" }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          session: {
            type: "apiKey",
            in: "cookie",
            name: "leadsmart_session",
            description:
              "Set by a one-time link (/enter, /join) or by signing in; behind a port the name ends in `_PORT`.",
          },
          page: {
            type: "apiKey",
            in: "header",
            name: "X-Leadsmart",
            description: "`1`, on requests that change something and do not come from the page.",
          },
          key: {
            type: "http",
            scheme: "bearer",
            description:
              "A key for programs, made in Settings → People: `Authorization: Bearer lsk_…`.",
          },
        },
      },
    },
    transform: (document) => {
      const { schema, url } = transform(document as Parameters<typeof transform>[0]);
      if (!isPlain(schema) || schema["x-bytes-body"] !== true) return { schema, url };
      const { "x-bytes-body": _, ...rest } = schema;
      const bytes = { type: "string", format: "binary" };
      return { schema: { ...rest, body: bytes, consumes: ["application/octet-stream"] }, url };
    },
    transformObject: (document) => {
      const whole = transformObject(document) as Plain;
      const components = whole.components as Plain;
      const schemas = reachableComponents(whole.paths, components.schemas as Plain);
      return { ...whole, components: { ...components, schemas } } as ReturnType<
        typeof transformObject
      >;
    },
  });
  // The document never changes once all routes stand; it is written out at the first request.
  let text: string | null = null;
  app.get("/openapi.json", { schema: { hide: true } }, async (_request, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply
      .type("application/json; charset=utf-8")
      .header("cache-control", "no-cache")
      .send(text);
  });
}
