/**
 * A small streaming reader for the XML inside workbooks: elements, attributes, text, CDATA; prefixes are dropped.
 * No document type, no external entity, nothing kept but the unfinished tail of a chunk.
 */

export interface XmlHandler {
  /** `attributes` is the raw text between the name and the end of the tag; see `attribute`. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/** The XML is not well-formed enough to be read. */
export class XmlFault extends Error {}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** @throws XmlFault for an unknown entity or a character that does not exist */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&([^;]{0,10});?/g, (whole, name: string) => {
    const named = NAMED[name];
    if (named !== undefined && whole.endsWith(";")) return named;
    const hex = /^#x([0-9a-f]{1,6})$/i.exec(name)?.[1];
    const code = hex ? Number.parseInt(hex, 16) : Number(/^#(\d{1,7})$/.exec(name)?.[1] ?? -1);
    const real = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    if (!real || !whole.endsWith(";")) throw new XmlFault(`unknown character ${whole}`);
    return String.fromCodePoint(code);
  });
}

const PATTERNS = new Map<string, RegExp>();

/** The value of an attribute, whatever its prefix; null when it is not there. */
export function attribute(attributes: string, name: string): string | null {
  let pattern = PATTERNS.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    PATTERNS.set(name, pattern);
  }
  const match = pattern.exec(attributes);
  return match ? decodeEntities(match[1] ?? match[2] ?? "") : null;
}

const LONGEST_TAG = 1 << 20;

export class XmlReader {
  readonly #handler: XmlHandler;
  #rest = "";
  #depth = 0;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** @throws XmlFault */
  feed(chunk: string): void {
    const text = this.#rest === "" ? chunk : this.#rest + chunk;
    let at = 0;
    for (;;) {
      const open = text.indexOf("<", at);
      if (open === -1) break;
      const next = this.#markup(text, open);
      if (next === -1) {
        if (text.length - open > LONGEST_TAG) throw new XmlFault("a tag without an end");
        if (open > at) this.#handler.text(decodeEntities(text.slice(at, open)));
        at = open;
        break;
      }
      if (open > at) this.#handler.text(decodeEntities(text.slice(at, open)));
      this.#act(text, open, next);
      at = next;
    }
    // Text before the next tag may be cut inside an entity: it waits for its tag.
    this.#rest = text.slice(at);
    if (this.#rest.length > 64 * LONGEST_TAG) throw new XmlFault("a text without an end");
  }

  /** @throws XmlFault when the document is not over */
  end(): void {
    if (this.#depth !== 0 || this.#rest.trim() !== "")
      throw new XmlFault("the document is cut short");
  }

  /** Where the markup that starts at `open` is over; -1 when that is not in sight. */
  #markup(text: string, open: number): number {
    if (text.startsWith("<!--", open)) return after(text, "-->", open + 4);
    if (text.startsWith("<![CDATA[", open)) return after(text, "]]>", open + 9);
    if (text.startsWith("<?", open)) return after(text, "?>", open + 2);
    if (text.length - open < 9 && "<![CDATA[".startsWith(text.slice(open))) return -1;
    let end = text.indexOf(">", open);
    while (end !== -1 && insideQuotes(text, open, end)) end = text.indexOf(">", end + 1);
    return end === -1 ? -1 : end + 1;
  }

  #act(text: string, open: number, next: number): void {
    const second = text.charCodeAt(open + 1);
    if (second === 63) return;
    if (second === 33) {
      if (text.startsWith("<![CDATA[", open)) this.#handler.text(text.slice(open + 9, next - 3));
      else if (!text.startsWith("<!--", open)) throw new XmlFault("a document type declaration");
      return;
    }
    if (second === 47) {
      this.#depth--;
      if (this.#depth < 0) throw new XmlFault("a closing tag without an opening one");
      this.#handler.close(bareName(text.slice(open + 2, next - 1).trim()));
      return;
    }
    const empty = text.charCodeAt(next - 2) === 47;
    const inner = text.slice(open + 1, empty ? next - 2 : next - 1);
    const space = inner.search(/\s/);
    const name = bareName(space === -1 ? inner : inner.slice(0, space));
    this.#handler.open(name, space === -1 ? "" : inner.slice(space));
    if (empty) this.#handler.close(name);
    else this.#depth++;
  }
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? -1 : at + mark.length;
}

function insideQuotes(text: string, open: number, end: number): boolean {
  let quote = 0;
  for (let i = open; i < end; i++) {
    const code = text.charCodeAt(i);
    if (quote === 0) {
      if (code === 34 || code === 39) quote = code;
    } else if (code === quote) quote = 0;
  }
  return quote !== 0;
}

function bareName(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}
