import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { z } from "zod";
import { chooseEncoding } from "../../src/api/compression.ts";
import { CampaignsAnswer } from "../../src/contract/campaigns.ts";
import {
  ImportRow,
  ImportsAnswer,
  PreviewAnswer,
  RejectsAnswer,
} from "../../src/contract/imports.ts";
import { LeadsAnswer } from "../../src/contract/leads.ts";
import {
  BreakdownAnswer,
  FacetsAnswer,
  FunnelAnswer,
  KpisAnswer,
  RowsAnswer,
  TrendAnswer,
} from "../../src/contract/overview.ts";
import {
  AuditAnswer,
  KeysAnswer,
  MeAnswer,
  NamesAnswer,
  PeopleAnswer,
} from "../../src/contract/people.ts";
import { DefinitionsAnswer, HealthAnswer, ReadyAnswer } from "../../src/contract/server.ts";
import { KPIS, kpiValue, MEASURES, type Measures, PARTS } from "../../src/domain/kpis.ts";
import { fakeDefinitions, openDoor, type TestDoor } from "./fakes.ts";

let door: TestDoor;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.app.close());

it("answers every question in the shape of the contract, not cached anywhere", async () => {
  const questions: [string, z.ZodType][] = [
    ["/api/v1/facets", FacetsAnswer],
    ["/api/v1/kpis", KpisAnswer],
    ["/api/v1/trend", TrendAnswer],
    ["/api/v1/breakdown?by=account", BreakdownAnswer],
    ["/api/v1/funnel", FunnelAnswer],
    ["/api/v1/campaigns", CampaignsAnswer],
    ["/api/v1/leads", LeadsAnswer],
    ["/api/v1/rows?kpi=spend", RowsAnswer],
    ["/api/v1/definitions", DefinitionsAnswer],
    ["/api/v1/me", MeAnswer],
    ["/api/v1/names", NamesAnswer],
    ["/api/v1/people", PeopleAnswer],
    ["/api/v1/keys", KeysAnswer],
    ["/api/v1/audit", AuditAnswer],
    ["/api/v1/imports", ImportsAnswer],
    ["/api/v1/rejects", RejectsAnswer],
    ["/healthz", HealthAnswer],
    ["/readyz", ReadyAnswer],
  ];
  for (const [url, shape] of questions) {
    const answer = await door.ask({ url });
    expect(answer.statusCode, url).toBe(200);
    expect(shape.parse(answer.json()), url).toEqual(answer.json());
    expect(answer.headers["cache-control"], url).toBe("no-store");
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
  }
});

it("hands on what was asked: repeated parameters as lists, defaults filled in, commas kept", async () => {
  door.asked.length = 0;
  await door.ask({
    url: "/api/v1/campaigns?account=7&account=8&project=Palm%2C%20Hills&from=all&search=a%26b&limit=5",
  });
  await door.ask({ url: "/api/v1/rows?kpi=spend&dropped=false" });
  await door.ask({ url: "/api/v1/rows?kpi=spend&dropped=true" });
  const [campaigns, kept, dropped] = door.asked;
  expect(campaigns?.query).toEqual({
    account: ["7", "8"],
    project: ["Palm, Hills"],
    campaign: [],
    basis: "corrected",
    from: "all",
    search: "a&b",
    limit: 5,
    sort: "spend",
    order: "desc",
  });
  expect(kept?.query).toMatchObject({ dropped: false });
  expect(dropped?.query).toMatchObject({ dropped: true });
});

it("explains every KPI by the sums it is made of, so that a reader gets the same number", async () => {
  const { kpis } = DefinitionsAnswer.parse((await door.ask({ url: "/api/v1/definitions" })).json());
  const whole = Object.fromEntries(MEASURES.map((name, i) => [name, 7 + 3 * i]));
  // Every row knows everything, so that what rows know together is all there is.
  const parts = PARTS.map((name) => [name, whole[name.slice(0, name.indexOf("With"))]]);
  const measures = { ...whole, ...Object.fromEntries(parts) } as Measures;
  expect(kpis.map(({ id }) => id)).toEqual(KPIS.map(({ id }) => id));
  for (const [i, { over, under, scale }] of kpis.entries()) {
    const kpi = KPIS[i] as (typeof KPIS)[number];
    const below = under === null ? 1 : (measures[under] as number);
    expect(((measures[over] as number) * scale) / below).toBe(kpiValue(kpi, measures));
  }
});

it("never lets an answer leave that its schema does not know", async () => {
  const broken = await openDoor({
    definitions: { ...fakeDefinitions(), inForce: () => ({ version: 3, default: {} }) as never },
  });
  const answer = await broken.ask({ url: "/api/v1/definitions" });
  expect(answer.statusCode).toBe(500);
  expect(answer.json().code).toBe("INTERNAL");
  await broken.app.close();
});

it("imports what was previewed once, however often the same request comes", async () => {
  const url = "/api/v1/imports";
  const send = (key: string | null, payload: object) =>
    door.ask({
      method: "POST",
      url,
      payload,
      headers: key === null ? {} : { "idempotency-key": key },
    });
  const before = door.desk.commits.length;
  const body = { previewId: "p1", skipProblems: true };
  const together = await Promise.all(Array.from({ length: 20 }, () => send("k1", body)));
  const again = await send("k1", { skipProblems: true, previewId: "p1" });
  expect(door.desk.commits.length - before).toBe(1);
  expect(door.desk.commits.at(-1)).toEqual({
    request: { previewId: "p1", skipProblems: true, saveMappings: true },
    by: "owner",
  });
  const first = ImportRow.parse(again.json());
  for (const answer of together) expect(answer.json()).toEqual(first);

  const other = await send("k1", { previewId: "p2" });
  expect(other.statusCode).toBe(409);
  expect(other.json().code).toBe("IDEMPOTENCY_CONFLICT");
  expect((await send("k2", { previewId: "p2" })).json().importId).not.toBe(first.importId);
  await send(null, { previewId: "p3" });
  await send(null, { previewId: "p3" });
  expect(door.desk.commits.length - before).toBe(4);

  // A failure is no answer worth keeping: the next try runs again.
  expect((await send("k3", { previewId: "gone" })).statusCode).toBe(410);
  expect((await send("k3", { previewId: "p4" })).statusCode).toBe(200);

  door.clock.set(new Date("2025-02-02T09:00:01Z"));
  expect((await send("k1", { previewId: "p2" })).statusCode).toBe(200);
});

it("previews, discards and undoes", async () => {
  const preview = await door.ask({
    method: "POST",
    url: "/api/v1/imports/preview",
    payload: { uploadIds: ["u1", "u2"], account: "7" },
  });
  expect(PreviewAnswer.parse(preview.json()).previewId).toBe("p-u1-u2");
  const discarded = await door.ask({ method: "DELETE", url: "/api/v1/imports/preview/p-u1-u2" });
  expect([discarded.statusCode, discarded.body]).toEqual([204, ""]);
  const undone = await door.ask({ method: "POST", url: "/api/v1/imports/i%2F1/undo" });
  expect(ImportRow.parse(undone.json())).toMatchObject({ importId: "i/1", state: "undone" });
});

it("sends long JSON compressed the way the client takes it, and short JSON as it is", async () => {
  const get = (url: string, encoding: string) =>
    door.ask({ url, headers: { "accept-encoding": encoding } });
  const plain = await get("/api/v1/kpis", "identity");
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(plain.rawPayload.length).toBeGreaterThan(2000);

  const brotli = await get("/api/v1/kpis", "gzip, deflate, br");
  expect(brotli.headers).toMatchObject({ "content-encoding": "br", vary: "accept-encoding" });
  expect(brotliDecompressSync(brotli.rawPayload).equals(plain.rawPayload)).toBe(true);
  expect(brotli.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
  expect(Number(brotli.headers["content-length"])).toBe(brotli.rawPayload.length);

  const gzip = await get("/api/v1/kpis", "gzip, br;q=0");
  expect(gzip.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(gzip.rawPayload).equals(plain.rawPayload)).toBe(true);

  expect((await get("/api/v1/me", "br")).headers["content-encoding"]).toBeUndefined();
});

it("chooses the encoding by the client's weights", () => {
  expect(chooseEncoding("br;q=0.5, gzip;q=0.9")).toBe("gzip");
  expect(chooseEncoding("*")).toBe("br");
  expect(chooseEncoding("identity;q=1, *;q=0")).toBe(null);
  expect(chooseEncoding(undefined)).toBe(null);
  expect(chooseEncoding("")).toBe(null);
});

it("carries the headers that keep a browser from doing harm", async () => {
  for (const url of ["/api/v1/me", "/docs", "/enter?token=x", "/nothing", "/healthz"]) {
    const { headers } = await door.ask({ url });
    const policy = String(headers["content-security-policy"]);
    expect(policy.split("; "), url).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  }
});
