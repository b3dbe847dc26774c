/** Links that show one view of some accounts to somebody outside: figures alone, until a day, until taken back. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { Problem } from "../base/problem.ts";
import type { ShareMade, ShareRequest, ShareRow } from "../contract/digests.ts";
import { digestHtml } from "../report/digest-html.ts";
import { hashPassword, passwordIs } from "../store/passwords.ts";
import { checkNamed, clientScope, manages } from "./client-scope.ts";
import { digestFacts } from "./digest-facts.ts";
import type { DigestCaller } from "./digests.ts";
import { keptList } from "./kept-list.ts";
import type { Workspace } from "./workspace.ts";

const NOTE = "shares";
const MOST = 500;
const DAY_MS = 86_400_000;
/** Passwords tried on one link within a quarter of an hour, before nobody is let in any more. */
const TRIES = 5;
const TRIES_MS = 15 * 60_000;

interface Kept extends Omit<ShareRow, "hasPassword"> {
  /** SHA-256 of the secret in the address; the secret itself is kept nowhere. */
  readonly digest: string;
  readonly password: string | null;
}

/** What a link leads to. `gone` says nothing of why: unknown, ended and taken back look the same. */
export type Shared =
  | { readonly state: "gone" }
  | { readonly state: "locked"; readonly tried: boolean; readonly language: "en" | "ar" }
  | { readonly state: "open"; readonly html: string; readonly id: string };

export interface ShareDesk {
  list(caller: DigestCaller): Promise<ShareRow[]>;
  /** @throws Problem `ACCOUNT_NOT_YOURS`, `BAD_PERIOD`, `SHARES_FULL` */
  add(request: ShareRequest, caller: DigestCaller): Promise<ShareMade>;
  /** Takes a link back at once. @throws Problem `SHARE_UNKNOWN` */
  revoke(id: string, caller: DigestCaller): Promise<void>;
  /** What whoever has the link sees. @throws Problem `TOO_MANY_ATTEMPTS` */
  open(token: string, password: string | null): Promise<Shared>;
}

const digestOf = (token: string) => createHash("sha256").update(token).digest("base64url");

function rowOf({ digest: _digest, password, ...row }: Kept): ShareRow {
  return { ...row, hasPassword: password !== null };
}

export function createShareDesk(workspace: Workspace): ShareDesk {
  const { clock, store } = workspace;
  const shares = keptList<Kept>(store.notes, NOTE);
  const tries = new Map<string, number[]>();

  /** Counts a try at a link's password. @throws Problem `TOO_MANY_ATTEMPTS` */
  const countTry = (id: string) => {
    const now = clock.now().getTime();
    const recent = (tries.get(id) ?? []).filter((at) => now - at < TRIES_MS);
    if (recent.length >= TRIES) {
      throw new Problem("TOO_MANY_ATTEMPTS", {
        what: "Too many wrong passwords",
        fix: "Wait a quarter of an hour.",
      });
    }
    tries.set(id, [...recent, now]);
  };

  return {
    async list({ person, scope }) {
      const now = clock.now().toISOString();
      return (await shares.all())
        .filter(({ by, expiresAt }) => expiresAt > now && manages({ person }, scope, by))
        .map(rowOf);
    },
    async add({ password, expires, ...view }, { person, scope }) {
      checkNamed(view.accounts, scope);
      if (view.period !== null && view.period.from > view.period.to) {
        throw new Problem("BAD_PERIOD", {
          what: "The period begins after it ends",
          where: "period",
          fix: "Swap the two days.",
        });
      }
      const token = randomBytes(32).toString("base64url");
      const now = clock.now();
      const kept: Kept = {
        ...view,
        id: randomUUID(),
        by: person,
        madeAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + expires * DAY_MS).toISOString(),
        opened: 0,
        openedAt: null,
        digest: digestOf(token),
        password: password === null ? null : await hashPassword(password),
      };
      await shares.change((items) => {
        const live = items.filter(({ expiresAt }) => expiresAt > now.toISOString());
        if (live.length >= MOST) {
          throw new Problem("SHARES_FULL", {
            what: `There are ${MOST} links in force already`,
            fix: "Take back some that nobody needs any more.",
            details: { most: MOST },
          });
        }
        return { items: [...live, kept], result: null };
      });
      return { share: rowOf(kept), path: `/s/${token}` };
    },
    async revoke(id, { person, scope }) {
      const known = (await shares.all()).find((one) => one.id === id);
      if (known === undefined || !manages({ person }, scope, known.by)) {
        throw new Problem("SHARE_UNKNOWN", {
          what: "There is no such link",
          where: id,
          fix: "Reload the list of links.",
        });
      }
      await shares.change((items) => ({
        items: items.filter((one) => one.id !== id),
        result: null,
      }));
    },
    async open(token, password) {
      const digest = digestOf(token);
      const now = clock.now().toISOString();
      const kept = (await shares.all()).find((one) => one.digest === digest && one.expiresAt > now);
      if (kept === undefined) return { state: "gone" };
      const { language } = kept;
      if (kept.password !== null) {
        if (password === null) return { state: "locked", tried: false, language };
        countTry(kept.id);
        if (!(await passwordIs(password, kept.password)))
          return { state: "locked", tried: true, language };
      }
      tries.delete(kept.id);
      const scope = await clientScope(store.people, kept.by, kept.accounts);
      if (scope === null) return { state: "gone" };
      const html = digestHtml(await digestFacts(workspace, kept, scope), kept);
      await shares.change((items) => ({
        items: items.map((one) =>
          one.id === kept.id ? { ...one, opened: one.opened + 1, openedAt: now } : one,
        ),
        result: null,
      }));
      return { state: "open", html, id: kept.id };
    },
  };
}
