import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { expect, it } from "vitest";
import type { PasskeyOptions, PasskeysAnswer } from "../../src/contract/people.ts";
import { doors, type TestDoor } from "./fakes.ts";

const door = doors();
const ORIGIN = "http://localhost:80";
const HEADERS = { host: "localhost:80", "x-leadsmart": "1" };

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();
const clientData = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

/** CBOR of what an authenticator writes: maps of small integers or texts, integers, bytes and texts. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number) =>
    n < 24
      ? Buffer.of((major << 5) | n)
      : n < 256
        ? Buffer.of((major << 5) | 24, n)
        : Buffer.of((major << 5) | 25, n >> 8, n & 255);
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return Buffer.concat([head(3, bytes.length), bytes]);
  }
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)]);
  const bytes = value as Uint8Array;
  return Buffer.concat([head(2, bytes.length), bytes]);
}

/** An authenticator in software (ES256, no attestation), as a phone or laptop has one. */
function device() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = sha256(x).subarray(0, 16);
  let counter = 0;
  const authenticatorData = (verified: boolean, attested: Uint8Array) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    const flags = 1 | (verified ? 4 : 0) | (attested.length > 0 ? 64 : 0);
    return Buffer.concat([sha256("localhost"), Buffer.of(flags), count, attested]);
  };
  const credential = (response: object) => ({
    id: base64url(id),
    rawId: base64url(id),
    type: "public-key",
    clientExtensionResults: {},
    response,
  });
  return {
    make({ challenge }: PasskeyOptions, origin = ORIGIN) {
      const key = cbor(
        new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, "base64url")],
          [-3, Buffer.from(y, "base64url")],
        ]),
      );
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, key]);
      const attestationObject = cbor(
        new Map<string, unknown>([
          ["fmt", "none"],
          ["attStmt", new Map()],
          ["authData", authenticatorData(true, attested)],
        ]),
      );
      return credential({
        clientDataJSON: base64url(clientData("webauthn.create", challenge, origin)),
        attestationObject: base64url(attestationObject),
        transports: ["internal"],
      });
    },
    answer(
      { challenge }: PasskeyOptions,
      more: { origin?: string; verified?: boolean; key?: KeyObject } = {},
    ) {
      const { origin = ORIGIN, verified = true, key = privateKey } = more;
      const data = authenticatorData(verified, Buffer.alloc(0));
      const client = clientData("webauthn.get", challenge, origin);
      return credential({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(sign("sha256", Buffer.concat([data, sha256(client)]), key)),
      });
    },
  };
}

const post = async ({ ask }: TestDoor, url: string, payload: object = {}) =>
  ask({ method: "POST", url: `/api/v1${url}`, headers: HEADERS, payload });
const nobody = async ({ app }: TestDoor, url: string, payload: object = {}) =>
  app.inject({ method: "POST", url: `/api/v1${url}`, headers: HEADERS, payload });
const asked = async (one: TestDoor) => (await nobody(one, "/session/passkey/options")).json();

async function registered(one: TestDoor) {
  const own = device();
  const options = (await post(one, "/me/passkeys/options")).json();
  const kept = await post(one, "/me/passkeys", { name: "Phone", credential: own.make(options) });
  expect(kept.statusCode, kept.body).toBe(200);
  return own;
}

it("a device that made a passkey signs its owner in by it, without a name or password", async () => {
  const one = await door();
  const own = await registered(one);
  const answer = await nobody(one, "/session/passkey", {
    credential: own.answer(await asked(one)),
  });
  expect(answer.statusCode, answer.body).toBe(204);
  const [cookie] = answer.cookies;
  const me = await one.app.inject({
    url: "/api/v1/me",
    headers: { host: HEADERS.host, cookie: `${cookie?.name}=${cookie?.value}` },
  });
  expect(me.json()).toMatchObject({ name: "Owner" });
  const { items } = (await one.ask({ url: "/api/v1/me/passkeys" })).json() as PasskeysAnswer;
  expect(items).toMatchObject([{ name: "Phone", usedAt: expect.any(String) }]);
});

it("no answer counts twice, for another server, without the owner's finger, or signed by another key", async () => {
  const one = await door();
  const own = await registered(one);
  const refusal = async (credential: object) =>
    (await nobody(one, "/session/passkey", { credential })).json();
  const answer = own.answer(await asked(one));
  expect((await nobody(one, "/session/passkey", { credential: answer })).statusCode).toBe(204);
  expect(await refusal(answer)).toMatchObject({ status: 401, code: "PASSKEY_REFUSED" });
  expect(
    await refusal(own.answer(await asked(one), { origin: "https://elsewhere.example" })),
  ).toMatchObject({ code: "PASSKEY_REFUSED" });
  expect(await refusal(own.answer(await asked(one), { verified: false }))).toMatchObject({
    code: "PASSKEY_REFUSED",
  });
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  expect(await refusal(own.answer(await asked(one), { key: privateKey }))).toMatchObject({
    code: "PASSKEY_REFUSED",
  });
  expect(await refusal(device().answer(await asked(one)))).toMatchObject({
    code: "PASSKEY_REFUSED",
  });
});

it("a passkey is made only for the challenge that was put to this person, and ends with its removal", async () => {
  const one = await door();
  const own = device();
  // A challenge put to whoever signs in is none for making a passkey.
  const foreign = await post(one, "/me/passkeys", {
    name: "Phone",
    credential: own.make(await asked(one)),
  });
  expect(foreign.json()).toMatchObject({ status: 401, code: "PASSKEY_REFUSED" });
  const kept = await registered(one);
  const { items } = (await one.ask({ url: "/api/v1/me/passkeys" })).json() as PasskeysAnswer;
  const [passkey] = items;
  const removed = await one.ask({
    method: "DELETE",
    url: `/api/v1/me/passkeys/${passkey?.id}`,
    headers: HEADERS,
  });
  expect(removed.statusCode).toBe(204);
  const late = await nobody(one, "/session/passkey", { credential: kept.answer(await asked(one)) });
  expect(late.json()).toMatchObject({ code: "PASSKEY_REFUSED" });
});

it("a server that is reached by a number has no passkeys, and says so", async () => {
  const one = await door();
  const answer = await one.app.inject({
    method: "POST",
    url: "/api/v1/session/passkey/options",
    headers: { host: "127.0.0.1:80", "x-leadsmart": "1" },
  });
  expect(answer.json()).toMatchObject({ status: 422, code: "PASSKEY_NO_NAME" });
});
