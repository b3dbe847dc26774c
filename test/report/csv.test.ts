import fc from "fast-check";
import { expect, it } from "vitest";
import { csvLine } from "../../src/report/csv.ts";

it("quotes what needs quotes and writes nothing for what is not there", () => {
  expect(csvLine(["a,b", 'say "hi"', "two\nlines", null, 3, true, ""])).toBe(
    '"a,b","say ""hi""","two\nlines",,3,true,\r\n',
  );
});

it("lets no text be run as a formula by a spreadsheet", () => {
  for (const text of ["=1+1", "+1+cmd", " =1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")']) {
    expect(csvLine([text])).toMatch(/^"?'/);
  }
  expect(csvLine([-2, "-2", "+201001234567"])).toBe("-2,-2,+201001234567\r\n");
});

it("keeps as many cells as it was given, whatever is in them", () => {
  const cell = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      let quoted = false;
      let commas = 0;
      for (const letter of csvLine(cells)) {
        if (letter === '"') quoted = !quoted;
        else if (letter === "," && !quoted) commas++;
      }
      expect(commas).toBe(cells.length - 1);
      expect(quoted).toBe(false);
    }),
  );
});
