/** The built page: hashed assets forever, index.html never from a cache, and links into the page answered by it. */
import { access, readFile } from "node:fs/promises";
import path from "node:path";
import staticFiles from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../base/problem.ts";

const HASHED_FOLDER = `${path.sep}assets${path.sep}`;
const YEAR_SECONDS = 365 * 24 * 60 * 60;
/** Addresses of the server itself; a misspelt one is an error, never the page. */
const SERVER_ADDRESS = /^\/(?:api|assets|docs|enter|healthz|readyz|openapi\.json)(?:\/|$)/;

/** True for a link into the page: a person navigating to an address that is neither the server's nor a file's. */
export function isPageAddress(request: FastifyRequest): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const address = request.url.split("?", 1)[0] ?? "";
  if (SERVER_ADDRESS.test(address) || /\.[^/]*$/.test(address)) return false;
  return /text\/html|\*\/\*/.test(request.headers.accept ?? "*/*");
}

/**
 * Serves the built page from a folder.
 *
 * @returns the answer to a link into the page
 * @throws Problem `PAGE_NOT_BUILT` when the folder holds no index.html
 */
export async function registerPageFiles(
  app: FastifyInstance,
  folder: string,
): Promise<(reply: FastifyReply) => Promise<FastifyReply>> {
  const index = path.join(folder, "index.html");
  const absent = (cause: unknown) =>
    new Problem("PAGE_NOT_BUILT", {
      what: "The page has not been built",
      where: index,
      fix: "Run `npm run build`; `npm start` does it by itself.",
      cause,
    });
  const sendIndex = async (reply: FastifyReply) => {
    const html = await readFile(index, "utf8").catch((error) => {
      throw absent(error);
    });
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(html);
  };
  await access(index).catch((error) => {
    throw absent(error);
  });
  await app.register(staticFiles, {
    root: path.resolve(folder),
    index: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: "ignore",
    schemaHide: true,
    setHeaders: (response, file) => {
      const hashed = file.includes(HASHED_FOLDER);
      response.setHeader(
        "cache-control",
        hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : "no-cache",
      );
    },
  });
  for (const address of ["/", "/index.html"]) {
    app.get(address, { schema: { hide: true } }, (_request, reply) => sendIndex(reply));
  }
  return sendIndex;
}
