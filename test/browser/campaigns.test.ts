import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { launch, open, openWindow, settled } from "./browser.ts";
import { EVERYTHING } from "./choices.ts";
import { type CampaignFigures, type Oracle, openOracle } from "./oracle.ts";
import { differences, panel, readRows } from "./reading.ts";
import { AWKWARD_PROJECT, SAMPLE_FEES } from "./worlds.ts";

let browser: Browser;
let oracle: Oracle;
let page: Page;
let all: readonly CampaignFigures[];
beforeAll(async () => {
  browser = await launch();
  oracle = await openOracle(inject("sample").tables, SAMPLE_FEES);
  all = await oracle.campaignsOf(EVERYTHING);
});
afterAll(async () => {
  await browser.close();
  oracle.close();
});
beforeEach(async () => {
  const { origin, state } = inject("sample");
  page = await openWindow(browser, origin, state);
});
afterEach(() => page.context().close());

const table = () => panel(page, "Campaigns");
const lines = async () => (await readRows(table())).filter((row) => row.id !== "total");

/** What a column sorts by; ids by number, names as text. */
function keyOf(column: string, campaign: CampaignFigures): string | number | null {
  if (column === "campaign") return Number(campaign.id);
  if (column === "account") return campaign.account;
  if (column === "project") return campaign.project;
  if (column === "start") return campaign.start;
  return campaign.figures[column] ?? null;
}

type Key = string | number | null;

const before = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

/** Nulls last in both directions; names without regard to case, and only then with it. */
function sorted(keys: readonly Key[], order: "asc" | "desc"): Key[] {
  const known = keys.filter((key) => key !== null);
  const plain = (key: string | number) => (typeof key === "string" ? key.toLowerCase() : key);
  known.sort((a, b) => before(plain(a), plain(b)) || before(a, b));
  if (order === "desc") known.reverse();
  return [...known, ...keys.filter((key) => key === null)];
}

/** Every figure that the files tell, in columns of their own. */
const PLACE =
  "/campaigns?from=all&cols=project.account.start.spend.impressions.clicks.ctr.leads.cpl.undecided.qualified.cpql";

const HEADS = [
  ["Campaign", "campaign"],
  ["Project", "project"],
  ["Account", "account"],
  ["Start", "start"],
  ["Spend (EGP)", "spend"],
  ["Impr.", "impressions"],
  ["Clicks", "clicks"],
  ["CTR", "ctr"],
  ["Leads", "leads"],
  ["CPL (EGP)", "cpl"],
  ["Undecided", "undecided"],
  ["Qualified", "qualified"],
  ["CPQL (EGP)", "cpql"],
] as const;

it("the server sorts by every column in both directions, with what has no value last", async () => {
  await open(page, `${PLACE}&sort=start&order=asc`);
  for (const [head, column] of HEADS) {
    const button = table().getByRole("button", { name: head, exact: true });
    for (let turn = 0; turn < 2; turn++) {
      await button.click();
      const { searchParams } = new URL(page.url());
      const order = searchParams.get("order") === "asc" ? "asc" : "desc";
      const expected = sorted(
        all.map((campaign) => keyOf(column, campaign)),
        order,
      );
      const misplaced = async () => {
        const ids = (await lines()).map((row) => row.id);
        const keys = ids.map((id) => {
          const campaign = all.find((one) => one.id === id);
          return campaign ? keyOf(column, campaign) : `${id}?`;
        });
        return keys.length > 8 ? keys.filter((key, place) => key !== expected[place]) : ["no rows"];
      };
      await settled(page);
      await expect.poll(misplaced, { timeout: 30_000, message: `${head}, ${order}` }).toEqual([]);
      const cell = table().getByRole("columnheader", { name: head, exact: true });
      expect(await cell.getAttribute("aria-sort")).toBe(
        order === "asc" ? "ascending" : "descending",
      );
    }
  }
});

describe("search", () => {
  const found = async (text: string): Promise<string[]> => {
    await page.getByRole("searchbox", { name: "Search campaigns" }).fill(text);
    await page.waitForFunction(
      (typed) => new URL(location.href).searchParams.get("search") === typed,
      text,
    );
    await settled(page);
    return (await lines()).map((row) => row.id).sort();
  };
  const withProject = (project: string) =>
    all.filter((campaign) => campaign.project === project).map((campaign) => campaign.id);

  it("finds a campaign by its id, also in Arabic digits", async () => {
    await open(page, PLACE);
    const id = all[7]?.id ?? "";
    expect(await found(id)).toEqual([id]);
    const arabic = id.replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[Number(digit)] ?? "");
    expect(await found(arabic)).toEqual([id]);
  });

  it("finds a project by part of its name in any case, and with signs that mean something elsewhere", async () => {
    await open(page, PLACE);
    expect(await found("cORAL")).toEqual(withProject("Coral Gate").sort());
    expect(await found('"the Great" & Co. #1 + 50%')).toEqual(withProject(AWKWARD_PROJECT).sort());
  });

  it("finds an Arabic name however its letters are written: ة or ه, ى or ي, with harakat and tatweel", async () => {
    await open(page, PLACE);
    const oasis = withProject("واحة الياسمين").sort();
    expect(oasis.length).toBeGreaterThan(0);
    for (const typed of ["واحة الياسمين", "واحه الياسمين", "واحة الىاسمين", "واحـــة", "وَاحَةُ"])
      expect(await found(typed), typed).toEqual(oasis);
  });

  it("says so when nothing is found, and one click shows all again", async () => {
    await open(page, PLACE);
    expect(await found("no campaign is called so")).toEqual([]);
    await table().getByRole("button", { name: "Clear the search" }).click();
    await table().locator("tr[data-id=total]").waitFor();
    expect(new URL(page.url()).searchParams.get("search")).toBeNull();
  });
});

it("scrolling loads page after page until every campaign was there once, each with its figures", async () => {
  await open(page, PLACE);
  expect(all.length).toBeGreaterThan(300);
  const seen = new Map<string, string[]>();
  const box = page.getByRole("region", { name: "Campaigns: table" });
  await expect
    .poll(
      async () => {
        for (const row of await lines()) {
          const right = all.find((campaign) => campaign.id === row.id);
          seen.set(row.id, right ? differences(row.id, row.figures, right.figures) : ["unknown"]);
        }
        await box.evaluate((element) => element.scrollBy(0, element.clientHeight * 0.8));
        return seen.size;
      },
      { timeout: 60_000, interval: 60 },
    )
    .toBe(all.length);
  expect([...seen.values()].flat()).toEqual([]);
  const { documentRows, height } = await box.evaluate((element) => ({
    documentRows: element.querySelectorAll("tbody tr[data-id]").length,
    height: element.clientHeight,
  }));
  expect(documentRows).toBeLessThan(height / 32 + 30);
});
