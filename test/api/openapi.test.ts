import { afterAll, beforeAll, expect, it } from "vitest";
import { openDoor, type TestDoor } from "./fakes.ts";

type Plain = { [key: string]: unknown };
interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: { name: string; in: string; required?: boolean; schema: Plain }[];
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
  security: Plain[];
  "x-needs"?: string;
}
interface OpenApi {
  openapi: string;
  info: Plain;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, Plain> };
}

let door: TestDoor;
let document: OpenApi;
/** Method and path of every route that Fastify really holds. */
let registered: string[];

beforeAll(async () => {
  door = await openDoor();
  document = (await door.app.inject("/openapi.json")).json();
  registered = routesOf(door.app.printRoutes({ commonPrefix: false }));
});
afterAll(() => door.app.close());

/** `printRoutes` draws a tree: each line is a piece of path, indented by four characters per level. */
function routesOf(tree: string): string[] {
  const pieces: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const match = /^([│ ]*)[├└]── (\S*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (match === null) return [];
    const depth = (match[1] ?? "").length / 4;
    pieces.splice(depth, Number.POSITIVE_INFINITY, match[2] ?? "");
    const verbs = match[3]?.split(", ") ?? [];
    return verbs.map((verb) => `${verb} ${pieces.join("")}`);
  });
}

const operations = () =>
  Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
  );

function everyReference(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(everyReference);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "$ref" && typeof item === "string" ? [item] : everyReference(item),
  );
}

it("lists exactly the routes that exist, besides the pages for people", () => {
  const described = operations().map(
    ({ path, verb }) => `${verb.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
  );
  const forPeople = [
    "GET /docs",
    "GET /docs/page.css",
    "GET /enter",
    "GET /join",
    "GET /openapi.json",
    "GET /s/:token",
    "POST /s/:token",
    "POST /join",
  ];
  expect([...described, ...forPeople].sort()).toEqual([...registered].sort());
  expect(described.length).toBeGreaterThan(90);
});

it("is an OpenAPI 3.1 document whose references all resolve and whose shapes are all used", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(document.info).toMatchObject({ title: "leadsmart", version: "1.2.3" });
  const references = new Set(everyReference(document));
  for (const reference of references) {
    const [, , , name] = reference.split("/");
    expect(reference).toBe(`#/components/schemas/${name}`);
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
  expect([...references].map((one) => one.split("/").at(-1)).sort()).toEqual(
    Object.keys(document.components.schemas).sort(),
  );
  expect(JSON.stringify(document)).not.toMatch(/PLACEHOLDER|"nullable"/);
});

it("names every operation once and gives it a summary, a known tag, its security and its errors", () => {
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = document.tags.map(({ name }) => name);
  for (const { path, operation } of operations()) {
    expect(operation.summary, path).toMatch(/\w/);
    expect(tags).toContain(operation.tags[0]);
    const problems = Object.entries(operation.responses).filter(([status]) => status >= "400");
    for (const [status, { content, description }] of problems) {
      expect(Object.keys(content ?? {}), `${path} ${status}`).toEqual(["application/problem+json"]);
      expect(description).toMatch(/^[A-Z_]+(?:, [A-Z_]+)*$/);
    }
    const codes = problems.map(([, { description }]) => description).join(", ");
    if (operation["x-needs"] === undefined) {
      expect(operation.security).toEqual([]);
    } else if (path.startsWith("/api/")) {
      expect(codes).toContain("NOT_SIGNED_IN");
      expect(operation.security[0]).toHaveProperty("session");
    } else {
      expect(operation.security).toEqual([]);
    }
    for (const scheme of operation.security.flatMap(Object.keys)) {
      expect(Object.keys(document.components.securitySchemes)).toContain(scheme);
    }
  }
});

it("describes every path parameter as required and every query parameter with a kind", () => {
  for (const { path, operation } of operations()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const parameters = operation.parameters ?? [];
    const described = parameters.filter((one) => one.in === "path");
    expect(described.map(({ name }) => name)).toEqual(inPath);
    expect(described.every(({ required }) => required === true)).toBe(true);
    for (const { schema, name } of parameters) {
      expect(Object.keys(schema).length, `${path} ${name}`).toBeGreaterThan(0);
    }
  }
  const kpis = document.paths["/api/v1/kpis"]?.get?.parameters ?? [];
  expect(kpis.map(({ name }) => name).sort()).toEqual(
    ["account", "asOf", "basis", "campaign", "compare", "from", "project", "to"].sort(),
  );
});

it("takes an upload as bytes of any length", () => {
  const operation = document.paths["/api/v1/uploads"]?.post as unknown as {
    requestBody: { content: Plain };
  };
  expect(operation.requestBody.content).toEqual({
    "application/octet-stream": { schema: { type: "string", format: "binary" } },
  });
});

it("has a reference page that names every operation, every shape and every problem it links to", async () => {
  const answer = await door.app.inject("/docs");
  expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
  for (const { operation, path } of operations()) {
    expect(answer.body).toContain(`id="${operation.operationId}"`);
    expect(answer.body).toContain(path);
  }
  const anchors = new Set([...answer.body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...answer.body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter((id) => !anchors.has(id))).toEqual([]);
  expect(answer.body).not.toMatch(/<script|https?:\/\/|style="/);
  expect((await door.app.inject("/docs/page.css")).headers["content-type"]).toContain("text/css");
});
