import { execFileSync } from "node:child_process";
import { mkdir, readdir, readlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { Problem } from "../../src/base/problem.ts";
import { exitCodeOf, type ServeOptions } from "../../src/cli/command.ts";
import { openWarehouse } from "../../src/warehouse/warehouse.ts";
import { INSIGHTS, LEADS, TABLES, withFolder } from "../workflows/home.ts";
import { leadsmart } from "./terminal.ts";

async function imported(folder: string): Promise<{ home: string; importId: string }> {
  const place = path.join(folder, "tables");
  await mkdir(place);
  for (const [name, text] of Object.entries(TABLES)) await writeFile(path.join(place, name), text);
  const home = path.join(folder, "h");
  const { out } = await leadsmart(["import", place, "--home", home, "--json"]);
  return { home, importId: JSON.parse(out).import.importId };
}

it.each([
  [["report", "acme"]],
  [["doctor", "now"]],
  [["lab", "rebuild", "please"]],
  [["lab", "sample", "there", "--out", "x"]],
])("refuses a word that belongs to nothing: %j", async (args) => {
  await withFolder(async (folder) => {
    const ran = await leadsmart([...args, "--home", path.join(folder, "h")], { cwd: folder });
    expect([ran.code, ran.out]).toEqual([2, ""]);
    expect(ran.err).toContain("BAD_USAGE");
    expect(ran.err).toContain(args.find((word) => /acme|now|please|there/.test(word)));
    expect(await readdir(folder)).toEqual([]);
  });
});

it("reports no account or project that does not exist, and names those that do", async () => {
  await withFolder(async (folder) => {
    const { home } = await imported(folder);
    const account = await leadsmart(["report", "--account", "nosuch", "--home", home, "--json"]);
    expect(account.code).toBe(2);
    expect(JSON.parse(account.out).problem).toMatchObject({
      code: "UNKNOWN_ACCOUNT",
      details: { account: "nosuch", accounts: expect.arrayContaining(["u1", "u2"]) },
    });
    const project = await leadsmart(["report", "--project", "Moon", "--home", home]);
    expect(project.code).toBe(2);
    expect(project.err).toMatch(/UNKNOWN_PROJECT[\s\S]*There are Palm Court, Nile View/);
    const known = ["--account", "u1", "--project", "Palm Court"];
    expect((await leadsmart(["report", ...known, "--home", home])).code).toBe(0);
  });
});

it.skipIf(process.platform === "win32")(
  "imports what can be read only once, from a pipe",
  async () => {
    await withFolder(async (folder) => {
      const pipe = path.join(folder, "63");
      execFileSync("mkfifo", [pipe]);
      const writing = writeFile(pipe, INSIGHTS.replaceAll(" 00:00:00", ""));
      const home = path.join(folder, "h");
      const name = ["--name", "insights.csv", "--level", "ad_set"];
      const ran = await leadsmart(["import", pipe, ...name, "--home", home, "--json"]);
      await writing;
      expect(JSON.parse(ran.out)).toMatchObject({
        preview: { files: [{ name: "insights.csv", rowsAccepted: 5, level: "ad_set" }] },
        import: { state: "done" },
      });
    });
  },
);

it("says one thing in JSON when it is interrupted, and ends with code 1", async () => {
  await withFolder(async (folder) => {
    const stop = new AbortController();
    async function* endless() {
      yield INSIGHTS;
      stop.abort();
      yield LEADS;
    }
    const home = path.join(folder, "h");
    const ran = await leadsmart(["import", "-", "--home", home, "--json"], {
      input: Readable.from(endless()),
      signal: stop.signal,
    });
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out)).toMatchObject({ problem: { code: "CANCELLED" } });
    expect((await leadsmart(["import", "--list", "--home", home])).out).toContain("Nothing was");
  });
});

it("ends an undo with code 1 when the numbers could not follow, and tells so", async () => {
  await withFolder(async (folder) => {
    const { home, importId } = await imported(folder);
    const warehouse = await openWarehouse(path.join(home, "warehouse.duckdb"));
    await warehouse.write((session) => session.run("DROP TABLE raw.files"));
    await warehouse.close();
    const undone = await leadsmart(["import", "--undo", importId, "--home", home, "--json"]);
    expect(undone.code).toBe(1);
    expect(JSON.parse(undone.out).import).toMatchObject({
      state: "undone",
      problem: { code: "BUILD_FAILED" },
    });
  });
});

it("hands the settings of the server on, and refuses those that are none", async () => {
  const served: ServeOptions[] = [];
  const start = (...args: string[]) =>
    leadsmart(["start", ...args], { served: (options) => served.push(options) });
  await start(
    "--level-counts",
    "ad_set",
    "--host-name",
    "Leads.Example.org",
    "--upload-limit",
    "0.5",
  );
  expect(served[0]).toMatchObject({
    levelCounts: "ad_set",
    hostNames: ["leads.example.org"],
    uploadLimitBytes: 2 ** 29,
  });
  for (const wrong of [
    ["--level-counts", "adset"],
    ["--host-name", "http://leads.example.org"],
    ["--upload-limit", "0"],
    ["--upload-limit", "8GB"],
    ["--threads", "0"],
  ]) {
    const ran = await start(...wrong);
    expect([wrong, ran.code]).toEqual([wrong, 2]);
  }
  expect(served).toHaveLength(1);
});

it("ends with 1 where the machine or the home failed, with 2 where something else was asked than there is", () => {
  const ending = (code: string) => exitCodeOf(new Problem(code, { what: "x", fix: "y" }));
  for (const code of ["PAGE_NOT_BUILT", "HOME_IN_USE", "DISK_FULL", "BUILD_FAILED", "CANCELLED"]) {
    expect([code, ending(code)]).toEqual([code, 1]);
  }
  for (const code of ["BAD_USAGE", "UNKNOWN_ACCOUNT", "LEVEL_UNDECIDED", "MISSING_COLUMN"]) {
    expect([code, ending(code)]).toEqual([code, 2]);
  }
  expect(exitCodeOf(new Error("a bug"))).toBe(1);
});

it.skipIf(process.platform !== "linux")(
  "leaves no file open when an import is refused after its file of rejects was opened",
  async () => {
    await withFolder(async (folder) => {
      const campaign =
        "campaign_id,spend,impressions,reach,clicks,created_at\nc1,100,300,200,22,2025-01-01\n";
      const place = path.join(folder, "tables");
      await mkdir(place);
      await writeFile(path.join(place, "ad-sets.csv"), INSIGHTS.replaceAll(" 00:00:00", ""));
      await writeFile(path.join(place, "campaigns-by-day.csv"), campaign);
      const rejects = path.join(folder, "rejects.csv");
      const ran = await leadsmart([
        "import",
        place,
        "--home",
        path.join(folder, "h"),
        "--rejects",
        rejects,
      ]);
      expect([ran.code, ran.err]).toEqual([2, expect.stringContaining("LEVEL_UNDECIDED")]);
      const open = await Promise.all(
        (await readdir("/proc/self/fd")).map((one) =>
          readlink(`/proc/self/fd/${one}`).catch(() => ""),
        ),
      );
      expect(open).not.toContain(rejects);
    });
  },
);

it("names the home whose disk is full, however the option was written", async () => {
  await withFolder(async (folder) => {
    const home = path.join(folder, "h");
    const served = () => {
      throw Object.assign(new Error("write failed"), { code: "ENOSPC" });
    };
    for (const option of [["--home", home], [`--home=${home}`]]) {
      const ran = await leadsmart(["start", ...option, "--json"], { served });
      expect(JSON.parse(ran.out).problem).toMatchObject({ code: "DISK_FULL", where: home });
    }
  });
});
