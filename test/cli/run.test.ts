import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { INSIGHTS, TABLES, withFolder } from "../workflows/home.ts";
import { leadsmart } from "./terminal.ts";

async function tablesIn(folder: string, tables: Readonly<Record<string, string>> = TABLES) {
  const place = path.join(folder, "tables");
  await mkdir(place, { recursive: true });
  for (const [name, text] of Object.entries(tables)) await writeFile(path.join(place, name), text);
  return place;
}

it("imports a directory, leaves out what is no table, and reports", async () => {
  await withFolder(async (folder) => {
    const place = await tablesIn(folder, { ...TABLES, "README.md": "# notes" });
    const imported = await leadsmart(["import", place, "--home", path.join(folder, "h")]);
    expect(imported.code).toBe(0);
    expect(imported.err).toContain("README.md: left out");
    expect(imported.err).toContain("insights.csv: insights, 5 rows, 2025-01-01 to 2025-01-03");
    expect(imported.out).toMatch(/^i-[0-9a-f]{12} done: 17 rows/);
    const { out } = await leadsmart(["report", "--home", path.join(folder, "h")]);
    expect(out).toContain("EGP 210.01");
  });
});

it("only shows what would come in with --preview", async () => {
  await withFolder(async (folder) => {
    const place = await tablesIn(folder);
    const home = path.join(folder, "h");
    expect((await leadsmart(["import", place, "--home", home, "--preview"])).code).toBe(0);
    const { out } = await leadsmart(["import", "--list", "--home", home]);
    expect(out).toBe("Nothing was imported yet.\n");
  });
});

it("reads standard input", async () => {
  await withFolder(async (folder) => {
    const ran = await leadsmart(
      ["import", "-", "--name", "insights.csv", "--home", path.join(folder, "h"), "--json"],
      {
        input: Readable.from([INSIGHTS]),
      },
    );
    expect(JSON.parse(ran.out).preview.files[0]).toMatchObject({
      name: "insights.csv",
      rowsAccepted: 5,
    });
  });
});

it("mends an ambiguous date with --date-format and writes rejects to a file", async () => {
  const ambiguous = INSIGHTS.replaceAll("2025-01-01 00:00:00", "01/02/2025")
    .replaceAll("2025-01-02 00:00:00", "02/02/2025")
    .replaceAll("2025-01-03 00:00:00", "03/02/2025")
    .concat("a4,c1,1,x,1,1,04/02/2025\n");
  await withFolder(async (folder) => {
    const place = await tablesIn(folder, { ...TABLES, "insights.csv": ambiguous });
    const home = path.join(folder, "h");
    const refused = await leadsmart(["import", place, "--home", home, "--json"]);
    expect(refused.code).toBe(2);
    const [problem] = JSON.parse(refused.out).preview.files.filter(
      (file: { problem: unknown }) => file.problem,
    );
    expect(problem).toMatchObject({ name: "insights.csv", problem: { code: "AMBIGUOUS_DATE" } });
    const rejects = path.join(folder, "rejects.csv");
    const mended = await leadsmart([
      "import",
      place,
      "--home",
      home,
      "--date-format",
      "day=%d/%m/%Y",
      "--rejects",
      rejects,
      "--json",
    ]);
    expect(mended.code).toBe(0);
    expect(
      JSON.parse(mended.out).preview.files.find(
        (file: { table: string }) => file.table === "insights",
      ),
    ).toMatchObject({
      firstDay: "2025-02-01",
      lastDay: "2025-02-03",
      rowsRejected: 1,
    });
    expect(await readFile(rejects, "utf8")).toMatch(/insights\.csv,7,spend,x,/);
  });
});

it("undoes an import as a whole", async () => {
  await withFolder(async (folder) => {
    const place = await tablesIn(folder);
    const home = path.join(folder, "h");
    const { importId } = JSON.parse(
      (await leadsmart(["import", place, "--home", home, "--json"])).out,
    ).import;
    const undone = await leadsmart(["import", "--undo", importId, "--home", home]);
    expect(undone.out).toContain(`${importId} undone`);
    expect((await leadsmart(["report", "--home", home])).out).toContain("No data yet");
  });
});

it.each([
  [["dance"], "BAD_USAGE"],
  [["import"], "BAD_USAGE"],
  [["import", "--lsit"], "BAD_USAGE"],
  [["import", "/no/such/place"], "NO_SUCH_PATH"],
  [["report", "--as-of", "2024-13-40"], "BAD_USAGE"],
  [["lab", "sample"], "BAD_USAGE"],
  [["start", "--host", "0.0.0.0"], "NOT_LOOPBACK"],
  [["start", "--port", "99999"], "BAD_USAGE"],
  [["import", ".", "--account", ""], "BAD_USAGE"],
])("ends with code 2 and one coded error for %j", async (args, code) => {
  await withFolder(async (folder) => {
    const ran = await leadsmart(
      [...args, ...(args.length > 1 ? ["--home", path.join(folder, "h")] : [])],
      { cwd: folder },
    );
    expect(ran.err).toContain(code);
    expect(ran.code).toBe(2);
  });
});

it("tells its verbs, its usage and its version", async () => {
  expect((await leadsmart(["--help"])).out).toContain("import");
  expect((await leadsmart(["import", "--help"])).out).toContain("--date-format");
  expect((await leadsmart(["--version"])).out).toBe("0.0.0-test\n");
});

it("tells that rows wait for their account instead of showing nothing", async () => {
  await withFolder(async (folder) => {
    const place = await tablesIn(folder, { "insights.csv": INSIGHTS });
    const home = ["--home", path.join(folder, "h")];
    expect((await leadsmart(["import", place, ...home])).code).toBe(0);
    expect((await leadsmart(["report", ...home])).out).toContain("5 rows wait for the account");
    expect((await leadsmart(["import", place, "--account", "acme", ...home])).code).toBe(0);
    expect((await leadsmart(["report", ...home])).out).toContain("EGP");
  });
});

it("writes every reason of every rejected record once", async () => {
  await withFolder(async (folder) => {
    const bad = Array.from({ length: 7 }, (_, i) => `a${i},c1,x,y,z,10,soon\n`).join("");
    const place = await tablesIn(folder, { ...TABLES, "insights.csv": INSIGHTS + bad });
    const home = path.join(folder, "h");
    const rejects = path.join(folder, "rejects.csv");
    await leadsmart(["import", place, "--home", home, "--rejects", rejects]);
    const lines = (await readFile(rejects, "utf8")).trim().split("\n").slice(1);
    const cells = lines.map((line) => line.split(",").slice(2, 4).join());
    expect(cells).toHaveLength(28);
    expect(new Set(cells).size).toBe(28);
  });
});

it("imports nothing when the rejects cannot be written, or the currency is no currency", async () => {
  await withFolder(async (folder) => {
    const place = await tablesIn(folder);
    const home = path.join(folder, "h");
    const nowhere = path.join(folder, "none", "rejects.csv");
    const refused = await leadsmart(["import", place, "--home", home, "--rejects", nowhere]);
    expect(refused.err).toContain("REJECTS_NOT_WRITABLE");
    expect(refused.code).toBe(2);
    const banana = await leadsmart(["import", place, "--home", home, "--currency", "banana"]);
    expect(banana.err).toContain("BAD_USAGE");
    expect((await leadsmart(["import", "--list", "--home", home])).out).toContain("Nothing was");
  });
});
