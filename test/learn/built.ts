import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** The built room, where worker threads exist; LEADSMART_DIST names another build than dist/. */
const folder = path.resolve(process.env.LEADSMART_DIST ?? "dist", "src", "learn");

/** A file of the built room; null where nothing was built. */
export function builtFile(name: string): URL | null {
  const file = path.join(folder, name);
  return existsSync(file) ? pathToFileURL(file) : null;
}
