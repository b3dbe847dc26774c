import readXlsxFile from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { dateText, isDateFormat, numberText } from "../../../src/ingest/read/workbook-cell.ts";
import { malformedOf, readBytes, readOne, recordsOf, scratchFolder, zip } from "./table-files.ts";

const folder = scratchFolder();

const REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

interface Book {
  readonly sheets: Record<string, string>;
  readonly strings?: readonly string[];
  readonly workbookPr?: string;
}

/** A workbook with style 1 = date and time (format 22) and style 2 = a custom date. */
function book({ sheets, strings = [], workbookPr = "" }: Book): Buffer {
  const names = Object.keys(sheets);
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${REL}/${kind}" Target="${target}"/>`;
  return zip({
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": `<Relationships>${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns:r="${REL}">${workbookPr}<sheets>${names
      .map((name, k) => `<sheet name="${name}" sheetId="${k + 1}" r:id="s${k}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${names
      .map((_, k) => relation(`s${k}`, "worksheet", `worksheets/sheet${k}.xml`))
      .join(
        "",
      )}${relation("st", "styles", "styles.xml")}${relation("ss", "sharedStrings", "/xl/sharedStrings.xml")}</Relationships>`,
    "xl/styles.xml":
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/></numFmts><cellXfs>' +
      '<xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    "xl/sharedStrings.xml": `<sst>${strings.map((text) => `<si>${text}</si>`).join("")}</sst>`,
    ...Object.fromEntries(
      names.map((name, k) => [
        `xl/worksheets/sheet${k}.xml`,
        `<worksheet><sheetData>${sheets[name]}</sheetData></worksheet>`,
      ]),
    ),
  });
}

const strings = [
  "<t>id</t>",
  "<t>name</t>",
  "<t>added</t>",
  "<r><t>Mona </t></r><r><t>Adel</t></r><rPh><t>x</t></rPh>",
  "<t>a &amp; b_x000D_</t>",
];
const leadsSheet =
  '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>' +
  '<row r="3"><c r="A3"><v>77930</v></c><c r="B3" t="s"><v>3</v></c><c r="C3" s="1"><v>45579.820601851855</v></c></row>' +
  '<row r="4"><c r="A4"><v>0.1</v></c><c r="C4" s="2"><v>45579</v></c></row>' +
  '<row r="5"><c r="B5" t="s"><v>4</v></c></row>';
/** Cells need not name their place: some programs leave it out. */
const otherSheet =
  '<row><c t="inlineStr"><is><t>k</t></is></c><c t="str"><v>v</v></c></row><row><c><v>1</v></c><c t="b"><v>1</v></c></row>';
const leads = book({ strings, sheets: { Leads: leadsSheet, Empty: "", Other: otherSheet } });

describe("a workbook", () => {
  it("gives every sheet that is not empty, with the sheet's own row numbers", async () => {
    const { sets, skipped } = await readBytes(folder, "book.xlsx", leads);
    expect(skipped).toEqual([]);
    expect(sets.map((set) => [set.name, set.container, set.header, recordsOf(set)])).toEqual([
      [
        "book.xlsx › Leads",
        "xlsx",
        ["id", "name", "added"],
        [
          ["3", "77930", "Mona Adel", "2024-10-14 19:41:40"],
          ["4", "0.1", "", "2024-10-14 00:00:00"],
          ["5", "", "a & b\r", ""],
        ],
      ],
      ["book.xlsx › Other", "xlsx", ["k", "v"], [["2", "1", "TRUE"]]],
    ]);
  });

  it("says the same as another reader of workbooks", async () => {
    const plain = book({ strings, sheets: { Leads: leadsSheet } });
    const [sheet] = await readXlsxFile(plain, { trim: false });
    const set = await readOne(folder, "book.xlsx", plain);
    const ours = new Map(recordsOf(set).map(([line, ...cells]) => [line, cells]));
    const theirs = sheet?.data.slice(1) ?? [];
    expect(ours.size).toBe(3);
    for (const [line, cells] of ours) {
      const other = theirs[Number(line) - 2]?.map((cell: unknown) => {
        // It rounds times down, so that a second may come out one millisecond short.
        if (!(cell instanceof Date)) return cell === null ? "" : String(cell);
        const near = new Date(Math.round(cell.getTime() / 1000) * 1000);
        return near.toISOString().slice(0, 19).replace("T", " ");
      });
      expect(cells).toEqual(other);
    }
  });

  it("may lie in a zip archive or be gzipped under its own name", async () => {
    const { sets } = await readBytes(
      folder,
      "export.zip",
      zip({ "book.xlsx": leads, "notes.md": "x" }),
    );
    expect(sets.map((set) => set.name)).toEqual([
      "export.zip/book.xlsx › Leads",
      "export.zip/book.xlsx › Other",
    ]);
  });

  it("keeps data in a column without a name, and titles above the header out", async () => {
    const cells = (row: number, texts: string[]) =>
      `<row r="${row}">${texts.map((text, k) => (text ? `<c r="${"ABCDE"[k]}${row}" t="inlineStr"><is><t>${text}</t></is></c>` : "")).join("")}</row>`;
    const sheet =
      cells(1, ["Campaign report"]) +
      cells(3, ["Campaign", "Day", "Cost"]) +
      cells(4, ["Villa", "2024-10-01", "1"]) +
      cells(5, ["Tower", "2024-10-02", "2", "", "note"]);
    const set = await readOne(folder, "r.xlsx", book({ sheets: { S: sheet } }));
    expect(set.header).toEqual(["Campaign", "Day", "Cost", "column 4", "column 5"]);
    expect(recordsOf(set)).toEqual([
      ["4", "Villa", "2024-10-01", "1", "", ""],
      ["5", "Tower", "2024-10-02", "2", "", "note"],
    ]);
  });

  it("rejects a formula that was never calculated instead of reading it as empty", async () => {
    const sheet =
      '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>sum</v></c></row>' +
      '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2+1</f></c></row>' +
      '<row r="3"><c r="A3"><v>2</v></c><c r="B3"><f>A3+1</f><v>3</v></c></row>';
    const set = await readOne(folder, "f.xlsx", book({ sheets: { S: sheet } }));
    expect(recordsOf(set)).toEqual([["3", "2", "3"]]);
    expect(malformedOf(set).map(([line, code]) => [line, code])).toEqual([["2", "BAD_CELL"]]);
  });

  it("counts days from 1904 where the workbook does", async () => {
    const sheet =
      '<row r="1"><c r="A1" t="str"><v>day</v></c></row><row r="2"><c r="A2" s="1"><v>44117</v></c></row>';
    const set = await readOne(
      folder,
      "m.xlsx",
      book({ sheets: { S: sheet }, workbookPr: '<workbookPr date1904="1"/>' }),
    );
    expect(recordsOf(set)).toEqual([["2", "2024-10-14 00:00:00"]]);
  });

  it.each([
    ["a row beyond the last one", '<row r="99999999"><c r="A1"><v>1</v></c></row>'],
    ["rows out of order", '<row r="5"></row><row r="2"></row>'],
    ["an unknown entity", '<row r="1"><c r="A1" t="str"><v>&bomb;</v></c></row>'],
    ["an open element", '<row r="1">'],
  ])("refuses %s", async (_, rows) => {
    await expect(readBytes(folder, "b.xlsx", book({ sheets: { S: rows } }))).rejects.toMatchObject({
      code: "BROKEN_WORKBOOK",
    });
  });
});

describe("cells", () => {
  it.each([
    ["1", "1"],
    ["164.62000000000001", "164.62"],
    ["0.1", "0.1"],
    ["1.2345678901234E+13", "12345678901234"],
    ["1E-7", "0.0000001"],
    ["-2.5e-9", "-0.0000000025"],
    ["1.20212345678901E+17", "1.20212345678901E+17"],
    ["120212345678901234", "120212345678901234"],
    ["x", null],
  ])("print the number %s as %s", (written, text) => {
    expect(numberText(written)).toBe(text);
  });

  it.each([
    [1, "1900-01-01 00:00:00"],
    [59, "1900-02-28 00:00:00"],
    [61, "1900-03-01 00:00:00"],
    [45579.8206018519, "2024-10-14 19:41:40"],
    [45579.500005787, "2024-10-14 12:00:00.500"],
    [0.75, "18:00:00"],
    [-1, null],
    [3_000_000, null],
  ])("print the day %d as %s", (serial, text) => {
    expect(dateText(serial, false)).toBe(text);
  });

  it.each([
    ["dd/mm/yyyy;@", true],
    ["[$-409]d-mmm-yy h:mm AM/PM", true],
    ["mm:ss.0", true],
    ["[h]:mm", true],
    ["General", false],
    ['#,##0.00 "days"', false],
    ["0.00E+00", false],
    ["[Red]0", false],
    ["@", false],
  ])("with the format %s are dates: %s", (code, isDate) => {
    expect(isDateFormat(164, code)).toBe(isDate);
  });
});
