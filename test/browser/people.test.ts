import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open, openWindow, settled, signIn } from "./browser.ts";
import { type Server, startServer } from "./server.ts";
import { watch } from "./watch.ts";

let folder: string;
let server: Server;
let browser: Browser;
let owner: Page;
/** The two accounts with the most campaigns. */
let accounts: readonly [string, string];
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-people-"));
  server = await startServer({ home: folder, data: inject("sample").tables });
  owner = await openWindow(browser, server.origin, await signIn(browser, server.link));
  await open(owner, "/settings/people");
  const facets = (await (await owner.request.get("/api/v1/facets")).json()) as {
    accounts: { id: string }[];
  };
  accounts = facets.accounts.slice(0, 2).map(({ id }) => id) as [string, string];
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const dialog = () => owner.getByRole("dialog");
const row = (name: string) => owner.locator("[data-person]").filter({ hasText: name });
const places = (page: Page) => page.getByRole("navigation", { name: "Main" });
const signInTitle = { level: 1, name: "leadsmart · Sign in" } as const;

/** Invites somebody on the page; gives the link that it shows. */
async function invite(asked: {
  readonly name: string;
  readonly contact?: string;
  readonly role: string;
  readonly account: string;
}): Promise<string> {
  await open(owner, "/settings/people");
  await owner.getByRole("button", { name: "Invite somebody" }).click();
  await dialog().getByLabel("Name", { exact: true }).fill(asked.name);
  if (asked.contact !== undefined) await dialog().getByLabel("E-mail or phone").fill(asked.contact);
  await dialog().getByLabel("Role", { exact: true }).selectOption({ label: asked.role });
  await dialog().getByRole("checkbox", { name: asked.account, exact: true }).check();
  await dialog().getByRole("button", { name: "Make a link" }).click();
  const link = await dialog().getByLabel("Link", { exact: true }).inputValue();
  await dialog().getByRole("button", { name: "Done" }).click();
  return link;
}

/** Opens a link in a browser that nobody has used, and comes in by the button. */
async function comeIn(link: string): Promise<Page> {
  const page = await openWindow(browser, server.origin, null);
  await page.goto(link);
  await page.getByRole("button", { name: /Come in/ }).click();
  await page.waitForURL(/\/(?:my-leads)?$/);
  await settled(page);
  return page;
}

it("an invited viewer comes in by the link, meets their account and role and nothing else, until they are removed", async () => {
  await owner.getByRole("button", { name: "Invite somebody" }).click();
  await dialog().getByRole("button", { name: "Make a link" }).click();
  await dialog().getByText("Give a name.").waitFor();
  await dialog().getByText("Choose at least one account.").waitFor();
  await dialog().getByRole("button", { name: "Cancel" }).click();

  const [mine, other] = accounts;
  const link = await invite({ name: "Nour Example", role: "Viewer", account: mine });
  expect(link).toMatch(new RegExp(`^${server.origin}/join\\?token=`));
  expect(await row("Nour Example").textContent()).toContain(`Viewer in ${mine}`);

  const nour = await comeIn(link);
  const ears = watch(nour, /^401: |status of 401/);
  await open(nour, "/?from=all");
  expect(await nour.getByRole("button", { name: "Import" }).count()).toBe(0);
  await nour.getByRole("button", { name: "Account All" }).click();
  expect(await nour.getByRole("checkbox", { name: mine }).count()).toBe(1);
  expect(await nour.getByRole("checkbox", { name: other }).count()).toBe(0);
  await nour.keyboard.press("Escape");
  await nour.getByRole("button", { name: "You and display" }).click();
  const menu = nour.getByRole("dialog", { name: "You and display" });
  expect(await menu.textContent()).toContain("Nour Example");
  expect(await menu.textContent()).toContain(`Viewer in ${mine}`);
  expect(await menu.getByRole("button", { name: /password/ }).count()).toBe(0);
  await nour.keyboard.press("Escape");

  // Figures, but no single lead.
  await open(nour, "/?from=all&kpi=leads");
  await nour.getByText("Rows of leads are shown to roles that see leads").waitFor();
  expect(await nour.locator("tr[data-file]").count()).toBe(0);
  await open(nour, "/?from=all&kpi=cpl");
  await nour.locator("tr[data-file='insights.csv']").first().waitFor();
  expect(await nour.locator("tr[data-file='campaign_leads.csv']").count()).toBe(0);

  await open(nour, "/data");
  expect(await nour.getByRole("button", { name: /^Undo/ }).count()).toBe(0);
  expect(await nour.getByText("Drop files anywhere").count()).toBe(0);
  await open(nour, "/data/health");
  await nour.getByText("Only owners and marketers of every account decide here.").waitFor();
  expect(await nour.getByRole("button", { name: "Save", exact: true }).count()).toBe(0);
  await open(nour, "/settings");
  await nour.getByText("Only owners of every account can change these.").waitFor();
  expect(await nour.getByRole("link", { name: "People" }).count()).toBe(0);
  await open(nour, "/settings/people");
  await nour.getByText("This is not open to your role.").waitFor();
  expect(await nour.locator("[data-person]").count()).toBe(0);

  await row("Nour Example").getByRole("button", { name: "Remove: Nour Example" }).click();
  await dialog().getByText("Sessions, links and keys of Nour Example end at once.").waitFor();
  await dialog().getByRole("button", { name: "Remove", exact: true }).click();
  await row("Nour Example").waitFor({ state: "detached" });
  // The page hears of it by itself.
  await nour.getByRole("heading", signInTitle).waitFor();
  expect(await nour.locator("[data-value]").count()).toBe(0);
  expect(ears.heard).toEqual([]);
  await nour.context().close();
});

it("a password is set, forgotten five times, waited for, and leads back to where one was", async () => {
  const link = await invite({
    name: "Sara Example",
    contact: "sara@example.com",
    role: "Marketer",
    account: accounts[0],
  });
  const sara = await comeIn(link);
  await open(sara, "/data/health?from=all");
  await sara.getByRole("button", { name: "You and display" }).click();
  await sara.getByRole("button", { name: "Set a password" }).click();
  const set = sara.getByRole("dialog", { name: "Set a password" });
  await set.getByLabel("New password").fill("short");
  await set.getByRole("button", { name: "Save password" }).click();
  await set.getByText("Give at least 10 characters.").waitFor();
  await set.getByLabel("New password").fill("correct horse battery");
  await sara.keyboard.press("Enter");
  await set.getByText("Saved. Your other sessions have ended").waitFor();
  await set.getByRole("button", { name: "Done" }).click();
  await sara.context().close();

  const anew = await openWindow(browser, server.origin, null);
  await anew.goto("/data/health?from=all");
  const enter = anew.getByRole("button", { name: "Sign in" });
  await enter.click();
  await anew.getByText("Give your e-mail or phone, and your password.").waitFor();
  await anew.getByLabel("E-mail or phone").fill("Sara@Example.com");
  for (let guess = 0; guess < 5; guess++) {
    await anew.getByLabel("Password", { exact: true }).fill(`a guess ${guess}`);
    const answered = anew.waitForResponse("**/api/v1/session");
    await anew.keyboard.press("Enter");
    expect((await answered).status()).toBe(401);
  }
  await anew.getByText("There is nobody with this e-mail or phone and this password.").waitFor();
  // The sixth has to wait: a second, counted down on the button.
  await anew.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await anew.keyboard.press("Enter");
  await anew.getByText("There were too many wrong passwords.").waitFor();
  await anew.getByRole("button", { name: "Try again in 1 second" }).waitFor();
  await enter.waitFor();
  await enter.click();
  await anew.getByRole("heading", { level: 1, name: "Data" }).waitFor();
  expect(new URL(anew.url()).pathname + new URL(anew.url()).search).toBe("/data/health?from=all");
  // A marketer of one account sees its rejected rows and takes the report away, and decides nothing.
  await settled(anew);
  expect(await anew.getByRole("link", { name: /HTML/ }).count()).toBeGreaterThan(0);
  await anew.goto("/sign-in");
  await anew.waitForURL("**/");
  await anew.context().close();
});

it("a rep has My leads and nothing else, and follows at once when the role is changed to one with figures and back", async () => {
  const rep = await comeIn(
    await invite({ name: "Karim Example", role: "Sales rep", account: accounts[0] }),
  );
  const ears = watch(rep, /^403: |status of 403/);
  for (const address of ["/", "/data/health", "/settings/people"]) {
    await open(rep, address);
    await rep.getByRole("heading", { level: 1, name: "My leads" }).waitFor();
    expect(await places(rep).count()).toBe(0);
    expect(await rep.getByRole("alert").count()).toBe(0);
  }
  const change = async (role: string) => {
    await row("Karim Example").getByRole("button", { name: "Change: Karim Example" }).click();
    await dialog().getByLabel("Role", { exact: true }).selectOption({ label: role });
    await dialog().getByRole("button", { name: "Save" }).click();
    await dialog().waitFor({ state: "detached" });
  };
  await change("Sales manager");
  expect(await row("Karim Example").textContent()).toContain(`Sales manager in ${accounts[0]}`);
  await open(rep, "/?from=all");
  await rep.locator("[data-kpi]").first().waitFor();
  await change("Sales rep");
  await rep.getByRole("heading", { level: 1, name: "My leads" }).waitFor();
  expect(ears.heard).toEqual([]);
  await rep.context().close();
});

it("a new link ends the one before; the page says so, draws it as a code, and warns where it leads nowhere else", async () => {
  const first = await invite({ name: "Huda Example", role: "Viewer", account: accounts[1] });
  await row("Huda Example").getByRole("button", { name: "New link: Huda Example" }).click();
  await dialog().getByText("Earlier links of Huda Example no longer work.").waitFor();
  await dialog().getByText("This address works on this machine only.").waitFor();
  const code = dialog().getByRole("img", { name: "QR code of the link" });
  expect((await code.locator("path").getAttribute("d"))?.length).toBeGreaterThan(500);
  const second = await dialog().getByLabel("Link", { exact: true }).inputValue();
  expect(second).not.toBe(first);
  await owner.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await dialog().getByRole("button", { name: "Copy" }).click();
  await dialog().getByText("Copied.").waitFor();
  expect(await owner.evaluate(() => navigator.clipboard.readText())).toBe(second);
  await dialog().getByRole("button", { name: "Done" }).click();

  const stranger = await openWindow(browser, server.origin, null);
  await stranger.goto(first);
  await stranger.getByRole("button", { name: /Come in/ }).click();
  await stranger.getByRole("heading", { name: "This link does not work any more" }).waitFor();
  await stranger.goto(second);
  await stranger.getByRole("button", { name: /Come in/ }).click();
  await stranger.waitForURL("**/");
  await stranger.context().close();
});

it("a key is shown once, opens what its role says, and nothing after it is revoked; the record tells it all", async () => {
  await open(owner, "/settings/people");
  await owner.getByRole("button", { name: "Make a key" }).click();
  await dialog().getByLabel("What is it for?").fill("warehouse");
  await dialog().getByRole("radio", { name: "30 days" }).check();
  await dialog().getByRole("checkbox", { name: "Every account, also those to come" }).check();
  await dialog().getByRole("button", { name: "Make a key" }).click();
  const secret = await dialog().getByLabel("Key", { exact: true }).inputValue();
  await dialog().getByRole("button", { name: "Done" }).click();
  const key = owner.locator("[data-key]").filter({ hasText: "warehouse" });
  await key.getByText("In force").waitFor();
  expect(await owner.content()).not.toContain(secret);
  const asked = async (address: string) => {
    const headers = { authorization: `Bearer ${secret}` };
    return (await fetch(server.origin + address, { headers })).status;
  };
  expect([await asked("/api/v1/kpis"), await asked("/api/v1/people")]).toEqual([200, 403]);
  await key.getByRole("button", { name: "Revoke: warehouse" }).click();
  await dialog().getByRole("button", { name: "Revoke", exact: true }).click();
  await key.getByText("Revoked").waitFor();
  expect(await asked("/api/v1/kpis")).toBe(401);

  const deeds = owner.locator("[data-deed]");
  await expect.poll(() => deeds.first().getAttribute("data-deed")).toBe("revokeKey");
  expect(await deeds.first().textContent()).toContain("Revoked a key");
  const told = await deeds.evaluateAll((items) =>
    items.map((item) => item.getAttribute("data-deed")),
  );
  for (const deed of ["createKey", "invitePerson", "renewLink", "changePerson", "removePerson"])
    expect(told, deed).toContain(deed);
  const set = owner.locator('[data-deed="setPassword"]');
  expect(await set.textContent()).toContain("Sara Example");
});

it("somebody is invited without a mouse, and the focus comes back to where it was", async () => {
  await open(owner, "/settings/people");
  const button = owner.getByRole("button", { name: "Invite somebody" });
  await button.focus();
  await owner.keyboard.press("Enter");
  await dialog().locator("input:focus").waitFor();
  await owner.keyboard.type("Mona Example");
  await owner.keyboard.press("Tab");
  await owner.keyboard.press("Tab");
  // A letter chooses the role.
  await owner.keyboard.press("m");
  await dialog().getByText("Sees figures, and leads with masked phones").first().waitFor();
  await owner.keyboard.press("Tab");
  await owner.keyboard.type(accounts[1]);
  await dialog()
    .getByRole("checkbox", { name: accounts[0], exact: true })
    .waitFor({ state: "detached" });
  await owner.keyboard.press("Tab");
  await owner.keyboard.press("Space");
  await owner.keyboard.press("Enter");
  await dialog().getByText("Works once, until").waitFor();
  await owner.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await row("Mona Example").getByText(`Marketer in ${accounts[1]}`).waitFor();
  await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true);
});
