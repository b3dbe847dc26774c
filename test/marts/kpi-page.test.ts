import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { KPIS, type Kpi, type Measure } from "../../src/domain/kpis.ts";

/** How docs/definitions.md writes a measure in a formula. */
const WRITTEN: Partial<Record<Measure, string>> = {
  spendMinor: "spend",
  spendAllInMinor: "spendAllIn",
  revenueMinor: "revenue",
};

it("docs/definitions.md gives every KPI in order, with its unit and, for ratios, its true formula", () => {
  const page = readFileSync("docs/definitions.md", "utf8");
  const section = page.slice(page.indexOf("## Every KPI"), page.indexOf("**Current stage.**"));
  const rows = [...section.matchAll(/^\| (\w+) \| (money|count|rate|ratio) \| (.+) \|$/gm)];
  expect(rows.map(([, id, unit]) => `${id} ${unit}`)).toEqual(
    KPIS.map((kpi) => `${kpi.id} ${kpi.unit}`),
  );
  for (const [i, kpi] of (KPIS as readonly Kpi[]).entries()) {
    if (kpi.kind !== "ratio") continue;
    const name = (measure: Measure) => WRITTEN[measure] ?? measure;
    const scale = kpi.scale === 1 ? "" : `${kpi.scale} × `;
    const formula = `${scale}${name(kpi.over)} / ${name(kpi.under)}`;
    expect(rows[i]?.[3]?.split(";")[0]).toBe(formula);
  }
});
