/** Lists of words that checks go by, kept as data in `words/`. */
import { readFileSync } from "node:fs";

/** The JSON text of a list, e.g. `junk-names`. */
export function wordsText(name: string): string {
  return readFileSync(new URL(`words/${name}.json`, import.meta.url), "utf8");
}
