import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { RULES } from "../../src/explore/find.ts";
import { INSIGHT_RULES } from "../../src/explore/insights.ts";

const page = readFileSync("docs/checks.md", "utf8");
const [findings = "", insights = ""] = page.split("## Insights");

it("docs/checks.md lists every rule with the thresholds it has, and no other", () => {
  const listed = [...findings.matchAll(/^\| `([a-z-]+)` \| .+ \| (.+) \|$/gm)].map(
    ([, id, thresholds = ""]) => ({
      id,
      thresholds: Object.fromEntries(
        [...thresholds.matchAll(/`(\w+)` ([\d.]+)/g)].map(([, name, value]) => [
          name,
          Number(value),
        ]),
      ),
    }),
  );
  const known = RULES.map(({ id, thresholds }) => ({ id, thresholds: { ...thresholds } }));
  const byId = (left: { id?: string | undefined }, right: { id?: string | undefined }) =>
    (left.id ?? "").localeCompare(right.id ?? "");
  expect(listed.sort(byId)).toEqual(known.sort(byId));
});

it("docs/checks.md lists every insight, and no other", () => {
  const listed = [...insights.matchAll(/^\| `([a-z-]+)` \| .+ \|$/gm)].map(([, id]) => id);
  expect(listed).toEqual(INSIGHT_RULES.map(({ id }) => id));
});
