/** What has the focus, and whether a person sees that. */
import type { Page } from "playwright-core";

export interface Focus {
  /** Name and text of what has the focus, for people. */
  readonly what: string;
  /** A ring is drawn around it, or around the control that stands for it. */
  readonly visible: boolean;
}

/** Of the page as it stands. */
export function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const drawn = [element, element.nextElementSibling, element.parentElement].some((one) => {
      if (!(one instanceof Element)) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
    });
    const label =
      element.getAttribute("aria-label") ??
      (element as HTMLInputElement).labels?.[0]?.textContent ??
      element.textContent;
    return { what: `${element.tagName.toLowerCase()} ${label.trim()}`, visible: drawn };
  });
}

/** Presses Tab until something named so has the focus, which it may have already. */
export async function tabTo(page: Page, name: RegExp, most = 250): Promise<void> {
  for (let n = 0; n < most; n++) {
    if (name.test((await focusOf(page)).what)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${name}`);
}
