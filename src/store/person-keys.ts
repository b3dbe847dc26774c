/** Personal fields, sealed under a random key per person; a forgotten key makes them noise everywhere at once. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import type { Kysely } from "kysely";
import { canonicalJson } from "../base/canonical-json.ts";
import { Problem } from "../base/problem.ts";
import type { StoreTables } from "./tables.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER_KEY_BYTES = 32;
const KEY_BYTES = 64;

/** A person's key and its number. */
export interface PersonKey {
  readonly id: number;
  readonly key: Uint8Array;
}

/** The event a ciphertext belongs to; sealed fields moved to another event do not open. */
export interface SealedPlace {
  readonly account: string;
  readonly type: string;
  readonly key: string;
}

/** The person's key, made on first need; call inside a write so that two processes cannot make two. */
export async function keyFor(db: Kysely<StoreTables>, person: string): Promise<PersonKey> {
  const known = await db
    .selectFrom("person_keys")
    .select(["id", "key"])
    .where("person", "=", person)
    .executeTakeFirst();
  if (known !== undefined) return known;
  const key = randomBytes(KEY_BYTES);
  const { id } = await db
    .insertInto("person_keys")
    .values({ person, key })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, key };
}

/** The keys with these numbers that are not forgotten. */
export async function keysById(
  db: Kysely<StoreTables>,
  ids: readonly number[],
): Promise<Map<number, Uint8Array>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("person_keys")
    .select(["id", "key"])
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row.key]));
}

/** AES-256-GCM with a random nonce: nonce · ciphertext · tag. */
export function seal(key: Uint8Array, place: SealedPlace, plaintext: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key.subarray(0, CIPHER_KEY_BYTES), nonce);
  cipher.setAAD(placeBytes(place));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]);
}

/** @throws Problem `STORE_DAMAGED` when the bytes were changed or belong to another event */
export function unseal(key: Uint8Array, place: SealedPlace, sealed: Uint8Array): string {
  try {
    const decipher = createDecipheriv(
      "aes-256-gcm",
      key.subarray(0, CIPHER_KEY_BYTES),
      sealed.subarray(0, NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(placeBytes(place));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const ciphertext = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
    return decipher.update(ciphertext, undefined, "utf8") + decipher.final("utf8");
  } catch (cause) {
    throw new Problem("STORE_DAMAGED", {
      what: "The personal fields of an event do not open under their person's key",
      where: `account ${place.account}, type ${place.type}, key ${place.key}`,
      fix: "Restore the store from a backup; its bytes were changed from outside.",
      cause,
    });
  }
}

/** HMAC-SHA-256 of the fields and their event, so that equal fields of two events do not show as equal. */
export function digestOf(key: Uint8Array, place: SealedPlace, plaintext: string): Uint8Array {
  return createHmac("sha256", key.subarray(CIPHER_KEY_BYTES))
    .update(placeBytes(place))
    .update("\n")
    .update(plaintext)
    .digest();
}

/** Equality in constant time. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

function placeBytes({ account, type, key }: SealedPlace): Buffer {
  return Buffer.from(canonicalJson([account, type, key]));
}
