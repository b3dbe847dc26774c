/**
 * A push service and the browsers behind it, speaking the real protocol: it takes messages over HTTP (RFC 8030), checks
 * who sends them (RFC 8292), and opens them as the browser would (RFC 8291). For trying alerts without a browser maker.
 */
import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly device: string;
  readonly text: string;
  readonly headers: IncomingMessage["headers"];
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface SimulatedDevice {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export interface PushService {
  readonly origin: string;
  readonly received: readonly Received[];
  /** What was refused, and why. */
  readonly refused: readonly string[];
  /** A new browser that wants to hear. */
  subscribe(): SimulatedDevice;
  /** The browser's owner took the permission back: 410 from now on. */
  expire(device: SimulatedDevice): void;
  /** The next requests are answered so. */
  fail(...statuses: readonly number[]): void;
  close(): Promise<void>;
}

const bytesOf = (text: string) => Buffer.from(text, "base64url");

/**
 * Opens a message as the device would.
 *
 * @throws Error where it was not sealed for this device
 */
export function openSealed(message: Buffer, device: ECDH, auth: Buffer): string {
  const salt = message.subarray(0, 16);
  const size = message.readUInt32BE(16);
  const length = message.readUInt8(20);
  const sender = message.subarray(21, 21 + length);
  const sealed = message.subarray(21 + length);
  if (sealed.length > size) throw new Error("more than one record");
  const hkdf = (from: Uint8Array, secret: Uint8Array, info: Buffer, bytes: number) =>
    Buffer.from(hkdfSync("sha256", secret, from, info, bytes));
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), device.getPublicKey(), sender]);
  const secret = hkdf(auth, device.computeSecret(sender), about, 32);
  const key = hkdf(salt, secret, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = hkdf(salt, secret, Buffer.from("Content-Encoding: nonce\0"), 12);
  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  cipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  const end = plain.lastIndexOf(2);
  if (end < 0) throw new Error("no end of the last record");
  return plain.subarray(0, end).toString();
}

/** Who signed the word of an `Authorization` header for this origin; null where it does not hold. */
export function senderOf(authorization: string, origin: string, nowMs: number): string | null {
  const [, word = "", key = ""] = /^vapid t=([^,]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = word.split(".");
  const point = bytesOf(key);
  if (point.length !== 65) return null;
  const publicKey = createPublicKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
    },
  });
  const holds = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    bytesOf(signature),
  );
  const { aud, exp, sub } = JSON.parse(bytesOf(claims).toString()) as Record<string, unknown>;
  const seconds = nowMs / 1000;
  const inTime = typeof exp === "number" && exp > seconds && exp <= seconds + 24 * 3600;
  const named = typeof sub === "string" && /^(?:mailto|https):/.test(sub);
  return holds && aud === origin && inTime && named ? key : null;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** @param now the clock by which words expire */
export async function startPushService(now: () => number = Date.now): Promise<PushService> {
  const devices = new Map<string, { readonly key: ECDH; readonly auth: Buffer }>();
  const gone = new Set<string>();
  const received: Received[] = [];
  const refused: string[] = [];
  const failures: number[] = [];
  let origin = "";

  const answerTo = async (request: IncomingMessage): Promise<number> => {
    const body = await bodyOf(request);
    const failure = failures.shift();
    if (failure !== undefined) return failure;
    const device = (request.url ?? "").slice("/push/".length);
    const known = devices.get(device);
    if (!known) return gone.has(device) ? 410 : 404;
    const refuse = (why: string, status: number) => {
      refused.push(why);
      return status;
    };
    const { authorization = "", ttl, "content-encoding": coding } = request.headers;
    if (senderOf(authorization, origin, now()) === null) return refuse("authorization", 403);
    if (!/^\d+$/.test(String(ttl ?? ""))) return refuse("ttl", 400);
    if (coding !== "aes128gcm") return refuse("content-encoding", 415);
    if (body.length > 4096) return refuse("too long", 413);
    try {
      const text = openSealed(body, known.key, known.auth);
      received.push({ device, text, headers: request.headers, at: Date.now() });
      return 201;
    } catch {
      return refuse("sealed for somebody else", 400);
    }
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void answerTo(request).then((status) => {
      if (status === 429) response.setHeader("retry-after", "0");
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    received,
    refused,
    subscribe() {
      const id = randomBytes(12).toString("base64url");
      const key = createECDH("prime256v1");
      key.generateKeys();
      const auth = randomBytes(16);
      devices.set(id, { key, auth });
      return {
        endpoint: `${origin}/push/${id}`,
        keys: {
          p256dh: key.getPublicKey("base64url"),
          auth: auth.toString("base64url"),
        },
      };
    },
    expire({ endpoint }) {
      const id = endpoint.slice(endpoint.lastIndexOf("/") + 1);
      devices.delete(id);
      gone.add(id);
    },
    fail(...statuses) {
      failures.push(...statuses);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
