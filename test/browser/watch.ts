/** Hears everything that goes wrong behind the page. */
import type { Page } from "playwright-core";

export interface Watch {
  /** Errors and warnings of the console, uncaught errors, refused and failed requests, in the order they came. */
  readonly heard: readonly string[];
}

/**
 * Listens from now on. A stream or a question that ends because the page goes elsewhere is no failure.
 *
 * @param expected what a test provokes on purpose
 */
export function watch(page: Page, expected: RegExp | null = null): Watch {
  const heard: string[] = [];
  const hear = (what: string) => {
    if (expected?.test(what) !== true) heard.push(what);
  };
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      hear(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => hear(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") hear(`failed: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) hear(`${response.status()}: ${response.url()}`);
  });
  return { heard };
}
