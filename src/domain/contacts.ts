/** How phones and e-mails look to those who do not call. */

/** As it may be shown: the ends of a name or number, and an e-mail's domain. */
export function masked(value: string): string {
  const at = value.lastIndexOf("@");
  if (at > 0) return `${value.slice(0, 1)}•••${value.slice(at)}`;
  const letters = [...value];
  if (letters.length <= 4) return "•".repeat(letters.length);
  return `${letters.slice(0, 2).join("")}•••${letters.slice(-2).join("")}`;
}
