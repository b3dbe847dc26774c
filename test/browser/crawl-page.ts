/** What can be pressed on a page as it stands, told apart by what it is, what it is called and where it stands. */
import type { ElementHandle, Page } from "playwright-core";

export interface Control {
  /** Equal for what is the same thing to a reader: the third of a hundred equal rows is the first once more. */
  readonly key: string;
  readonly kind: "press" | "tick" | "choose" | "slide" | "row" | "away";
  /** The key without its place, for people. */
  readonly name: string;
}

export interface Standing {
  /** Path and parameters. */
  readonly url: string;
  /** Path and the names of its parameters. */
  readonly kind: string;
  /** The drawer, dialog or menu on top; null where there is none. */
  readonly layer: string | null;
  /** All that can be pressed, and what is said in alarm. */
  readonly marks: string;
  /** Language and theme. */
  readonly dress: string;
}

interface Found {
  readonly element: HTMLElement;
  readonly control: Control;
}

declare global {
  interface Window {
    crawlFound?: () => Found[];
    crawlLayer?: () => { readonly element: HTMLElement; readonly name: string } | null;
  }
}

/** Runs in the page before its own scripts. */
export function installCrawl(): void {
  const tidy = (text: string) =>
    text
      .replace(/[\d\u0660-\u0669][\d\u0660-\u0669.,:\u066b\u066c]*/g, "#")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, 90);
  const named = (element: HTMLElement): string => {
    const label = element.getAttribute("aria-label");
    if (label !== null) return tidy(label);
    const by = element.getAttribute("aria-labelledby");
    if (by !== null)
      return tidy(
        by
          .split(" ")
          .map((id) => document.getElementById(id)?.textContent ?? "")
          .join(" "),
      );
    const own = (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent;
    return tidy(own || element.title || element.getAttribute("placeholder") || "");
  };
  const seen = (element: HTMLElement) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.closest("[inert]") !== null) return false;
    if (element.matches(":disabled") || element.getAttribute("aria-disabled") === "true")
      return false;
    return element.getClientRects().length > 0;
  };
  const kindOf = (element: HTMLElement): Control["kind"] | null => {
    if (element instanceof HTMLAnchorElement) {
      const away =
        element.origin !== location.origin ||
        element.target === "_blank" ||
        element.hasAttribute("download") ||
        element.getAttribute("href")?.startsWith("#") === true ||
        element.pathname.startsWith("/api/");
      return away ? "away" : "press";
    }
    if (element instanceof HTMLInputElement) {
      if (element.type === "checkbox") return "tick";
      if (element.type === "radio") return element.checked ? null : "tick";
      return null;
    }
    if (element instanceof HTMLSelectElement) return element.options.length > 1 ? "choose" : null;
    if (element.getAttribute("role") === "slider") return "slide";
    if (element instanceof HTMLTableRowElement || element.matches(".data-card, [role=option]"))
      return getComputedStyle(element).cursor === "pointer" ? "row" : null;
    return "press";
  };
  /** In a long list the name of one is the name of all. */
  const spot = (element: HTMLElement): string | null => {
    const item = element.closest<HTMLElement>(
      "tbody tr, li, .data-card, [role=option], fieldset > label, .check",
    );
    if (item === null) return null;
    const alike = [...(item.parentElement?.children ?? [])].filter(
      (one) => one.tagName === item.tagName,
    );
    if (alike.length <= 6 && !(item instanceof HTMLTableRowElement)) return null;
    const column = element.closest<HTMLElement>("[data-column]")?.dataset.column ?? "";
    const within = [...item.querySelectorAll(element.tagName)].indexOf(element);
    return `${item.tagName} ${column} ${element.tagName}.${element.className} ${column === "" ? within : ""}`;
  };
  window.crawlLayer = () => {
    const open = document.querySelectorAll<HTMLElement>("dialog[open], .popover-panel");
    const top = open[open.length - 1];
    return top === undefined ? null : { element: top, name: named(top) };
  };
  window.crawlFound = () => {
    const layer = window.crawlLayer?.() ?? null;
    const root = layer?.element ?? document.body;
    const all = root.querySelectorAll<HTMLElement>(
      "a[href], button, summary, select, input, [role=slider], tbody tr[data-id], .data-card, [role=option]",
    );
    const keys = new Set<string>();
    return [...all].flatMap((element) => {
      const kind = seen(element) ? kindOf(element) : null;
      if (kind === null) return [];
      const frame = layer === null && element.closest("header.bar, .skip") !== null;
      const where = frame ? "frame" : `${location.pathname} ${layer?.name ?? ""}`;
      const list = spot(element);
      const region = element.closest<HTMLElement>("section[aria-labelledby], section[aria-label]");
      const part = region === null || layer !== null ? "" : named(region);
      // "Show rows: Spend" and "Show rows: Leads" are one thing to do.
      const own = named(element).replace(/: .*/, ": …");
      const name = `${element.tagName.toLowerCase()} ${list ?? own}`;
      const key = `${where} | ${part} | ${kind} ${name}`;
      if (keys.has(key)) return [];
      keys.add(key);
      return [{ element, control: { key, kind, name: `${part} ${name}`.trim() } }];
    });
  };
}

/** Everything that can be pressed in what is on top. */
export function controlsOf(page: Page): Promise<readonly Control[]> {
  return page.evaluate(() => (window.crawlFound?.() ?? []).map(({ control }) => control));
}

/** The element behind a key; null where it is gone. */
export async function handleOf(
  page: Page,
  key: string,
): Promise<ElementHandle<HTMLElement> | null> {
  const handle = await page.evaluateHandle(
    (wanted) =>
      window.crawlFound?.().find(({ control }) => control.key === wanted)?.element ?? null,
    key,
  );
  return handle.asElement() as ElementHandle<HTMLElement> | null;
}

/** How the page stands. */
export function standingOf(page: Page): Promise<Standing> {
  return page.evaluate(() => {
    const { pathname, search } = location;
    const names = [...new Set(new URLSearchParams(search).keys())].sort();
    const alarms = document.querySelectorAll("[role=alert], .failure, .field-error").length;
    const keys = (window.crawlFound?.() ?? []).map(({ control }) => control.key);
    const { lang, dataset } = document.documentElement;
    return {
      url: pathname + search,
      kind: `${pathname}?${names}`,
      layer: window.crawlLayer?.()?.name ?? null,
      marks: `${keys.sort().join("\n")} ${alarms}`,
      dress: `${lang} ${dataset.theme ?? ""}`,
    };
  });
}

/** Whether there is no way on: nothing to press, and nothing to write. */
export async function deadEnd(page: Page): Promise<boolean> {
  const controls = await controlsOf(page);
  if (controls.some(({ kind }) => kind === "press" || kind === "row")) return false;
  return (await page.locator("input:visible, textarea:visible").count()) === 0;
}

/** What has the focus, as a key; null where nothing has. */
export function focusedKey(page: Page): Promise<string | null> {
  return page.evaluate(
    () =>
      window.crawlFound?.().find(({ element }) => element === document.activeElement)?.control
        .key ?? null,
  );
}
