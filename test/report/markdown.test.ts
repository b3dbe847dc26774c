import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  blocks,
  code,
  codeBlock,
  codeCell,
  md,
  table,
} from "../../src/report/explore/markdown-text.ts";

/** What a reader of Markdown sees again of escaped text: backslashes before punctuation go. */
const read = (text: string) => text.replace(/\\([\\`*_[\]<>|~&#+=.)-])/g, "$1");

/** Pipes at which a row is parted: those that no backslash takes. */
const pipes = (row: string) => row.replace(/\\./gsu, "").split("|").length - 1;
/** Anything at all, and often what Markdown is made of. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(..."\\|`<>*_~[]#&;- \n1.a"), maxLength: 20 }),
);

describe("text of the data in Markdown", () => {
  it("stands on one line, whatever line breaks it holds", () => {
    expect(md("Palm\r\nCourt\u2028East\tWing")).toBe("Palm Court East Wing");
  });

  it("makes no tag, no code, no link, no emphasis and no cell", () => {
    expect(md("<b>*x*</b> `y` [z](u) a|b ~~c~~ _d_")).toBe(
      "\\<b\\>\\*x\\*\\</b\\> \\`y\\` \\[z\\](u) a\\|b \\~\\~c\\~\\~ \\_d\\_",
    );
  });

  it("leaves names of statuses as people know them", () => {
    expect(md("NO_ANSWER 15.1%")).toBe("NO_ANSWER 15.1%");
  });

  it("begins no heading, no list and no entity", () => {
    expect(md("# 1")).toBe("\\# 1");
    expect(md("- 1")).toBe("\\- 1");
    expect(md("12. March")).toBe("12\\. March");
    expect(md("12.5 hours")).toBe("12.5 hours");
    expect(md("R&amp;D")).toBe("R\\&amp;D");
  });

  it("reads as it was written, and never splits a table's row", () => {
    fc.assert(
      fc.property(text, (value) => {
        const told = md(value);
        expect(read(told)).toBe(value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " "));
        const rows = table(["a"], [[told], [codeCell(value)]]).split("\n");
        expect(rows).toHaveLength(4);
        for (const row of rows) expect(pipes(row)).toBe(2);
        expect(told.replace(/\\./gu, "")).not.toMatch(/[`<>|*[\]]/);
      }),
    );
  });

  it("shows code that holds backticks", () => {
    expect(code("a`b")).toBe("``a`b``");
    expect(code("`")).toBe("`` ` ``");
    expect(codeBlock("sql", "SELECT '```'")).toBe("````sql\nSELECT '```'\n````");
  });
});

it("draws counts as blocks, nothing as a dot", () => {
  expect(blocks([0, 1, 4, 8])).toBe("·▁▄█");
});
