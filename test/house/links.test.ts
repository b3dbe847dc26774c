import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const pages = [
  ...readdirSync(".").filter((file) => file.endsWith(".md")),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => path.join("docs", file)),
  path.join("src", "learn", "README.md"),
];

it("every link and picture of the papers leads to a file that is there", () => {
  const dead = pages.flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, target]) => target as string)
      .filter((target) => !existsSync(path.join(path.dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(dead).toEqual([]);
});

it("every decision is listed in ARCHITECTURE.md", () => {
  const architecture = readFileSync("ARCHITECTURE.md", "utf8");
  const decisions = readdirSync("docs/decisions").filter((file) => file.endsWith(".md"));
  expect(decisions.filter((file) => !architecture.includes(`docs/decisions/${file}`))).toEqual([]);
});
