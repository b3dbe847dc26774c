/** The fields of one JSON object as text: numbers exactly as written, nested values as compact JSON. */

const BACKSLASH = 92;
const QUOTE = 34;

function skipSpace(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) <= 32) i++;
  return i;
}

/** The index behind the string that starts at `at`. */
function stringEnd(text: string, at: number): number {
  for (let i = at + 1; ; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i + 1;
    if (code === BACKSLASH) i++;
  }
}

/** The index behind the object or array that starts at `at`. */
function nestedEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; ; ) {
    const character = text[i];
    if (character === '"') {
      i = stringEnd(text, i);
      continue;
    }
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    i++;
    if (depth === 0) return i;
  }
}

function stringText(quoted: string): string {
  return quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}

/** White space outside strings is dropped; nothing else changes. */
function compact(json: string): string {
  return /\s/.test(json) ? json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1") : json;
}

/**
 * Walks the top level of an object; `null` becomes an empty cell.
 *
 * @throws SyntaxError where the text is not JSON, is no object, or names a key twice
 */
export function jsonFields(text: string): Map<string, string> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError("it is not an object");
  }
  // From here on the text is known to be sound, so that every search below finds its end.
  const fields = new Map<string, string>();
  let i = skipSpace(text, text.indexOf("{") + 1);
  while (text[i] !== "}") {
    const keyEnd = stringEnd(text, i);
    const key = stringText(text.slice(i, keyEnd));
    if (fields.has(key)) throw new SyntaxError(`it has the key "${key.slice(0, 80)}" twice`);
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const first = text[start];
    let end: number;
    if (first === '"') {
      end = stringEnd(text, start);
      fields.set(key, stringText(text.slice(start, end)));
    } else if (first === "{" || first === "[") {
      end = nestedEnd(text, start);
      fields.set(key, compact(text.slice(start, end)));
    } else {
      end = start;
      while (!/[,}\s]/.test(text[end] as string)) end++;
      const literal = text.slice(start, end);
      fields.set(key, literal === "null" ? "" : literal);
    }
    i = skipSpace(text, end);
    if (text[i] === ",") i = skipSpace(text, i + 1);
  }
  return fields;
}
