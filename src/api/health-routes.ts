import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { Problem } from "../base/problem.ts";
import { HealthAnswer, ReadyAnswer } from "../contract/server.ts";
import { jsonOperation } from "./openapi.ts";

/** Registers `/healthz` (the process answers) and `/readyz` (numbers can be asked for). */
export function registerHealthRoutes(
  plain: FastifyInstance,
  options: { readonly version: string; readonly notReady: () => Promise<readonly string[]> },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/healthz",
    {
      schema: jsonOperation(
        { operationId: "getHealth", summary: "The process answers", tag: "Server", needs: null },
        HealthAnswer,
      ),
    },
    async (_request, reply) => {
      reply.header("cache-control", "no-store");
      return { status: "ok" as const, version: options.version };
    },
  );
  app.get(
    "/readyz",
    {
      schema: jsonOperation(
        {
          operationId: "getReadiness",
          summary: "Numbers can be asked for; 503 with reasons while not",
          tag: "Server",
          needs: null,
          problems: ["NOT_READY"],
        },
        ReadyAnswer,
      ),
    },
    async (_request, reply) => {
      reply.header("cache-control", "no-store");
      const reasons = await options.notReady();
      if (reasons.length === 0) return { status: "ready" as const };
      throw new Problem("NOT_READY", {
        what: `The server is not ready: ${reasons.join("; ")}`,
        fix: "Wait and ask again; the terminal shows the progress.",
        details: { reasons },
      });
    },
  );
}
