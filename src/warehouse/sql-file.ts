import { readFileSync } from "node:fs";

const texts = new Map<string, string>();

/**
 * The text of a named SQL file that lies beside the module asking for it, read once.
 *
 * @param moduleUrl the caller's `import.meta.url`
 * @param name path relative to the caller, e.g. `sql/kpis.sql`
 */
export function sqlFile(moduleUrl: string, name: string): string {
  const url = new URL(name, moduleUrl);
  let text = texts.get(url.href);
  if (text === undefined) {
    text = readFileSync(url, "utf8");
    texts.set(url.href, text);
  }
  return text;
}
