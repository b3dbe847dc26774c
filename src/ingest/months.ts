/** Names of months in English and Arabic (Egyptian and Levantine), as they stand in exports. */
const MONTHS: readonly (readonly string[])[] = [
  ["january", "jan", "يناير", "كانون الثاني"],
  ["february", "feb", "فبراير", "شباط"],
  ["march", "mar", "مارس", "آذار", "اذار"],
  ["april", "apr", "أبريل", "ابريل", "إبريل", "نيسان"],
  ["may", "مايو", "أيار", "ايار"],
  ["june", "jun", "يونيو", "يونيه", "حزيران"],
  ["july", "jul", "يوليو", "يوليه", "تموز"],
  ["august", "aug", "أغسطس", "اغسطس", "آب"],
  ["september", "sept", "sep", "سبتمبر", "أيلول", "ايلول"],
  ["october", "oct", "أكتوبر", "اكتوبر", "تشرين الأول"],
  ["november", "nov", "نوفمبر", "تشرين الثاني"],
  ["december", "dec", "ديسمبر", "كانون الأول"],
];

/** Every name, longest first, as an alternation for a regular expression. */
export const MONTH_WORDS = MONTHS.flat()
  .toSorted((left, right) => right.length - left.length)
  .join("|");

/** SQL for the number of the month that `word` names, as text; null for another word. */
export function monthNumberSql(word: string): string {
  const pairs = MONTHS.flatMap((names, i) => names.map((name) => `'${name}': '${i + 1}'`));
  return `(MAP {${pairs.join(", ")}})[lower(${word})]`;
}
