import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { malformedOf, readOne, recordsOf, scratchFolder } from "./table-files.ts";

const folder = scratchFolder();
const arabic = ["محمد علي، القاهرة", "منى عادل؟", "شقة للبيع في التجمع الخامس"];
const latin = ["José Muñoz", "Zoë Straße", "Côte d’Azur – 5 €"];
const rows = (names: readonly string[], times = 1) =>
  `id,name\n${Array.from({ length: names.length * times }, (_, i) => `${i},${names[i % names.length]}\n`).join("")}`;

describe("an encoding", () => {
  it.each([
    ["windows-1256", arabic],
    ["windows-1252", latin],
    ["utf-16le", arabic],
    ["utf-16be", latin],
    ["utf-8", arabic],
  ] as const)("%s is found without a mark and nothing is lost", async (encoding, names) => {
    const set = await readOne(
      folder,
      "leads.csv",
      iconv.encode(rows(names), encoding, { addBOM: false }),
    );
    expect(set.encoding).toBe(encoding);
    expect(recordsOf(set).map((record) => record[2])).toEqual(names);
    expect(set.malformed).toBe(0);
  });

  it("of a lead download is UTF-16 separated by tabs, though the file is named .csv", async () => {
    const text =
      "id\tcreated_time\tis_organic\tphone\nl:1\t2024-10-01T10:00:00+02:00\tfalse\tp:+201000000001\n";
    const set = await readOne(folder, "leads.csv", Buffer.from(`\ufeff${text}`, "utf16le"));
    expect([set.encoding, set.delimiter, set.header[0]]).toEqual(["utf-16le", "\t", "id"]);
    expect(recordsOf(set)).toEqual([
      ["2", "l:1", "2024-10-01T10:00:00+02:00", "false", "p:+201000000001"],
    ]);
  });

  it("that is left in the middle of a large file is not mangled: those records are rejected with their lines", async () => {
    const good = Buffer.from(rows(arabic, 20_000));
    const bad = iconv.encode("60000,منى\n60001,عمر\n", "windows-1256");
    const tail = Buffer.from("60002,لينا\n");
    const set = await readOne(folder, "two.csv", Buffer.concat([good, bad, tail]));
    expect(set.encoding).toBe("utf-8");
    expect(set.records).toBe(60_001);
    expect(malformedOf(set).map(([line, code]) => [line, code])).toEqual([
      ["60002", "UNDECODABLE_BYTES"],
      ["60003", "UNDECODABLE_BYTES"],
    ]);
  });

  it("is Windows-1252 throughout where the first accent stands far below the head", async () => {
    const text = `id,name\n${"1,plain\n".repeat(100_000)}2,Café Müller\n`;
    const set = await readOne(folder, "late.csv", iconv.encode(text, "windows-1252"));
    expect(set.encoding).toBe("windows-1252");
    expect(recordsOf(set).at(-1)).toEqual(["100002", "2", "Café Müller"]);
  });

  it("is found for a header whose rows are all plain", async () => {
    const names = "اسم الحملة,بداية الفترة,نهاية الفترة,النقرات";
    const text = `${names}\nA,2024-10-01,2024-10-02,5\n`;
    const set = await readOne(folder, "header.csv", iconv.encode(text, "windows-1256"));
    expect([set.encoding, set.header.join()]).toEqual(["windows-1256", names]);
    expect(set.records).toBe(1);
  });

  it("does not change for one stray byte in plain text", async () => {
    const set = await readOne(
      folder,
      "stray.csv",
      Buffer.from("id,name\n1,Mona\n2,\xff\n3,Lina\n", "latin1"),
    );
    expect([set.encoding, set.records]).toEqual(["utf-8", 2]);
    expect(malformedOf(set).map(([line, code]) => [line, code])).toEqual([
      ["3", "UNDECODABLE_BYTES"],
    ]);
  });

  it("rejects half a UTF-16 character instead of replacing it", async () => {
    const set = await readOne(
      folder,
      "half.csv",
      Buffer.from("\ufeffid,name\n1,a\ud83db\n2,😀\n", "utf16le"),
    );
    expect(recordsOf(set)).toEqual([["3", "2", "😀"]]);
    expect(malformedOf(set).map(([line]) => line)).toEqual(["2"]);
  });
});
