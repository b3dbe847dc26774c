import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { readOne, recordsOf, scratchFolder } from "./table-files.ts";

const corpus = path.resolve("../shared/data/public/csv_spectrum");
const folder = scratchFolder();
/** Wrong upstream: its JSON is another record, its degree signs are replacement characters. */
const WRONG_UPSTREAM = "location_coordinates";

if (!existsSync(corpus))
  it.skip("csv-spectrum is not here: ../shared/data/public/csv_spectrum", () => undefined);
else {
  const names = readdirSync(path.join(corpus, "csvs")).map((file) => path.basename(file, ".csv"));
  it.each(names)("%s parses to what csv-spectrum says", async (name) => {
    const set = await readOne(
      folder,
      `${name}.csv`,
      readFileSync(path.join(corpus, "csvs", `${name}.csv`)),
    );
    const rows = recordsOf(set).map((cells) => cells.slice(1));
    expect(set.malformed).toBe(0);
    if (name === WRONG_UPSTREAM) {
      expect(rows).toHaveLength(1);
      expect(rows[0]).toHaveLength(4);
      return;
    }
    const expected: Record<string, string>[] = JSON.parse(
      readFileSync(path.join(corpus, "json", `${name}.json`), "utf8"),
    );
    const records = rows.map((cells) =>
      Object.fromEntries(cells.map((cell, k) => [set.header[k], cell])),
    );
    expect(records).toEqual(expected);
  });
}
