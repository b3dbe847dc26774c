/**
 * Writes canonical records to disk: UTF-8, LF, comma, doubled quotes, first column `_line`.
 * The buffer grows while a chunk is scanned and is emptied between chunks, so that scanning itself never waits.
 */
import { type FileHandle, open, rm } from "node:fs/promises";
import { COMMA, CR, LF, QUOTE } from "./dialect.ts";

const BUFFER_BYTES = 4 << 20;

/** Writes `value` in decimal at `at`; gives the first free place. */
export function writeDecimal(out: Uint8Array, at: number, value: number): number {
  let digits = 1;
  for (let bound = 10; bound <= value; bound *= 10) digits++;
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    const tenth = Math.floor(rest / 10);
    out[i] = 48 + (rest - tenth * 10);
    rest = tenth;
  }
  return at + digits;
}

/** Appends a cell, enclosed in quotes only where it has to be; needs room for twice its length and 2. */
export function writeCell(out: Uint8Array, at: number, cell: Uint8Array): number {
  let quote = false;
  for (let i = 0; i < cell.length; i++) {
    const byte = cell[i] as number;
    if (byte === COMMA || byte === QUOTE || byte === LF || byte === CR) {
      quote = true;
      break;
    }
  }
  if (!quote) {
    out.set(cell, at);
    return at + cell.length;
  }
  let o = at;
  out[o++] = QUOTE;
  for (let i = 0; i < cell.length; i++) {
    const byte = cell[i] as number;
    if (byte === QUOTE) out[o++] = QUOTE;
    out[o++] = byte;
  }
  out[o++] = QUOTE;
  return o;
}

export class CanonicalWriter {
  readonly path: string;
  /** Pending bytes; a scanner may write here directly behind `length`, after `reserve`. */
  buffer: Buffer;
  length = 0;
  records = 0;
  /** Of the written form, line break included. */
  longestRecordBytes = 0;
  quotedNewlines = false;
  #file: FileHandle | null = null;
  readonly #bufferBytes: number;

  /** The file itself is made by the first flush. */
  constructor(path: string, bufferBytes = BUFFER_BYTES) {
    this.path = path;
    this.#bufferBytes = bufferBytes;
    this.buffer = Buffer.allocUnsafe(bufferBytes);
  }

  /** Makes room for `bytes` more. */
  reserve(bytes: number): void {
    if (this.buffer.length - this.length >= bytes) return;
    const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }

  /** Raw text such as the column line. */
  text(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.buffer.write(text, this.length);
  }

  /** One record of whole cells. */
  record(line: number, cells: readonly Uint8Array[]): void {
    let room = 32;
    for (const cell of cells) room += cell.length * 2 + 3;
    this.reserve(room);
    const out = this.buffer;
    const start = this.length;
    let o = writeDecimal(out, start, line);
    for (const cell of cells) {
      out[o++] = COMMA;
      const from = o;
      o = writeCell(out, o, cell);
      if (o - from > cell.length && !this.quotedNewlines) {
        this.quotedNewlines = cell.includes(LF) || cell.includes(CR);
      }
    }
    out[o++] = LF;
    this.length = o;
    this.records++;
    if (o - start > this.longestRecordBytes) this.longestRecordBytes = o - start;
  }

  /** Hands pending bytes to the file. */
  async flush(): Promise<void> {
    this.#file ??= await open(this.path, "w");
    let from = 0;
    while (from < this.length) {
      const { bytesWritten } = await this.#file.write(this.buffer, from, this.length - from);
      from += bytesWritten;
    }
    this.length = 0;
    if (this.buffer.length > this.#bufferBytes * 4) {
      this.buffer = Buffer.allocUnsafe(this.#bufferBytes);
    }
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#file?.close();
  }

  /** Closes and removes the file, after a failure. */
  async discard(): Promise<void> {
    await this.#file?.close();
    await rm(this.path, { force: true });
  }
}

/** The column line of a canonical file: `_line,c0,c1,…`. */
export function columnLine(columns: number): string {
  let line = "_line";
  for (let k = 0; k < columns; k++) line += `,c${k}`;
  return `${line}\n`;
}
