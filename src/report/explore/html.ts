/** HTML as values: text put into a template is escaped, and only what came from a template is not. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | null | false | undefined | readonly Part[];

const SPECIAL = /[&<>"']/;

/** Text as it may stand between tags or in a quoted attribute. */
export function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  if (part === null || part === undefined || part === false) return "";
  let text = "";
  for (const one of part) text += textOf(one);
  return text;
}

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? "";
  for (let i = 0; i < parts.length; i++) text += textOf(parts[i]) + (strings[i + 1] ?? "");
  return new Html(text);
}
