/** The settings of a home that a person writes by hand. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../base/problem.ts";

/** Where settings by hand stand; the file is optional. */
export function configFile(home: string): string {
  return path.join(home, "leadsmart.config.json");
}

/**
 * What it says, unchecked; empty where there is none.
 *
 * @throws Problem `CONFIG_NOT_JSON`
 */
export async function configLayers(home: string): Promise<unknown[]> {
  const file = configFile(home);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new Problem("CONFIG_NOT_JSON", {
      what: `The file cannot be read: ${error.message}`,
      where: file,
      fix: "Mend its permissions, or remove it to use the defaults.",
      cause: error,
    });
  });
  if (text === null) return [];
  try {
    return [JSON.parse(text)];
  } catch (error) {
    throw new Problem("CONFIG_NOT_JSON", {
      what: `The file is not JSON: ${error instanceof Error ? error.message : error}`,
      where: file,
      fix: "Mend the JSON (a missing comma or quote, usually), or remove the file to use the defaults.",
      cause: error,
    });
  }
}
