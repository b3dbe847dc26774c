import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isProblem } from "../../src/base/problem.ts";
import { openDoor, type TestDoor } from "./fakes.ts";

const INDEX =
  '<!doctype html><title>leadsmart</title><script src="/assets/app-1a2b3c4d.js"></script>';
const SCRIPT = "console.log('hello');".repeat(200);
let root: string;
let door: TestDoor;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "leadsmart-page-"));
  const page = path.join(root, "page");
  mkdirSync(path.join(page, "assets"), { recursive: true });
  writeFileSync(path.join(root, "secret.txt"), "outside");
  writeFileSync(path.join(page, "index.html"), INDEX);
  writeFileSync(path.join(page, "icon.svg"), "<svg/>");
  writeFileSync(path.join(page, ".env"), "hidden");
  writeFileSync(path.join(page, "assets", "app-1a2b3c4d.js"), SCRIPT);
  writeFileSync(path.join(page, "assets", "app-1a2b3c4d.js.br"), brotliCompressSync(SCRIPT));
  door = await openDoor({ pageDirectory: page });
});
afterAll(async () => {
  await door.app.close();
  rmSync(root, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = { accept: "text/html,*/*;q=0.8" }) =>
  door.app.inject({ url, headers });

it("loads at its root and at every link into it, signed in or not, and is never taken from a cache", async () => {
  for (const url of [
    "/",
    "/index.html",
    "/data?from=2025-01-01",
    "/campaigns/c1",
    "/today?a=b.c",
  ]) {
    for (const cookie of ["", door.cookie]) {
      const answer = await get(url, { accept: "text/html", cookie });
      expect(answer.statusCode, url).toBe(200);
      expect(answer.body).toBe(INDEX);
      expect(answer.headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-cache",
      });
      expect(answer.headers["content-security-policy"]).toContain("script-src 'self'");
    }
  }
});

it("keeps hashed assets for a year and asks again for everything else", async () => {
  const asset = await get("/assets/app-1a2b3c4d.js");
  expect(asset.body).toBe(SCRIPT);
  expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(asset.headers["content-type"]).toContain("javascript");
  const icon = await get("/icon.svg");
  expect(icon.headers["cache-control"]).toBe("no-cache");
  const unchanged = await get("/icon.svg", { "if-none-match": String(icon.headers.etag) });
  expect(unchanged.statusCode).toBe(304);
});

it("sends the compressed copy of an asset that was built beside it", async () => {
  const answer = await get("/assets/app-1a2b3c4d.js", { "accept-encoding": "br" });
  expect(answer.headers["content-encoding"]).toBe("br");
  expect(answer.rawPayload.length).toBe(brotliCompressSync(SCRIPT).length);
  expect(answer.headers["cache-control"]).toContain("immutable");
  expect(answer.headers["content-type"]).toContain("javascript");
});

it("never answers a missing file or a misspelt API address with the page", async () => {
  for (const url of [
    "/assets/gone.js",
    "/gone.png",
    "/api/v1/kpi",
    "/api/v2",
    "/api",
    "/docs/more",
    "/enter/x",
    "/.env",
    "/assets/",
  ]) {
    const answer = await get(url);
    expect(answer.statusCode, url).toBe(404);
    expect(answer.json().code).toBe("NOT_FOUND");
  }
  expect((await get("/data", { accept: "application/json" })).statusCode).toBe(404);
  const posted = await door.ask({ method: "POST", url: "/data" });
  expect(posted.statusCode).toBe(404);
});

it("gives out nothing from outside its folder", async () => {
  for (const url of [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "/..%5csecret.txt",
  ]) {
    const answer = await get(url);
    expect(answer.body, url).not.toContain("outside");
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  }
});

it("sends a newly signed-in browser to the page", async () => {
  const expiresAt = new Date("2025-02-02T00:00:00Z");
  const token = await door.sessions.createToken({ purpose: "enter", person: "owner", expiresAt });
  expect((await get(`/enter?token=${token}`)).headers.location).toBe("/");
});

it("tells at the start when the page was not built", async () => {
  const error = await openDoor({ pageDirectory: path.join(root, "nowhere") }).catch((e) => e);
  expect(isProblem(error) && error.code).toBe("PAGE_NOT_BUILT");
});
