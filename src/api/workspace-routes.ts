/** What words mean here, the live stream, and signing out. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { DefinitionsAnswer, DefinitionsChange, type Origin } from "../contract/server.ts";
import { KPIS, type Kpi } from "../domain/kpis.ts";
import type { Scope } from "../domain/scope.ts";
import type { SessionTable } from "../store/store.ts";
import type { DefinitionsDesk, Origin as KnownOrigin } from "../workflows/definitions.ts";
import { callerOf, holderOfEverything, signOut } from "./access.ts";
import { emptyOperation, jsonOperation, textOperation } from "./openapi.ts";
import type { StreamHub } from "./stream-hub.ts";

function describeKpi({ id, unit, direction, ...kpi }: Kpi): DefinitionsAnswer["kpis"][number] {
  return kpi.kind === "sum"
    ? { id, unit, direction, over: kpi.measure, under: null, scale: 1 }
    : { id, unit, direction, over: kpi.over, under: kpi.under, scale: kpi.scale };
}

function describeOrigin(origin: KnownOrigin | undefined): Origin {
  return origin?.from === "change"
    ? { from: origin.from, by: origin.by, at: origin.at.toISOString() }
    : { from: origin?.from ?? "default", by: null, at: null };
}

/** Overrides of accounts that the scope does not hold, and rows of theirs, stay unseen. */
async function visibleDefinitions(desk: DefinitionsDesk, scope: Scope): Promise<DefinitionsAnswer> {
  const carried = await desk.statuses(scope);
  const { version, default: settings, ...definitions } = desk.inForce();
  const origins = desk.origins();
  const { accounts } = scope;
  const visible = Object.entries(definitions.accounts).filter(
    ([account]) => accounts === "all" || accounts.includes(account),
  );
  const stages = new Map(Object.entries(settings.statusMap));
  const seen = new Set(carried.map(({ status }) => status));
  const unseen = [...stages.keys()].filter((status) => !seen.has(status)).sort();
  return {
    version,
    default: settings,
    origins: Object.fromEntries(
      Object.keys(settings).map((name) => [name, describeOrigin(origins.settings.get(name))]),
    ),
    statuses: [...carried, ...unseen.map((status) => ({ status, rows: 0, leftOut: 0 }))].map(
      (one) => ({
        ...one,
        stage: stages.get(one.status) ?? null,
        origin: describeOrigin(origins.statuses.get(one.status)),
      }),
    ),
    accounts: Object.fromEntries(visible),
    kpis: KPIS.map(describeKpi),
  };
}

export function registerWorkspaceRoutes(
  plain: FastifyInstance,
  options: {
    readonly definitions: DefinitionsDesk;
    readonly hub: StreamHub;
    readonly sessions: SessionTable;
  },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.post(
    "/session/end",
    {
      schema: emptyOperation({
        operationId: "endSession",
        summary: "Sign out",
        description:
          "Ends the session of this cookie for good and removes the cookie. To enter again, open a new link: the " +
          "terminal prints one at every start.",
        tag: "Workspace",
        needs: "sign-in",
        writes: true,
      }),
    },
    async (request, reply) => {
      await signOut(request, reply, options);
      return reply.code(204).send();
    },
  );
  app.get(
    "/definitions",
    {
      schema: jsonOperation(
        {
          operationId: "getDefinitions",
          summary: "Settings in force, and how every KPI is made of sums",
          tag: "Workspace",
          needs: "figures",
        },
        DefinitionsAnswer,
      ),
    },
    (request) => visibleDefinitions(options.definitions, callerOf(request).scope),
  );
  app.patch(
    "/definitions",
    {
      schema: {
        ...jsonOperation(
          {
            operationId: "changeDefinitions",
            summary: "Change what words and numbers mean",
            description:
              "Sets what the body names and leaves the rest; the status map is merged status by status. Answers when " +
              "every number rests on it. Setting what is set already changes nothing.",
            tag: "Workspace",
            needs: "define",
            writes: true,
            problems: [
              "BAD_REQUEST",
              "BAD_DEFINITIONS",
              "BODY_TOO_LARGE",
              "UNSUPPORTED_BODY",
              "BUILD_FAILED",
            ],
          },
          DefinitionsAnswer,
        ),
        body: DefinitionsChange,
      },
    },
    async (request) => {
      const { person, scope } = holderOfEverything(request);
      await options.definitions.change(request.body, person);
      return visibleDefinitions(options.definitions, scope);
    },
  );
  app.get(
    "/stream",
    {
      schema: textOperation(
        {
          operationId: "openStream",
          summary: "Live changes as server-sent events",
          description:
            "First `hello` with the data version, then `import.progress`, `import.done`, `import.failed` and " +
            "`data.changed`; a comment every 15 s. Nothing is replayed: a client whose version differs refetches.",
          tag: "Workspace",
          needs: "figures",
          problems: ["TOO_MANY_STREAMS"],
        },
        "text/event-stream",
      ),
    },
    async (request, reply) => {
      const headers = Object.fromEntries(
        Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
      );
      options.hub.open(reply.raw, headers, callerOf(request));
      return reply.hijack();
    },
  );
}
