import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/base/clock.ts";
import { seededRandom } from "../../src/base/random.ts";
import { ExploreReport, type Finding } from "../../src/contract/explore.ts";
import { evenShares } from "../../src/explore/other-tables-rows.ts";
import { type Cell, gainOf, namedLate } from "../../src/explore/profile/leakage.ts";
import { exploreFiles } from "../../src/workflows/explore-files.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "leadsmart-other-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clock = fixedClock(new Date("2026-01-01T00:00:00Z"));
const PUBLIC = path.join("..", "shared", "data", "public");
const present = (name: string) => existsSync(path.join(PUBLIC, name));

async function explored(files: Readonly<Record<string, string>>, target: string | null = null) {
  const place = mkdtempSync(path.join(folder, "t-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(place, name), text);
  return ExploreReport.parse(await exploreFiles([place], { clock, target }));
}

function finding(report: ExploreReport, rule: string): Finding {
  const found = report.findings.find((one) => one.rule === rule);
  if (!found) throw new Error(`no finding ${rule}: ${report.findings.map(({ key }) => key)}`);
  return found;
}

const csv = (header: string, rows: readonly (readonly (string | number)[])[]) =>
  `${header}\n${rows.map((row) => row.join(",")).join("\n")}\n`;

/** Leads of an invented shop: the outcome hangs on `minutes`; `verdict` and `score` are written when it is known. */
function shop(rows: number, seed: number): string {
  const random = seededRandom(seed);
  const lines = Array.from({ length: rows }, (_, i) => {
    const minutes = Math.floor(random.next() * 60);
    const bought = random.next() < 0.1 + minutes / 120 ? 1 : 0;
    const source = ["web", "fair", "friend"][random.int(3)] ?? "web";
    const verdict = bought ? "took it" : random.next() < 0.3 ? "" : "will not";
    const shift = random.next() < 0.6 + 0.1 * bought ? "day" : "night";
    return [1000 + i, source, minutes, verdict, bought * 2 + random.int(2), shift, bought];
  });
  return csv("ref,source,minutes,verdict,last score,shift,converted", lines);
}

describe("what could not be read", () => {
  it("is said with its lines and reasons, and the rows read are counted beside it", async () => {
    const rows = Array.from({ length: 97 }, (_, i) => [i, i * 2, "x"]);
    const report = await explored({
      "bills.csv": `${csv("no,sum,note", rows)}97,1\n98,1,2,3\n"99,1,2\n`,
      "empty.csv": "",
      "twins.csv": "a,a,b\n1,2,3\n",
      "notes.txt": "",
    });
    expect(report.tables.map(({ table, rows }) => [table, rows])).toEqual([["bills", 97]]);
    const torn = finding(report, "unreadable-rows");
    expect(torn).toMatchObject({ rows: 3, of: 100, severity: "warning" });
    expect(torn.examples.rows.map(([line]) => line)).toEqual([99, 100, 101]);
    const files = finding(report, "unread-files");
    expect(files.items.map(({ id }) => id)).toEqual(["empty.csv", "twins.csv"]);
    expect(files).toMatchObject({ rows: 2, of: 3, severity: "warning" });
    for (const { sentence, items } of [torn, files])
      expect([sentence.en, sentence.ar, items.length > 0]).toEqual([
        expect.stringContaining("could not be read"),
        expect.stringContaining("تعذّرت قراءة"),
        true,
      ]);
  });

  it("counts all reasons and names the first line, also where more reasons are than are listed", async () => {
    const torn = Array.from({ length: 60 }, (_, i) => Array.from({ length: 3 + i }, () => i));
    const last = [...torn.slice(1), ...torn.slice(1)];
    const lines = [[1, 1], torn[0] ?? [], ...last];
    const report = await explored({ "torn.csv": csv("no,sum", lines) });
    const found = finding(report, "unreadable-rows");
    expect(found).toMatchObject({ rows: 119, itemsTotal: 60 });
    expect(found.items).toHaveLength(50);
    expect(found.sentence.en).toContain("the first on line 3;");
  });

  it("is a failure where nothing is left to speak of", async () => {
    await expect(explored({ "empty.csv": "" })).rejects.toMatchObject({ code: "EMPTY_FILE" });
  });

  it("weighs by the thresholds of the home's settings file", async () => {
    const place = mkdtempSync(path.join(folder, "t-"));
    const rows = Array.from({ length: 99 }, (_, i) => [i, "x"]);
    writeFileSync(path.join(place, "a.csv"), `${csv("no,note", rows)}99,1,2\n`);
    const home = mkdtempSync(path.join(folder, "h-"));
    const severity = async () =>
      finding(await exploreFiles([place], { clock, home }), "unreadable-rows").severity;
    expect(await severity()).toBe("warning");
    const thresholds = { "unreadable-rows.warningShare": 0.02 };
    writeFileSync(
      path.join(home, "leadsmart.config.json"),
      JSON.stringify({ default: { thresholds } }),
    );
    expect(await severity()).toBe("info");
  });
});

it("takes no column for yes and no because most of its many spellings say so", async () => {
  const cased = (word: string) =>
    Array.from({ length: 2 ** word.length }, (_, bits) =>
      [...word].map((one, i) => ((bits >> i) & 1 ? one.toUpperCase() : one)).join(""),
    );
  const words = ["true", "false", "yes", "no"].flatMap(cased);
  const told = async (more: readonly string[]) => {
    const rows = [...words, ...more].map((word, i) => [i, word]);
    const { tables } = await explored({ "answers.csv": csv("no,answer", rows) });
    return tables[0]?.columns.find(({ name }) => name === "answer");
  };
  expect(await told([])).toMatchObject({ missing: 0, distinct: { value: 2 } });
  expect(await told(["perhaps"])).toMatchObject({
    missing: 0,
    distinct: { value: words.length + 1 },
  });
});

describe("columns that know the outcome", () => {
  it("are found among honest ones, with the outcome guessed by its name", async () => {
    for (const seed of [1, 2, 3]) {
      const report = await explored({ "shop.csv": shop(3000, seed) });
      const found = finding(report, "leakage-suspects");
      expect(found.items.map(({ id }) => id).sort()).toEqual(["last score", "verdict"]);
      expect(found.severity).toBe("critical");
      expect(found.sentence.en).toContain("converted");
      expect(report.insights[0]?.sentence.en).toMatch(/minutes. tells most of it/);
    }
  });

  it("a named outcome counts, and a name that is not there is refused", async () => {
    const text = shop(1000, 4).replace("converted", "c7");
    expect((await explored({ "s.csv": text })).checked.skipped.map(({ rule }) => rule)).toEqual([
      "leakage-suspects",
    ]);
    const report = await explored({ "s.csv": text }, "C7");
    expect(finding(report, "leakage-suspects").items.map(({ id }) => id)).toContain("verdict");
    await expect(explored({ "s.csv": text }, "c8")).rejects.toMatchObject({
      code: "NO_SUCH_TARGET",
    });
  });

  it("a column of values that never repeat gains nothing, one that is the outcome gains nearly all", () => {
    const random = seededRandom(5);
    const rows = Array.from({ length: 2000 }, (_, i) => ({ half: i % 2, hits: random.int(2) }));
    const cells = (bin: (i: number, hits: number) => string | null): Cell[] =>
      rows.map(({ half, hits }, i) => ({ bin: bin(i, hits), half, n: 1, hits }));
    expect(gainOf(cells((i) => `id ${i}`)).gain).toBeLessThan(0.005);
    expect(gainOf(cells((_, hits) => `v${hits}`))).toMatchObject({ settled: 1 });
    expect(gainOf(cells((_, hits) => `v${hits}`)).gain).toBeGreaterThan(0.98);
    const { missing } = gainOf(cells((_, hits) => (hits === 1 ? "filled" : null)));
    expect(missing).toMatchObject({ hits: 0, others: 1 });
  });

  it("names tell what is written later, in English and Arabic, and not what only sounds like it", () => {
    for (const name of ["Last Activity", "lead_quality", "ClosedReason", "ملاحظات المبيعات"]) {
      expect(namedLate(name, "converted"), name).toBe("late");
    }
    for (const name of ["Lead Origin", "Total Time Spent", "lasting", "City"]) {
      expect(namedLate(name, "converted"), name).toBeNull();
    }
    expect(namedLate("Total_Conversion", "Approved_Conversion")).toBe("alike");
  });
});

describe("a table of any kind", () => {
  it("has its planted faults found with their rows, and each finding's own numbers", async () => {
    const cities = ["Cairo", "cairo ", "Giza", "Select"];
    const rows = Array.from({ length: 400 }, (_, i) => [
      cities[i % 4] ?? "",
      10 + (i % 90),
      i === 7 ? 90_000 : 100 + ((i * 37) % 97),
      i % 40 === 0 ? 200 : i % 9,
      "always",
      i < 3 ? "rare" : "",
    ]);
    rows.push(rows[5] as (string | number)[], rows[6] as (string | number)[]);
    const report = await explored({
      "ads.csv": csv("City,impressions,amount,clicks,kind,note", rows),
    });
    expect(finding(report, "exact-copies").rows).toBeGreaterThanOrEqual(2);
    expect(finding(report, "clicks-over-impressions").rows).toBe(
      rows.filter((row) => Number(row[3]) > Number(row[1])).length,
    );
    expect(finding(report, "mixed-spellings")).toMatchObject({ rows: 100, itemsTotal: 1 });
    expect(finding(report, "hidden-missing").items).toMatchObject([{ id: "City", rows: 100 }]);
    expect(finding(report, "lone-values").items.map(({ id }) => id)).toEqual(["amount: 90000"]);
    expect(finding(report, "constant-columns").items.map(({ id }) => id)).toEqual(["kind"]);
    expect(finding(report, "nearly-empty-columns").items.map(({ id }) => id)).toEqual(["note"]);
    expect(finding(report, "lone-values").examples.rows).toHaveLength(1);
  });

  it("that is clean has nothing to say", async () => {
    const random = seededRandom(11);
    const rows = Array.from({ length: 500 }, (_, i) => [
      `r${i}`,
      new Date(Date.UTC(2024, 0, 1 + (i % 100))).toISOString().slice(0, 10),
      ["north", "south", "east"][random.int(3)] ?? "",
      Math.round(Math.exp(3 + random.normal()) * 100) / 100,
    ]);
    const report = await explored({ "clean.csv": csv("ref,day,region,amount", rows) });
    expect(report.findings.map(({ key }) => key)).toEqual([]);
    expect(report.tables[0]?.columns.map(({ kind }) => kind)).toEqual([
      "id",
      "date",
      "category",
      "number",
    ]);
    expect(report.firstDay).toBe("2024-01-01");
  });

  it("says which column fixes another, on every row and not on a sample alone", async () => {
    const rows = (odd: boolean) =>
      Array.from({ length: 4000 }, (_, i) => {
        const score = i % 12;
        const band = odd && i === 3995 ? "low" : score < 4 ? "low" : score < 9 ? "middle" : "high";
        return [score, band, ["x", "y", "z"][(i * 7 + (i >> 3)) % 3] ?? ""];
      });
    const header = "score,band,other";
    const report = await explored({ "bands.csv": csv(header, rows(false)) });
    expect(finding(report, "determined-columns").items.map(({ id }) => id)).toEqual([
      "score → band",
    ]);
    const broken = await explored({ "bands.csv": csv(header, rows(true)) });
    expect(broken.checked.quiet).toContain("determined-columns");
  });

  it("is typed only as what every cell is", async () => {
    const report = await explored({
      "kinds.csv": [
        "flag,yes,day,amount,mixed,blanky",
        'TRUE,Yes,31/12/2024,"1,234.50",12,5',
        'FALSE,No,01/02/2024,"17.25",x,NA',
        'TRUE,No,13/02/2024,"2,000.00",7,7',
        "",
      ].join("\n"),
    });
    const kinds = Object.fromEntries(
      report.tables[0]?.columns.map(({ name, kind }) => [name, kind]) ?? [],
    );
    expect(kinds).toEqual({
      flag: "boolean",
      yes: "boolean",
      day: "date",
      amount: "number",
      mixed: "category",
      blanky: "integer",
    });
    const amount = report.tables[0]?.columns[3];
    expect(amount?.numbers?.max).toBe(2000);
    expect(report.tables[0]?.columns[5]?.missing).toBe(1);
    expect(report.tables[0]?.columns[2]?.time?.first).toBe("2024-02-01");
  });

  it("beside another is joined to it by name, with orphans both ways", async () => {
    const shops = csv("shop_id,town", [
      [1, "A"],
      [2, "B"],
      [3, "C"],
    ]);
    const sales = csv("sale,shop_id", [
      ["s1", 1],
      ["s2", 1],
      ["s3", 2],
      ["s4", 9],
    ]);
    const notes = "Where these tables come from\nA shop, long ago\n";
    const report = await explored({ "shops.csv": shops, "sales.csv": sales, "README.txt": notes });
    expect(report.tables.map(({ table }) => table)).toEqual(["sales", "shops"]);
    expect(report.relations).toMatchObject([
      {
        from: { table: "sales", column: "shop_id" },
        to: { table: "shops", column: "shop_id" },
        cardinality: "one-to-many",
        rows: 4,
        orphans: 1,
        orphanExamples: ["9"],
        parents: 3,
        childless: 1,
      },
    ]);
  });
});

it("even shares: the chi-square of a published test is met to four digits", () => {
  const { chiSquare, p } = evenShares([44_700, 45_489]);
  expect(chiSquare).toBeCloseTo(6.902, 3);
  expect(p).toBeCloseTo(0.0086, 4);
  expect(evenShares([50, 50]).p).toBe(1);
});

it("groups that chance never makes are told with a chance that can be written", async () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => [i, i % 11 < 6 ? "gate_30" : "gate_40"]);
  const { sentence, thresholds } = finding(
    await explored({ "test.csv": csv("player,version", rows) }),
    "sample-ratio",
  );
  expect(sentence.en).toMatch(/less than once in 1,000,000,000 times .*p < 1e-9/);
  expect(thresholds[0]?.seen).toBeGreaterThanOrEqual(0);
});

describe.skipIf(!present("x_education"))("the public tables (absent here: skipped)", () => {
  it("x_education: the nine late columns are suspects, and what was known at arrival is not", async () => {
    const report = await exploreFiles([path.join(PUBLIC, "x_education", "Leads.csv")], { clock });
    const found = finding(report, "leakage-suspects");
    const names = found.items.map(({ id }) => id);
    const late = ["Tags", "Lead Quality", "Lead Profile", "Last Activity", "Last Notable Activity"];
    const scores = ["Activity Index", "Profile Index", "Activity Score", "Profile Score"];
    for (const name of [...late, ...scores.map((end) => `Asymmetrique ${end}`)]) {
      expect(names).toContain(name);
    }
    for (const name of [
      "Lead Origin",
      "Lead Source",
      "Total Time Spent on Website",
      "TotalVisits",
    ]) {
      expect(names).not.toContain(name);
    }
    const hidden = finding(report, "hidden-missing").items.map(({ id }) => id);
    expect(hidden.sort()).toEqual([
      "City",
      "How did you hear about X Education",
      "Lead Profile",
      "Specialization",
    ]);
  });

  it("cookie_cats: uneven groups and the one impossible player", async () => {
    const report = await exploreFiles([path.join(PUBLIC, "cookie_cats")], { clock });
    expect(finding(report, "sample-ratio").sentence.en).toMatch(/chi-square 6\.90, p = 0\.0086/);
    expect(finding(report, "lone-values").items.map(({ id }) => id)).toEqual([
      "sum_gamerounds: 49854",
    ]);
  });

  it("kag_facebook: results that nobody clicked for, and no leak that is none", async () => {
    const report = await exploreFiles([path.join(PUBLIC, "kag_facebook")], { clock });
    expect(report.tables[0]?.rows).toBe(1143);
    const impressions = report.tables[0]?.columns.find(({ name }) => name === "Impressions");
    expect(Math.round((impressions?.numbers?.mean ?? 0) * 1143)).toBe(213_434_828);
    expect(finding(report, "conversions-without-click").rows).toBeGreaterThan(200);
    expect(finding(report, "leakage-suspects").severity).toBe("info");
  });
});
