/** Passwords as they are kept: scrypt with a salt of its own, slow on purpose (OWASP Password Storage, 2025). */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** 32 MiB and three passes: about 0.2 s of one core. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const;

function derive(password: string, salt: Uint8Array, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Keyboards write the same letter in more than one way.
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** @returns `scrypt:N:r:p:salt:key`, salt and key in base64url */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ["scrypt", N, r, p, salt.toString("base64url"), key.toString("base64url")].join(":");
}

/** Whether the password is the one kept; takes as long where nothing is kept, so that time tells nothing. */
export async function passwordIs(password: string, kept: string | null): Promise<boolean> {
  const [kind, N, r, p, salt = "", key = ""] = kept?.split(":") ?? [];
  if (kind !== "scrypt") {
    await derive(password, Buffer.alloc(SALT_BYTES), COST);
    return false;
  }
  const cost = { ...COST, N: Number(N), r: Number(r), p: Number(p) } as typeof COST;
  const wanted = Buffer.from(key, "base64url");
  const given = await derive(password, Buffer.from(salt, "base64url"), cost);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
