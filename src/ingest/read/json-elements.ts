/** Cuts a JSON text into its elements: the lines of JSON lines, or the members of one top-level array. */
import { COMMA, LF, QUOTE } from "./dialect.ts";

export interface JsonElement {
  /** Physical line on which the element starts, counted from 1. */
  readonly line: number;
  readonly bytes: Uint8Array;
  /** True when the element is longer than allowed; `bytes` holds its beginning. */
  readonly oversized: boolean;
}

type Take = (element: JsonElement) => void;

/** Lines are elements; blank ones are none. The outcome does not depend on how chunks are cut. */
export class JsonLines {
  readonly #most: number;
  readonly #take: Take;
  #parts: Uint8Array[] = [];
  #length = 0;
  #line = 1;

  constructor(mostBytes: number, take: Take) {
    this.#most = mostBytes;
    this.#take = take;
  }

  feed(chunk: Uint8Array): void {
    let at = 0;
    for (;;) {
      const end = chunk.indexOf(LF, at);
      if (end === -1) break;
      this.#keep(chunk.subarray(at, end));
      this.#emit();
      this.#line++;
      at = end + 1;
    }
    // The chunk is the source's own and will be used again.
    if (at < chunk.length) this.#keep(Uint8Array.prototype.slice.call(chunk, at));
  }

  finish(): void {
    this.#emit();
  }

  #keep(part: Uint8Array): void {
    const room = this.#most + 1 - this.#length;
    if (room > 0 && part.length > 0) this.#parts.push(part.subarray(0, room));
    this.#length += part.length;
  }

  #emit(): void {
    const bytes =
      this.#parts.length === 1 ? (this.#parts[0] as Uint8Array) : Buffer.concat(this.#parts);
    const oversized = this.#length > this.#most;
    this.#parts = [];
    this.#length = 0;
    if (bytes.every((byte) => byte <= 32)) return;
    this.#take({ line: this.#line, bytes, oversized });
  }
}

const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);

/** The members of a top-level array, wherever their line breaks are. */
export class JsonArray {
  readonly #most: number;
  readonly #take: Take;
  #kept: Uint8Array = new Uint8Array(1024);
  #length = 0;
  #line = 1;
  #startLine = 1;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #begun = false;
  #over = false;

  constructor(mostBytes: number, take: Take) {
    this.#most = mostBytes;
    this.#take = take;
  }

  feed(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) this.#byte(chunk[i] as number);
  }

  /** What stands after the last complete member is an element too, so that a cut array shows. */
  finish(): void {
    this.#emit();
  }

  #byte(byte: number): void {
    if (!this.#begun) {
      if (byte === LF) this.#line++;
      if (byte === 0x5b) {
        this.#begun = true;
        this.#depth = 1;
      }
      return;
    }
    const line = this.#line;
    if (byte === LF) this.#line++;
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === 0x5c) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
    } else if (byte === QUOTE) this.#inString = true;
    else if (!this.#over) {
      if (this.#depth === 1 && (byte === COMMA || byte === 0x5d)) {
        this.#emit();
        this.#over = byte === 0x5d;
        return;
      }
      if (OPEN.has(byte)) this.#depth++;
      else if (CLOSE.has(byte) && this.#depth > 1) this.#depth--;
    }
    if (this.#length === 0) {
      if (byte <= 32) return;
      this.#startLine = line;
    }
    if (this.#length <= this.#most) {
      if (this.#length === this.#kept.length) {
        const grown = new Uint8Array(this.#length * 2);
        grown.set(this.#kept);
        this.#kept = grown;
      }
      this.#kept[this.#length] = byte;
    }
    this.#length++;
  }

  #emit(): void {
    if (this.#length > 0) {
      const oversized = this.#length > this.#most;
      const bytes = this.#kept.slice(0, Math.min(this.#length, this.#most + 1));
      this.#take({ line: this.#startLine, bytes, oversized });
    }
    this.#length = 0;
  }
}

/** True when the text is one array rather than lines. */
export function isArrayStart(head: Uint8Array): boolean {
  const first = head.findIndex((byte) => byte > 32);
  return first !== -1 && head[first] === 0x5b;
}
