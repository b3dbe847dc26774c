/** The reference page, written from the OpenAPI description: readable without script, network or login. */
import type { FastifyInstance } from "fastify";
import { escaped } from "../report/explore/html.ts";
import { htmlPage, PAGE_STYLE } from "./html.ts";
import { PROBLEM_STATUS } from "./problem-status.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly default?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly description?: string;
}
type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses?: Readonly<Record<string, { description?: string; content?: Content }>>;
}
/** The parts of an OpenAPI 3.1 document that the page shows. */
export interface OpenApiDocument {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description?: string;
  };
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** A schema in one line of HTML, named shapes linked. */
function typeHtml(schema: Schema | undefined): string {
  if (schema === undefined) return "any";
  if (schema.$ref !== undefined) {
    const name = escaped(schema.$ref.split("/").at(-1) ?? "");
    return `<a href="#shape-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return escaped(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map((one) => escaped(JSON.stringify(one))).join(" | ");
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map(typeHtml).join(" | ");
  if (schema.items) return `list of ${typeHtml(schema.items)}`;
  if (schema.properties) {
    const members = Object.entries(schema.properties);
    return `{ ${members.map(([name, one]) => `${escaped(name)}: ${typeHtml(one)}`).join("; ")} }`;
  }
  if (typeof schema.additionalProperties === "object") {
    return `map of ${typeHtml(schema.additionalProperties)}`;
  }
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  return escaped(schema.format === undefined ? String(type) : `${type} (${schema.format})`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${cell}</${tag}>`).join("");
  return `<div class="table"><table><thead><tr>${cells("th", head)}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells("td", row)}</tr>`)
    .join("")}</tbody></table></div>`;
}

const code = (text: string) => `<code>${text}</code>`;

function contentHtml(content: Content | undefined): string {
  return Object.entries(content ?? {})
    .map(
      ([media, { schema }]) =>
        `${code(typeHtml(schema))} <span class="soft">${escaped(media)}</span>`,
    )
    .join("<br>");
}

function problemLinks(codes: string): string {
  return codes
    .split(", ")
    .map((name) => `<a href="#${escaped(name)}">${escaped(name)}</a>`)
    .join(", ");
}

function operationHtml(path: string, verb: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map((parameter) => [
    code(escaped(parameter.name)),
    `${parameter.in}${parameter.required ? ", required" : ""}`,
    code(typeHtml(parameter.schema)) +
      (parameter.schema?.default === undefined
        ? ""
        : ` <span class="soft">default ${escaped(JSON.stringify(parameter.schema.default))}</span>`),
    escaped(parameter.description ?? parameter.schema?.description ?? ""),
  ]);
  const body = operation.requestBody
    ? `<p>Body: ${contentHtml(operation.requestBody.content)}</p>`
    : "";
  const responses = Object.entries(operation.responses ?? {});
  const answers = responses
    .filter(([status]) => status.startsWith("2"))
    .map(
      ([status, { content }]) => `<p>Answer ${status}: ${contentHtml(content) || "no body"}</p>`,
    );
  const problems = responses
    .filter(([status]) => !status.startsWith("2"))
    .map(([status, { description }]) => `${status} ${problemLinks(description ?? "")}`);
  return `<article id="${escaped(operation.operationId ?? "")}">
<h3><span class="verb">${verb.toUpperCase()}</span>${code(escaped(path))}</h3>
<p>${escaped(operation.summary ?? "")}</p>
${operation.description === undefined ? "" : `<p class="soft">${escaped(operation.description)}</p>`}
${body}${table(["Parameter", "Where", "Kind", ""], parameters)}
${answers.join("")}
<p class="soft">Problems: ${problems.join(" · ")}</p>
</article>`;
}

function shapeHtml(name: string, schema: Schema): string {
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([field, one]) => [
    code(escaped(field)),
    required.has(field) ? "" : "optional",
    code(typeHtml(one)),
  ]);
  const heading = `<h3 id="shape-${escaped(name)}">${escaped(name)}</h3>`;
  return `<article>${heading}${table(["Field", "", "Kind"], rows)}</article>`;
}

/** The whole reference as HTML. */
export function docsHtml(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
  );
  const sections = (document.tags ?? []).map(({ name, description }) => {
    const here = operations.filter(({ operation }) => operation.tags?.includes(name));
    return `<section aria-labelledby="tag-${name}"><h2 id="tag-${name}">${escaped(name)}</h2>
<p class="soft">${escaped(description ?? "")}</p>
${here.map(({ path, verb, operation }) => operationHtml(path, verb, operation)).join("\n")}</section>`;
  });
  const contents = operations.map(
    ({ path, verb, operation }) =>
      `<li><a href="#${escaped(operation.operationId ?? "")}">${code(`${verb.toUpperCase()} ${escaped(path)}`)}</a></li>`,
  );
  const problems = Object.entries(PROBLEM_STATUS).map(([name, status]) => [
    `<code id="${name}">${name}</code>`,
    String(status),
  ]);
  const shapes = Object.entries(document.components?.schemas ?? {});
  const { title, version, description } = document.info;
  return htmlPage({
    title: "API",
    body: `<header><h1>${escaped(title)} API <span class="soft">${escaped(version)}</span></h1>
<p>${escaped(description ?? "")} The same as a machine reads it: <a href="/openapi.json">openapi.json</a>.</p></header>
<nav aria-label="Addresses"><ul>${contents.join("")}</ul></nav>
<main>${sections.join("\n")}
<section aria-labelledby="shapes"><h2 id="shapes">Shapes</h2>${shapes.map(([name, one]) => shapeHtml(name, one)).join("\n")}</section>
<section aria-labelledby="problems"><h2 id="problems">Problems</h2>${table(["Code", "Status"], problems)}</section></main>`,
  });
}

/** Registers `/docs` and the stylesheet of the pages that the server writes itself. */
export function registerDocsPage(app: FastifyInstance): void {
  let html: string | null = null;
  app.get("/docs", { schema: { hide: true } }, async (_request, reply) => {
    html ??= docsHtml(app.swagger() as unknown as OpenApiDocument);
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(html);
  });
  app.get("/docs/page.css", { schema: { hide: true } }, async (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").send(PAGE_STYLE),
  );
}
