/** Passkeys: one's own, behind the guard, and the way in with one, before it. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  PasskeyOptions,
  PasskeyRequest,
  PasskeyRow,
  PasskeySignInRequest,
  PasskeysAnswer,
} from "../contract/people.ts";
import type { Passkey } from "../store/store.ts";
import type { PasskeyDesk, Site } from "../workflows/passkeys.ts";
import { type Access, callerOf, signIn } from "./access.ts";
import { type About, emptyOperation, jsonOperation } from "./openapi.ts";
import { parseHost } from "./same-origin.ts";

const JSON_BODY = ["BAD_REQUEST", "BODY_TOO_LARGE", "UNSUPPORTED_BODY"];

/** The name under which the browser came; its origin is the one it tells, as behind a proxy only the browser knows. */
function siteOf(request: FastifyRequest): Site {
  const { host, origin } = request.headers;
  const name = parseHost(host)?.name ?? "";
  return { name, origin: origin ?? `${request.protocol}://${host ?? ""}` };
}

const own = (operationId: string, summary: string, more: Partial<About> = {}): About => ({
  operationId,
  summary,
  tag: "People",
  needs: "sign-in",
  ...more,
});

const rowOf = ({ id, name, addedAt, usedAt }: Passkey): PasskeyRow => ({
  id,
  name,
  addedAt: addedAt.toISOString(),
  usedAt: usedAt?.toISOString() ?? null,
});

/** Registers what people do with their own passkeys. */
export function registerPasskeyRoutes(plain: FastifyInstance, desk: PasskeyDesk): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/me/passkeys",
    { schema: jsonOperation(own("listPasskeys", "One's own passkeys"), PasskeysAnswer) },
    async (request) => ({ items: (await desk.list(callerOf(request).person)).map(rowOf) }),
  );
  app.post(
    "/me/passkeys/options",
    {
      schema: jsonOperation(
        own("offerPasskey", "What a browser needs to make a passkey", {
          writes: true,
          problems: ["PASSKEY_NO_NAME"],
        }),
        PasskeyOptions,
      ),
    },
    async (request) => ({ ...(await desk.offer(callerOf(request).person, siteOf(request))) }),
  );
  app.post(
    "/me/passkeys",
    {
      schema: {
        ...jsonOperation(
          own("addPasskey", "Keep the passkey that the browser made", {
            writes: true,
            problems: [...JSON_BODY, "PASSKEY_REFUSED", "PASSKEY_NO_NAME"],
          }),
          PasskeyRow,
        ),
        body: PasskeyRequest,
      },
    },
    async (request) => {
      const { name, credential } = request.body;
      const answer = credential as unknown as RegistrationResponseJSON;
      return rowOf(await desk.keep(callerOf(request).person, answer, name, siteOf(request)));
    },
  );
  app.delete(
    "/me/passkeys/:id",
    {
      schema: {
        ...emptyOperation(
          own("removePasskey", "Forget one of one's own passkeys", {
            writes: true,
            problems: ["PASSKEY_UNKNOWN"],
          }),
        ),
        params: z.object({ id: z.string().min(1).max(2000) }),
      },
    },
    async (request, reply) => {
      await desk.remove(callerOf(request).person, request.params.id);
      return reply.code(204).send();
    },
  );
}

/** Registers the way in with a passkey. */
export function registerPasskeySignIn(
  plain: FastifyInstance,
  access: Access,
  desk: PasskeyDesk,
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const open = (operationId: string, summary: string, problems: readonly string[]): About => ({
    operationId,
    summary,
    tag: "People",
    needs: null,
    writes: true,
    problems,
  });
  app.post(
    "/session/passkey/options",
    {
      schema: jsonOperation(
        open("askPasskey", "What a browser needs to sign in with a passkey", ["PASSKEY_NO_NAME"]),
        PasskeyOptions,
      ),
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      return { ...(await desk.ask(siteOf(request))) };
    },
  );
  app.post(
    "/session/passkey",
    {
      schema: {
        ...emptyOperation(
          open("signInWithPasskey", "Sign in with a passkey", [
            ...JSON_BODY,
            "PASSKEY_REFUSED",
            "PASSKEY_NO_NAME",
            "TOO_MANY_ATTEMPTS",
          ]),
        ),
        body: PasskeySignInRequest,
      },
    },
    async (request, reply) => {
      const answer = request.body.credential as unknown as AuthenticationResponseJSON;
      const person = await desk.signIn(answer, siteOf(request), request.ip);
      await signIn(request, reply, person, access, "passkey");
      return reply.header("cache-control", "no-store").code(204).send();
    },
  );
}
