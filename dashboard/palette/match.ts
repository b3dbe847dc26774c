/** How well a text answers what was typed; pure, so that the order of the palette can be tested. */

/** Case, accents, harakat, tatweel and the forms of Arabic letters say nothing when one searches; digits are digits. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{Mn}\u0640\u200b-\u200f]/gu, "")
    .toLowerCase()
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * 0 where a text does not hold every word that was typed; else larger the better: the whole text, its beginning, the
 * beginning of a word, anywhere.
 *
 * @param typed folded
 */
export function matchOf(text: string, typed: string): number {
  if (typed === "") return 1;
  const found = folded(text);
  const words = typed.split(" ");
  if (!words.every((word) => found.includes(word))) return 0;
  if (found === typed) return 5;
  if (found.startsWith(typed)) return 4;
  const begins = (word: string) => found.startsWith(word) || found.includes(` ${word}`);
  return words.every(begins) ? 3 : 2;
}

/** What matches, best first; of equals the order in which they came. */
export function matching<T extends { readonly label: string }>(
  items: readonly T[],
  typed: string,
  most: number,
): T[] {
  const needle = folded(typed);
  return items
    .map((item, place) => ({ item, place, score: matchOf(item.label, needle) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.place - other.place)
    .slice(0, most)
    .map(({ item }) => item);
}
