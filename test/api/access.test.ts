import { expect, it } from "vitest";
import type { ProblemBody } from "../../src/contract/common.ts";
import { apiAddresses, doors, type TestDoor } from "./fakes.ts";

const door = doors();

const enterToken = ({ sessions, clock }: TestDoor, minutes = 60) =>
  sessions.createToken({
    purpose: "enter",
    person: "owner",
    expiresAt: new Date(clock.now().getTime() + minutes * 60_000),
  });

it("answers no address under /api without a session", async () => {
  const closed = await door();
  // Nobody can be signed in yet who signs in.
  const addresses = (await apiAddresses(closed)).filter(({ needs }) => needs !== undefined);
  expect(addresses.length).toBeGreaterThan(20);
  for (const { method, url } of addresses) {
    const answer = await closed.app.inject({ method, url, headers: { "x-leadsmart": "1" } });
    expect(answer.statusCode, `${method} ${url}`).toBe(401);
    expect(answer.json().code).toBe("NOT_SIGNED_IN");
  }
  expect(closed.asked).toEqual([]);
});

it("answers no address under a foreign host name, signed in or not", async () => {
  const one = await door();
  const { app, cookie } = one;
  const addresses = await apiAddresses(one);
  for (const host of ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.2"]) {
    for (const { method, url } of [...addresses, { method: "GET" as const, url: "/enter" }]) {
      const headers = { host, cookie, "x-leadsmart": "1" };
      const answer = await app.inject({ method, url, headers });
      expect(answer.statusCode, `${host} ${url}`).toBe(421);
      expect(answer.json().code).toBe("BAD_HOST");
    }
  }
});

it("answers under localhost, 127.0.0.1 and [::1] with any port, and under names it was told", async () => {
  const { app } = await door({ hostNames: ["ads.agency.example"] });
  for (const host of ["localhost", "LOCALHOST:4000", "127.0.0.1:1", "[::1]:65535", "[::1]"]) {
    expect((await app.inject({ url: "/healthz", headers: { host } })).statusCode).toBe(200);
  }
  const named = { host: "Ads.agency.example:8443" };
  expect((await app.inject({ url: "/healthz", headers: named })).statusCode).toBe(200);
});

it("refuses every change that another site may have sent, before looking at the session", async () => {
  const owner = await door();
  const writing = (await apiAddresses(owner)).filter(({ method }) => method !== "GET");
  expect(writing.length).toBeGreaterThan(6);
  const foreign = [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:3000" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "cross-site", "x-leadsmart": "1" },
    { "sec-fetch-site": "cross-site", origin: "http://localhost:80" },
    { "x-leadsmart": "2" },
  ];
  for (const { method, url } of writing) {
    for (const headers of foreign) {
      const answer = await owner.app.inject({
        method,
        url,
        headers: { ...headers, cookie: owner.cookie },
      });
      expect(answer.statusCode, `${method} ${url} ${JSON.stringify(headers)}`).toBe(403);
      expect(answer.json().code).toBe("CROSS_SITE");
    }
  }
  expect(owner.desk.commits).toEqual([]);
});

it("takes changes from its own page and from tools that say who they are", async () => {
  const { app, cookie } = await door();
  const ours: Record<string, string>[] = [
    { "x-leadsmart": "1" },
    { "sec-fetch-site": "same-origin" },
    { origin: "http://localhost:80" },
    { origin: "http://localhost:80", "sec-fetch-site": "same-origin", "x-leadsmart": "1" },
  ];
  for (const headers of ours) {
    const answer = await app.inject({
      method: "POST",
      url: "/api/v1/imports/i1/undo",
      headers: { ...headers, cookie, host: "localhost:80" },
    });
    expect(answer.statusCode, JSON.stringify(headers)).toBe(200);
  }
});

it("changes a one-time token for a session of 30 days, once", async () => {
  const one = await door();
  const token = await enterToken(one);
  const first = await one.app.inject(`/enter?token=${token}`);
  expect(first.statusCode).toBe(303);
  expect(first.headers.location).toBe("/docs");
  const [cookie] = first.cookies;
  expect(cookie).toMatchObject({
    name: "leadsmart_session_80",
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    maxAge: 30 * 24 * 60 * 60,
  });
  const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
  const me = await one.app.inject({ url: "/api/v1/me", headers });
  expect(me.json()).toMatchObject({ person: "owner", accounts: "all", version: "1.2.3" });

  const second = await one.app.inject(`/enter?token=${token}`);
  expect(second.statusCode).toBe(403);
  expect(second.cookies).toEqual([]);
  expect(second.body).toContain("terminal");
  expect(second.headers["content-type"]).toBe("text/html; charset=utf-8");

  one.clock.set(new Date("2025-03-03T08:59:59Z"));
  expect((await one.app.inject({ url: "/api/v1/me", headers })).statusCode).toBe(200);
  one.clock.set(new Date("2025-03-03T09:00:01Z"));
  expect((await one.app.inject({ url: "/api/v1/me", headers })).statusCode).toBe(401);
});

it("opens for one of many who come with the same token at once", async () => {
  const one = await door();
  const token = await enterToken(one);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => one.app.inject(`/enter?token=${token}`)),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
});

it("turns away tokens that are unknown, expired, empty, repeated or of another purpose", async () => {
  const one = await door();
  const expired = await enterToken(one, -1);
  const other = await one.sessions.createToken({
    purpose: "invite",
    person: "owner",
    expiresAt: new Date("2025-03-01T00:00:00Z"),
  });
  const valid = await enterToken(one);
  for (const query of [
    "?token=nonsense",
    `?token=${expired}`,
    `?token=${other}`,
    "?token=",
    "",
    `?token=${valid}&token=${valid}`,
  ]) {
    const answer = await one.app.inject(`/enter${query}`);
    expect(answer.statusCode, query).toBe(403);
    expect(answer.cookies).toEqual([]);
  }
});

it("does not spend the token on a browser that only guesses the next page", async () => {
  const one = await door();
  const token = await enterToken(one);
  const url = `/enter?token=${token}`;
  const guess = await one.app.inject({ url, headers: { "sec-purpose": "prefetch;prerender" } });
  expect(guess.statusCode).toBe(503);
  expect((await one.app.inject({ method: "HEAD", url })).statusCode).not.toBe(303);
  expect((await one.app.inject(url)).statusCode).toBe(303);
});

it("lets a signed-in browser reload the spent link", async () => {
  const { app, cookie } = await door();
  const answer = await app.inject({ url: "/enter?token=spent", headers: { cookie } });
  expect(answer.statusCode).toBe(303);
});

it("keeps the sessions of two servers on one machine apart by their port", async () => {
  const { app, cookie } = await door();
  const elsewhere = { cookie, host: "localhost:8123" };
  expect((await app.inject({ url: "/api/v1/me", headers: elsewhere })).statusCode).toBe(401);
});

it("closes to a person without accounts", async () => {
  const { ask } = await door({ grants: [] });
  const answer = await ask({ url: "/api/v1/kpis" });
  expect(answer.statusCode).toBe(403);
  expect((answer.json() as ProblemBody).code).toBe("NOT_ALLOWED");
});

it("hands every question the caller's scope, and shows only their accounts' settings", async () => {
  const { ask, asked } = await door({ grants: [{ account: "7", role: "owner" }] });
  for (const question of ["kpis", "trend", "funnel", "campaigns", "leads", "facets"]) {
    expect((await ask({ url: `/api/v1/${question}` })).statusCode).toBe(200);
  }
  await ask({ url: "/api/v1/breakdown?by=project" });
  await ask({ url: "/api/v1/rows?kpi=spend" });
  expect(asked).toHaveLength(8);
  for (const { scope } of asked)
    expect(scope).toEqual({ accounts: ["7"], leads: ["7"], contacts: ["7"] });
  const definitions = (await ask({ url: "/api/v1/definitions" })).json();
  expect(definitions.accounts).toEqual({ "7": { currency: "USD" } });
});

it("lets nobody import or define who holds only some accounts", async () => {
  const { ask, desk, definitions } = await door({ grants: [{ account: "7", role: "owner" }] });
  const attempts = [
    { method: "POST" as const, url: "/api/v1/uploads?name=a.csv", payload: "x" },
    { method: "POST" as const, url: "/api/v1/imports/preview", payload: { uploadIds: ["u"] } },
    { method: "POST" as const, url: "/api/v1/imports", payload: { previewId: "p" } },
    { method: "POST" as const, url: "/api/v1/imports/i1/undo" },
    { method: "DELETE" as const, url: "/api/v1/imports/preview/p" },
    { method: "PATCH" as const, url: "/api/v1/definitions", payload: { accounts: { "7": {} } } },
  ];
  for (const attempt of attempts) {
    const answer = await ask(attempt);
    expect(answer.statusCode, attempt.url).toBe(403);
    expect(answer.json().code).toBe("NOT_ALLOWED");
  }
  expect(desk.uploads).toEqual([]);
  expect(desk.commits).toEqual([]);
  expect(definitions.changes).toEqual([]);
});

it("signs out for good: the cookie is taken away and its session opens nothing any more", async () => {
  const { app, cookie } = await door();
  const headers = { cookie, "x-leadsmart": "1" };
  expect((await app.inject({ url: "/api/v1/me", headers })).statusCode).toBe(200);
  const crossSite = { method: "POST" as const, url: "/api/v1/session/end", headers: { cookie } };
  expect((await app.inject(crossSite)).json().code).toBe("CROSS_SITE");
  const out = await app.inject({ method: "POST", url: "/api/v1/session/end", headers });
  expect(out.statusCode).toBe(204);
  expect(out.headers["set-cookie"]).toMatch(
    /^leadsmart_session[^=]*=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/,
  );
  expect((await app.inject({ url: "/api/v1/me", headers })).json().code).toBe("NOT_SIGNED_IN");
});
