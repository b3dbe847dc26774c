/** Templates: kept, looked at, given to accounts, taken back. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  ApplyRequest,
  Template,
  TemplateAccountsQuery,
  TemplateApplied,
  TemplatePreview,
  TemplateRequest,
  TemplatesAnswer,
} from "../contract/templates.ts";
import type { TemplatesDesk } from "../workflows/templates.ts";
import { holderOfEverything } from "./access.ts";
import { type About, emptyOperation, jsonOperation } from "./openapi.ts";

const Id = z.object({ id: z.string().min(1).max(100) });
const Key = z.object({ key: z.string().min(1).max(100) });

const about = (
  operationId: string,
  summary: string,
  problems: readonly string[],
  writes: boolean,
): About => ({
  operationId,
  summary,
  needs: "define",
  tag: "Workspace",
  problems: ["BAD_REQUEST", ...problems],
  ...(writes ? { writes } : {}),
});
const BODY = ["BODY_TOO_LARGE", "UNSUPPORTED_BODY"];

export function registerTemplateRoutes(
  plain: FastifyInstance,
  { templates }: { readonly templates: TemplatesDesk },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/templates",
    {
      schema: jsonOperation(
        about("listTemplates", "Templates, and where they were applied", [], false),
        TemplatesAnswer,
      ),
    },
    (request) => {
      holderOfEverything(request);
      return templates.list();
    },
  );
  app.post(
    "/templates",
    {
      schema: {
        ...jsonOperation(
          about("saveTemplate", "Keep settings under a name", ["TEMPLATES_FULL", ...BODY], true),
          Template,
        ),
        body: TemplateRequest,
      },
    },
    (request) => templates.save(request.body, holderOfEverything(request).person),
  );
  app.delete(
    "/templates/:id",
    {
      schema: {
        ...emptyOperation(
          about(
            "removeTemplate",
            "Delete a template; what it set stays",
            ["TEMPLATE_UNKNOWN"],
            true,
          ),
        ),
        params: Id,
      },
    },
    async (request, reply) => {
      holderOfEverything(request);
      await templates.remove(request.params.id);
      return reply.code(204).send();
    },
  );
  app.get(
    "/templates/:id/preview",
    {
      schema: {
        ...jsonOperation(
          about(
            "previewTemplate",
            "What a template would change in which account",
            ["TEMPLATE_UNKNOWN", "TEMPLATE_ACCOUNT_UNKNOWN"],
            false,
          ),
          TemplatePreview,
        ),
        params: Id,
        querystring: TemplateAccountsQuery.strict(),
      },
    },
    (request) => {
      holderOfEverything(request);
      return templates.preview(request.params.id, request.query.account);
    },
  );
  app.post(
    "/templates/:id/apply",
    {
      schema: {
        ...jsonOperation(
          about(
            "applyTemplate",
            "Set what a template says in many accounts, as one change",
            ["TEMPLATE_UNKNOWN", "TEMPLATE_ACCOUNT_UNKNOWN", "BUILD_FAILED", ...BODY],
            true,
          ),
          TemplateApplied,
        ),
        params: Id,
        body: ApplyRequest,
      },
    },
    (request) =>
      templates.apply(request.params.id, request.body.accounts, holderOfEverything(request).person),
  );
  app.delete(
    "/templates/uses/:key",
    {
      schema: {
        ...emptyOperation(
          about(
            "takeTemplateBack",
            "Take one use of a template back, in all its accounts",
            ["TEMPLATE_USE_UNKNOWN", "BUILD_FAILED"],
            true,
          ),
        ),
        params: Key,
      },
    },
    async (request, reply) => {
      await templates.takeBack(request.params.key, holderOfEverything(request).person);
      return reply.code(204).send();
    },
  );
}
