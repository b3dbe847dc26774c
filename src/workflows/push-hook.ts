/** A program that hears of each new lead: one signed message per lead, without phone or e-mail. */
import { createHmac, randomBytes } from "node:crypto";
import type { Store } from "../store/store.ts";
import type { Errand } from "./push-send.ts";

const NOTE = "alerts.hook";

export interface Hook {
  readonly url: string;
  readonly secret: string;
}

export async function readHook({ notes }: Pick<Store, "notes">): Promise<Hook | null> {
  return ((await notes.get(NOTE)) as Hook | null) ?? null;
}

/** Null takes it away; an address gets a secret of its own. */
export async function writeHook(
  { notes }: Pick<Store, "notes">,
  url: string | null,
): Promise<Hook | null> {
  if (url === null) {
    await notes.delete(NOTE);
    return null;
  }
  const hook = { url, secret: randomBytes(32).toString("base64url") };
  await notes.set(NOTE, hook);
  return hook;
}

/** What the program is told of a lead. */
export interface HookMessage {
  /** The same for the same news, so that one sent twice is known. */
  readonly id: string;
  readonly event: "lead.assigned" | "lead.waiting";
  readonly account: string;
  readonly leadId: string;
  readonly project: string | null;
  readonly campaign: string | null;
  /** Person id; null: nobody has it. */
  readonly assignee: string | null;
  readonly at: string;
}

/** `X-Leadsmart-Signature: t=<seconds>,v1=<HMAC-SHA-256 of "seconds.body" under the secret, hex>`. */
export function hookErrand({ url, secret }: Hook, message: HookMessage, now: Date): Errand {
  const body = Buffer.from(JSON.stringify(message));
  const t = Math.floor(now.getTime() / 1000);
  const signed = createHmac("sha256", secret).update(`${t}.`).update(body).digest("hex");
  return {
    url,
    headers: {
      "content-type": "application/json",
      "x-leadsmart-signature": `t=${t},v1=${signed}`,
      "x-leadsmart-id": message.id,
    },
    body,
  };
}
