/** The tables that the page is looked at with: an invented world, and the real ones where they are present. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { root, runProgram } from "./server.ts";

/** Null where the real tables are not on this machine. */
export const realTables: string | null = [
  path.join(path.dirname(root), "shared", "data", "leadsmart"),
].reduce<string | null>(
  (found, folder) => (existsSync(path.join(folder, "insights.csv")) ? folder : found),
  null,
);

/** A project's name with all that an address, a list and a CSV may stumble over. */
export const AWKWARD_PROJECT = `Gate, "the Great" & Co. #1 + 50% = ?`;
export const ARABIC_PROJECT = "واحة الياسمين";

/** A twentieth of the sample world, with one project renamed to `AWKWARD_PROJECT`. */
export async function writeSampleWorld(folder: string): Promise<void> {
  await runProgram("lab", "sample", "--out", folder, "--scale", "0.05", "--seed", "3");
  const file = path.join(folder, "campaigns.csv");
  const text = await readFile(file, "utf8");
  const written = `"${AWKWARD_PROJECT.replaceAll('"', '""')}"`;
  await writeFile(file, text.replaceAll('"Meadow Gate"', written));
}

/** Tax and fees, so that net and all-in costs differ; rates that binary fractions hold exactly. */
export const DEFINITIONS = {
  default: { taxRate: 0.125 },
  accounts: { "56": { feeRate: 0.0625 } },
};

/** The same for the oracle: what an account multiplies net spend by. */
export const SAMPLE_FEES = { defaultFee: 1.125, fees: { "56": 1.125 * 1.0625 } };
