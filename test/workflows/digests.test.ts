import { describe, expect, it } from "vitest";
import { DigestRequest, ShareRequest } from "../../src/contract/digests.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { type Background, createBackground } from "../../src/workflows/background.ts";
import { lastSlot, nextSlot } from "../../src/workflows/digest-schedule.ts";
import { keepOwner } from "../../src/workflows/people.ts";
import type { Workspace } from "../../src/workflows/workspace.ts";
import { inHome, TABLES, withFolder } from "./home.ts";
import { type SmtpServer, smtpServer } from "./smtp-server.ts";

const owner = { person: "owner", scope: EVERYTHING };
const request = (change: object = {}) =>
  DigestRequest.parse({
    title: "Your <week> & ours",
    accounts: ["u1"],
    language: "en",
    days: 30,
    sender: { name: "Nile Media" },
    recipients: ["client@example.com", "boss@example.com"],
    ...change,
  });

/** A clock that the test sets. */
function handClock(at: string) {
  let now = new Date(at);
  return {
    now: () => now,
    set: (next: string) => {
      now = new Date(next);
    },
  };
}

interface Office {
  readonly workspace: Workspace;
  readonly background: Background;
  readonly mail: SmtpServer;
  readonly clock: ReturnType<typeof handClock>;
  /** The same home with another process's runner. */
  again(): Promise<Background>;
}

async function inOffice(deed: (office: Office) => Promise<void>): Promise<void> {
  const mail = await smtpServer();
  const clock = handClock("2025-02-01T09:00:00Z");
  const env = {
    LEADSMART_SMTP_HOST: "127.0.0.1",
    LEADSMART_SMTP_PORT: String(mail.port),
    LEADSMART_SMTP_FROM: "reports@example.org",
  };
  try {
    await withFolder((folder) =>
      inHome(
        folder,
        async ({ workspace, give }) => {
          await give(TABLES);
          await keepOwner(workspace.store);
          const opened: Background[] = [];
          const again = async () => {
            const made = createBackground(workspace, { env });
            opened.push(made);
            await made.start();
            return made;
          };
          try {
            await deed({ workspace, background: await again(), mail, clock, again });
          } finally {
            for (const one of opened) await one.close();
          }
        },
        { clock },
      ),
    );
  } finally {
    await mail.close();
  }
}

/** Phones, e-mails and names of the people in the tables, and what is of another account. */
const PRIVATE = /Mona|Omar|Sara|Ali Hany|example\.org|0100|0111|97150|\bl[1-4]\b|c3/;

describe("a digest", () => {
  it("tells its accounts' figures with what they rest on, and nothing of any person or other account", async () => {
    await inOffice(async ({ background }) => {
      const { id } = await background.digests.add(request(), owner);
      const html = (await background.digests.html(id, owner)).replaceAll("\u00A0", " ");
      expect(html).toContain("EGP 200.00"); // 50.25 + 49.75 + 100 of the account u1
      expect(html).toContain("Your &lt;week&gt; &amp; ours");
      expect(html).toMatch(/Cost per qualified lead.*EGP 200\.00.*from 1/s);
      expect(html).not.toMatch(PRIVATE);
      expect(html).not.toMatch(/<script|https?:|<link|url\(/);
    });
  });

  it("reads from right to left in Arabic, in Arabic words", async () => {
    await inOffice(async ({ background }) => {
      const { id } = await background.digests.add(request({ language: "ar" }), owner);
      const html = await background.digests.html(id, owner);
      expect(html).toContain('<html lang="ar" dir="rtl">');
      expect(html).toContain("تكلفة العميل المؤهل");
      expect(html).not.toMatch(/>(?:Spend|Leads|Change)/);
    });
  });

  it("goes to each address once, by SMTP", async () => {
    await inOffice(async ({ background, mail }) => {
      const { id } = await background.digests.add(request(), owner);
      const job = await background.digests.send(id, owner);
      await background.jobs.idle();
      expect(mail.mails.map(({ to }) => to)).toEqual(["client@example.com", "boss@example.com"]);
      expect(mail.mails[0]?.text).toMatch(/From: "?Nile Media"? <reports@example\.org>/);
      expect((await background.jobs.list(owner)).find((one) => one.id === job.id)).toMatchObject({
        state: "done",
        result: { sent: 2 },
      });
    });
  });

  it("goes to nobody twice when the mail server breaks off and nobody knows whether it took the mail", async () => {
    await inOffice(async ({ background, mail }) => {
      const { id } = await background.digests.add(request(), owner);
      mail.behave("break");
      await background.digests.send(id, owner);
      await background.jobs.idle();
      expect(mail.mails).toHaveLength(1);
      const [job] = await background.jobs.list(owner);
      expect(job).toMatchObject({ state: "failed", attempts: 1, problem: { code: "MAIL_UNSURE" } });
    });
  });

  it("is tried again later where the mail server surely did not take it, to those it did not reach", async () => {
    await inOffice(async ({ background, mail, clock }) => {
      const { id } = await background.digests.add(request(), owner);
      mail.behave("refuse");
      await background.digests.send(id, owner);
      await background.jobs.idle();
      expect((await background.jobs.list(owner))[0]).toMatchObject({
        state: "waiting",
        problem: { code: "MAIL_REFUSED" },
      });
      mail.behave("take");
      clock.set("2025-02-01T10:00:00Z");
      await background.digests.send(id, owner); // the same job: it only wakes the runner
      await background.jobs.start();
      await background.jobs.idle();
      expect(mail.mails.map(({ to }) => to)).toEqual(["client@example.com", "boss@example.com"]);
    });
  });

  it("that is due while the server is down is sent once when it is up again", async () => {
    await inOffice(async ({ background, mail, clock, again }) => {
      await background.digests.add(request({ schedule: { every: "day", hour: 8 } }), owner);
      await background.close();
      clock.set("2025-02-05T12:00:00Z");
      for (let start = 0; start < 3; start++) {
        const next = await again();
        await expect.poll(() => mail.mails.length, { timeout: 30_000 }).toBe(2);
        await next.jobs.idle();
        await next.close();
      }
      expect(mail.mails).toHaveLength(2);
      clock.set("2025-02-06T12:00:00Z");
      await again();
      await expect.poll(() => mail.mails.length, { timeout: 30_000 }).toBe(4);
    });
  });

  it("shows no more than its maker may give away on the day it is sent", async () => {
    await inOffice(async ({ workspace, background }) => {
      const { people } = workspace.store;
      const nour = await people.add({
        name: "Nour",
        contact: null,
        grants: [{ account: "u1", role: "marketer" }],
        by: "owner",
      });
      const caller = { person: nour, scope: { accounts: ["u1"] } };
      await expect(
        background.digests.add(request({ accounts: ["u2"] }), caller),
      ).rejects.toMatchObject({
        code: "ACCOUNT_NOT_YOURS",
      });
      const { id } = await background.digests.add(request(), caller);
      await people.change(nour, { grants: [{ account: "u1", role: "viewer" }] });
      await expect(background.digests.html(id, caller)).rejects.toMatchObject({
        code: "DIGEST_NOT_ALLOWED",
      });
    });
  });
});

describe("a link for a client", () => {
  const share = (change: object = {}) =>
    ShareRequest.parse({
      title: "Your month",
      accounts: ["u1"],
      language: "en",
      days: 30,
      sender: { name: "Nile Media" },
      ...change,
    });
  const tokenOf = ({ path }: { path: string }) => path.replace("/s/", "");

  it("shows its view until it ends or is taken back, and never what was not meant", async () => {
    await inOffice(async ({ background, clock }) => {
      const made = await background.shares.add(share({ expires: 2 }), owner);
      const seen = await background.shares.open(tokenOf(made), null);
      expect(seen.state).toBe("open");
      if (seen.state === "open") expect(seen.html).not.toMatch(PRIVATE);
      expect((await background.shares.list(owner))[0]).toMatchObject({ opened: 1 });
      expect(JSON.stringify(await background.shares.list(owner))).not.toContain(tokenOf(made));
      const other = await background.shares.add(share(), owner);
      await background.shares.revoke(other.share.id, owner);
      expect((await background.shares.open(tokenOf(other), null)).state).toBe("gone");
      clock.set("2025-02-03T09:00:01Z");
      expect((await background.shares.open(tokenOf(made), null)).state).toBe("gone");
      expect((await background.shares.open("x", null)).state).toBe("gone");
    });
  });

  it("with a password opens to it alone, and to nobody who keeps guessing", async () => {
    await inOffice(async ({ background }) => {
      const made = await background.shares.add(share({ password: "secret words" }), owner);
      expect(JSON.stringify(made.share)).not.toContain("secret");
      expect((await background.shares.open(tokenOf(made), null)).state).toBe("locked");
      expect((await background.shares.open(tokenOf(made), "secret words")).state).toBe("open");
      for (let guess = 0; guess < 5; guess++) {
        expect((await background.shares.open(tokenOf(made), `guess ${guess}`)).state).toBe(
          "locked",
        );
      }
      await expect(background.shares.open(tokenOf(made), "secret words")).rejects.toMatchObject({
        code: "TOO_MANY_ATTEMPTS",
      });
    });
  });
});

describe("a schedule", () => {
  const weekly = { every: "week", weekday: 0, hour: 9 } as const;
  it.each([
    // Cairo is two hours ahead in winter; 2025-02-02 is a Sunday.
    ["2025-02-02T06:59:59Z", "2025-01-26 09", "2025-02-02T07:00:00.000Z"],
    ["2025-02-02T07:00:00Z", "2025-02-02 09", "2025-02-09T07:00:00.000Z"],
    // Summer time began on 25 April 2025.
    ["2025-04-27T06:00:00Z", "2025-04-27 09", "2025-05-04T06:00:00.000Z"],
  ])("at %s was due last at %s and is next at %s", (now, last, next) => {
    expect(lastSlot(weekly, new Date(now), "Africa/Cairo").name).toBe(last);
    expect(nextSlot(weekly, new Date(now), "Africa/Cairo").at.toISOString()).toBe(next);
  });
});
