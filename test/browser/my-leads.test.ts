import { mkdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MineAnswer, WorkHistoryAnswer } from "../../src/contract/work.ts";
import { type Look, launch, openWindow, type SignedIn, signIn } from "./browser.ts";
import { axeFindings, englishLeftovers, holes, overflows } from "./looks.ts";
import { type Server, startServer } from "./server.ts";

/** A folder that keeps pictures, for people to look at. */
const PICTURES = process.env.LEADSMART_PICTURES;
const PHONE: Look = { width: 390, height: 844 };
const DAY = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19).replace("T", " ");
const CAMPAIGNS = `id,user_id,project_name,daily_budget,start_time,stop_time
c1,7,Palm Gate,500,2025-01-01 00:00:00,2030-01-10 00:00:00
c2,7,واحة الياسمين,500,2025-01-01 00:00:00,2030-01-10 00:00:00
`;
const NAMES = [
  "Mona Invented",
  "منى المثال",
  "Adam Made-Up",
  "Nadia Nobody",
  "Samir Fiction",
  "Lina Example",
  "Omar Sample",
  "Hala Story",
];
const LEADS = `id,campaign_id,name,email,phone,lead_status,added_date
${NAMES.map((name, i) => `l${i},c${(i % 2) + 1},${name},l${i}@example.com,+20100123456${i},NEW_LEAD,${DAY}`).join("\n")}
`;

let folder: string;
let server: Server;
let browser: Browser;
let owner: Page;
let rep: { readonly id: string; readonly state: SignedIn };

const post = (page: Page, url: string, data: object) =>
  page.request.post(`/api/v1${url}`, { data, headers: { "X-Leadsmart": "1" } });

beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-work-"));
  const tables = path.join(folder, "tables");
  mkdirSync(tables);
  await writeFile(path.join(tables, "campaigns.csv"), CAMPAIGNS);
  await writeFile(path.join(tables, "campaign_leads.csv"), LEADS);
  server = await startServer({ home: path.join(folder, "home"), data: tables });
  owner = await openWindow(browser, server.origin, await signIn(browser, server.link));
  const invited = (await (
    await post(owner, "/people", { name: "Sara Example", grants: [{ account: "7", role: "rep" }] })
  ).json()) as { person: string; path: string };
  const page = await openWindow(browser, server.origin, null);
  await page.goto(invited.path);
  await page.getByRole("button", { name: /Come in/ }).click();
  await page.waitForURL("**/my-leads");
  // Without what this window was told to look like.
  rep = { id: invited.person, state: { ...(await page.context().storageState()), origins: [] } };
  await page.context().close();
  await post(owner, "/work/assign", {
    leads: NAMES.slice(0, 6).map((_, i) => ({ account: "7", leadId: `l${i}` })),
    to: { person: rep.id },
  });
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const card = (page: Page) => page.locator(".lead-card");
const open = async (look: Look = {}): Promise<Page> => {
  const page = await openWindow(browser, server.origin, rep.state, { ...PHONE, ...look });
  await page.goto("/my-leads");
  await card(page).waitFor();
  return page;
};
const mine = async (): Promise<MineAnswer> => {
  const page = await browser.newContext({ baseURL: server.origin, storageState: rep.state });
  const answer = (await (await page.request.get("/api/v1/work/mine")).json()) as MineAnswer;
  await page.close();
  return answer;
};
const historyOf = async (context: BrowserContext, leadId: string) => {
  const answer = await context.request.get(
    `${server.origin}/api/v1/work/history?account=7&leadId=${leadId}`,
  );
  return ((await answer.json()) as WorkHistoryAnswer).items.filter(({ kind }) => kind === "status");
};
/** The service worker has the page and stands behind it. */
const worked = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller !== null);

it("stands well on a phone: light, dark, Arabic, wide; nothing sticks out, and every target is as large as a thumb", async () => {
  for (const [name, look] of Object.entries({
    light: PHONE,
    dark: { ...PHONE, theme: "dark" },
    arabic: { ...PHONE, language: "ar", digits: "arab" },
    "arabic-dark": { ...PHONE, language: "ar", theme: "dark" },
    wide: { width: 1440, height: 900 },
  } satisfies Record<string, Look>)) {
    const page = await open(look);
    if (PICTURES !== undefined)
      await page.screenshot({ path: path.join(PICTURES, `my-leads-${name}.png`), fullPage: true });
    expect(await overflows(page), name).toEqual([]);
    expect(await holes(page), name).toEqual([]);
    expect(await axeFindings(page, "all", "main"), name).toEqual([]);
    if (name.startsWith("arabic")) expect(await englishLeftovers(page)).toEqual([]);
    const small = await page
      .locator(".work button, .work a, .work input, .work summary, .work textarea")
      .evaluateAll((all) =>
        all.flatMap((one) => {
          const { height, width } = one.getBoundingClientRect();
          return height > 0 && (height < 48 || width < 48) ? [one.outerHTML.slice(0, 80)] : [];
        }),
      );
    expect(small, name).toEqual([]);
    await page.context().close();
  }
});

it("a manager sees the team, hands over the leads of who is away, and nobody else does", async () => {
  const page = await openWindow(browser, server.origin, {
    ...(await owner.context().storageState()),
    origins: [],
  });
  const omar = (await (
    await post(owner, "/people", { name: "Omar Example", grants: [{ account: "7", role: "rep" }] })
  ).json()) as { person: string };
  await page.goto("/leads/team");
  const row = (name: string) => page.locator("[data-person]").filter({ hasText: name });
  const openOf = (name: string) => row(name).locator('[data-team="open"] dd').textContent();
  await expect.poll(() => openOf("Sara Example")).toBe("6");
  await row("Omar Example")
    .getByRole("button", { name: /^Leave/ })
    .click();
  const today = new Date().toLocaleDateString("en-CA", { timeZone: "Africa/Cairo" });
  await page.getByLabel("First day").fill(today);
  await page.getByLabel("Last day").fill(today);
  await page.getByRole("button", { name: "Save the leave" }).click();
  await row("Omar Example").getByText("Away today").waitFor();
  await row("Omar Example")
    .getByRole("button", { name: /^Leave/ })
    .click();
  await page.getByRole("button", { name: "Cancel this leave" }).click();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await row("Omar Example").getByText("Away today").waitFor({ state: "detached" });
  for (const [from, to] of [
    ["Sara Example", "Omar Example"],
    ["Omar Example", "Sara Example"],
  ] as const) {
    await row(from)
      .getByRole("button", { name: /^Hand over/ })
      .click();
    await page.getByLabel("To", { exact: true }).selectOption({ label: to });
    await page.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
    await page.getByText("6 leads handed over.").waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    await expect.poll(() => openOf(to)).toBe("6");
    await expect.poll(() => openOf(from)).toBe("0");
  }
  // One lead that nobody has, chosen by name, and back again.
  await page.getByRole("button", { name: /^Give out/ }).click();
  await page.getByRole("checkbox", { name: /Omar Sample/ }).check();
  await page.getByLabel("To", { exact: true }).selectOption({ label: "Omar Example" });
  if (PICTURES !== undefined) await page.screenshot({ path: path.join(PICTURES, "give-out.png") });
  expect(await axeFindings(page, "all", "dialog[open]")).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Give out" }).click();
  await page.getByText("1 lead handed over.").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await expect.poll(() => openOf("Omar Example")).toBe("1");
  await row("Omar Example")
    .getByRole("button", { name: /^Hand over/ })
    .click();
  await page.getByRole("radio", { name: "Chosen ones" }).check();
  await page.getByRole("checkbox", { name: /Omar Sample/ }).check();
  await page
    .getByLabel("To", { exact: true })
    .selectOption({ label: "Nobody: anybody of the account may take them" });
  await page.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect.poll(() => openOf("Omar Example")).toBe("0");
  if (PICTURES !== undefined)
    await page.screenshot({ path: path.join(PICTURES, "team.png"), fullPage: true });
  expect(await axeFindings(page, "all", "main")).toEqual([]);
  expect(await overflows(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  if (PICTURES !== undefined)
    await page.screenshot({ path: path.join(PICTURES, "team-phone.png"), fullPage: true });
  expect(await overflows(page)).toEqual([]);
  await page.request.delete(`/api/v1/people/${omar.person}`, { headers: { "X-Leadsmart": "1" } });
  await page.context().close();
});

it("a rep calls, sets the outcome in one tap, and takes it back; another stays with its next attempt", async () => {
  const page = await open();
  const first = (await mine()).items[0];
  const call = page.getByRole("link", { name: /^Call / });
  expect(await call.getAttribute("href")).toBe(`tel:${first?.phone}`);
  const whatsApp = page.getByRole("link", { name: /WhatsApp/ });
  expect(await whatsApp.getAttribute("href")).toContain(
    `https://wa.me/${first?.phone?.slice(1)}?text=Hello`,
  );
  await page.getByRole("button", { name: "No answer" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await mine()).today.done).toBe(0);
  await expect.poll(() => card(page).getAttribute("data-lead")).toBe(first?.leadId);

  await page.getByRole("button", { name: "Tomorrow 11:00" }).click();
  await page.getByLabel("Note").fill("Asked for the price list");
  await page.getByRole("button", { name: "No answer" }).click();
  await expect.poll(async () => (await mine()).today.done).toBe(1);
  await page.locator('[data-day="done"] dd').getByText("1").waitFor();
  const later = (await mine()).items.find(({ leadId }) => leadId === first?.leadId);
  expect(later).toMatchObject({ status: "NO_ANSWER", group: "later", attempts: 1 });
  const at = new Date(later?.nextAttemptAt ?? "").toLocaleTimeString("en-GB", {
    timeZone: "Africa/Cairo",
  });
  expect(at).toBe("11:00:00");
  expect(await card(page).getAttribute("data-lead")).not.toBe(first?.leadId);
  // On a desk: the first outcome by its key, and back by u.
  const second = await card(page).getAttribute("data-lead");
  await page.keyboard.press("1");
  await expect.poll(() => card(page).getAttribute("data-lead")).not.toBe(second);
  await page.keyboard.press("u");
  await expect.poll(() => card(page).getAttribute("data-lead")).toBe(second);
  await page.locator("[data-waiting]").waitFor({ state: "detached" });
  await expect.poll(async () => (await mine()).today.done).toBe(1);
  await page.context().close();
});

it("without a signal the page opens, takes outcomes, and sends each once and in order when it is back", async () => {
  const page = await open();
  const context = page.context();
  await worked(page);
  // What is known is kept from the first answers after the worker stands.
  await page.reload();
  await card(page).waitFor();
  await context.setOffline(true);
  await page.reload();
  await card(page).waitFor();
  await page.getByText("No connection.").waitFor();
  const leads: string[] = [];
  for (const outcome of ["Follow up", "No answer", "Call again"]) {
    leads.push((await card(page).getAttribute("data-lead")) ?? "");
    await page.getByRole("button", { name: outcome, exact: true }).click();
    await expect.poll(() => card(page).getAttribute("data-lead")).not.toBe(leads.at(-1));
  }
  if (PICTURES !== undefined)
    await page.screenshot({ path: path.join(PICTURES, "my-leads-offline.png"), fullPage: true });
  await page.locator('[data-waiting="3"]').waitFor();
  // Closed and opened again: what waits is still there.
  await page.reload();
  await page.locator('[data-waiting="3"]').waitFor();
  await context.setOffline(false);
  await page.locator("[data-waiting]").waitFor({ state: "detached" });
  for (const [i, status] of ["FOLLOW_UP", "NO_ANSWER", "CALL_AGAIN"].entries()) {
    const told = await historyOf(context, leads[i] ?? "");
    expect(told.filter(({ takenBack }) => !takenBack).map((one) => one.status)[0]).toBe(status);
    expect(told.filter((one) => one.status === status)).toHaveLength(1);
  }
  await context.close();
});

it("a server that is killed in the middle and started again has every outcome once", async () => {
  const page = await open();
  const context = page.context();
  const before = (await mine()).today.done;
  const { port } = server;
  await page.getByRole("button", { name: "Call again", exact: true }).click();
  await server.kill();
  for (const outcome of ["Follow up", "On WhatsApp"]) {
    const lead = await card(page).getAttribute("data-lead");
    await page.getByRole("button", { name: outcome, exact: true }).click();
    await expect.poll(() => card(page).getAttribute("data-lead")).not.toBe(lead);
  }
  await page.locator("[data-waiting]").waitFor();
  server = await startServer({ home: path.join(folder, "home"), port });
  await page.locator("[data-waiting]").waitFor({ state: "detached", timeout: 90_000 });
  expect((await mine()).today.done).toBe(before + 3);
  await context.close();
});

it("a lead of the pool is taken by one tap, and a new one appears by itself", async () => {
  const page = await open();
  const before = (await mine()).total;
  await page.getByRole("button", { name: "Take the next" }).click();
  await expect.poll(async () => (await mine()).total).toBe(before + 1);
  await page.getByText("1 lead that nobody has").waitFor();
  await post(owner, "/leads", {
    id: "fresh",
    account: "7",
    name: "Fresh Invented",
    phone: "+201001239999",
  });
  await post(owner, "/work/assign", {
    leads: [{ account: "7", leadId: "fresh" }],
    to: { person: rep.id },
  });
  await page.getByText("Fresh Invented").first().waitFor();
  await page.context().close();
});

it("an alert that a push service delivers is shown in the reader's language and direction", async () => {
  const page = await open();
  await page.context().grantPermissions(["notifications"]);
  await worked(page);
  const session = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [one] = registrations;
      if (one) resolve(one.registrationId);
    }),
  );
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.deliverPushMessage", {
    origin: server.origin,
    registrationId: await registered,
    data: JSON.stringify({
      title: "عميل جديد",
      body: "Palm Gate",
      tag: "leads.assigned",
      language: "ar",
    }),
  });
  const shown = () =>
    page.evaluate(async () => {
      const { getNotifications } = ServiceWorkerRegistration.prototype;
      const all = await getNotifications.call(await navigator.serviceWorker.ready);
      return all.map(({ title, body, dir, lang }) => [title, body, dir, lang]);
    });
  await expect.poll(shown).toEqual([["عميل جديد", "Palm Gate", "rtl", "ar"]]);
  await page.context().close();
});

it("whoever manages people switches a rep's alerts, and names a program that hears of new leads", async () => {
  const page = await openWindow(browser, server.origin, {
    ...(await owner.context().storageState()),
    origins: [],
  });
  await page.goto("/settings/people");
  const alert = page.getByRole("checkbox", { name: "Alert Sara Example" });
  await alert.click();
  await expect.poll(() => alert.isChecked()).toBe(false);
  const about = await browser.newContext({ baseURL: server.origin, storageState: rep.state });
  const asked = async () =>
    ((await (await about.request.get("/api/v1/push")).json()) as { alerts: boolean }).alerts;
  expect(await asked()).toBe(false);
  await alert.click();
  await expect.poll(asked).toBe(true);
  await about.close();
  await page.getByLabel("Address", { exact: true }).fill("http://127.0.0.1:9/leads");
  await page.getByRole("button", { name: "Save the address" }).click();
  const secret = page.getByLabel("Secret of the signature", { exact: true });
  expect((await secret.inputValue()).length).toBeGreaterThan(30);
  if (PICTURES !== undefined)
    await page
      .locator("section.panel")
      .filter({ hasText: "Who is alerted" })
      .screenshot({ path: path.join(PICTURES, "alerts.png") });
  await page.getByRole("button", { name: "Stop telling it" }).click();
  await secret.waitFor({ state: "detached" });
  expect(await axeFindings(page, "all", "main")).toEqual([]);
  await page.context().close();
});

it("can be put on a home screen: manifest, icons, colours, and a worker for the whole address", async () => {
  const page = await openWindow(browser, server.origin, null, PHONE);
  const manifest = (await (await page.request.get("/manifest.webmanifest")).json()) as {
    readonly [key: string]: unknown;
    readonly icons: readonly { src: string; sizes: string; purpose: string }[];
  };
  expect(manifest).toMatchObject({ start_url: "/my-leads", scope: "/", display: "standalone" });
  for (const { src, sizes } of manifest.icons) {
    const icon = await page.request.get(src);
    expect(icon.status(), src).toBe(200);
    if (sizes === "any") continue;
    const png = await icon.body();
    expect([png.readUInt32BE(16), png.readUInt32BE(20)].join("x")).toBe(sizes);
  }
  expect(manifest.icons.some(({ purpose }) => purpose === "maskable")).toBe(true);
  const worker = await page.request.get("/sw.js");
  expect(worker.headers()["cache-control"]).toBe("no-cache");
  expect(worker.headers()["content-type"]).toMatch(/javascript/);
  await page.goto("/");
  expect(await page.locator('link[rel="manifest"]').getAttribute("href")).toBe(
    "/manifest.webmanifest",
  );
  expect(await page.locator('meta[name="theme-color"]').count()).toBe(2);
  await page.context().close();
});

// Last: it ends the session that the others share.
it("signing out leaves nothing of the list behind for whoever comes next", async () => {
  const page = await open();
  await worked(page);
  await page.reload();
  await card(page).waitFor();
  const kept = () => page.evaluate(async () => await caches.has("leadsmart-kept"));
  await expect.poll(kept).toBe(true);
  await page.getByRole("button", { name: "You and display" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: /Sign in/ }).waitFor();
  await expect.poll(kept).toBe(false);
  await page.context().setOffline(true);
  await page.goto("/my-leads");
  await page.getByRole("alert").waitFor();
  expect(await page.content()).not.toContain("Invented");
  await page.context().close();
});
