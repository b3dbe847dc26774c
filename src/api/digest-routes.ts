/** Digests for clients: kept, looked at, sent; and links that show one view to somebody outside. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  DigestRequest,
  DigestRow,
  DigestsAnswer,
  ShareMade,
  ShareRequest,
  SharesAnswer,
} from "../contract/digests.ts";
import { JobRow } from "../contract/jobs.ts";
import type { DigestDesk } from "../workflows/digests.ts";
import type { ShareDesk } from "../workflows/shares.ts";
import { callerOf } from "./access.ts";
import { jobRow } from "./job-routes.ts";
import { languageOf } from "./language.ts";
import { type About, emptyOperation, jsonOperation, textOperation } from "./openapi.ts";
import { allowOwnStyles } from "./share-routes.ts";

const Id = z.object({ id: z.string().min(1).max(300) });
const JSON_BODY = ["BAD_REQUEST", "BODY_TOO_LARGE", "UNSUPPORTED_BODY"];

const about = (
  operationId: string,
  summary: string,
  problems: readonly string[],
  more: Partial<About> = {},
): About => ({ operationId, summary, needs: "export", tag: "Digests", problems, ...more });

export function registerDigestRoutes(
  plain: FastifyInstance,
  options: { readonly digests: DigestDesk; readonly shares: ShareDesk },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { digests, shares } = options;

  app.get(
    "/digests",
    { schema: jsonOperation(about("listDigests", "Digests for clients", []), DigestsAnswer) },
    async (request) => ({ items: await digests.list(callerOf(request)), mail: digests.mail }),
  );
  app.post(
    "/digests",
    {
      schema: {
        ...jsonOperation(
          about("addDigest", "Keep a digest", [...JSON_BODY, "ACCOUNT_NOT_YOURS", "DIGESTS_FULL"], {
            writes: true,
            description:
              "It never shows more than who made it may give away on the day it is sent.",
          }),
          DigestRow,
        ),
        body: DigestRequest,
      },
    },
    (request) => digests.add(request.body, callerOf(request)),
  );
  app.patch(
    "/digests/:id",
    {
      schema: {
        ...jsonOperation(
          about(
            "changeDigest",
            "Change a digest: the body is all of it",
            [...JSON_BODY, "DIGEST_UNKNOWN", "ACCOUNT_NOT_YOURS"],
            {
              writes: true,
            },
          ),
          DigestRow,
        ),
        params: Id,
        body: DigestRequest,
      },
    },
    (request) => digests.change(request.params.id, request.body, callerOf(request)),
  );
  app.delete(
    "/digests/:id",
    {
      schema: {
        ...emptyOperation(
          about("removeDigest", "Delete a digest", ["BAD_REQUEST", "DIGEST_UNKNOWN"], {
            writes: true,
          }),
        ),
        params: Id,
      },
    },
    async (request, reply) => {
      await digests.remove(request.params.id, callerOf(request));
      return reply.code(204).send();
    },
  );
  app.get(
    "/digests/:id/file",
    {
      schema: {
        ...textOperation(
          about(
            "downloadDigest",
            "A digest as of now, as one HTML file",
            ["BAD_REQUEST", "DIGEST_UNKNOWN", "DIGEST_NOT_ALLOWED"],
            {
              exports: true,
            },
          ),
          "text/html",
        ),
        params: Id,
      },
    },
    async (request, reply) => {
      const html = await digests.html(request.params.id, callerOf(request));
      allowOwnStyles(reply);
      return reply
        .type("text/html; charset=utf-8")
        .header("content-disposition", 'inline; filename="digest.html"')
        .send(html);
    },
  );
  app.post(
    "/digests/:id/send",
    {
      schema: {
        ...jsonOperation(
          about(
            "sendDigest",
            "Send a digest now, to each of its addresses",
            ["BAD_REQUEST", "DIGEST_UNKNOWN", "MAIL_NOT_SET", "NO_RECIPIENTS"],
            {
              writes: true,
            },
          ),
          JobRow,
        ),
        params: Id,
      },
    },
    async (request) =>
      jobRow(await digests.send(request.params.id, callerOf(request)), languageOf(request)),
  );

  app.get(
    "/shares",
    {
      schema: jsonOperation(
        about("listShares", "Links in force that show a view to somebody outside", []),
        SharesAnswer,
      ),
    },
    async (request) => ({ items: await shares.list(callerOf(request)) }),
  );
  app.post(
    "/shares",
    {
      schema: {
        ...jsonOperation(
          about(
            "addShare",
            "Make a link that shows one view, and nothing else, without signing in",
            [...JSON_BODY, "BAD_PERIOD", "ACCOUNT_NOT_YOURS", "SHARES_FULL"],
            {
              writes: true,
              description:
                "Figures of the accounts that are named; no lead, no name, no phone. The address is told once.",
            },
          ),
          ShareMade,
        ),
        body: ShareRequest,
      },
    },
    (request) => shares.add(request.body, callerOf(request)),
  );
  app.delete(
    "/shares/:id",
    {
      schema: {
        ...emptyOperation(
          about("revokeShare", "Take a link back", ["BAD_REQUEST", "SHARE_UNKNOWN"], {
            writes: true,
          }),
        ),
        params: Id,
      },
    },
    async (request, reply) => {
      await shares.revoke(request.params.id, callerOf(request));
      return reply.code(204).send();
    },
  );
}
