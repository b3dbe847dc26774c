import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chooseLanguage, previewIn, problemIn } from "../../src/api/language.ts";
import { PROBLEMS_AR } from "../../src/api/problems-ar.ts";
import { reasonInArabic } from "../../src/api/rejects-ar.ts";
import {
  type FilePreview,
  ImportsAnswer,
  type PreviewAnswer,
  RejectsAnswer,
} from "../../src/contract/imports.ts";
import { codesOf, reasonOf } from "../../src/ingest/cell-sql.ts";
import type { PlannedField, TypingPlan } from "../../src/ingest/typing-plan.ts";
import { doors } from "./fakes.ts";

const door = doors();

/** Only the terminal says these: nobody at the page can meet them. */
const OF_THE_TERMINAL = [
  "BAD_MAP_ARGUMENT",
  "BAD_USAGE",
  "CANCELLED",
  "CONFIG_NOT_JSON",
  "EVENT_INVALID",
  "HOME_IN_USE",
  "HOME_NOT_WRITABLE",
  "NOT_LOOPBACK",
  "NO_HOME",
  "NO_SUCH_PATH",
  "NO_SUCH_TARGET",
  "PAGE_NOT_BUILT",
  "PORT_IN_USE",
  "REJECTS_NOT_WRITABLE",
  "REPORT_NOT_WRITTEN",
  "SAMPLE_OPTIONS",
  "SAMPLE_WOULD_OVERWRITE",
  "STORE_NEWER",
  "UNKNOWN_ACCOUNT",
  "UNKNOWN_PROJECT",
  "WAREHOUSE_IN_USE",
  "WAREHOUSE_NOT_OPENED",
];

/** Only who writes programs with `leadsmart/learn` and the rooms beside it: no route trains or judges a model yet. */
const OF_THE_LIBRARY = /^(DATASET|SPLIT|LEARN|MODEL|EVALUATE|STATS)_/;

const english = (code: string, details: unknown = null, where: string | null = null) => ({
  code,
  what: "What was wrong",
  where,
  fix: "How to mend it.",
  details,
});

describe("problems in Arabic", () => {
  it("are there for every code that a person at the page can meet", () => {
    const listed = [...readFileSync("docs/errors.md", "utf8").matchAll(/^\| `([A-Z0-9_]+)` /gm)];
    const codes = listed
      .map(([, code]) => code as string)
      .filter((code) => !OF_THE_LIBRARY.test(code));
    const spoken = [...Object.keys(PROBLEMS_AR), ...OF_THE_TERMINAL];
    expect(spoken.sort()).toEqual(codes.sort());
  });

  it("are whole sentences even when no fact comes with them", () => {
    for (const code of Object.keys(PROBLEMS_AR)) {
      const { what, fix } = problemIn("ar", english(code));
      for (const sentence of [what, fix]) {
        expect([code, sentence]).toEqual([code, expect.stringMatching(/\p{Script=Arabic}/u)]);
        expect([code, sentence]).toEqual([
          code,
          expect.not.stringMatching(/undefined|null|NaN|\[object|What|How/),
        ]);
      }
      expect([code, fix]).toEqual([code, expect.stringMatching(/[.؛]$/)]);
    }
  });

  it("keep the facts: columns, lines, values, sizes, and the place", () => {
    const dates = problemIn(
      "ar",
      english(
        "AMBIGUOUS_DATE",
        { column: "Day", seen: [{ line: 2, value: "01/02/2025" }] },
        "ads.csv, column Day",
      ),
    );
    expect(dates.what).toContain("«Day»");
    expect(dates.what).toContain("السطر 2: «01/02/2025»");
    expect(dates.where).toBe("ads.csv، العمود Day");
    const missing = english("MISSING_COLUMN", { table: "insights", missing: ["spend"] });
    expect(problemIn("ar", missing).what).toContain("«spend»");
    const full = english("DISK_FULL", { neededBytes: 3 * 2 ** 30, freeBytes: 2 ** 29 });
    expect(problemIn("ar", full).what).toMatch(/3\.00.*0\.50/);
  });

  it("tell of a refused import what its first file was refused for", () => {
    const files = [{ name: "a.csv", problem: english("EMPTY_FILE") }];
    const { what, fix } = problemIn("ar", english("FILE_NOT_READABLE", { files }));
    expect(what).toContain("a.csv");
    expect(what).toContain(PROBLEMS_AR.EMPTY_FILE?.({}).what);
    expect(fix).toBe(PROBLEMS_AR.EMPTY_FILE?.({}).fix);
  });

  it("leave English, and what has no translation, as it was", () => {
    const problem = english("HOME_IN_USE", null, "query parameter x");
    expect(problemIn("ar", problem)).toEqual(problem);
    expect(problemIn("en", english("EMPTY_FILE"))).toEqual(english("EMPTY_FILE"));
  });
});

it.each([
  [undefined, "en"],
  ["", "en"],
  ["*", "en"],
  ["fr", "en"],
  ["ar", "ar"],
  ["ar-EG,ar;q=0.9,en;q=0.8", "ar"],
  ["en-GB,ar;q=0.9", "en"],
  ["ar;q=0.5,en;q=0.5", "en"],
  ["ar;q=0, en", "en"],
  ["fr,ar;q=0.4", "ar"],
  ["AR;q=oops", "en"],
] as const)("reads Accept-Language %j as %s", (header, language) => {
  expect(chooseLanguage(header)).toBe(language);
});

it("answers refusals in the reader's language, and says what the answer depends on", async () => {
  const { app, cookie } = await door();
  const ask = (language: string) =>
    app.inject({
      url: "/api/v1/kpis?from=2025-02-02&to=2025-02-01",
      headers: { cookie, "accept-language": language },
    });
  const arabic = await ask("ar");
  expect(arabic.statusCode).toBe(400);
  expect(arabic.headers.vary).toContain("accept-language");
  expect(arabic.json()).toMatchObject({ code: "BAD_PERIOD", where: "معامل الطلب from, to" });
  expect(arabic.json().detail).toContain("من 2025-02-02 إلى 2025-02-01");
  expect((await ask("en")).json().detail).toMatch(/^The period begins/);
  const nowhere = await app.inject({ url: "/api/v1/none", headers: { "accept-language": "ar" } });
  expect(nowhere.json().detail).toMatch(/\p{Script=Arabic}/u);
});

it("words the problem inside a list of imports too", async () => {
  const one = await door();
  const { imports } = one.desk;
  one.desk.imports = async (...asked) => {
    const answer = await imports(...asked);
    return { ...answer, items: answer.items.map((row) => ({ ...row, problem })) };
  };
  const problem = english("NOT_BUILT_YET");
  const list = async (language: string) =>
    ImportsAnswer.parse(
      (
        await one.app.inject({
          url: "/api/v1/imports",
          headers: { cookie: one.cookie, "accept-language": language },
        })
      ).json(),
    ).items.map((row) => row.problem?.what);
  const inEnglish = await list("en");
  expect(inEnglish.length).toBeGreaterThan(0);
  expect(new Set(inEnglish)).toEqual(new Set(["What was wrong"]));
  expect(new Set(await list("ar"))).toEqual(new Set([PROBLEMS_AR.NOT_BUILT_YET?.({}).what]));
});

describe("reasons of rejects in Arabic", () => {
  const plan = { decimals: 2, currency: "EGP", mapping: {} } as TypingPlan;
  const field = (kind: string) => ({ field: { kind, field: "spend" } }) as PlannedField;

  it("are there for whatever a cell can be rejected with, and keep its facts", () => {
    for (const kind of ["id", "count", "money", "day", "moment", "boolean", "currency", "text"]) {
      for (const code of ["MISSING_VALUE", ...codesOf(field(kind))]) {
        const reason = reasonOf(plan, field(kind), code);
        const arabic = reasonInArabic({ code, reason });
        expect([code, arabic]).toEqual([code, expect.stringMatching(/\p{Script=Arabic}/u)]);
        expect([code, arabic]).toEqual([
          code,
          expect.not.stringMatching(/undefined|null| the | of /),
        ]);
      }
    }
    const of = (kind: string, code: string) =>
      reasonInArabic({ code, reason: reasonOf(plan, field(kind), code) });
    expect(of("money", "OTHER_CURRENCY")).toContain("(EGP)");
    expect(of("money", "TOO_MANY_DECIMALS")).toContain("2");
    expect(of("money", "NUMBER_CHANGES")).not.toBe(of("count", "NUMBER_CHANGES"));
    expect(of("day", "MISSING_VALUE")).toContain("spend");
  });

  it.each([
    ["RAGGED_ROW", "The record has 5 cells, the header has 7", /5.*7/],
    ["OVERSIZED_RECORD", "The record is longer than 1000 bytes", /1000/],
    ["BAD_CELL", "Column 3 holds a formula without a stored result", /^العمود 3 .*صيغة/],
    ["BAD_JSON", "The file has more than 2000 different keys", /2000/],
    ["BAD_DATE", "not an existing day written like the rest (DD/MM/YYYY)", /\(DD\/MM\/YYYY\)$/],
    ["MISSING_VALUE", "a lead without an id needs a phone or an e-mail", /هاتف/],
    ["UNHEARD_OF", "as it stands", /^as it stands$/],
  ])("say of %s: %s", (code, reason, arabic) => {
    expect(reasonInArabic({ code, reason })).toMatch(arabic);
  });

  it("are told in lists and previews to who reads Arabic", async () => {
    const row = {
      importId: null,
      file: "a.csv",
      line: 7,
      column: "spend",
      value: "x",
      code: "BAD_NUMBER",
      reason: "not a number written like the rest of the column",
      record: "x",
    };
    const one = await door({ rejects: [row] });
    const ask = async (language: string) =>
      RejectsAnswer.parse(
        (
          await one.app.inject({
            url: "/api/v1/rejects",
            headers: { cookie: one.cookie, "accept-language": language },
          })
        ).json(),
      ).items;
    expect(await ask("en")).toEqual([row]);
    expect(await ask("ar")).toEqual([{ ...row, reason: reasonInArabic(row) }]);
    const file = { problem: null, rejects: [row] } as unknown as FilePreview;
    const preview = previewIn("ar", { files: [file] } as unknown as PreviewAnswer);
    expect(preview.files[0]?.rejects[0]?.reason).toMatch(/^ليس رقمًا/);
  });
});
