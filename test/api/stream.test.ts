import http, { type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import type { StreamMessage } from "../../src/contract/imports.ts";
import { openDoor, type TestDoor } from "./fakes.ts";

let door: TestDoor;
afterEach(() => door.app.close());

interface Heard {
  readonly response: IncomingMessage;
  text: string;
  /** Resolves once the text so far satisfies the test. */
  until(seen: (text: string) => boolean): Promise<string>;
  leave(): void;
}

async function serve(...changes: Parameters<typeof openDoor>): Promise<number> {
  door = await openDoor(...changes);
  await door.app.listen({ host: "127.0.0.1", port: 0 });
  return (door.app.server.address() as AddressInfo).port;
}

async function cookieFor(port: number, person = "owner"): Promise<string> {
  const expiresAt = new Date("2025-03-01T09:00:00Z");
  const secret = await door.sessions.create({ person, expiresAt });
  return `leadsmart_session_${port}=${secret}`;
}

function listen(port: number, headers: Record<string, string>): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const request = http.get({ port, host: "127.0.0.1", path: "/api/v1/stream", headers });
    request.once("error", reject);
    request.once("response", (response) => {
      request.on("error", () => {});
      const heard: Heard = {
        response,
        text: "",
        async until(seen) {
          for (let waited = 0; !seen(heard.text); waited += 5) {
            if (waited > 10_000) throw new Error(`not heard; so far: ${heard.text}`);
            await pause(5);
          }
          return heard.text;
        },
        leave: () => request.destroy(),
      };
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        heard.text += chunk;
      });
      response.on("error", () => {});
      resolve(heard);
    });
  });
}

async function settled(fact: () => boolean): Promise<void> {
  for (let waited = 0; !fact(); waited += 5) {
    if (waited > 10_000) throw new Error("did not come true within 10 s");
    await pause(5);
  }
}

const progress: StreamMessage = {
  type: "import.progress",
  importId: "i1",
  phase: "reading",
  file: "leads.csv",
  rows: 1000,
  rowsPerSecond: null,
  fraction: 0.5,
};

it("says hello with the data version, then every message, to every listener", async () => {
  const port = await serve();
  const cookie = await cookieFor(port);
  const one = await listen(port, { cookie });
  expect(one.response.headers).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  await one.until((text) => text.endsWith('event: hello\ndata: {"type":"hello","version":0}\n\n'));
  door.desk.say(progress);
  door.desk.say({ type: "data.changed", version: 7 });
  const text = await one.until((so_far) => so_far.includes("data.changed"));
  expect(text).toContain(`event: import.progress\ndata: ${JSON.stringify(progress)}\n\n`);
  expect(text).toContain(
    'id: 7\nevent: data.changed\ndata: {"type":"data.changed","version":7}\n\n',
  );

  const late = await listen(port, { cookie, "last-event-id": "3" });
  await late.until((so_far) => so_far.includes('{"type":"hello","version":7}'));
  expect(late.text).not.toContain("data.changed");
  door.desk.say({ type: "import.done", importId: "i1" });
  for (const each of [one, late]) await each.until((so_far) => so_far.includes("import.done"));
  one.leave();
  late.leave();
});

it("tells who holds some accounts that numbers changed, and nothing of other people's files", async () => {
  const port = await serve({ grants: [{ account: "7", role: "owner" }] });
  const one = await listen(port, { cookie: await cookieFor(port, "nour") });
  await one.until((text) => text.includes("hello"));
  door.desk.say(progress);
  door.desk.say({ type: "data.changed", version: 2 });
  const text = await one.until((so_far) => so_far.includes("data.changed"));
  expect(text).not.toContain("leads.csv");
  one.leave();
});

it("beats while nothing happens", async () => {
  const port = await serve({ stream: { heartbeatMs: 20 } });
  const one = await listen(port, { cookie: await cookieFor(port) });
  await one.until((text) => text.split(": still here\n\n").length > 3);
  one.leave();
});

it("listens to the desk once and forgets each of 200 listeners when it leaves", async () => {
  const port = await serve();
  const cookie = await cookieFor(port);
  for (let round = 0; round < 4; round++) {
    const crowd = await Promise.all(Array.from({ length: 50 }, () => listen(port, { cookie })));
    await settled(() => door.app.openStreams() === 50);
    expect(door.desk.listeners()).toBe(1);
    for (const each of crowd) each.leave();
    await settled(() => door.app.openStreams() === 0);
  }
  door.desk.say({ type: "data.changed", version: 1 });
  expect(door.desk.listeners()).toBe(1);
});

it("ends every stream and stops listening when the server closes", async () => {
  const port = await serve();
  const cookie = await cookieFor(port);
  const crowd = await Promise.all(Array.from({ length: 5 }, () => listen(port, { cookie })));
  const ended = crowd.map(
    ({ response }) => new Promise((resolve) => response.once("end", resolve)),
  );
  const began = performance.now();
  await door.app.close();
  await Promise.all(ended);
  expect(performance.now() - began).toBeLessThan(3000);
  expect(door.desk.listeners()).toBe(0);
  expect(door.app.openStreams()).toBe(0);
});

it("drops a listener that does not read, and goes on serving the others", async () => {
  const port = await serve({ stream: { maxUnsentBytes: 64 * 1024 } });
  const cookie = await cookieFor(port);
  const lazy = connect({ port, host: "127.0.0.1" });
  lazy.on("error", () => {});
  lazy.write(`GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n\r\n`);
  lazy.pause();
  const busy = await listen(port, { cookie });
  await settled(() => door.app.openStreams() === 2);
  const long: StreamMessage = { ...progress, file: "x".repeat(16 * 1024) };
  for (let sent = 0; door.app.openStreams() === 2; sent++) {
    expect(sent).toBeLessThan(5000);
    door.desk.say(long);
    if (sent % 4 === 0) await pause(1);
  }
  expect(door.app.openStreams()).toBe(1);
  door.desk.say({ type: "data.changed", version: 9 });
  await busy.until((text) => text.includes('"version":9'));
  busy.leave();
  lazy.destroy();
});

it("refuses more streams than it can hold, with a problem", async () => {
  const port = await serve({ stream: { maxStreams: 2 } });
  const cookie = await cookieFor(port);
  const first = await listen(port, { cookie });
  const second = await listen(port, { cookie });
  const third = await listen(port, { cookie });
  expect(third.response.statusCode).toBe(503);
  await third.until((text) => text.includes("TOO_MANY_STREAMS"));
  for (const each of [first, second, third]) each.leave();
});
