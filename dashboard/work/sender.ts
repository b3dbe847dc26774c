/** One sender at a time, in a page or in the service worker: over HTTP, from the browser's outbox. */
import { createBox } from "./box-db.ts";
import { type Post, type Sent, sendAll, type Waiting } from "./outbox.ts";

const LOCK = "leadsmart-outbox";
/** A phone without signal often does not say so: whoever answers no sooner is asked again later. */
const PATIENCE_MS = 15_000;

export const box = createBox();

const language = () =>
  typeof document === "undefined" ? navigator.language : document.documentElement.lang;

const post: Post = async (path, body, headers) => {
  try {
    const response = await fetch(`/api/v1${path}`, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "X-Leadsmart": "1",
        "Accept-Language": language(),
        "Content-Type": "application/json",
        ...headers,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
  } catch {
    return { status: 0, body: null };
  }
};

/** Sends what a person did, once, whichever of their pages does it. */
export function send(person: string, onGone?: (item: Waiting) => void): Promise<Sent> {
  const deed = () => sendAll(box, person, post, onGone);
  // Pages on an insecure address know no locks; the deeds' own names keep them from happening twice.
  return "locks" in navigator ? navigator.locks.request(LOCK, deed) : deed();
}
