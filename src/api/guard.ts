/** The guard of everything under /api/v1: whose request it is, whether they may, and the record of what they did. */
import type { FastifyInstance } from "fastify";
import type { PeopleDesk } from "../workflows/people.ts";
import { type Access, identify } from "./access.ts";
import type { Need } from "./openapi.ts";

interface Declared {
  readonly "x-needs"?: Need | null;
  readonly "x-audited"?: boolean;
  readonly operationId?: string;
}

/**
 * Guards every address registered on `api` from now on. One that does not say what its caller must be allowed cannot be
 * registered, so that none is open by oversight.
 */
export function guard(
  api: FastifyInstance,
  access: Access,
  people: Pick<PeopleDesk, "note">,
): void {
  api.addHook("onRoute", ({ schema, method, url }) => {
    const { "x-needs": needs } = (schema ?? {}) as Declared;
    if (needs === undefined || needs === null) {
      throw new Error(`${String(method)} ${url} does not say what its caller must be allowed`);
    }
  });
  api.addHook("onRequest", async (request, reply) => {
    reply.header("cache-control", "no-store");
    const { "x-needs": needs } = request.routeOptions.schema as Declared;
    await identify(request, needs as Need, access);
  });
  // Before the answer goes out: what nobody could note did not happen unseen.
  api.addHook("onSend", async (request, reply, payload) => {
    const { "x-audited": audited, operationId } = request.routeOptions.schema as Declared;
    if (audited && request.asking && operationId) {
      await people.note({
        ...request.asking,
        action: operationId,
        about: { ...(request.params as object), ...(request.query as object) },
        status: reply.statusCode,
      });
    }
    return payload;
  });
}
