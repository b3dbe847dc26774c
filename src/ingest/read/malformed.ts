/** Records that could not be read, kept with their line, a stable code, the reason and their text. */
import { CanonicalWriter } from "./canonical-writer.ts";

export type MalformedCode =
  | "RAGGED_ROW"
  | "UNCLOSED_QUOTE"
  | "TEXT_AFTER_QUOTE"
  | "UNDECODABLE_BYTES"
  | "NUL_BYTE"
  | "OVERSIZED_RECORD"
  | "BAD_JSON"
  | "BAD_CELL";

/** Longest text kept of a malformed record, in characters. */
export const KEPT_CHARACTERS = 4000;

/** The file is made only when there is something to keep, so that a clean table has none. */
export class MalformedLog {
  count = 0;
  readonly #writer: CanonicalWriter;

  constructor(path: string) {
    this.#writer = new CanonicalWriter(path, 1 << 16);
    this.#writer.text("line,code,reason,record\n");
  }

  add(line: number, code: MalformedCode, reason: string, record: Uint8Array): void {
    this.count++;
    let kept = Buffer.from(record.subarray(0, KEPT_CHARACTERS * 4)).toString("utf8");
    if (kept.length > KEPT_CHARACTERS) {
      kept = Array.from(kept).slice(0, KEPT_CHARACTERS).join("");
    }
    // A NUL would end the text for some readers; its picture stands for it.
    const text = Buffer.from(kept.replaceAll("\0", "\u2400"));
    this.#writer.record(line, [Buffer.from(code), Buffer.from(reason), text]);
  }

  async flush(): Promise<void> {
    if (this.count > 0) await this.#writer.flush();
  }

  /** The path of the written file; null when nothing was malformed. */
  async close(): Promise<string | null> {
    if (this.count === 0) return null;
    await this.#writer.close();
    return this.#writer.path;
  }

  async discard(): Promise<void> {
    await this.#writer.discard();
  }
}
