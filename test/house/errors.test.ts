import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

function codesInSource(): Set<string> {
  const codes = new Set<string>();
  for (const root of ["src", "sample"]) {
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const text = readFileSync(path.join(root, file), "utf8");
      for (const [, code] of text.matchAll(/new Problem\(\s*"([A-Z0-9_]+)"/g))
        codes.add(code as string);
    }
  }
  return codes;
}

const listed = new Set(
  [...readFileSync("docs/errors.md", "utf8").matchAll(/^\| `([A-Z0-9_]+)` +\|/gm)].map(
    ([, code]) => code,
  ),
);

it("every code that can be thrown is explained in docs/errors.md", () => {
  expect([...codesInSource()].filter((code) => !listed.has(code)).sort()).toEqual([]);
});

it("every code in docs/errors.md can still be thrown", () => {
  const thrown = codesInSource();
  expect([...listed].filter((code) => code !== undefined && !thrown.has(code)).sort()).toEqual([]);
});

it("codes are given as literals, so that they can be found", () => {
  for (const file of readdirSync("src", { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || file === path.join("base", "problem.ts")) continue;
    const text = readFileSync(path.join("src", file), "utf8");
    expect([...text.matchAll(/new Problem\(\s*[^"\s]/g)].map(([hit]) => `${file}: ${hit}`)).toEqual(
      [],
    );
  }
});
