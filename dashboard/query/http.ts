/** One way to the server: JSON in and out, failures as `Refusal` with the server's problem where it sent one. */
import type { ProblemBody } from "../../src/contract/common.ts";
import type { Language } from "../../src/contract/formats.ts";
import { loseSession } from "./session.ts";

/** One field of a refused request, by its path in the body. */
export interface Fault {
  readonly name: string;
  readonly message: string;
}

export interface ProblemFacts {
  readonly code: string;
  readonly what: string;
  readonly where: string | null;
  readonly fix: string;
  readonly faults: readonly Fault[];
  /** Seconds until asking again makes sense; null where the server names none. */
  readonly waitSeconds: number | null;
}

function faultsOf(details: unknown): readonly Fault[] {
  const faults = (details as { readonly faults?: unknown } | null)?.faults;
  if (!Array.isArray(faults)) return [];
  return (faults as Partial<Fault>[]).flatMap(({ name, message }) =>
    typeof name === "string" && typeof message === "string" ? [{ name, message }] : [],
  );
}

function waitOf(details: unknown): number | null {
  const seconds = (details as { readonly seconds?: unknown } | null)?.seconds;
  return typeof seconds === "number" ? seconds : null;
}

/** The server said no, or nothing at all (`status` 0). */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: ProblemFacts | null;

  constructor(status: number, problem: ProblemFacts | null) {
    super(problem?.what ?? `HTTP ${status}`);
    this.name = "Refusal";
    this.status = status;
    this.problem = problem;
  }
}

/** Reads a problem body (RFC 9457 with our stable code); null where the answer is something else. */
export function readProblem(body: string): ProblemFacts | null {
  try {
    const problem = JSON.parse(body) as Partial<ProblemBody> | null;
    if (typeof problem?.code !== "string") return null;
    return {
      code: problem.code,
      what: problem.detail ?? problem.title ?? problem.code,
      where: problem.where ?? null,
      fix: problem.fix ?? "",
      faults: faultsOf(problem.details),
      waitSeconds: waitOf(problem.details),
    };
  } catch {
    return null;
  }
}

/** What a failed answer says; one that there is no session any more brings the page to signing in. */
export function refusalOf(status: number, body: string): Refusal {
  const problem = readProblem(body);
  if (problem?.code === "NOT_SIGNED_IN") loseSession();
  return new Refusal(status, problem);
}

/** Sent with every request that changes something; a form of another site cannot set it. */
export const GUARD = { "X-Leadsmart": "1" } as const;

let reader: Language = "en";

/** From now on the server's own sentences come in this language, whatever the browser's own is. */
export function readIn(language: Language): void {
  reader = language;
}

export function readersLanguage(): { readonly "Accept-Language": Language } {
  return { "Accept-Language": reader };
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      credentials: "same-origin",
      ...init,
      headers: { ...init.headers, ...readersLanguage() },
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Refusal(0, null);
  }
  if (response.ok) return response;
  throw refusalOf(response.status, await response.text());
}

function withParams(path: string, params?: URLSearchParams): string {
  const query = params?.toString() ?? "";
  return query === "" ? path : `${path}?${query}`;
}

/** GET of a contract answer. @throws Refusal */
export async function getJson<T>(
  path: string,
  params?: URLSearchParams,
  signal?: AbortSignal,
): Promise<T> {
  const response = await send(withParams(path, params), {
    headers: { Accept: "application/json" },
    ...(signal ? { signal } : {}),
  });
  return (await response.json()) as T;
}

async function sendJson<T>(
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const response = await send(path, {
    method,
    headers: { ...GUARD, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** POST of a contract request; `undefined` where the answer has no body. @throws Refusal */
export const postJson = <T>(
  path: string,
  body: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<T> => sendJson("POST", path, body, headers);

/** PATCH of a contract request. @throws Refusal */
export const patchJson = <T>(path: string, body: unknown): Promise<T> =>
  sendJson("PATCH", path, body);

/** Ends the session of this browser. @throws Refusal */
export async function endSession(): Promise<void> {
  await send("/api/v1/session/end", { method: "POST", headers: GUARD });
}

/** DELETE without a body. @throws Refusal */
export async function remove(path: string): Promise<void> {
  await send(path, { method: "DELETE", headers: GUARD });
}
