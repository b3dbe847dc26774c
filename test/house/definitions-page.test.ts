import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DEFAULT_DEFINITIONS, readDefinitions } from "../../src/domain/definitions.ts";

const page = readFileSync("docs/definitions.md", "utf8");
const rows = [...page.matchAll(/^\| `(\w+)` \| (.+?) \| .+? \| (.+?) \|$/gm)].map(
  ([, setting = "", given = "", example = ""]) => ({ setting, given, example }),
);
const plain = (cell: string) => JSON.parse(cell.replace(/^`|`$/g, ""));

it("docs/definitions.md lists every setting, and no other", () => {
  const settings = rows.map((row) => row.setting).sort();
  expect(settings).toEqual(Object.keys(DEFAULT_DEFINITIONS).sort());
});

it("docs/definitions.md tells the true defaults", () => {
  const told = rows.filter((row) => row.setting !== "statusMap");
  const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_DEFINITIONS };
  for (const { setting, given } of told)
    expect([setting, plain(given)]).toEqual([setting, defaults[setting]]);
});

it("every example in docs/definitions.md is accepted", () => {
  const [whole = ""] = /(?<=```json\n)[\s\S]+?(?=```)/.exec(page) ?? [];
  expect(readDefinitions([JSON.parse(whole)], "the page").accounts["412"]?.insightLevel).toBe(
    "ad_set",
  );
  for (const { setting, example } of rows) {
    expect(() =>
      readDefinitions([{ default: { [setting]: plain(example) } }], setting),
    ).not.toThrow();
  }
});

it("docs/definitions.md shows the status map as it comes", () => {
  const shown = [...page.matchAll(/^\| `(\w+)` \| ([A-Z_, ]+) \|$/gm)].flatMap(
    ([, stage, list = ""]) => list.split(", ").map((status) => [status, stage] as const),
  );
  expect(Object.fromEntries(shown)).toEqual(DEFAULT_DEFINITIONS.statusMap);
});
