/** Who asks: finds the person of a cookie or a key, and what they may see for what the address needs. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";
import { accountsWith, type Grant, PERMISSIONS, scopeFor } from "../domain/roles.ts";
import type { Scope } from "../domain/scope.ts";
import type { ApiKeyTable, AuditEntry, PeopleTable, SessionTable } from "../store/store.ts";
import type { Actor } from "../workflows/people.ts";
import type { Need } from "./openapi.ts";
import { parseHost } from "./same-origin.ts";

const SESSION_DAYS = 30;
const SESSION_SECONDS = SESSION_DAYS * 24 * 60 * 60;

/** Who asks, and which accounts they may see for what they ask. */
export interface Caller extends Actor {
  readonly scope: Scope;
  /** `session`, or `key:` and its id. */
  readonly via: string;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks and may; null until that is known. */
    caller: Caller | null;
    /** Who asks, also where they may not. */
    asking: Pick<Caller, "person" | "via"> | null;
  }
}

export interface Access {
  readonly sessions: SessionTable;
  readonly keys: Pick<ApiKeyTable, "find">;
  readonly people: Pick<PeopleTable, "find">;
  readonly clock: Clock;
  /** The record of who did what. */
  readonly note: (entry: AuditEntry) => Promise<void>;
}

/** Cookies know no ports, so two servers on one machine would sign each other out without this name. */
function cookieName(request: FastifyRequest): string {
  const port = parseHost(request.headers.host)?.port ?? "";
  return port === "" ? "leadsmart_session" : `leadsmart_session_${port}`;
}

/** Whose session a request's cookie opens; null for none. */
export async function personOf(
  request: FastifyRequest,
  { sessions, clock }: Pick<Access, "sessions" | "clock">,
): Promise<string | null> {
  const secret = request.cookies[cookieName(request)];
  if (secret === undefined || secret === "") return null;
  const session = await sessions.find(secret, clock.now());
  return session?.person ?? null;
}

/** What somebody holds who is still let in; null for nobody. */
async function grantsOf(
  person: string | null,
  { people }: Access,
): Promise<readonly Grant[] | null> {
  const known = person === null ? null : await people.find(person);
  return known === null || known.removedAt !== null ? null : known.grants;
}

interface Credential extends Actor {
  readonly via: string;
  /** What bounds the grants: of a key, those of the person who made it. */
  readonly bounds: readonly Grant[];
}

async function credentialOf(request: FastifyRequest, access: Access): Promise<Credential> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const secret = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    const key = secret === undefined ? null : await access.keys.find(secret);
    const bounds = await grantsOf(key?.person ?? null, access);
    if (key === null || bounds === null) throw keyRefused();
    return { person: key.person, grants: key.grants, bounds, via: `key:${key.id}` };
  }
  const person = await personOf(request, access);
  const grants = await grantsOf(person, access);
  if (person === null || grants === null) throw notSignedIn();
  return { person, grants, bounds: grants, via: "session" };
}

/** Accounts in which anything at all is allowed. */
function anyScope(grants: readonly Grant[], bounds: readonly Grant[]): Scope | null {
  const scopes = PERMISSIONS.flatMap((one) => scopeFor(grants, one, bounds) ?? []);
  if (scopes.length === 0) return null;
  if (scopes.some(({ accounts }) => accounts === "all")) return { accounts: "all" };
  return { accounts: [...new Set(scopes.flatMap(({ accounts }) => accounts))].sort() };
}

/**
 * Finds the caller of a request by its key or cookie, and what they may see for what the address needs.
 *
 * @throws Problem `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function identify(request: FastifyRequest, need: Need, access: Access): Promise<void> {
  const { person, grants, bounds, via } = await credentialOf(request, access);
  request.asking = { person, via };
  const scope = need === "sign-in" ? anyScope(grants, bounds) : scopeFor(grants, need, bounds);
  if (need === "sign-in" && via !== "session") throw onlyPeople();
  if (scope === null) throw notAllowed(need);
  // Whoever gives something away gives what they hold themselves: a key never more than its maker.
  const held = via === "session" ? grants : boundedGrants(grants, bounds);
  request.caller = { person, grants: held, scope, via };
}

/** Grants of a key that its maker could still give. */
function boundedGrants(grants: readonly Grant[], bounds: readonly Grant[]): Grant[] {
  return grants.filter((grant) =>
    PERMISSIONS.every((permission) => {
      const wanted = accountsWith([grant], permission);
      if (wanted === null) return true;
      const most = accountsWith(bounds, permission);
      return most === "all" || (wanted !== "all" && wanted.every((one) => most?.includes(one)));
    }),
  );
}

function keyRefused(): Problem {
  return new Problem("NOT_SIGNED_IN", {
    what: "The key is unknown, has ended, or was revoked",
    where: "header authorization",
    fix: "Send `Authorization: Bearer lsk_…` with a key that Settings → People lists as in force.",
  });
}

function onlyPeople(): Problem {
  return new Problem("NOT_ALLOWED", {
    what: "This is for people who are signed in, not for keys",
    fix: "Do it in the page.",
  });
}

function notAllowed(need: Need): Problem {
  return new Problem("NOT_ALLOWED", {
    what:
      need === "sign-in"
        ? "This person is signed in but holds no role in any account"
        : "No role of this person allows this in any account",
    where: need,
    fix: "Ask an owner of the workspace for a role that does.",
    details: { needs: need },
  });
}

function notSignedIn(): Problem {
  return new Problem("NOT_SIGNED_IN", {
    what: "There is no session, or it has ended",
    fix: "Open the link you were given or that the terminal printed at the start, or sign in at /sign-in.",
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

/** Signs a browser in as a person: from now on its cookie tells who asks. Noted, with how they came. */
export async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  person: string,
  { sessions, clock, note }: Pick<Access, "sessions" | "clock" | "note">,
  by: "link" | "password" | "passkey",
): Promise<void> {
  const secret = await sessions.create({
    person,
    expiresAt: new Date(clock.now().getTime() + SESSION_SECONDS * 1000),
  });
  reply.setCookie(cookieName(request), secret, {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure: request.protocol === "https",
    maxAge: SESSION_SECONDS,
  });
  await note({ person, via: "session", action: "signIn", about: { by }, status: 204 });
}

/** The secret of the session that asks; null where a key does. */
export function sessionSecret(request: FastifyRequest): string | null {
  return request.cookies[cookieName(request)] ?? null;
}
