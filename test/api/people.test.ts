import { expect, it } from "vitest";
import {
  type AuditAnswer,
  type KeysAnswer,
  LinkAnswer,
  PeopleAnswer,
} from "../../src/contract/people.ts";
import type { Grant } from "../../src/domain/roles.ts";
import { doors, type TestDoor } from "./fakes.ts";

const door = doors();

const owner = (account: string): Grant => ({ account, role: "owner" });
const tokenOf = (path: string) => new URL(path, "http://localhost").searchParams.get("token");

/** Presses the button of a join page; the cookie header of who came in, or null. */
async function join({ app }: TestDoor, path: string): Promise<string | null> {
  const answer = await app.inject({
    method: "POST",
    url: "/join",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
    },
    payload: `token=${tokenOf(path)}`,
  });
  const [cookie] = answer.cookies;
  return answer.statusCode === 303 && cookie ? `${cookie.name}=${cookie.value}` : null;
}

async function invite(
  one: TestDoor,
  body: { name: string; contact?: string; grants: Grant[] },
): Promise<LinkAnswer> {
  const answer = await one.ask({ method: "POST", url: "/api/v1/people", payload: body });
  expect(answer.statusCode, answer.body).toBe(200);
  return LinkAnswer.parse(answer.json());
}

const meOf = async ({ app }: TestDoor, cookie: string) =>
  app.inject({ url: "/api/v1/me", headers: { cookie } });

it("lets an invited person in by a link that looking at does not use up, once, within seven days", async () => {
  const one = await door();
  const { path, person } = await invite(one, {
    name: "Nour",
    grants: [{ account: "7", role: "rep" }],
  });
  const seen = await one.app.inject(path);
  expect(seen.statusCode).toBe(200);
  expect(seen.body).toContain('<form method="post" action="/join">');
  const cookie = (await join(one, path)) ?? "";
  expect((await meOf(one, cookie)).json()).toMatchObject({
    person,
    name: "Nour",
    accounts: ["7"],
    permissions: ["contacts", "own_leads"],
  });
  expect(await join(one, path)).toBeNull();

  const late = await invite(one, { name: "Late", grants: [{ account: "7", role: "rep" }] });
  one.clock.set(new Date("2025-02-08T09:00:01Z"));
  expect(await join(one, late.path)).toBeNull();
});

it("a new link ends the one before, and being removed ends everything at once", async () => {
  const one = await door();
  const first = await invite(one, { name: "Nour", grants: [owner("7")] });
  const renewed = await one.ask({ method: "POST", url: `/api/v1/people/${first.person}/link` });
  expect(await join(one, first.path)).toBeNull();
  const cookie = (await join(one, LinkAnswer.parse(renewed.json()).path)) ?? "";
  expect((await meOf(one, cookie)).statusCode).toBe(200);
  const key = await one.app.inject({
    method: "POST",
    url: "/api/v1/keys",
    headers: { cookie, "x-leadsmart": "1" },
    payload: { name: "sheet", grants: [{ account: "7", role: "viewer" }] },
  });
  const authorization = `Bearer ${key.json().secret}`;
  const kpis = { url: "/api/v1/kpis", headers: { authorization } };
  expect((await one.app.inject(kpis)).statusCode).toBe(200);

  const gone = await one.ask({ method: "DELETE", url: `/api/v1/people/${first.person}` });
  expect(gone.statusCode).toBe(204);
  expect((await meOf(one, cookie)).statusCode).toBe(401);
  expect((await one.app.inject(kpis)).statusCode).toBe(401);
  const people = PeopleAnswer.parse((await one.ask({ url: "/api/v1/people" })).json());
  expect(people.items.map(({ name }) => name)).toEqual(["Owner"]);
});

it("nobody gives what is not theirs, or sees who is elsewhere", async () => {
  const one = await door({ grants: [owner("7")] });
  const { people } = one.store;
  await people.add({ id: "far", name: "Far", contact: null, grants: [owner("8")], by: "owner" });
  await people.add({
    id: "both",
    name: "Both",
    contact: null,
    grants: [owner("8"), { account: "7", role: "viewer" }],
    by: "owner",
  });
  const refused = [
    {
      method: "POST" as const,
      url: "/api/v1/people",
      payload: { name: "X", grants: [owner("8")] },
    },
    {
      method: "POST" as const,
      url: "/api/v1/people",
      payload: { name: "X", grants: [owner("*")] },
    },
    { method: "POST" as const, url: "/api/v1/keys", payload: { name: "x", grants: [owner("*")] } },
    // Whoever has their link is that person in account 8 too.
    { method: "POST" as const, url: "/api/v1/people/both/link" },
    { method: "PATCH" as const, url: "/api/v1/people/both", payload: { grants: [owner("8")] } },
    {
      method: "PATCH" as const,
      url: "/api/v1/people/both",
      payload: { contact: "me@example.com" },
    },
  ];
  for (const attempt of refused) {
    const answer = await one.ask(attempt);
    expect(answer.json(), `${attempt.method} ${attempt.url}`).toMatchObject({
      status: 403,
      code: "GRANT_NOT_YOURS",
    });
  }
  for (const url of ["/api/v1/people/far", "/api/v1/people/nobody"]) {
    for (const method of ["PATCH", "DELETE"] as const) {
      const answer = await one.ask({ method, url, ...(method === "PATCH" ? { payload: {} } : {}) });
      expect(answer.json()).toMatchObject({ status: 404, code: "PERSON_UNKNOWN" });
    }
  }
  const seen = PeopleAnswer.parse((await one.ask({ url: "/api/v1/people" })).json());
  expect(seen.items.map(({ name, grants }) => [name, grants])).toEqual(
    [
      ["Both", [{ account: "7", role: "viewer" }]],
      ["Nour", [owner("7")]],
    ].sort(([a], [b]) => String(a).localeCompare(String(b))),
  );
  // Removed here, they stay elsewhere.
  await one.ask({ method: "DELETE", url: "/api/v1/people/both" });
  expect((await people.find("both"))?.grants).toEqual([owner("8")]);
});

it("somebody always owns the whole workspace", async () => {
  const one = await door();
  const self = "/api/v1/people/owner";
  const step = { grants: [{ account: "*", role: "viewer" }] };
  for (const attempt of [
    { method: "PATCH" as const, url: self, payload: step },
    { method: "DELETE" as const, url: self },
  ]) {
    expect((await one.ask(attempt)).json()).toMatchObject({ status: 409, code: "LAST_OWNER" });
  }
  expect((await one.store.people.find("owner"))?.grants).toEqual([owner("*")]);
  await invite(one, { name: "Second", grants: [owner("*")] });
  expect((await one.ask({ method: "PATCH", url: self, payload: step })).statusCode).toBe(200);
});

it("a key does what its roles say, and never more than its maker may at the time of asking", async () => {
  const one = await door({ grants: [owner("7"), owner("8")] });
  const made = await one.ask({
    method: "POST",
    url: "/api/v1/keys",
    payload: { name: "sheet", grants: [{ account: "7", role: "marketer" }], days: 2 },
  });
  const { secret, id } = made.json();
  const headers = { authorization: `Bearer ${secret}` };
  const asked = async (url: string) => (await one.app.inject({ url, headers })).statusCode;
  expect(await asked("/api/v1/kpis")).toBe(200);
  expect(one.asked.at(-1)?.scope).toEqual({
    accounts: ["7"],
    leads: ["7"],
    contacts: [],
  });
  expect(await asked("/api/v1/people")).toBe(403);
  expect(await asked("/api/v1/me")).toBe(403);

  await one.store.people.change("nour", { grants: [{ account: "8", role: "owner" }] });
  expect(await asked("/api/v1/kpis")).toBe(403);
  await one.store.people.change("nour", { grants: [owner("7")] });
  expect(await asked("/api/v1/kpis")).toBe(200);

  const listed = (await one.ask({ url: "/api/v1/keys" })).json() as KeysAnswer;
  expect(JSON.stringify(listed)).not.toContain(secret);
  expect(listed.items).toMatchObject([{ id, name: "sheet", madeBy: "Nour", revokedAt: null }]);
  expect((await one.ask({ method: "DELETE", url: `/api/v1/keys/${id}` })).statusCode).toBe(204);
  expect(await asked("/api/v1/kpis")).toBe(401);
  const again = await one.ask({ method: "DELETE", url: `/api/v1/keys/${id}` });
  expect(again.json()).toMatchObject({ status: 404, code: "KEY_UNKNOWN" });
});

it("a key ends on its day", async () => {
  const one = await door();
  const payload = { name: "short", grants: [{ account: "*", role: "viewer" }], days: 1 };
  const { secret } = (await one.ask({ method: "POST", url: "/api/v1/keys", payload })).json();
  const headers = { authorization: `Bearer ${secret}` };
  one.clock.set(new Date("2025-02-02T08:59:59Z"));
  expect((await one.app.inject({ url: "/api/v1/kpis", headers })).statusCode).toBe(200);
  one.clock.set(new Date("2025-02-02T09:00:00Z"));
  expect((await one.app.inject({ url: "/api/v1/kpis", headers })).statusCode).toBe(401);
});

it("signs in by e-mail or phone in any form with a password, which ends other sessions when it changes", async () => {
  const one = await door();
  const { path } = await invite(one, {
    name: "Nour",
    contact: "+20 100 123 4567",
    grants: [owner("7")],
  });
  const cookie = (await join(one, path)) ?? "";
  const headers = { cookie, "x-leadsmart": "1" };
  const setTo = (password: string, current?: string) =>
    one.app.inject({
      method: "POST",
      url: "/api/v1/me/password",
      headers,
      payload: { password, ...(current === undefined ? {} : { current }) },
    });
  expect((await setTo("short")).statusCode).toBe(400);
  expect((await setTo("correct horse battery")).statusCode).toBe(204);
  const signIn = (contact: string, password: string) =>
    one.app.inject({
      method: "POST",
      url: "/api/v1/session",
      headers: { "x-leadsmart": "1" },
      payload: { contact, password },
    });
  const entered = await signIn("0020-100-1234567", "correct horse battery");
  expect(entered.statusCode).toBe(204);
  const other = `${entered.cookies[0]?.name}=${entered.cookies[0]?.value}`;
  expect((await meOf(one, other)).json()).toMatchObject({ name: "Nour", hasPassword: true });

  expect((await setTo("another long one", "guess")).json()).toMatchObject({
    code: "WRONG_PASSWORD",
  });
  expect((await setTo("another long one", "correct horse battery")).statusCode).toBe(204);
  expect((await meOf(one, cookie)).statusCode).toBe(200);
  expect((await meOf(one, other)).statusCode).toBe(401);
  expect((await signIn("+201001234567", "correct horse battery")).statusCode).toBe(401);
});

it("answers wrong passwords ever more slowly, and the right one too while it waits", async () => {
  const one = await door();
  await one.store.people.change("owner", { contact: "owner@example.com" });
  const setting = { password: "correct horse battery" };
  await one.ask({ method: "POST", url: "/api/v1/me/password", payload: setting });
  const attempt = async (password: string) =>
    (
      await one.app.inject({
        method: "POST",
        url: "/api/v1/session",
        headers: { "x-leadsmart": "1" },
        payload: { contact: "Owner@Example.com ", password },
      })
    ).json();
  for (let n = 0; n < 5; n++) expect((await attempt("guess")).code).toBe("WRONG_PASSWORD");
  expect(await attempt("correct horse battery")).toMatchObject({
    status: 429,
    code: "TOO_MANY_ATTEMPTS",
    details: { seconds: 1 },
  });
  one.clock.set(new Date("2025-02-01T09:00:01Z"));
  expect((await attempt("guess")).code).toBe("WRONG_PASSWORD");
  one.clock.set(new Date("2025-02-01T09:00:02Z"));
  expect((await attempt("guess")).details).toEqual({ seconds: 1 });
  // Somebody who is not there is told nothing else, and makes others wait no longer than the place itself.
  one.clock.set(new Date("2025-02-01T10:00:00Z"));
  const unknown = await one.app.inject({
    method: "POST",
    url: "/api/v1/session",
    headers: { "x-leadsmart": "1" },
    payload: { contact: "nobody@example.com", password: "guess" },
  });
  expect(unknown.json()).toMatchObject({ status: 401, code: "WRONG_PASSWORD" });
});

it("keeps who changed or took away what, also what was refused, and no body of any request", async () => {
  const one = await door();
  const { path } = await invite(one, {
    name: "Nour",
    contact: "nour@example.com",
    grants: [{ account: "7", role: "viewer" }],
  });
  const cookie = (await join(one, path)) ?? "";
  await one.app.inject({
    method: "POST",
    url: "/api/v1/treatments",
    headers: { cookie, "x-leadsmart": "1" },
    payload: { finding: "f", kind: "flag" },
  });
  await one.ask({ url: "/api/v1/explore/report?format=markdown" });
  await one.ask({ url: "/api/v1/kpis" });
  const pages: AuditAnswer["items"] = [];
  let cursor = "";
  do {
    const answer = await one.ask({ url: `/api/v1/audit?limit=2${cursor}` });
    const { items, next } = answer.json() as AuditAnswer;
    pages.push(...items);
    cursor = next === null ? "" : `&cursor=${next}`;
  } while (cursor !== "");
  expect(pages.map(({ person, action, status }) => [person, action, status])).toEqual([
    ["Owner", "downloadExploreReport", 200],
    ["Nour", "acceptTreatment", 403],
    ["Nour", "signIn", 204],
    ["Owner", "invitePerson", 200],
  ]);
  expect(pages[2]).toMatchObject({ about: { by: "link" } });
  expect(pages[0]).toMatchObject({ about: { format: "markdown" }, key: null });
  expect(JSON.stringify(pages)).not.toContain("nour@example.com");
});
