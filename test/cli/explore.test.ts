import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { INSIGHTS, TABLES, withFolder } from "../workflows/home.ts";
import { leadsmart, type Ran } from "./terminal.ts";

/** The small tables with one row whose spend is below zero. */
async function homeWith(folder: string): Promise<string> {
  const home = path.join(folder, "h");
  for (const [name, text] of Object.entries(TABLES)) {
    const spoilt =
      name === "insights.csv"
        ? `${INSIGHTS.trimEnd()}\na9,c1,10,-40.00,1,10,2025-01-03 00:00:00\n`
        : text;
    await writeFile(path.join(folder, name), spoilt);
  }
  const ran = await leadsmart([
    "import",
    ...Object.keys(TABLES).map((name) => path.join(folder, name)),
    "--home",
    home,
  ]);
  expect(ran.err + ran.out).toContain("done");
  return home;
}

const spendOf = (ran: Ran) => JSON.parse(ran.out).waterfall.spend;

let header: string;
beforeAll(() => {
  header = INSIGHTS.split("\n")[0] ?? "";
  // The row planted above fits these columns.
  expect(header.split(",")).toHaveLength(7);
});

it("finds the fault, treats it by one command, and takes the treatment back", async () => {
  await withFolder(async (folder) => {
    const home = await homeWith(folder);
    const told = await leadsmart(["explore", "--home", home]);
    expect(told.code).toBe(0);
    expect(told.out).toContain("negative-values");
    const before = spendOf(await leadsmart(["explore", "--home", home, "--json"]));
    const accepted = await leadsmart(["explore", "--accept", "negative-values", "--home", home]);
    expect(accepted.code).toBe(0);
    const treatment = JSON.parse(accepted.out);
    expect(treatment).toMatchObject({ kind: "exclude", by: "command line", spendMinor: 4000 });
    const after = spendOf(await leadsmart(["explore", "--home", home, "--json"]));
    expect(after).toEqual({ raw: before.raw, corrected: before.corrected + 4000 });
    const taken = await leadsmart(["explore", "--withdraw", treatment.id, "--home", home]);
    expect(taken.code).toBe(0);
    expect(spendOf(await leadsmart(["explore", "--home", home, "--json"]))).toEqual(before);
    const list = await leadsmart(["explore", "--treatments", "--home", home]);
    expect(JSON.parse(list.out).items).toMatchObject([
      { id: treatment.id, withdrawn: { by: "command line" } },
    ]);
  });
});

it("records who treated it where the machine tells, and says so of an empty home", async () => {
  await withFolder(async (folder) => {
    const home = await homeWith(folder);
    const env = { USER: "sara" };
    const ran = await leadsmart(["explore", "--accept", "negative-values", "--home", home], {
      env,
    });
    expect(JSON.parse(ran.out).by).toBe("command line (sara)");
    const empty = await leadsmart(["explore", "--home", path.join(folder, "none")]);
    expect(empty.out).toContain("no tables here yet");
    expect(empty.out).toContain("leadsmart import PATH");
  });
});

it("writes the report as pages, Markdown and JSON in both languages", async () => {
  await withFolder(async (folder) => {
    const home = await homeWith(folder);
    const ran = await leadsmart(["explore", "--home", home, "--out", "report"], { cwd: folder });
    expect(ran.code).toBe(0);
    const read = (name: string) => readFile(path.join(folder, "report", name), "utf8");
    expect(await read("explore.html")).toContain('<html lang="en"');
    expect(await read("explore.ar.html")).toContain('<html lang="ar" dir="rtl"');
    expect(await read("explore.ar.md")).toContain("## النتائج");
    expect(JSON.parse(await read("explore.json")).findings.length).toBeGreaterThan(0);
  });
});

it("says where it could not write, and fails", async () => {
  await withFolder(async (folder) => {
    const home = await homeWith(folder);
    await writeFile(path.join(folder, "taken"), "a file, no folder");
    const ran = await leadsmart(["explore", "--home", home, "--out", "taken"], { cwd: folder });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("REPORT_NOT_WRITTEN");
  });
});

it("explores files without importing them, also tables that no format knows", async () => {
  await withFolder(async (folder) => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${i % 3 === 0 ? 1 : 0},${i % 7}`);
    const file = path.join(folder, "anything.csv");
    await writeFile(file, `id,bought,visits\n${rows.join("\n")}\n`);
    const ran = await leadsmart(["explore", file, "--target", "bought", "--json"], { cwd: folder });
    expect(ran.code).toBe(0);
    const report = JSON.parse(ran.out);
    expect(report.tables[0].rows).toBe(60);
    expect(report.tables[0].columns.map((one: { name: string }) => one.name)).toEqual([
      "id",
      "bought",
      "visits",
    ]);
  });
});

it.each([
  [["--language", "fr"], '--language cannot be "fr"'],
  [["--kind", "delete", "--accept", "x"], '--kind cannot be "delete"'],
  [["--accept", "x", "--withdraw", "y"], "are two things"],
  [["file.csv", "--accept", "x"], "asked of a home"],
  [["--target", "x"], "names a column of files"],
  [["--as-of", "yesterday"], "--as-of takes a day"],
  [["--accept", "x", "--as-of", "2025-01-01"], "--accept has no use for --as-of"],
  [["--treatments", "--as-of", "2025-01-01"], "--treatments has no use for --as-of"],
  [["--withdraw", "x", "--item", "y"], "--withdraw has no use for --item"],
  [["--withdraw", "x", "--out", "y"], "--withdraw has no use for --out"],
  [["--kind", "exclude"], "none is named"],
  [["file.csv", "--item", "y"], "none is named"],
])("refuses %j before it opens anything", async (args, reason) => {
  const ran = await leadsmart(["explore", ...args]);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(reason);
});

it("says which finding it does not know", async () => {
  await withFolder(async (folder) => {
    const home = await homeWith(folder);
    const ran = await leadsmart(["explore", "--accept", "no-such-rule", "--home", home]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain("FINDING_UNKNOWN");
  });
});
