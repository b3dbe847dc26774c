/** Digests for clients: kept, looked at, sent now or when they are due, by mail or as a file. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Problem } from "../base/problem.ts";
import type { DigestRequest, DigestRow } from "../contract/digests.ts";
import type { Scope } from "../domain/scope.ts";
import { digestHtml } from "../report/digest-html.ts";
import type { Job } from "../store/jobs.ts";
import { checkNamed, clientScope, manages, namedAccounts } from "./client-scope.ts";
import { digestFacts } from "./digest-facts.ts";
import { lastSlot, nextSlot } from "./digest-schedule.ts";
import type { JobDesk, JobKind } from "./jobs.ts";
import { keptList } from "./kept-list.ts";
import type { Mailer } from "./mail.ts";
import type { Workspace } from "./workspace.ts";

const NOTE = "digests";
const MOST = 200;
const KIND = "digest";
/** How often it is looked whether one is due. */
const LOOK_MS = 30_000;

/** Who asks, and in which accounts they may give something away. */
export interface DigestCaller {
  readonly person: string;
  readonly scope: Scope;
}

type Kept = Omit<DigestRow, "nextAt">;

export interface DigestDesk {
  readonly mail: boolean;
  list(caller: DigestCaller): Promise<DigestRow[]>;
  /** @throws Problem `ACCOUNT_NOT_YOURS`, `DIGESTS_FULL` */
  add(request: DigestRequest, caller: DigestCaller): Promise<DigestRow>;
  /** @throws Problem `DIGEST_UNKNOWN`, `ACCOUNT_NOT_YOURS` */
  change(id: string, request: DigestRequest, caller: DigestCaller): Promise<DigestRow>;
  /** @throws Problem `DIGEST_UNKNOWN` */
  remove(id: string, caller: DigestCaller): Promise<void>;
  /** The digest as of now, as a file of HTML. @throws Problem `DIGEST_UNKNOWN`, `DIGEST_NOT_ALLOWED` */
  html(id: string, caller: DigestCaller): Promise<string>;
  /** Sends it as soon as its turn comes. @throws Problem `DIGEST_UNKNOWN`, `MAIL_NOT_SET`, `NO_RECIPIENTS` */
  send(id: string, caller: DigestCaller): Promise<Job>;
  /** Looks from now on whether one is due; `close` ends that. */
  start(jobs: JobDesk): void;
  close(): void;
}

/** How far the sending has got: to each address once. */
const Checkpoint = z.object({ sent: z.array(z.string()), sending: z.string().nullable() });
const Input = z.object({ digest: z.string() });

function unknownDigest(id: string): Problem {
  return new Problem("DIGEST_UNKNOWN", {
    what: "There is no such digest",
    where: id,
    fix: "Reload the list of digests.",
  });
}

export interface DigestsMade {
  readonly desk: DigestDesk;
  /** How the runner of jobs sends one. */
  readonly kind: JobKind;
}

export function createDigests(workspace: Workspace, mailer: Mailer | null): DigestsMade {
  const { clock, store } = workspace;
  const digests = keptList<Kept>(store.notes, NOTE);
  let jobs: JobDesk | null = null;
  let timer: NodeJS.Timeout | null = null;

  const timeZone = () => workspace.definitions().default.timeZone;
  const rowOf = (kept: Kept): DigestRow => ({
    ...kept,
    nextAt:
      kept.schedule === null || kept.recipients.length === 0 || mailer === null
        ? null
        : nextSlot(kept.schedule, clock.now(), timeZone()).at.toISOString(),
  });
  const find = async (id: string, { person, scope }: DigestCaller): Promise<Kept> => {
    const kept = (await digests.all()).find((one) => one.id === id);
    if (kept === undefined || !manages({ person }, scope, kept.by)) throw unknownDigest(id);
    return kept;
  };
  const write = async (kept: Kept): Promise<string> => {
    const scope = await clientScope(store.people, kept.by, kept.accounts);
    if (scope === null) {
      throw new Problem("DIGEST_NOT_ALLOWED", {
        what: "Whoever made this digest may not give figures of its accounts away any more",
        where: kept.title,
        fix: "Make it anew as somebody who may.",
        details: { hopeless: true },
      });
    }
    const facts = await digestFacts(workspace, { ...kept, period: null }, scope);
    return digestHtml(facts, kept);
  };
  const ask = async (kept: Kept, owner: string, id?: string): Promise<Job> => {
    if (jobs === null) throw new Error("the runner of jobs has not been started");
    const scope = await clientScope(store.people, kept.by, kept.accounts);
    return jobs.ask({
      kind: KIND,
      key: `${KIND} ${kept.id}`,
      owner,
      accounts: scope?.accounts ?? namedAccounts(kept.accounts, { accounts: [] }),
      input: { digest: kept.id, about: kept.title },
      ...(id === undefined ? {} : { id }),
    });
  };

  const sendAll: JobKind["run"] = async ({ input }, { signal, checkpoint, keep, progress }) => {
    const { digest } = Input.parse(input);
    const kept = (await digests.all()).find((one) => one.id === digest);
    if (kept === undefined) throw unknownDigest(digest);
    if (mailer === null) throw mailNotSet();
    progress("making", null);
    const html = await write(kept);
    const sent = [...(Checkpoint.safeParse(checkpoint).data?.sent ?? [])];
    for (const to of kept.recipients) {
      if (sent.includes(to)) continue;
      signal.throwIfAborted();
      progress("sending", sent.length / kept.recipients.length);
      // Noted before and after: a process that dies between leaves a question, never a second mail.
      await keep({ sent, sending: to });
      try {
        await mailer.send({ to, fromName: kept.sender.name, subject: kept.title, html });
      } catch (error) {
        const unsure = error instanceof Problem && error.code === "MAIL_UNSURE";
        if (!unsure) await keep({ sent, sending: null });
        throw error;
      }
      sent.push(to);
      await keep({ sent, sending: null });
    }
    return { sent: sent.length };
  };

  /** Asks for every digest whose slot has come; each slot is one job for good. */
  const lookForDue = async (): Promise<void> => {
    for (const kept of await digests.all()) {
      if (kept.schedule === null || kept.recipients.length === 0 || mailer === null) continue;
      const slot = lastSlot(kept.schedule, clock.now(), timeZone());
      if (slot.at.getTime() <= Date.parse(kept.changedAt)) continue;
      await ask(kept, kept.by, `${KIND} ${kept.id} ${slot.name}`);
    }
  };

  const desk: DigestDesk = {
    mail: mailer !== null,
    async list({ person, scope }) {
      return (await digests.all()).filter(({ by }) => manages({ person }, scope, by)).map(rowOf);
    },
    async add(request, { person, scope }) {
      checkNamed(request.accounts, scope);
      const kept: Kept = {
        ...request,
        id: randomUUID(),
        by: person,
        changedAt: clock.now().toISOString(),
      };
      return digests.change((items) => {
        if (items.length >= MOST) {
          throw new Problem("DIGESTS_FULL", {
            what: `There are ${MOST} digests already`,
            fix: "Delete one that nobody needs any more.",
            details: { most: MOST },
          });
        }
        return { items: [...items, kept], result: rowOf(kept) };
      });
    },
    async change(id, request, caller) {
      checkNamed(request.accounts, caller.scope);
      const { by } = await find(id, caller);
      const kept: Kept = { ...request, id, by, changedAt: clock.now().toISOString() };
      return digests.change((items) => ({
        items: items.map((one) => (one.id === id ? kept : one)),
        result: rowOf(kept),
      }));
    },
    async remove(id, caller) {
      await find(id, caller);
      await digests.change((items) => ({
        items: items.filter((one) => one.id !== id),
        result: null,
      }));
    },
    html: async (id, caller) => write(await find(id, caller)),
    async send(id, caller) {
      const kept = await find(id, caller);
      if (mailer === null) throw mailNotSet();
      if (kept.recipients.length === 0) {
        throw new Problem("NO_RECIPIENTS", {
          what: "Nobody is named whom this digest goes to",
          where: "recipients",
          fix: "Name an e-mail address, or take the digest as a file.",
        });
      }
      return ask(kept, caller.person);
    },
    start(runner) {
      jobs = runner;
      const look = () => {
        lookForDue().catch(() => undefined);
        timer = setTimeout(look, LOOK_MS).unref();
      };
      look();
    },
    close() {
      if (timer) clearTimeout(timer);
    },
  };
  const kind: JobKind = {
    kind: KIND,
    attempts: 5,
    afterDeath: ({ checkpoint }) =>
      (Checkpoint.safeParse(checkpoint).data?.sending ?? null) === null ? "again" : "interrupted",
    run: sendAll,
  };
  return { desk, kind };
}

function mailNotSet(): Problem {
  return new Problem("MAIL_NOT_SET", {
    what: "This server knows no mail server",
    where: "LEADSMART_SMTP_HOST",
    fix: "Start leadsmart with LEADSMART_SMTP_HOST and LEADSMART_SMTP_FROM, or take the digest as a file.",
    details: { hopeless: true },
  });
}
