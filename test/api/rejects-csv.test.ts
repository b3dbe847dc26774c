import fc from "fast-check";
import { expect, it } from "vitest";
import type { RejectRow } from "../../src/contract/imports.ts";
import { csvCell } from "../../src/report/csv.ts";
import { openDoor } from "./fakes.ts";

const reject = (line: number, value: string | null): RejectRow => ({
  importId: "i1",
  file: "leads, جديد.csv",
  line,
  column: "phone",
  value,
  code: "PHONE_INVALID",
  reason: "not a phone number",
  record: `${line},"quoted"`,
});

/** An independent reader of RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (quoted) {
      if (char === '"' && text[i + 1] === '"') {
        cell += '"';
        i++;
      } else if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"') quoted = true;
    else if (char === "," || char === "\r") {
      row.push(cell);
      cell = "";
      if (char === "\r") {
        rows.push(row);
        row = [];
        i++;
      }
    } else cell += char;
  }
  return rows;
}

it("sends every rejected row, page behind page, with a byte order mark and in order", async () => {
  const rejects = Array.from({ length: 1234 }, (_, i) => reject(i + 2, `${i}`));
  const door = await openDoor({ rejects });
  const answer = await door.ask({ url: "/api/v1/rejects.csv?importId=i1" });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(answer.headers["content-disposition"]).toBe('attachment; filename="rejects.csv"');
  expect([...answer.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, ...rows] = readCsv(answer.rawPayload.subarray(3).toString("utf8"));
  expect(head).toEqual(["importId", "file", "line", "column", "value", "code", "reason", "record"]);
  expect(rows).toHaveLength(1234);
  expect(rows.map((row) => Number(row[2]))).toEqual(rejects.map(({ line }) => line));
  expect(rows[0]?.[1]).toBe("leads, جديد.csv");
  expect(rows[0]?.[7]).toBe('2,"quoted"');
  await door.app.close();
});

it("makes text that a spreadsheet would run harmless, and leaves numbers and phones alone", () => {
  expect(csvCell("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
  expect(csvCell("+cmd|' /C calc'!A0")).toBe("'+cmd|' /C calc'!A0");
  expect(csvCell("-2+3+cmd")).toBe("'-2+3+cmd");
  expect(csvCell("@SUM(A1)")).toBe("'@SUM(A1)");
  expect(csvCell(" =1+1")).toBe("' =1+1");
  expect(csvCell("\t=1")).toBe("'\t=1");
  expect(csvCell("＝1+1")).toBe("'＝1+1");
  expect(csvCell("+201000000000")).toBe("+201000000000");
  expect(csvCell("-12.5")).toBe("-12.5");
  expect(csvCell(null)).toBe("");
  expect(csvCell('=1,"a"')).toBe(`"'=1,""a"""`);
});

it("gives back any text when read again, but for the apostrophe in front of a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (texts) => {
      const [row] = readCsv(`${texts.map((text) => csvCell(text)).join(",")}\r\n`);
      expect(row?.map((cell, i) => (cell === texts[i] ? cell : cell.slice(1)))).toEqual(texts);
      for (const cell of row ?? []) {
        expect(/^[=@\t\r]/.test(cell)).toBe(false);
      }
    }),
  );
});
