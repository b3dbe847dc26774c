import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { inHome, TABLES, withFolder } from "../workflows/home.ts";
import { leadsmart } from "./terminal.ts";

it("writes a client's digest to a file, in Arabic and under a name, and says where a folder is missing", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, ({ give }) => give(TABLES));
    const home = ["--home", path.join(folder, "home")];
    const about = ["--language", "ar", "--sender", "نايل ميديا", "--account", "u1"];
    const ran = await leadsmart(["report", "--digest", "d.html", ...about, ...home], {
      cwd: folder,
    });
    expect(ran).toMatchObject({ code: 0, out: `Written: ${path.join(folder, "d.html")}\n` });
    const html = await readFile(path.join(folder, "d.html"), "utf8");
    expect(html).toContain('dir="rtl"');
    expect(html).toContain("نايل ميديا");
    expect(html).not.toMatch(/Mona|@|0100/);
    const nowhere = await leadsmart(["report", "--digest", "none/d.html", ...home], {
      cwd: folder,
    });
    expect(nowhere.code).toBe(1);
    expect(nowhere.err + nowhere.out).toContain("REPORT_NOT_WRITTEN");
  });
});
