/** What is wrong with how a page stands: overflow, leftovers of the other language, holes in texts, axe's findings. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { ar } from "../../dashboard/i18n/ar.ts";
import { en } from "../../dashboard/i18n/en.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Texts = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Every text of a dictionary as a pattern of a whole text node; those that are equal in Arabic are left out. */
function patternsOf(texts: Texts, others: Texts): string[] {
  const forms = (text: Texts[string] | undefined) =>
    typeof text === "string" ? [text] : Object.values(text ?? {});
  return Object.entries(texts).flatMap(([key, text]) =>
    forms(text)
      .filter(
        (form) =>
          !forms(others[key]).includes(form) && /[a-z]{2}/i.test(form.replace(/\{\w+\}/g, "")),
      )
      .map((form) =>
        form
          .split(/\{\w+\}/)
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
          .join(".+"),
      ),
  );
}

const ENGLISH = patternsOf(en, ar);

/** Things too wide for the window, or for what holds them. */
export function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const wrong: string[] = [];
    if (root.scrollWidth > root.clientWidth)
      wrong.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth}`);
    // An open menu lies over what is beside it; whether it stays in the window is asked below.
    for (const box of document.querySelectorAll<HTMLElement>(
      "[data-kpi], .dialog-body, .dialog-head, .popover-panel, .panel-head, .filters, .bar, .file-card",
    ))
      if (box.scrollWidth > box.clientWidth + 1 && box.querySelector(".popover-panel") === null)
        wrong.push(`${box.className} holds ${box.scrollWidth} px in ${box.clientWidth}`);
    for (const box of document.querySelectorAll("dialog[open], .popover-panel")) {
      const { left, right } = box.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1)
        wrong.push(`${box.className} reaches from ${left} to ${right} of ${innerWidth}`);
    }
    return wrong;
  });
}

/** Every text that a reader meets: text nodes, names, hints. */
function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title];
    // What the server says, and what the reader's own files hold: column names are theirs.
    const foreign =
      '[lang="en"], code, .code, script, style, [translate="no"], .file-card bdi, .mapping-fields option';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node.parentElement?.closest(foreign) === null) texts.push(node.textContent ?? "");
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext"])
      for (const element of document.body.querySelectorAll(`[${name}]`))
        if (element.closest(foreign) === null) texts.push(element.getAttribute(name) ?? "");
    return texts.map((text) => text.trim()).filter((text) => text !== "");
  });
}

const KEYS = new Set([...Object.keys(en), ...Object.keys(ar)].filter((key) => key.includes(".")));

/** Holes where a value should stand, and keys of texts where their words should. */
export async function holes(page: Page): Promise<string[]> {
  const hole = /\b(undefined|NaN|Invalid Date)\b|\[object|\{[a-z]+\}/;
  return (await textsOf(page)).filter((text) => hole.test(text) || KEYS.has(text));
}

/** On an Arabic page: texts of the English dictionary, and sentences that nobody wrote in Arabic. */
export async function englishLeftovers(page: Page): Promise<string[]> {
  const known = new RegExp(`^(?:${ENGLISH.join("|")})$`, "s");
  const sentence = /^[^\u0600-\u06ff]*(?:[A-Za-z]{2,}[ ,]+){3,}[A-Za-z]{2,}[^\u0600-\u06ff]*$/;
  return (await textsOf(page)).filter((text) => known.test(text) || sentence.test(text));
}

/**
 * What axe finds in the page, or in one part of it.
 *
 * @param what "all" its rules, or those about "colours" only, where another theme was looked at with all of them
 */
export async function axeFindings(
  page: Page,
  what: "all" | "colours",
  part?: string,
): Promise<string[]> {
  const only: axe.RunOnly =
    what === "all" ? { type: "tag", values: TAGS } : { type: "rule", values: ["color-contrast"] };
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([runOnly, within]) => {
      const { axe: tool } = window as unknown as { axe: typeof axe };
      const found = await tool.run(within ?? document, {
        runOnly,
        resultTypes: ["violations"],
      });
      return found.violations.flatMap((violation) =>
        violation.nodes.map(
          (node) => `axe ${violation.id}: ${node.target.join(" ")} · ${node.failureSummary ?? ""}`,
        ),
      );
    },
    [only, part ?? null] as const,
  );
}
