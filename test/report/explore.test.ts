import { describe, expect, it } from "vitest";
import type {
  ColumnProfile,
  ExploreReport,
  Finding,
  Picture,
  Question,
} from "../../src/contract/explore.ts";
import { chartOf, waterfallChart } from "../../src/report/explore/charts.ts";
import { exploreMarkdown } from "../../src/report/explore/markdown.ts";
import { exploreHtml } from "../../src/report/explore/page.ts";
import { exploreText } from "../../src/report/explore/text.ts";
import { voiceIn } from "../../src/report/explore/voice.ts";

const EGP = { currency: "EGP", currencyDecimals: 2 };
const text = (word: string) => ({ en: word, ar: `${word} بالعربية` });

const finding = (key: string, more: Partial<Finding> = {}): Finding => ({
  key,
  rule: key,
  severity: "warning",
  title: text(`Title of ${key}`),
  sentence: text(`Sentence of ${key}`),
  why: text("It matters"),
  tables: ["insights"],
  unit: text("rows"),
  rows: 3,
  of: 1200,
  moneyMinor: 123_456,
  leads: null,
  thresholds: [],
  items: [],
  itemsTotal: 0,
  examples: { columns: ["file_id", "project"], rows: [[1, "<script>alert(1)</script>"]] },
  sql: "SELECT * FROM staging.insights WHERE spend_minor < 0 AND 'a' < 'b'",
  proposals: [],
  question: null,
  picture: null,
  treatments: [],
  ...more,
});

const report = (more: Partial<ExploreReport> = {}): ExploreReport => ({
  madeAt: "2026-01-02T10:00:00.000Z",
  firstDay: "2025-01-01",
  lastDay: "2025-12-31",
  ...EGP,
  definitionsVersion: "v1",
  sample: false,
  tables: [],
  relations: [],
  findings: [],
  checked: { rules: 1, quiet: [], skipped: [] },
  waterfall: null,
  insights: [],
  questions: [],
  adsOrFollowUp: null,
  ...more,
});

const proposals = [
  {
    kind: "exclude" as const,
    label: text("Leave out"),
    recommended: true,
    spendMinor: -5,
    leads: null,
  },
];
const note = {
  id: "t1",
  finding: "a",
  rule: "a",
  kind: "exclude" as const,
  items: null,
  by: "Mona",
  at: "2026-01-01T00:00:00.000Z",
  applies: true,
};

const rate = (value: number) => ({ value, low: null, high: null, n: null });
const cost = {
  spendMinor: 100,
  leads: 4,
  judged: 2,
  qualified: 1,
  cplMinor: rate(25),
  judgedShare: rate(0.5),
  qualifiedOfJudged: rate(0.5),
  cpqlMinor: rate(100),
};
const none = { campaigns: 0, leads: 0, spendMinor: 0 };
const byProject = {
  ...EGP,
  by: "project" as const,
  total: cost,
  items: [
    {
      ...cost,
      id: "p",
      name: "Palm Court",
      account: "u1",
      norm: null,
      gap: null,
      verdict: "in_line" as const,
    },
  ],
  more: 0,
  noQualified: { ...none, undecidedShare: null, judgedBad: none, neverJudged: none },
};

describe("the page", () => {
  it("fetches nothing and runs nothing: one file is the whole report", () => {
    const page = exploreHtml(report({ findings: [finding("a")] }), "en", null);
    expect(page).not.toMatch(/<script|<link|src=|@import|url\(|https?:\/\//);
  });

  it("writes what stands in the data as text, never as markup", () => {
    const page = exploreHtml(report({ findings: [finding("a")] }), "en", null);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain("&#39;a&#39; &lt; &#39;b&#39;");
  });

  it("shows ten findings as cards and the rest as a line each", () => {
    const findings = Array.from({ length: 13 }, (_, i) => finding(`rule-${i}`));
    const page = exploreHtml(report({ findings }), "en", null);
    const cards = page.split("Also found")[0] ?? "";
    expect(cards.match(/<article/g)).toHaveLength(10);
    expect(page.match(/<details id="rule-1[0-2]"/g)).toHaveLength(3);
  });

  it("reads from right to left in Arabic, in Arabic words, and links to the English one", () => {
    const page = exploreHtml(report({ findings: [finding("a")] }), "ar", "report.html");
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain("Sentence of a بالعربية");
    expect(page).toContain('<a href="report.html" class="no-print">English</a>');
    expect(page).not.toMatch(/>Findings<|Why it matters/);
  });

  it("says so when nothing was found, and otherwise when there was nothing to look at", () => {
    const ways = (made: ExploreReport) => [
      exploreHtml(made, "en", null),
      exploreMarkdown(made, "en"),
      exploreText(made, "en"),
    ];
    const table = { table: "t", sources: [], rows: 1, columns: [], keys: [], correlations: [] };
    for (const told of ways(report({ tables: [table] })))
      expect(told).toContain("No check found anything.");
    for (const told of ways(report())) {
      expect(told).toContain("There are no tables here yet.");
      expect(told).not.toContain("No check found anything.");
    }
  });

  it("asks first what matters, and folds what can wait", () => {
    const ask = (id: string, more: Partial<Question>): Question => ({
      id,
      text: text(`Ask ${id}?`),
      why: text("why"),
      evidence: [text("seen")],
      findings: [],
      setting: null,
      finding: null,
      options: [],
      free: "none",
      inForce: { value: null, label: text("nothing") },
      answered: null,
      moneyMinor: null,
      ...more,
    });
    const made = report({
      findings: [finding("a"), finding("b", { severity: "info" })],
      questions: [ask("small", { finding: "b" }), ask("heavy", { finding: "a" })],
    });
    const page = exploreHtml(made, "en", null);
    expect(page).toContain("<ol><li>Ask heavy?</li></ol>");
    expect(page).toMatch(/<details><summary>Smaller questions: 1<\/summary>.*Ask small\?/);
    const told = exploreText(made, "en");
    expect(told).toContain("What to ask: Ask heavy?");
    expect(told).toContain("Smaller questions: 1");
    expect(told).not.toContain("Ask small?");
  });

  it("asks of files what their findings ask", () => {
    const question = { id: "q", text: text("Is it so?") };
    const page = exploreHtml(report({ findings: [finding("a", { question })] }), "en", null);
    expect(page).toContain("<ol><li>Is it so?</li></ol>");
  });

  it("tells what is in force instead of proposing it again", () => {
    const open = exploreHtml(report({ findings: [finding("a", { proposals })] }), "en", null);
    expect(open).toMatch(/Proposed<\/dt><dd>Leave out/);
    const done = exploreHtml(
      report({ findings: [finding("a", { proposals, treatments: [note] })] }),
      "en",
      null,
    );
    expect(done).toMatch(/In force<\/dt><dd>Leave out \(<bdi>Mona<\/bdi>/);
    expect(done).not.toContain("Proposed</dt>");
  });
});

describe("charts", () => {
  const line = (values: (number | null)[]): Picture => ({
    kind: "line",
    over: "month",
    unit: "count",
    x: values.map((_, i) => `2025-${String(i + 1).padStart(2, "0")}`),
    series: [{ name: text("n"), values }],
  });

  it("draws a gap in the data as a gap in the line", () => {
    const whole = chartOf(line([1, 2, 3, 4]), voiceIn("en", EGP)).text;
    const broken = chartOf(line([1, 2, null, 3, 4]), voiceIn("en", EGP)).text;
    expect(whole.match(/<polyline/g)).toHaveLength(1);
    expect(broken.match(/<polyline/g)).toHaveLength(2);
  });

  it("runs time from right to left in Arabic", () => {
    const first = (language: "en" | "ar") =>
      Number(/points="([\d.]+),/.exec(chartOf(line([1, 2, 3]), voiceIn(language, EGP)).text)?.[1]);
    expect(first("en") + first("ar")).toBeCloseTo(640, 6);
    expect(first("en")).toBeLessThan(first("ar"));
  });

  it("ends the waterfall at the corrected total, and draws what is only proposed hollow", () => {
    const svg = waterfallChart(
      {
        ...EGP,
        spend: { raw: 100_000, corrected: 90_000 },
        leads: { raw: null, corrected: null },
        steps: [
          {
            id: "deduplication",
            label: text("Copies"),
            spendMinor: -10_000,
            leads: null,
            accepted: true,
          },
          { id: "x", label: text("Totals"), spendMinor: -30_000, leads: null, accepted: false },
        ],
        proposed: { spendMinor: 60_000, leads: null },
      },
      voiceIn("en", EGP),
    ).text;
    expect([...svg.matchAll(/class="w-(\w+)"/g)].map(([, kind]) => kind)).toEqual([
      "total",
      "step",
      "total",
      "proposed",
      "hollow",
    ]);
  });
});

it("tells the same figures in Markdown, with pipes of the data kept out of the table's", () => {
  const item = {
    id: "c1",
    label: "a|b",
    account: null,
    rows: 2,
    moneyMinor: 123_456,
    leads: null,
    detail: null,
    treatment: null,
  };
  const page = exploreMarkdown(
    report({ findings: [finding("a", { items: [item], itemsTotal: 1 })] }),
    "en",
  );
  expect(page).toContain("### warning: Title of a");
  expect(page).toContain("- Rows: 3 of 1,200 (rows)");
  expect(page).toMatch(/\| a\\\|b \| — \| {2}\| 2 \| EGP\s1,234\.56 \| — \|/);
});

it("says in Arabic, in Markdown and terminal too, what is in force", () => {
  const made = report({ findings: [finding("a", { proposals, treatments: [note] })] });
  for (const told of [exploreMarkdown(made, "ar"), exploreText(made, "ar")]) {
    expect(told).toContain("المعمول به: Leave out بالعربية (Mona)");
  }
});

it("names what costs are split by: of one account its projects", () => {
  const made = report({ adsOrFollowUp: byProject });
  expect(exploreMarkdown(made, "en")).toContain("| Project | Spend |");
  expect(exploreHtml(made, "en", null)).toMatch(/<th>Project<\/th><th class="n">Spend/);
});

it("marks costs that rest on spend which an open finding doubts, and no longer once it is decided", () => {
  const { items } = byProject;
  const [one] = items;
  if (!one) throw new Error("no item");
  const byAccount = {
    ...byProject,
    by: "account" as const,
    items: [
      { ...one, id: "u1", name: "u1", spendMinor: 1000 },
      { ...one, id: "u2", name: "u2", account: "u2", spendMinor: 100_000 },
    ],
  };
  const at = (account: string, treatment: string | null) => ({
    id: `c of ${account}`,
    label: account,
    account,
    rows: 1,
    moneyMinor: 900,
    leads: null,
    detail: null,
    treatment,
  });
  const told = (treatment: string | null) => {
    const items = [at("u1", treatment), at("u2", treatment)];
    const open = finding("a", { proposals, items, itemsTotal: 2 });
    const made = report({ adsOrFollowUp: byAccount, findings: [open] });
    return [exploreMarkdown(made, "en"), exploreHtml(made, "en", null)];
  };
  // Of the larger spend it is too little to matter.
  for (const text of told(null)) expect(text.match(/EGP\s9\.00 in doubt/g)).toHaveLength(1);
  for (const text of told("t1")) expect(text).not.toContain("in doubt");
});

it("tells money of a column in its currency, in Markdown as on the page", () => {
  const column: ColumnProfile = {
    name: "spend",
    kind: "money",
    missing: 0,
    missingShare: 0,
    missingBy: { month: [], account: [], source: [] },
    distinct: { value: 3, exact: true },
    numbers: {
      min: 150,
      max: 99_900,
      mean: 5000,
      deviation: null,
      skew: null,
      quantiles: [150, 150, 150, 2050, 9000, 99_000, 99_900],
      exact: true,
      zeros: 0,
      negatives: 0,
      outliers: 0,
      histogram: { edges: [150, 99_900], counts: [3] },
    },
    top: [],
    length: null,
    patterns: [],
    time: null,
  };
  const page = exploreMarkdown(
    report({
      tables: [
        { table: "insights", sources: [], rows: 3, columns: [column], keys: [], correlations: [] },
      ],
    }),
    "en",
  );
  expect(page).toMatch(/EGP\s1\.50 – EGP\s999\.00 · median EGP\s20\.50/);
});
