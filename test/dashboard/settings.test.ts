import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTextKey, loadAllTexts } from "../../dashboard/i18n/messages.ts";
import { countries, currencies, timeZones, weekdays } from "../../dashboard/settings/choices.ts";
import { changeOf, countOf, NO_DRAFT, SETTING_NAMES } from "../../dashboard/settings/draft.ts";
import { fractionOf, percentOf } from "../../dashboard/settings/percent.ts";
import { spelling, suggestStage } from "../../dashboard/settings/suggest-stage.ts";
import { DEFAULT_DEFINITIONS, readDefinitions } from "../../src/domain/definitions.ts";
import { STAGES } from "../../src/domain/stages.ts";

await loadAllTexts("en");

const KNOWN = DEFAULT_DEFINITIONS.statusMap;

describe("a suggested stage", () => {
  it.each([
    ["Qualified", "qualified"],
    ["  QUALIFIED ", "qualified"],
    ["not qualified", "lost"],
    ["Not-Qualified", "lost"],
    ["NOT.QUALIFIED", "lost"],
    ["No – Answer", "attempting"],
    ["call again", "attempting"],
    ["Done\u00a0deal", "won"],
  ] as const)("of %j is %s", (status, stage) => {
    expect(suggestStage(status, KNOWN)).toBe(stage);
  });
  it.each([
    "",
    "qualified lead",
    "un qualified",
    "unqualified",
    "NOTQUALIFIED",
    "not very qualified",
    "won",
    "deal",
    "constructor",
    "__proto__",
    "مؤهل",
  ])("of %j is none: no known status is spelt so", (status) => {
    expect(suggestStage(status, KNOWN)).toBeNull();
  });
  it("is none where statuses spelt the same disagree", () => {
    expect(suggestStage("hot", { Hot: "qualified", HOT: "engaged" })).toBeNull();
    expect(suggestStage("hot", { Hot: "qualified", HOT: "qualified" })).toBe("qualified");
  });

  const statuses = Object.keys(KNOWN);
  const separator = fc.constantFrom("_", " ", "-", ".", "–", "\u00a0", " - ");
  it("survives case, outer spaces and what stands between the words", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...statuses),
        separator,
        fc.constantFrom("", " ", "\t"),
        fc.infiniteStream(fc.boolean()),
        (status, between, outside, upper) => {
          const letters = [...status.replaceAll("_", between)].map((letter) =>
            upper.next().value ? letter.toUpperCase() : letter.toLowerCase(),
          );
          expect(suggestStage(`${outside}${letters.join("")}${outside}`, KNOWN)).toBe(
            KNOWN[status],
          );
        },
      ),
    );
  });
  it("never comes from a part of a status: any word more is another status", () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(...statuses),
        word,
        separator,
        fc.boolean(),
        (status, more, between, before) => {
          const longer = before ? `${more}${between}${status}` : `${status}${between}${more}`;
          const whole = statuses.find((one) => spelling(one) === spelling(longer));
          expect(suggestStage(longer, KNOWN)).toBe(whole === undefined ? null : KNOWN[whole]);
        },
      ),
    );
  });
  it("is always the stage of a status that is spelt the same", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.string(), fc.constantFrom(...STAGES)),
        (status, known) => {
          const stage = suggestStage(status, known);
          const same = Object.keys(known).filter((one) => spelling(one) === spelling(status));
          if (stage !== null) expect(same.map((one) => known[one])).toContain(stage);
          if (same.length === 1) expect(stage).toBe(known[same[0] as string]);
        },
      ),
    );
  });
});

describe("a draft of the definitions", () => {
  const answer = { default: DEFAULT_DEFINITIONS };
  it("tells the server what differs and nothing else", () => {
    expect(changeOf(NO_DRAFT, answer)).toEqual({});
    const change = changeOf(
      {
        settings: {
          currency: "EGP",
          taxRate: 0.14,
          undecidedStages: ["new", "unknown"],
          weekStart: 6,
        },
        stages: new Map([
          ["QUALIFIED", "qualified"],
          ["Hot", "qualified"],
          ["SPAM", "lost"],
          ["__proto__", "won"],
        ]),
      },
      answer,
    );
    expect(change).toEqual({
      taxRate: 0.14,
      weekStart: 6,
      statusMap: Object.fromEntries([
        ["Hot", "qualified"],
        ["SPAM", "lost"],
        ["__proto__", "won"],
      ]),
    });
    expect(countOf(change)).toBe(5);
  });
  it("hands what is no number to the server, which refuses it by name", () => {
    const change = changeOf({ settings: { feeRate: Number.NaN }, stages: new Map() }, answer);
    const sent: unknown = JSON.parse(JSON.stringify({ default: change }));
    expect(() => readDefinitions([sent], "test")).toThrow("default.feeRate");
  });
});

it("a percentage is the same after it was a fraction", () => {
  expect([percentOf(0.07), percentOf(0.145), fractionOf(14), fractionOf(2.5)]).toEqual([
    7, 14.5, 0.14, 0.025,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (units) => {
      expect(percentOf(fractionOf(units / 10_000))).toBe(units / 10_000);
    }),
  );
});

describe("what can be chosen", () => {
  it.each(["en", "ar"] as const)("is accepted by the server, every one of it (%s)", (language) => {
    const accept = (settings: object) =>
      expect(() => readDefinitions([{ default: settings }], "test")).not.toThrow();
    for (const { value } of currencies(language, "EGP")) accept({ currency: value });
    for (const { value } of countries(language, "EG")) accept({ defaultCountry: value });
    for (const { value } of timeZones("Africa/Cairo")) accept({ timeZone: value });
    for (const { value } of weekdays(language)) accept({ weekStart: Number(value) });
  });
  it("holds the defaults and real countries only, each with a name", () => {
    const regions = countries("en", "EG");
    expect(regions.find(({ value }) => value === "EG")?.name).toBe("Egypt");
    const codes = regions.map(({ value }) => value);
    expect(codes.filter((code) => ["EU", "ZZ", "UK", "DD", "SU", "YU"].includes(code))).toEqual([]);
    expect(codes.length).toBeGreaterThan(240);
    expect(new Set(codes).size).toBe(codes.length);
    expect(currencies("en", "EGP").find(({ value }) => value === "EGP")?.name).toBe(
      "Egyptian Pound",
    );
    expect(weekdays("en")[0]?.name).toBe("Sunday");
    expect(weekdays("ar")[6]?.name).toBe("السبت");
  });
  it("keeps a present value that the browser does not know", () => {
    expect(timeZones("US/Pacific-New")[0]?.value).toBe("US/Pacific-New");
    expect(currencies("en", "XQQ")[0]).toEqual({ value: "XQQ", name: "XQQ" });
  });
});

it("every stage has a meaning in words", () => {
  for (const stage of STAGES) expect(isTextKey(`stage.${stage}.means`), stage).toBe(true);
});

/** Asked where the data raise them, not among the settings. */
const ASKED_ELSEWHERE = [
  "budgetMeaning",
  "spendAfterStop",
  "statusTimes",
  "statusLogSince",
  "repeatedPerson",
  "thresholds",
];

it("every setting has a name and a meaning on the page, or is asked elsewhere", () => {
  const shown = new Set<string>([...SETTING_NAMES, "statusMap", ...ASKED_ELSEWHERE]);
  expect(Object.keys(DEFAULT_DEFINITIONS).filter((name) => !shown.has(name))).toEqual([]);
  for (const name of SETTING_NAMES) {
    expect(isTextKey(`settings.${name}`), name).toBe(true);
    expect(isTextKey(`settings.${name}.help`), name).toBe(true);
  }
});
