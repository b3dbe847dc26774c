import { describe, expect, it } from "vitest";
import type { ColumnProfile, ExploreReport } from "../../src/contract/explore.ts";
import { exploreMarkdown } from "../../src/report/explore/markdown.ts";
import { exploreHtml } from "../../src/report/explore/page.ts";
import { voiceIn } from "../../src/report/explore/voice.ts";

const EGP = { currency: "EGP", currencyDecimals: 2 };
const title = (word: string) => ({ en: word, ar: `${word} بالعربية` });

const column = (more: Partial<ColumnProfile>): ColumnProfile => ({
  name: "x",
  kind: "text",
  missing: 0,
  missingShare: 0,
  missingBy: { month: [], account: [], source: [] },
  distinct: { value: 90, exact: true },
  numbers: null,
  top: [],
  length: null,
  patterns: [],
  time: null,
  ...more,
});

const hour = new Array<number>(24).fill(4);
hour[21] = 8;
hour[5] = 0;
const addedAt = column({
  name: "added_at",
  kind: "timestamp",
  time: {
    first: "2025-01-01 00:00:00",
    last: "2025-03-01 00:00:00",
    gaps: [
      { from: "2025-02-03", to: "2025-02-07", days: 5 },
      { from: "2025-01-09", to: "2025-01-09", days: 1 },
    ],
    gapDays: 6,
    jumps: [{ day: "2025-01-20", n: 80, usual: 3.2 }],
    weekday: [10, 10, 10, 10, 10, 40, 10],
    hour,
    months: [
      { month: "2025-01", n: 60 },
      { month: "2025-02", n: 40 },
    ],
  },
});
const project = column({
  name: "project|name",
  kind: "category",
  missing: 1,
  missingShare: 0.0001,
  missingBy: {
    month: [
      { key: "2025-01", n: 50, missing: 1, share: 0.02 },
      { key: "2025-02", n: 50, missing: 0, share: 0 },
    ],
    account: [{ key: "unit-7", n: 10, missing: 5, share: 0.5 }],
    source: [],
  },
  top: [{ value: "a|`b`\n<i>", n: 60, share: 0.6 }],
  length: { min: 4, median: 6, max: 9 },
  patterns: [{ pattern: "Aa|9", n: 50, example: "No|1" }],
});

const report: ExploreReport = {
  madeAt: "2026-01-02T10:00:00.000Z",
  firstDay: "2025-01-01",
  lastDay: "2025-03-01",
  ...EGP,
  definitionsVersion: "v1",
  sample: false,
  tables: [
    {
      table: "campaign_leads",
      sources: ["my_leads.csv"],
      rows: 100,
      columns: [addedAt, project],
      keys: [
        { columns: ["lead_id"], unique: true, repeated: 0 },
        { columns: ["ad", "day"], unique: false, repeated: 4 },
      ],
      correlations: [{ left: "spend", right: "clicks", rho: -0.8, n: 77 }],
    },
  ],
  relations: [
    {
      from: { table: "insights", column: "campaign_id" },
      to: { table: "campaigns", column: "campaign_id" },
      cardinality: "one-to-many",
      rows: 50,
      orphans: 2,
      orphanExamples: ["c|9"],
      parents: 20,
      childless: 3,
      perParent: [1, 2, 3, 4, 9, 12],
    },
  ],
  findings: [],
  checked: {
    rules: 3,
    quiet: ["negative-values"],
    skipped: [{ rule: "deals", why: title("No deals came") }],
    titles: { "negative-values": title("Amounts below zero"), deals: title("Odd deals") },
  },
  waterfall: null,
  insights: [],
  questions: [],
  adsOrFollowUp: null,
};

const page = exploreHtml(report, "en", null);
const plain = page.replaceAll(/<title>[^<]*<\/title>|<[^>]+>/g, "");
const markdown = exploreMarkdown(report, "en");

describe("a column, in page and Markdown alike", () => {
  it.each([
    [
      "the longest silence first",
      /days without rows: 6.{1,3}longest 3–7 Feb 2025 \(5\) · 9 Jan 2025/,
    ],
    ["unusual days beside what is usual", /unusual days: 20 Jan 2025 \(80, usually 3\)/],
    ["the busiest weekday and the quietest", /weekdays: .*most Friday \(40%\) · fewest Sunday/],
    ["the busiest hour and the quietest", /hours: .*most 21:00 \(8%\) · fewest 05:00 \(0%\)/],
    ["lengths of texts", /characters: fewest 4 · median 6 · most 9/],
    ["where values are missing", /missing unevenly: unit-7 \(50%\)/],
    ["months in which they are missing", /missing by month: .*most Jan 2025 \(2%\)/],
    ["a share that is hardly anything, not as nothing", /1 \((<|&lt;) 0\.1%\)/],
  ])("tells %s", (_, told) => {
    expect(plain).toMatch(told);
    expect(markdown).toMatch(told);
  });

  it("tells shapes with an example", () => {
    expect(page).toContain("<code>Aa|9</code> <i>(50%, No|1)</i>");
    expect(markdown).toContain("shapes: `Aa|9` (50%, No\\|1)");
  });

  it("draws seven weekdays and twenty-four hours, the fullest strongest and the empty one hollow", () => {
    const [weekdays = "", hours = ""] = page.match(/<svg class="heat".*?<\/svg>/gs) ?? [];
    expect(weekdays.match(/<rect/g)).toHaveLength(7);
    expect(hours.match(/<rect/g)).toHaveLength(24);
    expect(weekdays).toMatch(/class="h6"><title>Friday: 40</);
    expect(hours).toMatch(/class="h0"><title>05:00: 0</);
    expect(markdown).toMatch(/weekdays: ▂▂▂▂▂█▂ most/);
  });

  it("runs its strips from right to left in Arabic", () => {
    const sunday = (text: string) =>
      Number(/<svg class="heat"[^>]*><rect x="([\d.]+)"/.exec(text)?.[1]);
    expect(sunday(page)).toBeLessThan(10);
    expect(sunday(exploreHtml(report, "ar", null))).toBeGreaterThan(100);
  });
});

describe("a table", () => {
  it("tells its keys, correlations and relations in both", () => {
    expect(page).toMatch(/<code>ad \+ day<\/code> \(rows that repeat it: 4\)/);
    expect(markdown).toContain("- Keys: `lead_id` names each row");
    expect(markdown).toContain("| `spend` | `clicks` | -0.80 | 77 |");
    expect(plain).toContain("spend × clicks -0.80 (n = 77)");
    expect(markdown).toContain(
      "| Daily insights `campaign_id` | Campaigns `campaign_id` | 2 of 50, `c\\|9` | 3 of 20 | median 3, 99% up to 9, at most 12 |",
    );
    expect(plain).toContain("median 3, 99% up to 9, at most 12");
  });

  it("keeps its row whole in Markdown, whatever the data hold", () => {
    const row = markdown.split("\n").find((line) => line.startsWith("| `project"));
    expect(row).toBe(
      "| `project\\|name` | category | 1 (< 0.1%) | 90 | a\\|\\`b\\` \\<i\\> (60%) |",
    );
  });
});

it("lists the checks that ran quietly, by what they look for", () => {
  for (const told of [plain, markdown]) {
    expect(told).toMatch(/Looked for and not found: 1/);
    expect(told).toContain("Amounts below zero");
    expect(told).toMatch(/Odd deals\**: No deals came/);
  }
  expect(exploreMarkdown(report, "ar")).toContain("Amounts below zero بالعربية");
});

it("speaks of kinds and tables in the reader's language", () => {
  const arabic = exploreHtml(report, "ar", null);
  expect(arabic).toContain("العملاء المحتملون · الصفوف: 100");
  expect(arabic).not.toMatch(/>timestamp<|>category</);
});

it("says neither nothing nor all of what is hardly one of them", () => {
  const { percent } = voiceIn("en", EGP);
  expect([0, 0.0004, 0.5, 0.9997, 1].map(percent)).toEqual([
    "0%",
    "< 0.1%",
    "50%",
    "> 99.9%",
    "100%",
  ]);
});

it("puts what is wrong, what it costs and what to ask before everything else, in Markdown too", () => {
  const heads = [...markdown.matchAll(/^## (.+)$/gm)].map(([, head]) => head);
  expect(heads.slice(0, 2)).toEqual(["What is wrong", "Findings"]);
});
