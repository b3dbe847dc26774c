/** Who is signed in. The secrets themselves are never kept: a stolen file opens no session. */
import type { Clock } from "../base/clock.ts";
import type { Engine } from "./engine.ts";
import { digestOf, newSecret, sameText } from "./secrets.ts";
import type { SessionTable } from "./store.ts";

/** Sessions and one-time tokens; expired ones are dropped whenever a new one is made. */
export function sessionTable({ db, write }: Engine, clock: Clock): SessionTable {
  return {
    createToken: async ({ purpose, person, expiresAt }) => {
      const secret = newSecret();
      const row = { digest: digestOf(secret), purpose, person, expires_at: expiresAt.getTime() };
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
          .returning(["digest", "person"])
          .executeTakeFirst(),
      );
      return spent !== undefined && sameText(spent.digest, digest) ? spent.person : null;
    },
    dropTokens: async ({ purpose, person }) => {
      await write((trx) =>
        trx
          .deleteFrom("tokens")
          .where("purpose", "=", purpose)
          .where("person", "=", person)
          .execute(),
      );
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
    endOthers: async (person, secret) => {
      await write((trx) =>
        trx
          .deleteFrom("sessions")
          .where("person", "=", person)
          .where("digest", "<>", secret === null ? "" : digestOf(secret))
          .execute(),
      );
    },
  };
}
