/**
 * The last answers to "who am I" and "whom do I call", for when there is no signal. They belong to one person: whatever
 * says that somebody else may be here takes them away.
 */

const KEPT = "leadsmart-kept";
/** The server said this, or a program before it did because the server is away. */
const AWAY_FROM = 500;
const PATIENCE_MS = 8000;

export const ME = "/api/v1/me";
export const MINE = "/api/v1/work/mine";

/** Takes every kept answer away. */
export async function forgetKept(): Promise<void> {
  await caches.delete(KEPT);
}

async function keep(name: string, text: string, now: Date): Promise<void> {
  const cache = await caches.open(KEPT);
  await cache.put(
    name,
    new Response(JSON.stringify({ keptAt: now.toISOString(), text }), {
      headers: { "content-type": "application/json" },
    }),
  );
}

async function keptText(name: string): Promise<{ keptAt: string; text: string } | null> {
  const found = await (await caches.open(KEPT)).match(name);
  return found ? ((await found.json()) as { keptAt: string; text: string }) : null;
}

const personIn = (text: string) => (JSON.parse(text) as { readonly person?: string }).person;

async function keepIfOwn(name: string, request: Request, text: string, now: Date): Promise<void> {
  const known = await keptText(ME);
  if (name === ME) {
    if (known && personIn(known.text) !== personIn(text)) await forgetKept();
    await keep(name, text, now);
    return;
  }
  // A search is not the list; and whose list it is must be known.
  const asked = new URL(request.url).searchParams;
  const whole = [...asked.keys()].every((key) => key === "limit");
  if (whole && known) await keep(name, text, now);
}

async function fromKept(name: string): Promise<Response | null> {
  const known = await keptText(name);
  if (!known) return null;
  const body = JSON.stringify({ ...(JSON.parse(known.text) as object), keptAt: known.keptAt });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

/** The server's answer, kept for later; what was kept before where the server cannot be reached. */
export async function answerOrKept(request: Request, now: () => Date): Promise<Response> {
  const name = new URL(request.url).pathname;
  let response: Response;
  try {
    response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    return (await fromKept(name)) ?? Response.error();
  }
  if (response.status === 401) await forgetKept();
  if (response.status >= AWAY_FROM) return (await fromKept(name)) ?? response;
  if (response.status === 200) await keepIfOwn(name, request, await response.clone().text(), now());
  return response;
}
