/** Writes the explore report into a folder: HTML and Markdown in both languages, and JSON. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../base/problem.ts";
import type { ExploreReport } from "../contract/explore.ts";
import { exploreMarkdown } from "../report/explore/markdown.ts";
import { exploreHtml } from "../report/explore/page.ts";

/** @returns the files' paths, the English page first @throws Problem `REPORT_NOT_WRITTEN` */
export async function writeReport(report: ExploreReport, directory: string): Promise<string[]> {
  const files: readonly (readonly [string, string])[] = [
    ["explore.html", exploreHtml(report, "en", "explore.ar.html")],
    ["explore.ar.html", exploreHtml(report, "ar", "explore.html")],
    ["explore.md", exploreMarkdown(report, "en")],
    ["explore.ar.md", exploreMarkdown(report, "ar")],
    ["explore.json", `${JSON.stringify(report, null, 2)}\n`],
  ];
  try {
    await mkdir(directory, { recursive: true });
    const written: string[] = [];
    for (const [name, text] of files) {
      const file = path.join(directory, name);
      await writeFile(file, text);
      written.push(file);
    }
    return written;
  } catch (cause) {
    throw new Problem("REPORT_NOT_WRITTEN", {
      what: `The report could not be written: ${cause instanceof Error ? cause.message : cause}`,
      where: directory,
      fix: "Name a folder that can be made and written with --out, with room for a few megabytes.",
      cause,
    });
  }
}
