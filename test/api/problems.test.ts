import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { afterEach, expect, it } from "vitest";
import { PROBLEM_STATUS } from "../../src/api/problem-status.ts";
import { ProblemBody } from "../../src/contract/common.ts";
import { openDoor, type TestDoor } from "./fakes.ts";

let open: TestDoor | null = null;
async function door(...changes: Parameters<typeof openDoor>): Promise<TestDoor> {
  open = await openDoor(...changes);
  return open;
}
afterEach(async () => {
  await open?.app.close();
  open = null;
});

it("gives every code of docs/errors.md a status, and no status to a code that nothing throws", () => {
  const listed = [...readFileSync("docs/errors.md", "utf8").matchAll(/^\| `([A-Z0-9_]+)`/gm)];
  expect(listed.length).toBeGreaterThan(40);
  expect(
    listed.map(([, code]) => code).filter((code) => !((code as string) in PROBLEM_STATUS)),
  ).toEqual([]);
  const source = ["src", "sample"].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(path.join(root, file), "utf8")),
  );
  const thrown = new Set(
    source.flatMap((text) =>
      [...text.matchAll(/new Problem\(\s*"([A-Z0-9_]+)"/g)].map(([, code]) => code),
    ),
  );
  expect(Object.keys(PROBLEM_STATUS).filter((code) => !thrown.has(code))).toEqual([]);
  for (const [code, status] of Object.entries(PROBLEM_STATUS)) {
    expect(status >= 400 && status < 600, code).toBe(true);
  }
});

it("names the parameter that was refused", async () => {
  const { ask, asked } = await door();
  const wrong: [string, string][] = [
    ["/api/v1/kpis?from=2025-13-01", "from"],
    ["/api/v1/kpis?from=01/02/2025", "from"],
    ["/api/v1/kpis?to=all", "to"],
    ["/api/v1/kpis?basis=best", "basis"],
    ["/api/v1/kpis?acount=7", "acount"],
    ["/api/v1/kpis?asOf=2025-02-30", "asOf"],
    ["/api/v1/kpis?from=2025-01-01&from=2025-01-02", "from"],
    ["/api/v1/trend?grain=hour", "grain"],
    ["/api/v1/breakdown", "by"],
    ["/api/v1/breakdown?by=project&limit=0", "limit"],
    ["/api/v1/campaigns?limit=501", "limit"],
    ["/api/v1/campaigns?sort=spend;drop", "sort"],
    ["/api/v1/leads?order=up", "order"],
    ["/api/v1/rows", "kpi"],
    ["/api/v1/rows?kpi=spend&dropped=perhaps", "dropped"],
    ["/api/v1/rejects?limit=ten", "limit"],
    ["/api/v1/imports?limit=-1", "limit"],
  ];
  for (const [url, parameter] of wrong) {
    const answer = await ask({ url });
    expect(answer.statusCode, url).toBe(400);
    const problem = ProblemBody.parse(answer.json());
    expect(problem.code).toBe("BAD_REQUEST");
    expect(problem.where).toBe(`query parameter ${parameter}`);
    expect(problem.detail).toContain(parameter);
  }
  expect(asked).toEqual([]);
});

it("refuses a period that ends before it begins, and takes one of a single day", async () => {
  const { ask } = await door();
  for (const path of ["kpis", "trend", "funnel", "campaigns", "leads"]) {
    const answer = await ask({ url: `/api/v1/${path}?from=2025-01-31&to=2025-01-01` });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe("BAD_PERIOD");
  }
  const oneDay = await ask({ url: "/api/v1/kpis?from=2025-01-31&to=2025-01-31" });
  expect(oneDay.statusCode).toBe(200);
  expect((await ask({ url: "/api/v1/kpis?from=all&to=2025-01-01" })).statusCode).toBe(200);
});

it("says nothing of an unexpected failure but its request id, and logs no person's data", async () => {
  let log = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  const { ask } = await door({ logger: { level: "info", stream } });
  const answer = await ask({ url: "/api/v1/rows?kpi=explode&project=Invented%20Person" });
  expect(answer.statusCode).toBe(500);
  const problem = ProblemBody.parse(answer.json());
  expect(problem).toMatchObject({ code: "INTERNAL", type: "/docs#INTERNAL", status: 500 });
  expect(answer.body).not.toContain("Invented");
  const requestId = answer.headers["x-request-id"];
  expect(problem.details).toEqual({ requestId });
  expect(log).toContain('"msg":"request failed"');
  expect(log).toContain(`"reqId":"${requestId}"`);
  expect(log).toContain("fakes.ts");
  expect(log).not.toMatch(/Invented|\+20100/);
});

it("logs neither one-time tokens nor cookies", async () => {
  let log = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  const { app, cookie } = await door({ logger: { level: "trace", stream } });
  await app.inject({ url: "/enter?token=s3cret-token", headers: { cookie } });
  expect(log).toContain('"path":"/enter"');
  expect(log).not.toMatch(/s3cret|leadsmart_session/);
});

it("carries the desk's own problems with the status of their code", async () => {
  const { ask } = await door();
  const gone = await ask({
    method: "POST",
    url: "/api/v1/imports",
    payload: { previewId: "gone" },
  });
  expect(gone.statusCode).toBe(410);
  expect(gone.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(ProblemBody.parse(gone.json())).toEqual({
    type: "/docs#PREVIEW_GONE",
    title: "Preview gone",
    status: 410,
    detail: "The preview is gone",
    code: "PREVIEW_GONE",
    where: null,
    fix: "Preview again.",
    details: null,
  });
});

it("tells a wrong verb from a wrong address, for every address there is", async () => {
  const { app, ask } = await door();
  const { paths } = (await app.inject("/openapi.json")).json() as {
    paths: Record<string, Record<string, unknown>>;
  };
  // A word may stand where another address takes any id: both answer there.
  const verbsAt = (url: string) =>
    Object.entries(paths).flatMap(([path, verbs]) =>
      new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(url) ? Object.keys(verbs) : [],
    );
  for (const path of Object.keys(paths)) {
    const url = path.replaceAll(/\{\w+\}/g, "x1");
    const verbs = new Set(verbsAt(url));
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"] as const) {
      if (verbs.has(method.toLowerCase())) continue;
      const answer = await ask({ method, url });
      expect(answer.statusCode, `${method} ${url}`).toBe(405);
      const allowed = [...verbs].map((verb) => verb.toUpperCase());
      expect(answer.headers.allow).toBe(allowed.sort().join(", "));
      expect(answer.json().code).toBe("METHOD_NOT_ALLOWED");
    }
  }
  for (const url of ["/api/v1/kpi", "/api/v2/kpis", "/api", "/nothing", "/api/v1/kpis/"]) {
    const answer = await ask({ url });
    expect(answer.statusCode, url).toBe(404);
    expect(answer.json().code).toBe("NOT_FOUND");
  }
});

it("refuses bodies that are malformed, too large, of another kind, or hold what is not known", async () => {
  const { ask } = await door();
  const url = "/api/v1/imports/preview";
  const json = { "content-type": "application/json" };
  const send = (payload: string, headers: Record<string, string>) =>
    ask({ method: "POST", url, payload, headers });
  const cases: [string, Record<string, string>, number, string][] = [
    ["{", json, 400, "BAD_REQUEST"],
    ["", json, 400, "BAD_REQUEST"],
    ["null", json, 400, "BAD_REQUEST"],
    ['{"uploadIds":[]}', json, 400, "BAD_REQUEST"],
    ['{"uploadIds":["u"],"acount":"7"}', json, 400, "BAD_REQUEST"],
    ['{"__proto__":{"a":1},"uploadIds":["u"]}', json, 400, "BAD_REQUEST"],
    [`{"uploadIds":["${"u".repeat(1_100_000)}"]}`, json, 413, "BODY_TOO_LARGE"],
    [
      "uploadIds=u",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "UNSUPPORTED_BODY",
    ],
  ];
  for (const [payload, headers, status, code] of cases) {
    const answer = await send(payload, headers);
    expect(answer.statusCode, payload.slice(0, 40)).toBe(status);
    expect(ProblemBody.parse(answer.json()).code).toBe(code);
  }
  const unknown = await send('{"uploadIds":["u"],"acount":"7"}', json);
  expect(unknown.json().where).toBe("body field acount");
});

it("answers an address that cannot be decoded with a problem too", async () => {
  const { app } = await door();
  const answer = await app.inject({ url: "/api/v1/imports/%zz/undo", method: "POST" });
  expect(answer.statusCode).toBe(400);
  expect(ProblemBody.parse(answer.json()).code).toBe("BAD_REQUEST");
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
});

it("is alive at once and ready when nothing is missing any more", async () => {
  let reasons = ["the sample world is being made", "numbers are being computed"];
  const { app } = await door({ notReady: async () => reasons });
  expect((await app.inject("/healthz")).json()).toEqual({ status: "ok", version: "1.2.3" });
  const early = await app.inject("/readyz");
  expect(early.statusCode).toBe(503);
  expect(early.json()).toMatchObject({ code: "NOT_READY", details: { reasons } });
  reasons = [];
  expect((await app.inject("/readyz")).json()).toEqual({ status: "ready" });
});
