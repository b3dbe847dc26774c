import { describe, expect, it } from "vitest";
import { freeText, freeValue } from "../../dashboard/explore/answers.ts";
import { runsOf, signed } from "../../dashboard/explore/figures.ts";
import { waterfallSteps } from "../../dashboard/explore/waterfall-steps.ts";
import type { Question, Waterfall } from "../../src/contract/explore.ts";
import { openQuestions, weightyQuestions } from "../../src/contract/open.ts";

const label = { en: "x", ar: "س" };
const waterfall = (steps: [number, boolean][], raw = 1000): Waterfall => {
  const sum = (accepted: boolean) =>
    steps.filter((one) => one[1] === accepted).reduce((all, [n]) => all + n, 0);
  const corrected = raw + sum(true);
  return {
    currency: "EGP",
    currencyDecimals: 2,
    spend: { raw, corrected },
    leads: { raw: 5, corrected: 5 },
    steps: steps.map(([spendMinor, accepted], i) => ({
      id: `s${i}`,
      label,
      spendMinor,
      leads: 0,
      accepted,
    })),
    proposed: { spendMinor: corrected + sum(false), leads: 5 },
  };
};

describe("the waterfall", () => {
  it("goes from raw over what is in force to corrected, then to where the proposals lead, without a gap", () => {
    const made = waterfallSteps(
      waterfall([
        [-100, true],
        [-300, false],
        [50, false],
      ]),
    );
    expect(made?.rows.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["total", 0, 1000],
      ["step", 1000, 900],
      ["total", 0, 900],
      ["proposed", 900, 600],
      ["proposed", 600, 650],
      ["hollow", 0, 650],
    ]);
  });
  it("begins at zero where its steps can be seen there, and above it where they could not", () => {
    expect(waterfallSteps(waterfall([[-500, true]]))?.floor).toBe(0);
    const small = waterfallSteps(waterfall([[-10, true]]));
    expect(small?.floor).toBeGreaterThan(900);
    expect(small?.floor).toBeLessThan(990);
  });
  it("leaves out steps that change nothing, and ends with corrected where nothing is proposed", () => {
    const made = waterfallSteps(waterfall([[0, true]]));
    expect(made?.rows.map(({ id }) => id)).toEqual(["raw", "corrected"]);
    expect(made?.floor, "both bars are whole").toBe(0);
  });
  it("says nothing of mixed currencies", () => {
    const mixed = { ...waterfall([]), spend: { raw: null, corrected: null } };
    expect(waterfallSteps(mixed)).toBeNull();
  });
});

describe("figures of pictures", () => {
  it("a gap in the data parts the line", () => {
    expect(runsOf([1, 2, null, null, 3, null])).toEqual([[0, 1], [4]]);
    expect(runsOf([null])).toEqual([]);
  });
  it("a change carries its sign, and none is a dash", () => {
    expect([3, -3, 0, null].map((value) => signed(value, String))).toEqual(["+3", "−3", "—", "—"]);
  });
});

describe("questions", () => {
  const question = (part: Partial<Question>): Question => ({
    id: "q",
    text: label,
    why: label,
    evidence: [label],
    findings: [],
    setting: null,
    finding: null,
    options: [],
    free: "number",
    inForce: { value: null, label },
    answered: null,
    moneyMinor: null,
    ...part,
  });
  it("wait when the data raise them and nobody has answered", () => {
    const answered = { by: "owner", at: "2026-01-01T00:00:00Z" };
    const all = [question({}), question({ evidence: [] }), question({ answered })];
    expect(openQuestions(all)).toEqual([all[0]]);
  });
  it("weigh by what they decide: a definition, or a finding that is more than good to know", () => {
    const findings = [
      { key: "a", severity: "critical" as const },
      { key: "b", severity: "info" as const },
    ];
    const weighs = (part: Partial<Question>, other: Partial<Question> = {}) =>
      weightyQuestions([question(part), question({ id: "other", ...other })], findings).some(
        ({ id }) => id === "q",
      );
    expect(weighs({ setting: "taxRate" })).toBe(true);
    expect(weighs({ finding: "a" })).toBe(true);
    expect(weighs({ findings: ["a", "b"] })).toBe(true);
    expect(weighs({ finding: "b" })).toBe(false);
    // The dearest of all is asked, however quiet its finding.
    expect(weighs({ finding: "b", moneyMinor: 9 }, { finding: "a", moneyMinor: 8 })).toBe(true);
    expect(weighs({ finding: "b", moneyMinor: 7 }, { finding: "a", moneyMinor: 8 })).toBe(false);
  });
  it("take shares in percent, and nothing that is no number", () => {
    const tax = question({ setting: "taxRate" });
    expect(freeValue(tax, " 14 ")).toBe(0.14);
    expect(freeText(tax, 0.07)).toBe("7");
    expect([freeValue(tax, "much"), freeValue(tax, "")]).toEqual([undefined, undefined]);
  });
});
