import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { previewOf } from "../../src/ingest/load.ts";
import { RAW_COLUMNS } from "../../src/ingest/typing-sql.ts";
import { type Desk, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const COLUMNS = [
  "Campaign name",
  "Day",
  "Impressions",
  "Amount spent (EGP)",
  "Clicks (all)",
  "Note",
];
const quoted = (cell: string) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const file = (rows: readonly (readonly string[])[]) =>
  `${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;

const messy = fc.tuple(
  fc.constantFrom("Spring", "", "Total", "حملة", "Results from 3 campaigns", " x "),
  fc.constantFrom("2024-06-01", "2024-06-31", "", "2024-07-01", "soon", "-"),
  fc.constantFrom("1", "1,234", "1e3", "", "N/A", "3.5", "12345678901234567890"),
  fc.constantFrom("1.50", "2.25", "x", "0.125", "-3.00", "(4.00)", "EGP 5.10", "USD 1.00", ""),
  fc.constantFrom("7", "", "seven", "8.0"),
  fc.constantFrom("", 'a "quoted", note', "two\nlines", "5"),
);

it("accounts for every record: accepted, rejected or a total line", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(messy, { minLength: 1, maxLength: 25 }), async (records) => {
      const rows = records.map((row, i) => [...row.slice(0, 5), `${row[5]} ${i}`]);
      const loaded = await desk.loadOne(
        "x.csv",
        file([COLUMNS, ["S", "2024-06-01", "1", "1.50", "1", ""], ...rows]),
      );
      expect(loaded.rowsAccepted + loaded.rowsRejected + loaded.totalRows).toBe(records.length + 1);
      const [accepted] = await desk.session.all<{ n: number }>(
        `SELECT count(*) AS n FROM ${loaded.rowsTable}`,
      );
      const [rejected] = await desk.session.all<{ n: number; faults: number }>(
        `SELECT count(DISTINCT line) AS n, count(*) FILTER (code IS NULL OR reason IS NULL OR record IS NULL) AS faults FROM ${loaded.rejectsTable}`,
      );
      expect(accepted?.n).toBe(loaded.rowsAccepted);
      expect(rejected).toEqual({ n: loaded.rowsRejected, faults: 0 });
    }),
    { numRuns: 15, seed: 3 },
  );
});

it("gives the same rows and rejects whatever the order of the columns", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(messy, { minLength: 1, maxLength: 12 }),
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
      async (records, order) => {
        const all = [COLUMNS, ["S", "2024-06-01", "1", "1.50", "1", ""], ...records];
        const straight = await desk.loadOne("x.csv", file(all));
        const shuffled = await desk.loadOne(
          "x.csv",
          file(all.map((row) => order.map((i) => row[i] ?? ""))),
        );
        const columns = ["line", ...RAW_COLUMNS.insights].join(", ");
        expect(await desk.rows(shuffled, columns)).toEqual(await desk.rows(straight, columns));
        expect(await desk.rejects(shuffled)).toEqual(await desk.rejects(straight));
      },
    ),
    { numRuns: 10, seed: 4 },
  );
});

it("finds a file that is imported again to be the same row for row", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1 }),
      async (days) => {
        const own = await openDesk();
        const text = file([
          COLUMNS,
          ...days.map((day) => [
            "A",
            `2024-06-${String(day).padStart(2, "0")}`,
            "1",
            "1.50",
            "",
            "x",
          ]),
        ]);
        const first = await own.loadOne("x.csv", text);
        await own.insert(first, 1);
        const { overlap } = await previewOf(own.session, await own.loadOne("x.csv", text));
        expect(overlap).toEqual({ same: days.length, supersedes: 0 });
        await own.close();
      },
    ),
    { numRuns: 4, seed: 9 },
  );
});
