/** Takes the messages of the import desk once and gives them to every open page, dropping those that cannot keep up. */
import type { ServerResponse } from "node:http";
import { Problem } from "../base/problem.ts";
import type { StreamMessage } from "../contract/imports.ts";
import type { StreamHello } from "../contract/server.ts";
import type { Caller } from "./access.ts";

/** Whose stream it is, and what they may hear of. */
type Hearer = Pick<Caller, "person" | "scope">;

export interface StreamHub {
  /**
   * Makes the response a live stream until either side closes it.
   *
   * @param topics what it carries; default: everything that the scope may hear
   * @throws Problem `TOO_MANY_STREAMS`
   */
  open(
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    hearer: Hearer,
    topics?: readonly StreamMessage["type"][],
  ): void;
  /** Ends the streams of a person whose roles changed; their pages open new ones, where they still may. */
  drop(person: string): void;
  /** Streams open now. */
  size(): number;
  /** Ends every stream and stops listening. */
  close(): void;
}

export interface StreamHubOptions {
  readonly heartbeatMs: number;
  readonly maxStreams: number;
  /** A client with more unsent bytes than this is disconnected; it reconnects and refetches. */
  readonly maxUnsentBytes: number;
}

const DEFAULTS: StreamHubOptions = {
  heartbeatMs: 15_000,
  maxStreams: 500,
  maxUnsentBytes: 1024 * 1024,
};

function frame(message: StreamMessage | StreamHello, id: number): string {
  return `id: ${id}\nevent: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`;
}

interface Listener extends Hearer {
  readonly topics: readonly StreamMessage["type"][] | null;
}

/**
 * What of a message somebody may hear; null for nothing. Progress of an import names files of the whole workspace: only
 * who holds all of it hears of it.
 */
function heardBy({ scope, topics }: Listener, message: StreamMessage): StreamMessage | null {
  if (topics !== null && !topics.includes(message.type)) return null;
  const { accounts: held } = scope;
  if (held === "all" || message.type === "data.changed") return message;
  if (message.type === "job.progress") {
    const { accounts } = message;
    return accounts !== "all" && accounts.every((one) => held.includes(one)) ? message : null;
  }
  if (message.type !== "leads.changed") return null;
  const accounts = message.accounts.filter((one) => held.includes(one));
  return accounts.length === 0 ? null : { ...message, accounts };
}

export function createStreamHub(
  source: {
    listen(listener: (message: StreamMessage) => void): () => void;
    dataVersion(): number;
  },
  options: Partial<StreamHubOptions> = {},
): StreamHub {
  const { heartbeatMs, maxStreams, maxUnsentBytes } = { ...DEFAULTS, ...options };
  const clients = new Map<ServerResponse, Listener>();

  const send = (response: ServerResponse, text: string) => {
    if (response.destroyed || response.writableLength > maxUnsentBytes) {
      clients.delete(response);
      response.destroy();
    } else {
      response.write(text);
    }
  };
  const stopListening = source.listen((message) => {
    const version = source.dataVersion();
    const whole = frame(message, version);
    for (const [response, listener] of clients) {
      const heard = heardBy(listener, message);
      if (heard !== null) send(response, heard === message ? whole : frame(heard, version));
    }
  });
  const heartbeat = setInterval(() => {
    for (const response of clients.keys()) send(response, ": still here\n\n");
  }, heartbeatMs);
  heartbeat.unref();

  return {
    open(response, headers, { person, scope }, topics) {
      if (clients.size >= maxStreams) {
        throw new Problem("TOO_MANY_STREAMS", {
          what: `${maxStreams} live streams are open already`,
          fix: "Close pages that are not needed; numbers can still be fetched without a stream.",
        });
      }
      response.writeHead(200, {
        ...headers,
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
      clients.set(response, { person, scope, topics: topics ?? null });
      response.once("close", () => clients.delete(response));
      // Writing to a client that has just gone is no failure of ours.
      response.on("error", () => clients.delete(response));
      const version = source.dataVersion();
      response.write(`retry: 2000\n\n${frame({ type: "hello", version }, version)}`);
    },
    drop(person) {
      for (const [response, listener] of clients) if (listener.person === person) response.end();
    },
    size: () => clients.size,
    close() {
      clearInterval(heartbeat);
      stopListening();
      for (const response of clients.keys()) response.end();
      clients.clear();
    },
  };
}
