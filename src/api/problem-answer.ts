/** Takes whatever was thrown while a request was served and gives the one shape of an error answer (RFC 9457). */
import type { FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { isProblem, Problem } from "../base/problem.ts";
import type { ProblemBody } from "../contract/common.ts";
import type { Language } from "../contract/formats.ts";
import { languageOf, problemIn } from "./language.ts";
import { statusOf } from "./problem-status.ts";

const PROBLEM_TYPE = "application/problem+json; charset=utf-8";

/** A code as words: `NOT_SIGNED_IN` → "Not signed in". */
export function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The wire form of a Problem; `type` points at the code's line on the reference page. */
export function problemBody(problem: Problem, language: Language = "en"): ProblemBody {
  const { what, where, fix } = problemIn(language, problem);
  return {
    type: `/docs#${problem.code}`,
    title: titleOf(problem.code),
    status: statusOf(problem.code),
    detail: what,
    code: problem.code,
    where,
    fix,
    details: problem.details,
  };
}

const PLACE_OF_CONTEXT: Readonly<Record<string, string>> = {
  querystring: "query parameter",
  params: "path parameter",
  headers: "header",
  body: "body field",
};

function validationProblem(
  issues: readonly { instancePath: string; message?: string; params?: unknown }[],
  context: string,
): Problem {
  const faults = issues.flatMap(({ instancePath, message, params }) => {
    const path = instancePath.split("/").filter(Boolean).join(".");
    const unknown = (params as { keys?: readonly string[] } | undefined)?.keys;
    if (unknown) {
      const prefix = path === "" ? "" : `${path}.`;
      return unknown.map((key) => ({ name: `${prefix}${key}`, message: "is not known here" }));
    }
    return [{ name: path, message: message ?? "is not valid" }];
  });
  const first = faults[0] ?? { name: "", message: "is not valid" };
  const kind = PLACE_OF_CONTEXT[context] ?? context;
  return new Problem("BAD_REQUEST", {
    what: `The ${kind} ${first.name || "(whole)"} was refused: ${first.message}`,
    where: `${kind} ${first.name || "(whole)"}`,
    fix: "Correct it; /docs lists what each address takes.",
    details: { faults },
  });
}

/** The refusals of Fastify and of the file server carry a 4xx status; anything else is unexpected. */
function refusalOf(error: unknown): { readonly status: number; readonly code: string } | null {
  if (typeof error !== "object" || error === null) return null;
  const status = "statusCode" in error ? error.statusCode : "status" in error ? error.status : null;
  if (typeof status !== "number" || status < 400 || status >= 500) return null;
  return { status, code: "code" in error ? String(error.code) : "" };
}

function fromFramework({ status, code }: { status: number; code: string }): Problem {
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return new Problem("BODY_TOO_LARGE", {
      what: "The request's body is larger than this address takes",
      fix: "Send files to /api/v1/uploads and only their ids here.",
    });
  }
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    return new Problem("UNSUPPORTED_BODY", {
      what: "The request's body is of a kind that this address does not take",
      where: "header content-type",
      fix: "Send JSON with `Content-Type: application/json`.",
    });
  }
  if (status === 403 || status === 404) return nothingHere();
  return new Problem("BAD_REQUEST", {
    what: "The request cannot be read: its address or its body is malformed",
    fix: "Check the JSON and the percent-encoding of the address.",
  });
}

/** The answer for an address that does not exist; it does not repeat the address, which may hold anything. */
export function nothingHere(): Problem {
  return new Problem("NOT_FOUND", {
    what: "There is nothing at this address",
    fix: "See /docs for every address.",
  });
}

/** The Problem behind anything that was thrown; what nobody expected becomes `INTERNAL` and says nothing more. */
export function asProblem(error: unknown, requestId: string): Problem {
  if (isProblem(error)) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const context = (error as { validationContext?: string }).validationContext ?? "request";
    return validationProblem(error.validation, context);
  }
  const refusal = refusalOf(error);
  if (refusal !== null) return fromFramework(refusal);
  return new Problem("INTERNAL", {
    what: "The server failed in a way it did not expect",
    where: `request ${requestId}`,
    fix: "Try again; if it stays, look for that request in the server's log and report it.",
    details: { requestId },
    cause: error,
  });
}

/** Stack frames without the message, which may quote a person's data. */
function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  return error.stack
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "));
}

/** Sends a problem, also from hooks and from the not-found handler. */
export function sendProblem(problem: Problem, reply: FastifyReply): FastifyReply {
  const body = problemBody(problem, languageOf(reply.request));
  return reply
    .code(body.status)
    .type(PROBLEM_TYPE)
    .header("cache-control", "no-store")
    .header("vary", "accept-language")
    .send(JSON.stringify(body));
}

/** Fastify's error handler. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = asProblem(error, request.id);
  if (statusOf(problem.code) >= 500 && problem.code !== "NOT_READY") {
    const cause = problem.cause ?? problem;
    request.log.error(
      {
        code: problem.code,
        failure: cause instanceof Error ? cause.name : typeof cause,
        frames: framesOf(cause),
        pii: { message: cause instanceof Error ? cause.message : String(cause) },
      },
      "request failed",
    );
  }
  return sendProblem(problem, reply);
}
