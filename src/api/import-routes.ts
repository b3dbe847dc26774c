/** Files on their way in: upload, look, commit, undo, and what was rejected. */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import {
  CommitRequest,
  ImportRow,
  ImportsAnswer,
  PreviewAnswer,
  PreviewRequest,
  RejectsAnswer,
  RejectsQuery,
  UploadAnswer,
} from "../contract/imports.ts";
import { rejectsCsv } from "../report/rejects-csv.ts";
import type { ImportDesk } from "../workflows/import-desk.ts";
import { callerOf, holderOfEverything } from "./access.ts";
import { countedBody } from "./counted-body.ts";
import { createIdempotency, IdempotencyHeaders } from "./idempotency.ts";
import { importIn, languageOf, previewIn, rejectsIn } from "./language.ts";
import { type About, emptyOperation, jsonOperation, textOperation } from "./openapi.ts";

/** Rejects fetched at a time while a CSV is written. */
const CSV_PAGE_ROWS = 20_000;

const Id = z.string().min(1).max(200);
const UploadQuery = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(255)
    .regex(/^\P{Cc}+$/u, "a file name without control characters"),
});
const ImportsQuery = RejectsQuery.pick({ cursor: true, limit: true }).strict();
const CsvQuery = RejectsQuery.pick({ importId: true }).strict();

const reads = (
  operationId: string,
  summary: string,
  needs: "figures" | "import" = "import",
): About => ({
  operationId,
  summary,
  needs,
  tag: "Imports",
  problems: ["BAD_REQUEST"],
});
const writes = (
  operationId: string,
  summary: string,
  description: string,
  problems: readonly string[],
): About => ({
  operationId,
  summary,
  description,
  tag: "Imports",
  needs: "import",
  writes: true,
  problems: ["BAD_REQUEST", ...problems],
});
const JSON_BODY = ["BODY_TOO_LARGE", "UNSUPPORTED_BODY"];

/** Aborted when the client goes away before the answer is out. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

export function registerImportRoutes(
  plain: FastifyInstance,
  options: {
    readonly imports: ImportDesk;
    readonly clock: Clock;
    readonly uploadLimitBytes: number;
  },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { imports } = options;
  const idempotency = createIdempotency(options.clock);

  plain.register(async (bytes) => {
    // Any kind of body, never parsed and never held: the handler takes the stream itself.
    bytes.removeAllContentTypeParsers();
    bytes.addContentTypeParser("*", (_request, _payload, done) => done(null));
    bytes.withTypeProvider<ZodTypeProvider>().post(
      "/uploads",
      {
        schema: {
          ...jsonOperation(
            {
              ...writes(
                "uploadFile",
                "Hand a file in",
                "The body is the file itself, with any content type. Nothing counts until a commit.",
                ["UPLOAD_TOO_LARGE", "UPLOAD_INTERRUPTED", "DISK_FULL"],
              ),
              bytesBody: true,
            },
            UploadAnswer,
          ),
          querystring: UploadQuery,
        },
      },
      async (request) => {
        holderOfEverything(request);
        const content = countedBody(request.raw, options.uploadLimitBytes);
        try {
          const announced = Number(request.headers["content-length"]);
          const length = Number.isSafeInteger(announced) ? announced : null;
          return await imports.upload(request.query.name, content, length);
        } catch (error) {
          // What ended the stream is the reason, whatever the reader made of it.
          throw content.errored ?? error;
        } finally {
          content.destroy();
        }
      },
    );
  });

  app.post(
    "/imports/preview",
    {
      schema: {
        ...jsonOperation(
          writes(
            "previewImport",
            "See what files would bring",
            "Rows, dates, accounts, sums, overlap and rejects of up to 4,000 uploaded files, read but not counted.",
            [...JSON_BODY, "UPLOAD_GONE", "DISK_FULL"],
          ),
          PreviewAnswer,
        ),
        body: PreviewRequest,
      },
    },
    async (request, reply) => {
      holderOfEverything(request);
      const answer = await imports.preview(request.body, signalOf(reply));
      return previewIn(languageOf(request), answer);
    },
  );
  app.delete(
    "/imports/preview/:previewId",
    {
      schema: {
        ...emptyOperation(
          writes(
            "discardPreview",
            "Drop a preview",
            "What was read for it is forgotten. Its uploads stay for another preview, until nobody has asked for " +
              "them during an hour.",
            [],
          ),
        ),
        params: z.object({ previewId: Id }),
      },
    },
    async (request, reply) => {
      holderOfEverything(request);
      await imports.discard(request.params.previewId);
      return reply.code(204).send();
    },
  );
  app.post(
    "/imports",
    {
      schema: {
        ...jsonOperation(
          writes(
            "commitImport",
            "Import what was previewed",
            "Answers as soon as the import is durable; its numbers follow, announced on the live stream.",
            [...JSON_BODY, "IDEMPOTENCY_CONFLICT"],
          ),
          ImportRow,
        ),
        body: CommitRequest,
        headers: IdempotencyHeaders,
      },
    },
    async (request) => {
      const { person } = holderOfEverything(request);
      const key = request.headers["idempotency-key"];
      const row = await idempotency.once(`${person} commit`, key, request.body, () =>
        imports.commit(request.body, person),
      );
      return importIn(languageOf(request), row);
    },
  );
  app.post(
    "/imports/:importId/undo",
    {
      schema: {
        ...jsonOperation(
          writes(
            "undoImport",
            "Take an import back as a whole",
            "Its rows count no longer; rows that it had superseded count again. Nothing is deleted.",
            ["IDEMPOTENCY_CONFLICT"],
          ),
          ImportRow,
        ),
        params: z.object({ importId: Id }),
        headers: IdempotencyHeaders,
      },
    },
    async (request) => {
      const { person } = holderOfEverything(request);
      const { importId } = request.params;
      const key = request.headers["idempotency-key"];
      const row = await idempotency.once(`${person} undo`, key, importId, () =>
        imports.undo(importId, person),
      );
      return importIn(languageOf(request), row);
    },
  );
  app.get(
    "/imports",
    {
      schema: {
        ...jsonOperation(reads("listImports", "Imports, newest first", "figures"), ImportsAnswer),
        querystring: ImportsQuery,
      },
    },
    async (request) => {
      const answer = await imports.imports(request.query, callerOf(request).scope);
      const language = languageOf(request);
      return { ...answer, items: answer.items.map((row) => importIn(language, row)) };
    },
  );
  app.get(
    "/rejects",
    {
      schema: {
        ...jsonOperation(
          reads("listRejects", "Rejected rows with file, line, column, value and reason"),
          RejectsAnswer,
        ),
        querystring: RejectsQuery.strict(),
      },
    },
    async (request) => {
      const answer = await imports.rejects(request.query, callerOf(request).scope);
      return { ...answer, items: rejectsIn(languageOf(request), answer.items) };
    },
  );
  app.get(
    "/rejects.csv",
    {
      schema: {
        ...textOperation(
          { ...reads("downloadRejects", "All rejected rows as CSV"), exports: true },
          "text/csv",
        ),
        querystring: CsvQuery,
      },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const page = (cursor?: string) =>
        imports.rejects({ ...request.query, cursor, limit: CSV_PAGE_ROWS }, scope);
      const first = await page();
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="rejects.csv"')
        .send(Readable.from(rejectsCsv(first, page)));
    },
  );
}
