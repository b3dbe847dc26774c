/** Alerts of new leads: hears of events as they are kept, and tells people's devices and the program that wants to know. */
import { createHash } from "node:crypto";
import { accountsWith } from "../domain/roles.ts";
import type { PushDevice } from "../store/push.ts";
import type { Person } from "../store/store.ts";
import type { Actor, PeopleDesk } from "./people.ts";
import { unknownPerson } from "./people.ts";
import type { PushDesk } from "./push-desk.ts";
import { hookErrand, readHook, writeHook } from "./push-hook.ts";
import { newServerKeys, type ServerKeys, sealFor, serverWord } from "./push-message.ts";
import { type LeadNews, NEWS_EVENTS, newsOf, payloadOf } from "./push-news.ts";
import { type Delivery, deliverPatiently, type Errand } from "./push-send.ts";
import { checkService } from "./push-services.ts";
import { type AlertWords, alertWords, trialWords } from "./push-words.ts";
import type { WorkDesk } from "./work-desk.ts";
import type { Workspace } from "./workspace.ts";

const KEYS = "push.keys";
const POSITION = "push.position";
const SILENCED = "push.silenced.";
const EVENTS_AT_ONCE = 1000;
/** News older than this is none: the server was away, and people have looked since. */
const FRESH_MS = 15 * 60_000;
/** How long a push service keeps a message for a device that is off. */
const KEPT_SECONDS = 4 * 60 * 60;
/** Push services want to know whom to write to; where no owner gave an e-mail they get one that reaches nobody. */
const NO_CONTACT = "mailto:nobody@example.com";

export interface PushOptions {
  /** Origins of push services besides those of known browsers. */
  readonly services: readonly string[];
  readonly tries: number;
  readonly firstWaitMs: number;
}

const DEFAULTS: PushOptions = { services: [], tries: 6, firstWaitMs: 2000 };

interface Group {
  readonly person: string;
  readonly kind: LeadNews["kind"];
  readonly news: LeadNews[];
}

/** One alert per person and kind, however many leads came at once. */
function grouped(news: readonly LeadNews[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of news)
    for (const person of one.people) {
      const name = `${one.kind} ${person}`;
      const group = groups.get(name) ?? { person, kind: one.kind, news: [] };
      group.news.push(one);
      groups.set(name, group);
    }
  return [...groups.values()];
}

function wordsFor({ kind, news }: Group, language: PushDevice["language"]): AlertWords {
  const projects = new Set(news.map(({ standing }) => standing.project ?? standing.campaign));
  const [project = null] = projects;
  return alertWords(
    { kind, leads: news.length, project: projects.size === 1 ? project : null },
    language,
  );
}

/** Topic of a message: while a device is off, the newer one of the same topic takes its place. RFC 8030 wants 32 letters at most. */
function topicOf(kind: string): string {
  return createHash("sha256").update(kind).digest("base64url").slice(0, 32);
}

export function createPushDesk(
  workspace: Workspace,
  desks: { readonly work: Pick<WorkDesk, "standing">; readonly people: PeopleDesk },
  options: Partial<PushOptions> = {},
): PushDesk {
  const { store, clock } = workspace;
  const { services, ...patience } = { ...DEFAULTS, ...options };
  const ending = new AbortController();
  const deliveries = new Set<Promise<unknown>>();
  let position: number | null = null;
  let listening: Promise<void> = Promise.resolve();
  let waiting = false;

  const track = <T>(deed: Promise<T>): Promise<T> => {
    deliveries.add(deed);
    void deed.finally(() => deliveries.delete(deed)).catch(() => undefined);
    return deed;
  };
  const serverKeys = async (): Promise<ServerKeys> => {
    const known = (await store.notes.get(KEYS)) as ServerKeys | null;
    if (known) return known;
    const made = newServerKeys();
    await store.notes.set(KEYS, { ...made });
    return made;
  };
  const contact = async (): Promise<string> => {
    const owner = (await store.people.list()).find(
      (one) =>
        one.removedAt === null &&
        accountsWith(one.grants, "people") === "all" &&
        one.contact?.includes("@"),
    );
    return owner?.contact ? `mailto:${owner.contact}` : NO_CONTACT;
  };
  const silenced = async (person: string) => (await store.notes.get(SILENCED + person)) === true;

  const errandFor = async (device: PushDevice, words: AlertWords, tag: string): Promise<Errand> => {
    const text = JSON.stringify({ ...words, tag, language: device.language });
    return {
      url: device.endpoint,
      headers: {
        authorization: serverWord(
          device.endpoint,
          await serverKeys(),
          await contact(),
          clock.now(),
        ),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(KEPT_SECONDS),
        urgency: "high",
        topic: topicOf(tag),
      },
      body: new Uint8Array(sealFor(device, Buffer.from(text))),
    };
  };
  const alert = async (
    device: PushDevice,
    words: AlertWords,
    tag: string,
    tries: number,
  ): Promise<Delivery> => {
    const errand = await errandFor(device, words, tag);
    const delivery = await deliverPatiently(errand, ending.signal, { ...patience, tries });
    if (delivery === "gone") await store.push.remove(device.endpoint, null);
    if (delivery === "sent") await store.push.sent(device.endpoint);
    return delivery;
  };

  const tellPeople = async (news: readonly LeadNews[]) => {
    for (const group of grouped(news)) {
      const person = await store.people.find(group.person);
      if (person === null || person.removedAt !== null || (await silenced(person.id))) continue;
      for (const device of await store.push.list(person.id))
        void track(
          alert(device, wordsFor(group, device.language), `leads.${group.kind}`, patience.tries),
        ).catch(() => undefined);
    }
  };
  const tellHook = async (news: readonly LeadNews[]) => {
    const hook = await readHook(store);
    if (!hook) return;
    for (const { standing, kind, position: at, at: when } of news) {
      const { account, leadId, project, campaign, holder } = standing;
      const message = {
        id: String(at),
        event: kind === "assigned" ? ("lead.assigned" as const) : ("lead.waiting" as const),
        account,
        leadId,
        project,
        campaign,
        assignee: holder,
        at: when.toISOString(),
      };
      void track(deliverPatiently(hookErrand(hook, message, clock.now()), ending.signal, patience));
    }
  };

  const began = store.notes.get(POSITION).then(async (known) => {
    if (typeof known === "number") position = known;
    else {
      // What is there at the very first opening is no news.
      position = await store.lastPosition();
      await store.notes.set(POSITION, position);
    }
  });
  const hear = async () => {
    waiting = false;
    await began;
    while (!ending.signal.aborted) {
      const events = await store.read({
        after: position ?? 0,
        types: NEWS_EVENTS,
        limit: EVENTS_AT_ONCE,
      });
      const last = events.at(-1);
      if (!last) return;
      const since = clock.now().getTime() - FRESH_MS;
      const fresh = events.filter(({ recordedAt }) => recordedAt.getTime() >= since);
      const leads = fresh.map((event) => ({
        account: event.account,
        leadId: payloadOf(event).leadId,
      }));
      const news = newsOf(fresh, await desks.work.standing(leads));
      await tellPeople(news);
      await tellHook(news);
      position = last.position;
      await store.notes.set(POSITION, position);
    }
  };
  const hearSoon = () => {
    if (waiting || ending.signal.aborted) return;
    waiting = true;
    // What could not be read now is read with the next news.
    listening = listening.then(hear).catch(() => undefined);
  };
  const stopListening = workspace.news.listen(({ type }) => {
    if (type === "leads.changed") hearSoon();
  });
  hearSoon();

  const calls = ({ grants }: Person) => accountsWith(grants, "own_leads") !== null;
  const about = async (person: string) => ({
    key: (await serverKeys()).publicKey,
    alerts: !(await silenced(person)),
    devices: (await store.push.list(person)).length,
  });
  const alerts = async (actor: Actor) => {
    const managed = (await desks.people.list(actor)).filter(calls);
    const devices = await store.push.list(null);
    const items = [];
    for (const { id, name } of managed) {
      const own = devices.filter(({ person }) => person === id);
      const sent = own.flatMap(({ lastSentAt }) => lastSentAt?.getTime() ?? []);
      items.push({
        person: id,
        name,
        alerts: !(await silenced(id)),
        devices: own.length,
        lastSentAt: sent.length === 0 ? null : new Date(Math.max(...sent)).toISOString(),
      });
    }
    const whole = accountsWith(actor.grants, "people") === "all";
    return { items, hook: whole ? ((await readHook(store))?.url ?? null) : null };
  };

  return {
    about,
    async register(person, { endpoint, keys, language }) {
      checkService(endpoint, services);
      await store.push.put({ endpoint, person, ...keys, language: language ?? null });
      return about(person);
    },
    forget: (person, endpoint) => store.push.remove(endpoint, person),
    async trial(person) {
      const devices = await store.push.list(person);
      const told = await Promise.all(
        devices.map((device) => alert(device, trialWords(device.language), "trial", 1)),
      );
      const sent = told.filter((one) => one === "sent").length;
      return { sent, failed: told.length - sent };
    },
    alerts,
    async setAlerts(actor, person, wanted) {
      const managed = await desks.people.list(actor);
      if (!managed.some(({ id }) => id === person)) throw unknownPerson(person);
      if (wanted) await store.notes.delete(SILENCED + person);
      else await store.notes.set(SILENCED + person, true);
      return alerts(actor);
    },
    async setHook(url) {
      const hook = await writeHook(store, url);
      return { url: hook?.url ?? null, secret: hook?.secret ?? null };
    },
    async settled() {
      await listening;
      await Promise.allSettled([...deliveries]);
    },
    async close() {
      stopListening();
      ending.abort();
      await listening;
      await Promise.allSettled([...deliveries]);
    },
  };
}
