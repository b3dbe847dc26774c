import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import type { LeadAnswer, LeadRow, LeadsAnswer, SpeedAnswer } from "../../src/contract/leads.ts";
import { type Look, launch, open, openWindow, settled } from "./browser.ts";
import { axeFindings, englishLeftovers, holes, overflows } from "./looks.ts";

let browser: Browser;
let page: Page;
const stage = inject("real") ?? inject("sample");
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await openWindow(browser, stage.origin, stage.state);
});
afterEach(() => page.context().close());

async function api<T>(path: string): Promise<T> {
  const answer = await page.request.get(`${stage.origin}/api/v1${path}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}
const list = (query: string) => api<LeadsAnswer>(`/leads?from=all&${query}`);
const box = () => page.locator(".data-box");
/** Rows in the document: place in the list, and id once it has come. */
const lines = () =>
  box()
    .locator("tr[data-index]")
    .evaluateAll((rows) =>
      rows.map((row) => {
        const { index, id } = (row as HTMLElement).dataset;
        return { index: Number(index), id: id ?? null };
      }),
    );
const shownTotal = async () =>
  Number(await page.locator("[data-total]").first().getAttribute("data-total"));

it("the scrollbar reaches any row, each in its place, with a few of them in the document", async () => {
  await open(page, "/leads?from=all");
  const total = await shownTotal();
  expect(total).toBe((await list("limit=1")).total);
  for (const share of [0.5, 1, 0.21, 0]) {
    await box().evaluate((element, part) => {
      element.scrollTop = part * (element.scrollHeight - element.clientHeight);
    }, share);
    const first = Math.max(0, Math.floor(share * total) - 40);
    let there: Awaited<ReturnType<typeof lines>> = [];
    const near = ({ index }: { readonly index: number }) =>
      Math.abs(index - share * (total - 1)) < 40;
    await expect
      .poll(
        async () => {
          there = await lines();
          return there.some(near) && there.every(({ id }) => id !== null);
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    expect(there.length).toBeLessThan(90);
    const expected = await list(`limit=200&offset=${first}`);
    for (const { index, id } of there.filter((one) => one.index >= first && one.index < first + 90))
      expect({ index, id }).toEqual({ index, id: expected.items[index - first]?.leadId });
  }
});

it("keys walk the rows from the first to the last, and Enter opens one", async () => {
  await open(page, "/leads?from=all");
  const total = await shownTotal();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  expect(await box().locator("tr.is-active").getAttribute("data-index")).toBe("1");
  await page.keyboard.press("End");
  await expect
    .poll(() => box().locator("tr.is-active").getAttribute("data-index"))
    .toBe(String(total - 1));
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  const { items } = await list("limit=1");
  const lead = items[0] as LeadRow;
  await page.getByRole("dialog").waitFor();
  expect(new URL(page.url()).searchParams.get("open")).toBe(lead.leadId);
  await page.keyboard.press("Escape");
  expect(new URL(page.url()).searchParams.get("open")).toBeNull();
});

it("search understands letters and digits as people write them", async () => {
  const { items } = await list("limit=500");
  const arabic = items.find((one) => /[أإآ]/.test(one.name ?? ""));
  const called = items.find((one) => /^\+20\d{10}$/.test(one.phone ?? ""));
  const asked = [
    ...(arabic?.name ? [arabic.name, arabic.name.replaceAll(/[أإآ]/g, "ا")] : []),
    ...(called?.phone
      ? [
          `0${called.phone.slice(3)}`,
          called.phone.replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[Number(digit)] ?? ""),
        ]
      : []),
    items[0]?.leadId ?? "",
  ];
  for (const text of asked) {
    await open(page, "/leads?from=all");
    await page.getByRole("searchbox", { name: "Search leads" }).fill(text);
    await page.waitForFunction(
      (typed) => new URL(location.href).searchParams.get("search") === typed,
      text,
    );
    await settled(page);
    const right = await list(`search=${encodeURIComponent(text)}`);
    expect(right.total, text).toBeGreaterThan(0);
    expect(await shownTotal()).toBe(right.total);
    expect((await lines()).slice(0, 10).map(({ id }) => id)).toEqual(
      right.items.slice(0, 10).map((one) => one.leadId),
    );
  }
});

it("a lead tells what happened to it, entry by entry", async () => {
  const { items } = await list("contact=touched&attempts=1&limit=1");
  const id = (items[0] as LeadRow).leadId;
  await open(page, `/leads?from=all&open=${encodeURIComponent(id)}`);
  const lead = await api<LeadAnswer>(`/leads/${encodeURIComponent(id)}`);
  const entries = page.getByRole("dialog").locator(".timeline > li");
  expect(await entries.count()).toBe(lead.timeline.length);
  expect(
    await entries.evaluateAll((found) =>
      found.map((one) => ({
        kind: (one as HTMLElement).dataset.kind,
        stage: (one as HTMLElement).dataset.stage,
        bulk: (one as HTMLElement).dataset.bulk,
      })),
    ),
  ).toEqual(
    lead.timeline.map(({ kind, stage: at, bulk }) => ({ kind, stage: at ?? "", bulk: `${bulk}` })),
  );
});

it("every figure of speed opens the leads it counts", async () => {
  await open(page, "/leads/speed?from=all");
  const speed = await api<SpeedAnswer>("/lead-speed?from=all");
  const rows = [
    ...speed.contacts.map((one) => [`[data-contact="${one.contact}"]`, one.leads] as const),
    ['[data-sla="lateWaiting"]', speed.sla.lateWaiting] as const,
    ['[data-sla="inTime"]', speed.sla.inTime] as const,
    ...speed.attempts
      .slice(0, 2)
      .map((one) => [`[data-attempts="${one.attempts}"]`, one.leads] as const),
    ...speed.oneAttempt.ages.map((one) => [`[data-from="${one.fromDays}"]`, one.leads] as const),
  ];
  for (const [row, leads] of rows) {
    await open(page, "/leads/speed?from=all");
    expect(await page.locator(row).getAttribute("data-leads"), row).toBe(String(leads));
    if (leads === 0) continue;
    await page.locator(row).getByRole("link").click();
    await settled(page);
    await page.locator("[data-total]").first().waitFor();
    expect(await shownTotal(), row).toBe(leads);
  }
});

describe("the moves", () => {
  for (const language of ["en", "ar"] as const) {
    it(`have labels that fit their room and never meet (${language})`, async () => {
      await page.context().close();
      page = await openWindow(browser, stage.origin, stage.state, { language, digits: "arab" });
      await open(page, "/leads/funnel?from=all");
      const boxes = await page.locator(".sankey-label").evaluateAll((labels) =>
        labels.map((label) => {
          const { x, y, width, height } = label.getBoundingClientRect();
          return {
            text: label.textContent,
            x,
            y,
            width,
            height,
            room: Number((label as HTMLElement).dataset.room),
          };
        }),
      );
      expect(boxes.length).toBeGreaterThan(3);
      for (const [i, one] of boxes.entries()) {
        expect(one.width, one.text ?? "").toBeLessThanOrEqual(one.room);
        for (const other of boxes.slice(i + 1)) {
          const across =
            Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
          const down =
            Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
          // Boxes of letters are taller than the letters themselves.
          expect(across > 0 && down > 4, `${one.text} · ${other.text}`).toBe(false);
        }
      }
      await page.locator('.sankey-node[tabindex="0"]').focus();
      await page.keyboard.press(language === "ar" ? "ArrowLeft" : "ArrowRight");
      expect(
        await page.evaluate(() => (document.activeElement as HTMLElement).dataset.node),
      ).toMatch(/^1 /);
    });
  }
});

describe("each part stands well", () => {
  const looks: readonly Look[] = [
    { width: 1440, theme: "light", language: "en" },
    { width: 1024, theme: "dark", language: "ar", digits: "arab" },
    { width: 390, height: 844, theme: "light", language: "en" },
    { width: 390, height: 844, theme: "dark", language: "ar" },
  ];
  for (const look of looks) {
    it(`at ${look.width} px, ${look.theme}, ${look.language}`, async () => {
      await page.context().close();
      // The invented world: names in the reader's own files are no leftovers of a language.
      const { origin, state } = inject("sample");
      page = await openWindow(browser, origin, state, look);
      for (const part of ["", "/funnel", "/cohorts", "/speed"]) {
        await open(page, `/leads${part}?from=all`);
        const where = `/leads${part}`;
        expect(await overflows(page), where).toEqual([]);
        expect(await holes(page), where).toEqual([]);
        if (look.language === "ar") expect(await englishLeftovers(page), where).toEqual([]);
        expect(
          await axeFindings(page, look.theme === "light" ? "all" : "colours", "main"),
          where,
        ).toEqual([]);
      }
    }, 120_000);
  }
});
