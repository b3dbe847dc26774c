import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open, openWindow, settled, signIn } from "./browser.ts";
import { panel, readCards } from "./reading.ts";
import { type Server, startServer } from "./server.ts";
import { type Watch, watch } from "./watch.ts";

const INSIGHTS = `ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at
99001,5000,100,10.50,5,120,2026-05-01
99001,5000,200,20.25,7,230,2026-05-02
99001,5000,200,a lot,7,230,2026-05-03
99002,5003,300,30.00,9,340,2026-05-04
`;
/** Nothing in this header is a word of the field. */
const STRANGE = `c_ref,box,on_what,cash,taps,eyes
5000,99003,11/05/2026,100.10,11,1000
5003,99004,23/05/2026,200.20,12,2000
`;
const FILES = [
  { name: "more-insights.csv", mimeType: "text/csv", buffer: Buffer.from(INSIGHTS) },
  { name: "strange.csv", mimeType: "text/csv", buffer: Buffer.from(STRANGE) },
];
const ADDED_MINOR = 1050 + 2025 + 3000 + 10_010 + 20_020;

let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
let ears: Watch;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-import-"));
  server = await startServer({ home: folder, data: inject("sample").tables });
  page = await openWindow(browser, server.origin, await signIn(browser, server.link));
  ears = watch(page);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const spend = async () => (await readCards(page)).spend?.value ?? null;
const drawer = () => page.getByRole("dialog", { name: "Import" });
const fileCard = (name: string) => drawer().getByRole("article", { name });
/** A fact of the preview by its name. */
const fact = (card: Locator, name: string) =>
  card
    .locator("dl > div")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("dd");
const exactly = (card: Locator, name: string) => fact(card, name).getAttribute("data-value");

it("previews a file with a broken row and one it does not know, maps that by hand, imports both, shows them at once, and takes them back", async () => {
  await open(page, "/?from=all");
  const before = await spend();
  expect(before).toBeGreaterThan(0);

  await page.getByRole("button", { name: "Import", exact: true }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    drawer().getByRole("button", { name: "Choose files" }).click(),
  ]);
  expect(chooser.isMultiple()).toBe(true);
  await chooser.setFiles(FILES);

  const known = fileCard("more-insights.csv");
  await known.waitFor();
  expect(await exactly(known, "Accepted")).toBe("3");
  expect(await exactly(known, "Rejected")).toBe("1");
  expect(await exactly(known, "Spend")).toBe("6075");
  expect(await exactly(known, "Impressions")).toBe("690");
  expect(await fact(known, "Days").textContent()).toMatch(/1\s*–\s*4 May 2026/);
  await known.getByText("Rejected rows").click();
  await known.getByText("Line 4", { exact: false }).waitFor();

  const strange = fileCard("strange.csv");
  await strange.getByText("Table not recognised").waitFor();
  const commit = drawer().getByRole("button", { name: "Import", exact: true });
  expect(await commit.isDisabled()).toBe(true);
  await strange.getByLabel("This file holds").selectOption({ label: "Daily insights" });
  for (const [field, column] of [
    ["campaign_id", "c_ref"],
    ["ad_set_id", "box"],
    ["day", "on_what"],
    ["spend", "cash"],
    ["clicks", "taps"],
    ["impressions", "eyes"],
  ] as const)
    await strange.getByLabel(`Column for ${field}`, { exact: true }).selectOption(column);
  await strange.getByRole("button", { name: "Read it this way" }).click();
  await expect.poll(() => exactly(strange, "Spend"), { timeout: 30_000 }).toBe("30030");
  expect(await fact(strange, "Days").textContent()).toMatch(/11\s*–\s*23 May 2026/);

  // The drawer may run through its steps faster than one can look: everything it says is written down.
  await page.evaluate(() => {
    const said = new Set<string>();
    Object.assign(window, { said });
    new MutationObserver(() => {
      for (const element of document.querySelectorAll("[role=progressbar]"))
        said.add(`progress: ${element.getAttribute("aria-label")}`);
      for (const element of document.querySelectorAll("dialog [role=status]"))
        said.add(element.textContent);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await commit.click();
  await drawer().getByText("Imported", { exact: true }).waitFor();
  await drawer().getByText("1 row rejected").waitFor();
  const said = await page.evaluate(() => [...(window as never as { said: Set<string> }).said]);
  expect(said.some((text) => text.startsWith("progress: "))).toBe(true);

  await expect.poll(spend, { timeout: 30_000 }).toBe((before ?? 0) + ADDED_MINOR);
  expect(await page.evaluate(() => "said" in window), "the page was not loaded again").toBe(true);
  await page.keyboard.press("Escape");
  await drawer().waitFor({ state: "detached" });

  await page.getByRole("link", { name: "Data", exact: true }).click();
  const rejected = panel(page, "Rejected rows").getByRole("row").filter({ hasText: "a lot" });
  await rejected.waitFor();
  const cells = await rejected.getByRole("cell").allTextContents();
  expect(cells.slice(0, 4)).toEqual(["more-insights.csv", "4", "spend", "a lot"]);
  expect(cells[4]).toMatch(/number|amount/i);
  expect(cells[5]).toContain("99001,5000,200,a lot,7,230,2026-05-03");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download as CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);

  const imported = page.locator("[data-import]").filter({ hasText: "strange.csv" });
  await imported.getByRole("button", { name: /^Undo/ }).click();
  await page.locator("[data-import][data-state=undone]").waitFor();
  await panel(page, "Rejected rows").getByText("No row was rejected.").waitFor();
  await page.getByRole("link", { name: "Today" }).click();
  await settled(page);
  await page.getByRole("button", { name: /^Period/ }).click();
  await page.getByRole("button", { name: /^All data/ }).click();
  await expect.poll(spend, { timeout: 30_000 }).toBe(before);
  expect(ears.heard).toEqual([]);
});

it("takes files dropped on the page: the mapping given by hand is remembered, a web page named .csv is refused", async () => {
  await open(page, "/data");
  const dropped = await page.evaluateHandle(
    (files) => {
      const transfer = new DataTransfer();
      for (const { name, text } of files) transfer.items.add(new File([text], name));
      return transfer;
    },
    [
      { name: "strange.csv", text: STRANGE.replace("100.10", "1.10") },
      { name: "login.csv", text: "<!doctype html><html><body>Sign in</body></html>" },
    ],
  );
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
  await page.getByText("Drop the files to see what they hold").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  const strange = fileCard("strange.csv");
  await strange.waitFor();
  expect(await exactly(strange, "Spend")).toBe("20130");
  await fileCard("login.csv").getByRole("alert").waitFor();
  expect(await fileCard("login.csv").getByRole("alert").textContent()).toContain("web page");

  const commit = drawer().getByRole("button", { name: "Import", exact: true });
  expect(await commit.isDisabled()).toBe(true);
  await drawer().getByLabel("Leave out the files with a problem").check();
  await commit.click();
  await drawer().getByRole("button", { name: "See the figures" }).click();
  await settled(page);
  expect(new URL(page.url()).pathname).toBe("/");
  expect(ears.heard).toEqual([]);
});

it("keeps nothing of an import that is discarded", async () => {
  await open(page, "/data");
  const imports = await page.locator("[data-import]").count();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.locator("input[type=file]").setInputFiles(FILES);
  await fileCard("more-insights.csv").waitFor();
  await drawer().getByRole("button", { name: "Discard" }).click();
  await drawer().waitFor({ state: "detached" });
  await page.reload();
  await settled(page);
  expect(await page.locator("[data-import]").count()).toBe(imports);
});
