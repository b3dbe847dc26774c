/** The list of figures of the real tables; tests that need it skip, with a message, where it is absent. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export const REAL_TABLES = path.resolve("../shared/data/leadsmart");
const FILE = path.join(REAL_TABLES, "facts.json");

export const present = existsSync(FILE);
if (!present)
  console.log("skipped: the real tables are not beside the project (../shared/data/leadsmart)");

/** The value of one fact. */
export function fact<T>(id: string): T {
  const { facts } = JSON.parse(readFileSync(FILE, "utf8")) as { facts: { id: string; value: T }[] };
  const found = facts.find((one) => one.id === id);
  if (!found) throw new Error(`facts.json has no "${id}"`);
  return found.value;
}
