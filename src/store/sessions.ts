/** Who is signed in. The secrets themselves are never kept: a stolen file opens no session. */
import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../base/clock.ts";
import type { Engine } from "./engine.ts";
import { sameBytes } from "./person-keys.ts";
import type { SessionTable } from "./store.ts";

/** Sessions and one-time tokens; expired ones are dropped whenever a new one is made. */
export function sessionTable({ db, write }: Engine, clock: Clock): SessionTable {
  return {
    createToken: async ({ purpose, expiresAt }) => {
      const secret = newSecret();
      const row = { digest: digestOf(secret), purpose, expires_at: expiresAt.getTime() };
      await write(async (trx) => {
        await trx.deleteFrom("tokens").where("expires_at", "<=", clock.now().getTime()).execute();
        await trx.insertInto("tokens").values(row).execute();
      });
      return secret;
    },
    spendToken: async ({ purpose, token, now }) => {
      const digest = digestOf(token);
      const spent = await write((trx) =>
        trx
          .deleteFrom("tokens")
          .where("digest", "=", digest)
          .where("purpose", "=", purpose)
          .where("expires_at", ">", now.getTime())
          .returning("digest")
          .executeTakeFirst(),
      );
      return spent !== undefined && sameText(spent.digest, digest);
    },
    create: async ({ person, expiresAt }) => {
      const secret = newSecret();
      const row = { digest: digestOf(secret), person, expires_at: expiresAt.getTime() };
      await write(async (trx) => {
        await trx.deleteFrom("sessions").where("expires_at", "<=", clock.now().getTime()).execute();
        await trx.insertInto("sessions").values(row).execute();
      });
      return secret;
    },
    find: async (secret, now) => {
      const digest = digestOf(secret);
      const row = await db
        .selectFrom("sessions")
        .select(["digest", "person"])
        .where("digest", "=", digest)
        .where("expires_at", ">", now.getTime())
        .executeTakeFirst();
      return row !== undefined && sameText(row.digest, digest) ? { person: row.person } : null;
    },
    end: async (secret) => {
      await write((trx) =>
        trx.deleteFrom("sessions").where("digest", "=", digestOf(secret)).execute(),
      );
    },
  };
}

/** 256 random bits, safe in a link. */
function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function sameText(left: string, right: string): boolean {
  return sameBytes(Buffer.from(left), Buffer.from(right));
}
