/** A table of 40 columns as a lead export has them, the same for the same number of rows: ids, names, money, times. */
import { openWarehouse } from "../../src/warehouse/warehouse.ts";

const share = (salt: number) => `((hash(i + ${salt * 1_000_000_007}) % 1000003) / 1000003.0)`;
const pick = (salt: number, of: number) => `(hash(i + ${salt * 1_000_000_007}) % ${of})`;
/** Heavy tails, as spend and impressions have them. */
const tail = (salt: number, scale: number) =>
  `floor(${scale} * (exp(3 * ${share(salt)} + ${share(salt + 100)}) - 1))::BIGINT`;

const COUNTS = [
  "spend_minor",
  "impressions",
  "clicks",
  "reach",
  "views",
  "saves",
  "shares",
  "replies",
];
const COLUMNS: readonly (readonly [string, string])[] = [
  ["lead_id", "i"],
  ["ref", "'L-' || (i * 7919 % 100000007)"],
  ["campaign_id", `1000 + ${pick(1, 7000)}`],
  ["ad_set_id", `20000 + ${pick(2, 200_000)}`],
  [
    "name",
    `['Alva','Bran','Cleo','Dara','Ezra','Fynn','Gwen','Hale'][1 + ${pick(3, 8)}::INTEGER] || ' ' || chr((65 + ${pick(4, 26)})::INTEGER) || 'or' || ${pick(5, 60_000)}`,
  ],
  [
    "email",
    `'u' || ${pick(6, 4_000_000)} || '@' || ['mail.example','post.example','box.example'][1 + ${pick(7, 3)}::INTEGER]`,
  ],
  ["phone", `'+2010' || lpad(${pick(8, 90_000_000)}::VARCHAR, 8, '0')`],
  ["note", `CASE WHEN ${pick(9, 10)} = 0 THEN 'asked for ' || ${pick(10, 900)} || ' metres' END`],
  ["day", `DATE '2024-01-01' + (${pick(11, 500)})::INTEGER`],
  [
    "stop_day",
    `CASE WHEN ${pick(12, 3)} > 0 THEN DATE '2024-02-01' + (${pick(13, 500)})::INTEGER END`,
  ],
  ["added_at", `TIMESTAMP '2024-01-01' + to_seconds(${pick(14, 43_000_000)})`],
  ["organic", `${pick(15, 20)} = 0`],
  ["opened", `${pick(16, 3)} = 0`],
  ...COUNTS.map((name, k) => [name, tail(20 + k, 40 * 3 ** k)] as const),
  ...Array.from(
    { length: 4 },
    (_, k) => [`budget_${k + 1}`, `100 * ${pick(40 + k, 50 * (k + 1))}`] as const,
  ),
  ...Array.from(
    { length: 5 },
    (_, k) => [`score_${k + 1}`, `${share(50 + k)} * ${share(60 + k)} + ${k}`] as const,
  ),
  ...Array.from(
    { length: 10 },
    (_, k) =>
      [
        `kind_${k + 1}`,
        `CASE WHEN ${pick(70 + k, 50)} > ${k} THEN 'value ' || ${pick(90 + k, 4 + 40 * k)} END`,
      ] as const,
  ),
];

/** Writes the table into a new database file, and as CSV for the rival. @returns how many columns it has */
export async function writeWideTable(
  rows: number,
  database: string,
  csv: string | null,
): Promise<number> {
  const warehouse = await openWarehouse(database, { threads: 2 });
  const session = await warehouse.openScratch();
  const list = COLUMNS.map(([name, sql]) => `${sql} AS ${name}`).join(", ");
  await session.run(`CREATE TABLE wide AS SELECT ${list} FROM range(${rows}) AS t(i)`);
  if (csv !== null) await session.run(`COPY wide TO '${csv.replaceAll("'", "''")}' (HEADER)`);
  session.close();
  await warehouse.checkpoint();
  await warehouse.close();
  return COLUMNS.length;
}
