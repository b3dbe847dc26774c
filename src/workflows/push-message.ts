/**
 * What a push service takes: a message sealed for one device (RFC 8291 with the coding of RFC 8188), and the server's
 * signed word that it is the one that the device subscribed to (RFC 8292).
 */
import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
} from "node:crypto";

const CURVE = "prime256v1";
const SALT_BYTES = 16;
const RECORD_BYTES = 4096;
const LAST_RECORD = 2;
/** A word is good for twelve hours; services refuse more than twenty-four. */
const WORD_SECONDS = 12 * 60 * 60;

const bytesOf = (base64url: string) => Buffer.from(base64url, "base64url");
const hkdf = (salt: Uint8Array, secret: Uint8Array, info: Uint8Array, length: number) =>
  Buffer.from(hkdfSync("sha256", secret, salt, info, length));

/** The server's own keys: its name for push services. */
export interface ServerKeys {
  /** Point, base64url: 65 bytes. */
  readonly publicKey: string;
  /** Number, base64url: 32 bytes. */
  readonly privateKey: string;
}

export function newServerKeys(): ServerKeys {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: CURVE });
  const { x = "", y = "", d = "" } = privateKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.of(4), bytesOf(x), bytesOf(y)]);
  return { publicKey: point.toString("base64url"), privateKey: d };
}

/**
 * A message that only one device can open: salt, record size, the sender's point, then the sealed text.
 *
 * @param text at most 3,993 bytes, so that it is one record of 4,096
 * @param chance salt and the sender's private number; random but in tests
 */
export function sealFor(
  device: { readonly p256dh: string; readonly auth: string },
  text: Uint8Array,
  chance: { readonly salt: Uint8Array; readonly privateKey: Uint8Array } | null = null,
): Buffer {
  const sender = createECDH(CURVE);
  if (chance) sender.setPrivateKey(chance.privateKey);
  else sender.generateKeys();
  const salt = chance?.salt ?? randomBytes(SALT_BYTES);
  const theirs = bytesOf(device.p256dh);
  const own = sender.getPublicKey();
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, own]);
  const secret = hkdf(bytesOf(device.auth), sender.computeSecret(theirs), about, 32);
  const key = hkdf(salt, secret, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = hkdf(salt, secret, Buffer.from("Content-Encoding: nonce\0"), 12);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  const sealed = Buffer.concat([
    cipher.update(Buffer.concat([text, Buffer.of(LAST_RECORD)])),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  return Buffer.concat([salt, size, Buffer.of(own.length), own, sealed]);
}

/** The header by which a push service knows who sends, and whom to ask when something is wrong with it. */
export function serverWord(
  endpoint: string,
  { publicKey, privateKey }: ServerKeys,
  contact: string,
  now: Date,
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(now.getTime() / 1000) + WORD_SECONDS,
    sub: contact,
  };
  const said = `${part({ typ: "JWT", alg: "ES256" })}.${part(claims)}`;
  const point = bytesOf(publicKey);
  const key = createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
      d: privateKey,
    },
  });
  const signed = sign("sha256", Buffer.from(said), { key, dsaEncoding: "ieee-p1363" });
  return `vapid t=${said}.${signed.toString("base64url")}, k=${publicKey}`;
}
