/** Takes the one-time link of the terminal and gives a session; tells every request whose it is. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";
import type { Scope } from "../domain/scope.ts";
import type { SessionTable } from "../store/store.ts";
import { htmlPage } from "./html.ts";
import { parseHost } from "./same-origin.ts";

/** The person who holds the machine: whoever can read the terminal that printed the link. */
export const OWNER = "owner";
/** Purpose under which the start link's token is created. */
export const ENTER_PURPOSE = "enter";

const SESSION_DAYS = 30;
const SESSION_SECONDS = SESSION_DAYS * 24 * 60 * 60;

/** Who asks, and which accounts they may see. */
export interface Caller {
  readonly person: string;
  readonly scope: Scope;
}

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

export interface Access {
  readonly sessions: SessionTable;
  readonly clock: Clock;
  readonly openScope: (person: string) => Promise<Scope | null>;
}

/** Cookies know no ports, so two servers on one machine would sign each other out without this name. */
function cookieName(request: FastifyRequest): string {
  const port = parseHost(request.headers.host)?.port ?? "";
  return port === "" ? "leadsmart_session" : `leadsmart_session_${port}`;
}

async function personOf(request: FastifyRequest, access: Access): Promise<string | null> {
  const secret = request.cookies[cookieName(request)];
  if (secret === undefined || secret === "") return null;
  const session = await access.sessions.find(secret, access.clock.now());
  return session?.person ?? null;
}

/**
 * Finds the caller of a request by its cookie.
 *
 * @throws Problem `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function identify(request: FastifyRequest, access: Access): Promise<void> {
  const person = await personOf(request, access);
  if (person === null) throw notSignedIn();
  const scope = await access.openScope(person);
  if (scope === null) {
    throw new Problem("NOT_ALLOWED", {
      what: "This person is signed in but holds no account",
      fix: "Ask an owner of the workspace for access to an account.",
    });
  }
  request.caller = { person, scope };
}

function notSignedIn(): Problem {
  return new Problem("NOT_SIGNED_IN", {
    what: "There is no session, or it has ended",
    fix: "Open the link that the terminal printed at the start; restarting prints a new one.",
  });
}

/** The caller of a request behind the door. @throws Problem `NOT_SIGNED_IN` */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw notSignedIn();
  return request.caller;
}

/**
 * The caller, if they hold the whole workspace: rows of an import may belong to any account, and a definition of the
 * workspace holds for all of them.
 *
 * @throws Problem `NOT_ALLOWED`
 */
export function holderOfEverything(request: FastifyRequest): Caller {
  const caller = callerOf(request);
  if (caller.scope.accounts === "all") return caller;
  throw new Problem("NOT_ALLOWED", {
    what: "This touches the whole workspace, and this person holds only some of its accounts",
    fix: "Ask an owner of the workspace to do it.",
  });
}

/** Ends the session of a request's cookie, here and for every copy of the cookie. */
export async function signOut(
  request: FastifyRequest,
  reply: FastifyReply,
  { sessions }: Pick<Access, "sessions">,
): Promise<void> {
  const name = cookieName(request);
  const secret = request.cookies[name];
  if (secret !== undefined && secret !== "") await sessions.end(secret);
  reply.clearCookie(name, { path: "/", httpOnly: true, sameSite: "strict" });
}

const SPENT_LINK = htmlPage({
  title: "This link does not work any more",
  body: `<main class="card"><h1>This link does not work any more</h1>
<p>A sign-in link works once and for a limited time, so that nobody can use it after you.</p>
<p>Look at the terminal in which leadsmart runs: its newest link is the one that works. To get another,
stop leadsmart with <kbd>Ctrl</kbd>+<kbd>C</kbd> and start it again.</p></main>`,
});

/** Registers `GET /enter?token=…`, which changes the one-time token for a session cookie. */
export function registerEnter(
  app: FastifyInstance,
  access: Access,
  options: { readonly landing: string },
): void {
  app.get<{ Querystring: { token?: unknown } }>(
    "/enter",
    { schema: { hide: true } },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      // A browser that guesses the next page must not use the token up.
      if (String(request.headers["sec-purpose"] ?? "").includes("prefetch")) {
        return reply.code(503).send();
      }
      const now = access.clock.now();
      const { token } = request.query;
      const spent =
        typeof token === "string" &&
        token !== "" &&
        (await access.sessions.spendToken({ purpose: ENTER_PURPOSE, token, now }));
      if (spent) {
        const secret = await access.sessions.create({
          person: OWNER,
          expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
        });
        reply.setCookie(cookieName(request), secret, {
          path: "/",
          httpOnly: true,
          sameSite: "strict",
          maxAge: SESSION_SECONDS,
        });
        return reply.redirect(options.landing, 303);
      }
      // Reloading the link in a browser that is already signed in is no mistake.
      if ((await personOf(request, access)) !== null) return reply.redirect(options.landing, 303);
      return reply.code(403).type("text/html; charset=utf-8").send(SPENT_LINK);
    },
  );
}
