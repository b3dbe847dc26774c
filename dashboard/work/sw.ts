/**
 * The service worker: keeps the page and the last list of calls for when there is no signal, sends what waits once there
 * is one, and shows alerts of new leads.
 */
import { answerOrKept, forgetKept, ME, MINE } from "./kept-answers.ts";
import { send } from "./sender.ts";
import type { SubscriptionChangeEvent, WorkerScope } from "./worker-events.ts";

/** What the build put in: a name of its own, and the files that the list of calls needs. */
declare const BUILD: { readonly version: string; readonly files: readonly string[] };

const worker = globalThis as unknown as WorkerScope;
const SHELLS = "leadsmart-shell-";
const SHELL = SHELLS + BUILD.version;
const PAGE = "/index.html";
const PAGE_PATIENCE_MS = 4000;
const LIST = "/my-leads";

/** Addresses of the server itself. */
const NO_PAGE = /^\/(?:api|docs|enter|join|healthz|readyz|openapi\.json)(?:\/|$)/;
/** Whatever is asked here, somebody else may be here afterwards. */
const WHO_IS_HERE = /^\/(?:enter|join|api\/v1\/session)(?:\/|$)/;

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((shell) => shell.addAll([PAGE, ...BUILD.files]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener("activate", (event) => {
  const clear = async () => {
    for (const name of await caches.keys())
      if (name.startsWith(SHELLS) && name !== SHELL) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(clear());
});

async function shellFile(name: string): Promise<Response | undefined> {
  return (await caches.open(SHELL)).match(name);
}

async function pageOrShell(request: Request): Promise<Response> {
  try {
    // A navigation cannot be asked for again with other options; its address can.
    const signal = AbortSignal.timeout(PAGE_PATIENCE_MS);
    const response = await fetch(request.url, { credentials: "same-origin", signal });
    if (response.status < 500) return response;
    return (await shellFile(PAGE)) ?? response;
  } catch {
    return (await shellFile(PAGE)) ?? Response.error();
  }
}

async function tellPages(message: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage(message);
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  const { pathname } = url;
  if (WHO_IS_HERE.test(pathname)) {
    event.waitUntil(forgetKept());
    return;
  }
  if (request.method !== "GET") return;
  if (pathname === ME || pathname === MINE) {
    event.respondWith(answerOrKept(request, () => new Date()));
  } else if (request.mode === "navigate") {
    if (!NO_PAGE.test(pathname) && !/\.[^/]*$/.test(pathname))
      event.respondWith(pageOrShell(request));
  } else if (BUILD.files.includes(pathname)) {
    event.respondWith(shellFile(pathname).then((file) => file ?? fetch(request)));
  }
});

async function sendWaiting(): Promise<void> {
  const answer = await fetch(ME, { credentials: "same-origin" });
  if (!answer.ok) return;
  const { person } = (await answer.json()) as { readonly person: string };
  const sent = await send(person);
  await tellPages("outbox.sent");
  // The browser then tries once more by itself.
  if (sent === "later") throw new Error("the server could not be reached");
}

worker.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendWaiting());
});

interface Alert {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly language: string;
}

worker.addEventListener("push", (event) => {
  const alert = event.data?.json() as Alert | undefined;
  if (!alert) return;
  event.waitUntil(
    Promise.all([
      worker.registration.showNotification(alert.title, {
        body: alert.body,
        tag: alert.tag,
        lang: alert.language,
        dir: alert.language === "ar" ? "rtl" : "ltr",
        icon: "/icon-192.png",
      }),
      tellPages("leads.changed"),
    ]),
  );
});

worker.addEventListener("notificationclick", (event) => {
  const show = async () => {
    const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
    const [page] = pages;
    if (!page) return worker.clients.openWindow(LIST);
    await page.focus();
    return new URL(page.url).pathname === LIST ? page : page.navigate(LIST);
  };
  event.notification.close();
  event.waitUntil(show());
});

/** The browser's push service gave this device a new address. */
async function subscribeAnew({ oldSubscription }: SubscriptionChangeEvent): Promise<void> {
  if (!oldSubscription) return;
  const { pushManager } = worker.registration;
  const subscription = await pushManager.subscribe(oldSubscription.options);
  const { endpoint, keys } = subscription.toJSON();
  await fetch("/api/v1/push/devices", {
    method: "POST",
    credentials: "same-origin",
    headers: { "X-Leadsmart": "1", "Content-Type": "application/json" },
    body: JSON.stringify({ endpoint, keys }),
  });
}

worker.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(subscribeAnew(event));
});
