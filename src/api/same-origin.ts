/** Who may talk to a server on loopback: its own page and its owner's tools, not other sites in the same browser. */
import type { IncomingHttpHeaders } from "node:http";
import { Problem } from "../base/problem.ts";

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];
const READING_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Name and port of a Host header; null when it is missing or malformed. */
export function parseHost(host: string | undefined): { name: string; port: string } | null {
  const match = /^(\[[0-9a-f:.]+\]|[^:/@\s[\]]+)(?::(\d{1,5}))?$/i.exec(host ?? "");
  if (match === null) return null;
  return { name: (match[1] ?? "").toLowerCase(), port: match[2] ?? "" };
}

/**
 * Refuses a request that came under a foreign name: a site whose name was re-pointed to 127.0.0.1 would
 * otherwise read everything (DNS rebinding).
 *
 * @param names further names under which the server is reached, without port
 * @throws Problem `BAD_HOST`
 */
export function checkHost(headers: IncomingHttpHeaders, names: readonly string[]): void {
  const host = parseHost(headers.host);
  if (host !== null && (LOOPBACK_NAMES.includes(host.name) || names.includes(host.name))) return;
  throw new Problem("BAD_HOST", {
    what: "This server does not answer under that name",
    where: "header host",
    fix: "Use the address printed at the start, or start the server with --host-name and this name.",
  });
}

/**
 * Refuses a state-changing request that another site may have made the browser send.
 *
 * Browsers tell by `Sec-Fetch-Site` or `Origin`, which a page cannot forge; other programs send
 * `X-Leadsmart: 1`, which a foreign page cannot add without a preflight that is never granted.
 *
 * @throws Problem `CROSS_SITE`
 */
export function checkSameOrigin(method: string, headers: IncomingHttpHeaders): void {
  if (READING_METHODS.has(method) || isOurs(headers)) return;
  throw new Problem("CROSS_SITE", {
    what: "A request that changes something came from another site, or does not say where it comes from",
    where: "headers sec-fetch-site, origin, x-leadsmart",
    fix: "Use the product's own page; from a program send the header `X-Leadsmart: 1`.",
  });
}

function isOurs(headers: IncomingHttpHeaders): boolean {
  // A key is sent on purpose: no browser adds one by itself, and no foreign page can without being let.
  if (headers.authorization !== undefined) return true;
  const marked = headers["x-leadsmart"] === "1";
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || (site === "none" && marked);
  const { origin } = headers;
  if (origin !== undefined) {
    return origin === `http://${headers.host}` || origin === `https://${headers.host}`;
  }
  return marked;
}
