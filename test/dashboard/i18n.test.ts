import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import { ar } from "../../dashboard/i18n/ar.ts";
import { en } from "../../dashboard/i18n/en.ts";
import { counted, isTextKey, loadAllTexts, text } from "../../dashboard/i18n/messages.ts";
import { MAIN_KPI_IDS } from "../../dashboard/overview/main-kpis.ts";
import { TABLES } from "../../src/contract/names.ts";
import { KPIS, MEASURES } from "../../src/domain/kpis.ts";
import { STAGES } from "../../src/domain/stages.ts";

await loadAllTexts("en");
await loadAllTexts("ar");

/** Texts that are right to be the same in both languages: a name, names of file formats, pure arithmetic. */
const SAME_IN_BOTH = new Set([
  "app.name",
  "palette.key",
  "trend.csv",
  "trend.png",
  "trend.svg",
  "formula.quotient",
  "formula.scaled",
  "column.inCurrency",
  "rows.tab",
]);

type Entry = string | Readonly<Record<string, string>>;
const english: Readonly<Record<string, Entry>> = en;
const arabic: Readonly<Record<string, Entry>> = ar;
const formsOf = (entry: Entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
const namesIn = (template: string) =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);

describe("the two languages", () => {
  it("have the same keys", () => {
    expect(Object.keys(arabic).sort()).toEqual(Object.keys(english).sort());
  });
  it("name no text twice: the later file would silently take the place of the other", () => {
    const named = readdirSync("dashboard/i18n")
      .filter((file) => /^en-\w+\.ts$/.test(file))
      .flatMap((file) => [
        ...readFileSync(`dashboard/i18n/${file}`, "utf8").matchAll(/^ {2}"([^"]+)":/gm),
      ])
      .map(([, key]) => key);
    expect(named.filter((key, i) => named.indexOf(key) !== i)).toEqual([]);
    expect(named.length).toBeGreaterThan(Object.keys(english).length - 100);
  });
  it("say nothing the same, but for names and signs", () => {
    const same = Object.keys(english).filter(
      (key) => JSON.stringify(english[key]) === JSON.stringify(arabic[key]),
    );
    expect(same.filter((key) => !SAME_IN_BOTH.has(key))).toEqual([]);
    expect([...SAME_IN_BOTH].filter((key) => !same.includes(key))).toEqual([]);
  });
  it("leave no text empty, and Arabic texts are Arabic", () => {
    for (const [key, entry] of Object.entries(arabic))
      for (const form of formsOf(entry)) {
        expect(form.trim(), key).not.toBe("");
        if (!SAME_IN_BOTH.has(key)) expect(form, key).toMatch(/\p{Script=Arabic}/u);
      }
    for (const [key, entry] of Object.entries(english))
      for (const form of formsOf(entry)) expect(form.trim(), key).not.toBe("");
  });
  it("fill in the same values", () => {
    for (const [key, entry] of Object.entries(english)) {
      const wanted = new Set(formsOf(entry).flatMap(namesIn));
      for (const form of formsOf(arabic[key] ?? "")) {
        const unknown = namesIn(form).filter((name) => !wanted.has(name));
        expect(unknown, key).toEqual([]);
      }
      if (typeof entry === "string") {
        expect(new Set(namesIn(arabic[key] as string)), key).toEqual(wanted);
      } else {
        expect(new Set(namesIn((arabic[key] as Record<string, string>).other ?? "")), key).toEqual(
          wanted,
        );
      }
    }
  });
  it("count as each language counts", () => {
    const n = (count: number) =>
      counted("ar", "latn", "count.campaigns", count, { n: String(count) }).replace(
        /[\u2068\u2069]/g,
        "",
      );
    expect([0, 1, 2, 3, 11, 100].map(n)).toEqual([
      "لا حملات",
      "حملة واحدة",
      "حملتان",
      "3 حملات",
      "11 حملة",
      "100 حملة",
    ]);
    expect(counted("en", "latn", "count.campaigns", 1, { n: "1" })).toBe("1 campaign");
    expect(counted("en", "latn", "count.campaigns", 0, { n: "0" })).toBe("0 campaigns");
  });
  it("keep a value of the other direction in one piece", () => {
    expect(text("ar", "latn", "action.remove", { name: "Palm (1)" })).toBe(
      "إزالة \u2068Palm (1)\u2069",
    );
    expect(text("en", "latn", "action.remove", { name: "Palm (1)" })).toBe("Remove Palm (1)");
  });
  it("end a sentence with one full stop, where it ends with a currency that has its own", () => {
    const said = text("ar", "latn", "first.money.allIn", { cost: "10 ج.م.\u200f" });
    expect(said.replace(/[\u200f\u2068\u2069]/g, "")).toMatch(/ 10 ج\.م\.$/);
    expect(text("en", "latn", "first.money.allIn", { cost: "EGP 10" })).toMatch(/EGP 10\.$/);
  });
  it("write the digits of their own texts as the reader chose", () => {
    expect(text("ar", "arab", "period.year")).toContain("١٢");
    expect(text("ar", "latn", "period.year")).toContain("12");
    expect(text("en", "arab", "period.year")).toContain("12");
  });
});

describe("words of the field", () => {
  it("exist for every KPI, with what it means", () => {
    for (const { id } of KPIS) {
      expect(isTextKey(`kpi.${id}`), id).toBe(true);
      expect(isTextKey(`kpi.${id}.means`), id).toBe(true);
    }
  });
  it("exist for every measure, stage and table", () => {
    for (const measure of MEASURES) expect(isTextKey(`measure.${measure}`), measure).toBe(true);
    for (const stage of STAGES) expect(isTextKey(`stage.${stage}`), stage).toBe(true);
    for (const table of TABLES) expect(isTextKey(`table.${table}`), table).toBe(true);
  });
  it("name no KPI of the first ten that is not computed", () => {
    const computed = new Set<string>(KPIS.map((kpi) => kpi.id));
    expect(MAIN_KPI_IDS.filter((id) => !computed.has(id))).toEqual([]);
    expect(MAIN_KPI_IDS).toHaveLength(10);
  });
});

interface Node {
  readonly type: string;
  readonly name?: unknown;
  readonly value?: unknown;
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
    return;
  }
  if (node === null || typeof node !== "object") return;
  if (typeof (node as Node).type === "string") visit(node as Node);
  for (const value of Object.values(node)) walk(value, visit);
}

/** Attributes whose value a reader sees or hears. */
const READ_ATTRIBUTES = new Set(["aria-label", "title", "placeholder", "alt", "aria-valuetext"]);

/** Letters in the text or the read attributes of JSX: words no dictionary knows. */
function wordsOutsideDictionaries(file: string, source: string): string[] {
  const found: string[] = [];
  walk(parseSync(file, source).program, (node) => {
    const hasWords = (value: unknown): value is string =>
      typeof value === "string" && /\p{L}/u.test(value);
    if (node.type === "JSXText" && hasWords(node.value))
      found.push(`${file}: ${node.value.trim()}`);
    if (node.type === "JSXAttribute") {
      const name = (node.name as Node).name;
      const value = node.value as Node | null | undefined;
      if (READ_ATTRIBUTES.has(String(name)) && value?.type === "Literal" && hasWords(value.value))
        found.push(`${file}: ${String(name)}=${value.value}`);
    }
  });
  return found;
}

describe("the page's sources", () => {
  it("hold no text of their own", () => {
    const found = readdirSync("dashboard", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx"))
      .flatMap((file) =>
        wordsOutsideDictionaries(file, readFileSync(path.join("dashboard", file), "utf8")),
      );
    expect(found).toEqual([]);
  });
  it("would be caught holding some", () => {
    expect(wordsOutsideDictionaries("a.tsx", "const a = <p>Hello {b}</p>;")).toHaveLength(1);
    expect(wordsOutsideDictionaries("a.tsx", 'const a = <p title="Hi" />;')).toHaveLength(1);
    expect(
      wordsOutsideDictionaries("a.tsx", 'const a = <p className="x">{t("b")} · </p>;'),
    ).toEqual([]);
  });
  it("use every text of the dictionary", () => {
    const sources = readdirSync("dashboard", { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/^i18n.(en|ar)(-\w+)?\.ts$/.test(file))
      .map((file) => readFileSync(path.join("dashboard", file), "utf8"))
      .join("\n");
    const prefixes = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map(
      ([, prefix]) => prefix as string,
    );
    const unused = Object.keys(english).filter(
      (key) => !sources.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});
