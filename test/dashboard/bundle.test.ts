import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { en } from "../../dashboard/i18n/en.ts";
import { enFirst } from "../../dashboard/i18n/en-first.ts";

const FIRST_LOAD_KB = 160;
let folder = "";
const { NODE_ENV } = process.env;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "leadsmart-page-"));
  // The test runner's own mode would build React with its warnings.
  Object.assign(process.env, { NODE_ENV: "production" });
  await build({
    configFile: "vite.config.ts",
    logLevel: "silent",
    build: { outDir: folder, emptyOutDir: true },
  });
}, 120_000);

afterAll(() => {
  Object.assign(process.env, { NODE_ENV });
  rmSync(folder, { recursive: true, force: true });
});

const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
const scripts = () =>
  readdirSync(path.join(folder, "assets")).filter((file) => file.endsWith(".js"));

/** Scripts that the page names. */
const namedScripts = () =>
  [...read("index.html").matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(
    ([, file]) => file as string,
  );

/** Scripts the browser loads before anything is shown: those named, and the first texts of the larger language. */
function firstScripts(): string[] {
  const texts = scripts()
    .filter((file) => /^(en|ar)-first-/.test(file))
    .map((file) => `assets/${file}`)
    .sort((left, right) => gzipSync(read(right)).length - gzipSync(read(left)).length);
  const [largest] = texts;
  if (largest === undefined) throw new Error("There is no file of first texts");
  return [...namedScripts(), largest];
}

describe("the built page", () => {
  it(`loads at most ${FIRST_LOAD_KB} kB of compressed script before charts`, () => {
    const bytes = firstScripts().reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
    console.info(`first load: ${(bytes / 1000).toFixed(1)} kB of compressed script`);
    expect(firstScripts().length).toBeGreaterThan(0);
    expect(bytes / 1000).toBeLessThanOrEqual(FIRST_LOAD_KB);
  });
  it("says nothing with a text that comes later, by its name or the beginning of it", () => {
    const code = namedScripts().map(read).join("\n");
    const later = Object.keys(en).filter((key) => !(key in enFirst));
    const beginnings = new Set(later.map((key) => key.slice(0, key.lastIndexOf(".") + 1)));
    const named = later.filter((key) => ["`", '"', "'"].some((q) => code.includes(q + key + q)));
    const begun = [...beginnings].filter((beginning) => code.includes(`\`${beginning}\${`));
    expect(named).toEqual([]);
    expect(begun).toEqual([]);
    expect(later.length).toBeGreaterThan(500);
  });
  it("keeps charts in a file of their own, loaded when one is drawn", () => {
    const charts = scripts().filter((file) => file.startsWith("trend-chart"));
    expect(charts).toHaveLength(1);
    expect(firstScripts().some((file) => file.includes("trend-chart"))).toBe(false);
  });
  it("runs under a policy that allows no inline script or style", () => {
    const html = read("index.html");
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });
  it("asks nothing of any other place", () => {
    const addresses = new Set<string>();
    for (const file of [...scripts(), ...readdirSync(path.join(folder, "assets"))]) {
      if (!/\.(js|css)$/.test(file)) continue;
      for (const [url] of read(path.join("assets", file)).matchAll(/https?:\/\/[\w.-]+/g))
        addresses.add(url);
    }
    // Names of XML vocabularies, addresses that messages of libraries name, and where a tap on WhatsApp leads.
    const spoken = [
      "http://www.w3.org",
      "https://react.dev",
      "https://simplewebauthn.dev",
      "https://wa.me",
    ];
    expect([...addresses].filter((url) => !spoken.includes(url))).toEqual([]);
  });
  it("carries no validator: of the contract only types come in", () => {
    for (const file of scripts())
      expect(read(path.join("assets", file))).not.toMatch(/ZodError|\$ZodType/);
  });
});

it("the page knows the contract and nothing else of the server, and of it only types and what is plain: names, formats, ticks, what is open", () => {
  const wrong: string[] = [];
  for (const file of readdirSync("dashboard", { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(file)) continue;
    const source = readFileSync(path.join("dashboard", file), "utf8");
    for (const [statement, , target] of source.matchAll(
      /import\s+(type\s+)?[^;]*?from\s+"(\.[^"]+)"/g,
    )) {
      const place = path.relative(
        "dashboard",
        path.join("dashboard", path.dirname(file), target as string),
      );
      if (!place.startsWith("..")) continue;
      const isContract = place.startsWith(path.join("..", "src", "contract"));
      const isPlain = /^(formats|names|open|ticks)\.ts$/.test(path.basename(place));
      if (!isContract || !(isPlain || statement.startsWith("import type")))
        wrong.push(`${file}: ${target}`);
    }
  }
  expect(wrong).toEqual([]);
});
