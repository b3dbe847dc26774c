/** Chromium as the tests use it. */
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser that CHROMIUM_PATH names, else Debian's. */
export function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: FLAGS, timeout: 120_000 });
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  readonly language?: "en" | "ar";
  readonly digits?: "latn" | "arab";
}

/** What a signed-in browser keeps; as `BrowserContext.storageState()` gives it. */
export type SignedIn = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** A window of its own, signed in if `state` says so, with the reader's preferences set before the page loads. */
export async function openWindow(
  browser: Browser,
  origin: string,
  state: SignedIn | null,
  look: Look = {},
): Promise<Page> {
  const { width = 1440, height = 900, theme = "light", language = "en", digits = "latn" } = look;
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height },
    locale: "en-GB",
    colorScheme: theme,
    acceptDownloads: true,
    ...(state === null ? {} : { storageState: state }),
  });
  context.setDefaultTimeout(30_000);
  context.setDefaultNavigationTimeout(60_000);
  const preferences = JSON.stringify({ theme, language, digits });
  await context.addInitScript((saved) => {
    if (localStorage.getItem("leadsmart.preferences") === null)
      localStorage.setItem("leadsmart.preferences", saved);
  }, preferences);
  return context.newPage();
}

/** Spends the one-time link, and gives what the browser then holds. */
export async function signIn(browser: Browser, link: string): Promise<SignedIn> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const answer = await page.goto(link, { timeout: 60_000 });
  if (answer?.status() !== 200) throw new Error(`The link answered with ${answer?.status()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Waits until every part of the page shows the answer to what the address asks. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector("h1") !== null &&
      document.querySelectorAll('.skeleton, [aria-busy="true"], [role="status"] > .sr-only')
        .length === 0,
    undefined,
    { polling: 50 },
  );
}

/** Goes to an address and waits for its answers. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await settled(page);
}
