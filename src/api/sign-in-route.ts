import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { SignInRequest } from "../contract/people.ts";
import type { SignInDesk } from "../workflows/sign-in.ts";
import { type Access, signIn } from "./access.ts";
import { emptyOperation } from "./openapi.ts";

/** Registers the way in with e-mail or phone and password. */
export function registerSignInRoute(
  plain: FastifyInstance,
  access: Access,
  desk: Pick<SignInDesk, "withPassword">,
): void {
  plain.withTypeProvider<ZodTypeProvider>().post(
    "/session",
    {
      schema: {
        ...emptyOperation({
          operationId: "signIn",
          summary: "Sign in with a password",
          description: "Sets the session's cookie. Wrong passwords are answered ever more slowly.",
          tag: "People",
          needs: null,
          writes: true,
          problems: [
            "BAD_REQUEST",
            "BODY_TOO_LARGE",
            "UNSUPPORTED_BODY",
            "WRONG_PASSWORD",
            "TOO_MANY_ATTEMPTS",
          ],
        }),
        body: SignInRequest,
      },
    },
    async (request, reply) => {
      const { contact, password } = request.body;
      const person = await desk.withPassword(contact, password, request.ip);
      await signIn(request, reply, person, access, "password");
      return reply.header("cache-control", "no-store").code(204).send();
    },
  );
}
