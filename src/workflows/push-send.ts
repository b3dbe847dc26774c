/** Delivers one message to an address outside: now, or later with growing patience, or never. */

/** `gone`: the address is no more; `refused`: it is there and will not take this. */
export type Delivery = "sent" | "gone" | "refused" | "unreached";

export interface Errand {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

const PATIENCE_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;

interface Said {
  readonly delivery: Delivery;
  /** What the other side asks to wait; null where it says nothing. */
  readonly waitMs: number | null;
}

/** One try. An address that answers with another address is not followed. */
async function deliver({ url, headers, body }: Errand, signal: AbortSignal): Promise<Said> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    await response.body?.cancel();
    const { status } = response;
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    const waitMs = Number.isFinite(seconds) ? seconds * 1000 : null;
    if (status >= 200 && status < 300) return { delivery: "sent", waitMs: null };
    if (status === 404 || status === 410) return { delivery: "gone", waitMs: null };
    if (status === 429 || status === 408 || status >= 500) return { delivery: "unreached", waitMs };
    return { delivery: "refused", waitMs: null };
  } catch {
    return { delivery: "unreached", waitMs: null };
  }
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}

/**
 * Tries until it is decided, with twice the wait after each try that reached nobody.
 *
 * @param firstWaitMs before the second try
 */
export async function deliverPatiently(
  errand: Errand,
  signal: AbortSignal,
  { tries, firstWaitMs }: { readonly tries: number; readonly firstWaitMs: number },
): Promise<Delivery> {
  let delivery: Delivery = "unreached";
  for (let i = 0; i < tries && !signal.aborted; i++) {
    const said = await deliver(errand, signal);
    delivery = said.delivery;
    if (delivery !== "unreached" || i === tries - 1) break;
    await rest(Math.min(LONGEST_WAIT_MS, said.waitMs ?? firstWaitMs * 2 ** i), signal);
  }
  return delivery;
}
