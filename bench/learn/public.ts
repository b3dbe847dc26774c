/** Public tables as matrices: honest columns only, levels as codes, what is missing as −1 for everybody. */
import { existsSync } from "node:fs";
import path from "node:path";
import { seededRandom } from "../../src/base/random.ts";
import { readDataset } from "../../src/warehouse/read-dataset.ts";
import { openWarehouse } from "../../src/warehouse/warehouse.ts";
import type { Matrix } from "./matrices.ts";
import { HILLSTROM, X_EDUCATION } from "./public-tables.ts";

/** The public tables that lie in a folder; rows in a seeded random order, as they have no time. */
export async function publicMatrices(folder: string): Promise<Matrix[]> {
  const warehouse = await openWarehouse(":memory:");
  const session = await warehouse.openScratch();
  try {
    const matrices: Matrix[] = [];
    for (const table of [X_EDUCATION, HILLSTROM]) {
      const file = path.join(folder, table.file);
      if (!existsSync(file)) continue;
      const sql = `SELECT row_number() OVER () AS place, * FROM read_csv('${file.replaceAll("'", "''")}', header = true, nullstr = ['', 'Select'])`;
      const described = await session.all<{ column_name: string }>(`DESCRIBE ${sql}`);
      const columns = described
        .map((one) => one.column_name)
        .filter(
          (name) =>
            name !== "place" &&
            name !== table.target &&
            !table.without.includes(name) &&
            !/^column\d+$/.test(name),
        );
      const dataset = await readDataset(session, {
        sql: sql.replace("*", `* REPLACE ("${table.target}"::BIGINT = 1 AS "${table.target}")`),
        key: ["place"],
        columns,
        target: table.target,
      });
      const { rows } = dataset;
      const order = Uint32Array.from({ length: rows }, (_, i) => i);
      const random = seededRandom(7);
      for (let i = rows - 1; i > 0; i--) {
        const j = random.int(i + 1);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      const x = new Float64Array(rows * columns.length);
      for (const [k, column] of dataset.columns.entries()) {
        const values = column.kind === "categorical" ? column.codes : column.values;
        for (let i = 0; i < rows; i++) {
          const value = values[order[i]!]!;
          x[i * columns.length + k] = Number.isNaN(value) ? -1 : value;
        }
      }
      const codes = dataset.target?.kind === "class" ? dataset.target.codes : new Int32Array(rows);
      matrices.push({
        name: table.name,
        rows,
        columns: columns.length,
        train: Math.floor(rows * 0.8),
        x,
        y: Uint8Array.from(order, (row) => codes[row]!),
      });
    }
    return matrices;
  } finally {
    session.close();
    await warehouse.close();
  }
}
