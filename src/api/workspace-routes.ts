/** Who is signed in, what words mean here, and the live stream. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { DefinitionsAnswer, MeAnswer } from "../contract/server.ts";
import type { Definitions } from "../domain/definitions.ts";
import { KPIS, type Kpi } from "../domain/kpis.ts";
import type { Scope } from "../domain/scope.ts";
import { callerOf } from "./access.ts";
import { jsonOperation, textOperation } from "./openapi.ts";
import type { StreamHub } from "./stream-hub.ts";

function describeKpi({ id, unit, direction, ...kpi }: Kpi): DefinitionsAnswer["kpis"][number] {
  return kpi.kind === "sum"
    ? { id, unit, direction, over: kpi.measure, under: null, scale: 1 }
    : { id, unit, direction, over: kpi.over, under: kpi.under, scale: kpi.scale };
}

/** Overrides of accounts that the scope does not hold stay unseen. */
function visibleDefinitions(definitions: Definitions, scope: Scope): DefinitionsAnswer {
  const { accounts } = scope;
  const visible = Object.entries(definitions.accounts).filter(
    ([account]) => accounts === "all" || accounts.includes(account),
  );
  return {
    version: definitions.version,
    default: definitions.default,
    accounts: Object.fromEntries(visible),
    kpis: KPIS.map(describeKpi),
  };
}

export function registerWorkspaceRoutes(
  plain: FastifyInstance,
  options: {
    readonly definitions: () => Definitions;
    readonly version: string;
    readonly hub: StreamHub;
  },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/me",
    {
      schema: jsonOperation(
        { operationId: "getMe", summary: "Who is signed in", tag: "Workspace" },
        MeAnswer,
      ),
    },
    async (request) => {
      const { person, scope } = callerOf(request);
      const accounts = scope.accounts === "all" ? scope.accounts : [...scope.accounts];
      return { person, accounts, version: options.version };
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
        },
        DefinitionsAnswer,
      ),
    },
    async (request) => visibleDefinitions(options.definitions(), callerOf(request).scope),
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
          problems: ["TOO_MANY_STREAMS"],
        },
        "text/event-stream",
      ),
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const headers = Object.fromEntries(
        Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
      );
      options.hub.open(reply.raw, headers, scope);
      return reply.hijack();
    },
  );
}
