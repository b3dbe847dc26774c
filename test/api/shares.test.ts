import { expect, it } from "vitest";
import { apiAddresses, doors } from "./fakes.ts";

const door = doors();

it("opens its view to whoever has the link, tells nobody to list it, and keeps no copy", async () => {
  const { app } = await door();
  const answer = await app.inject("/s/token");
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "no-store",
  });
  expect(answer.headers["content-security-policy"]).toMatch(/^default-src 'none'/);
  expect(answer.headers["set-cookie"]).toBeUndefined();
  expect((await app.inject("/s/other")).statusCode).toBe(404);
});

it("is no credential: with the link's secret in any place every address of the API stays shut", async () => {
  const one = await door();
  for (const { method, url, needs, operation } of await apiAddresses(one)) {
    if (needs === undefined) continue;
    for (const headers of [
      { authorization: "Bearer token" },
      { authorization: "Bearer lsk_token" },
      { cookie: "leadsmart_session_80=token" },
    ]) {
      const asked = { method, url, headers: { "x-leadsmart": "1", ...headers } };
      expect((await one.app.inject(asked)).statusCode, operation).toBe(401);
    }
  }
});

it.each([
  ["GET", "/s/token/../../api/v1/kpis"],
  ["GET", "/s/token/api/v1/leads"],
  ["GET", "/s/"],
] as const)("%s %s leads nowhere", async (method, url) => {
  const { app } = await door();
  expect((await app.inject({ method, url })).statusCode).toBeGreaterThanOrEqual(401);
});
