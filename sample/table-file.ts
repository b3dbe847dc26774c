import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

const FLUSH_BYTES = 1 << 20;
/** Room beyond the flush mark; a line is far shorter, and the buffer doubles where many come between two flushes. */
const FIRST_BYTES = 2 << 20;
/** UTF-8 needs at most three bytes per UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/** A text file that grows line by line through one large buffer, with its count of lines and its digest. */
export class TableFile {
  readonly name: string;
  /** Lines written so far, a header included; the next line is number `lines + 1`. */
  lines = 0;
  bytes = 0;
  private buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private used = 0;
  private readonly hash = createHash("sha256");
  private readonly handle: FileHandle;

  private constructor(name: string, handle: FileHandle) {
    this.name = name;
    this.handle = handle;
  }

  static async create(path: string, name: string): Promise<TableFile> {
    return new TableFile(name, await open(path, "w"));
  }

  /** Adds one line (without its line feed) and gives its number in the file, counted from 1. */
  line(text: string): number {
    if (this.used + text.length * BYTES_PER_UNIT + 1 > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(this.buffer.length * 2 + text.length * BYTES_PER_UNIT);
      this.buffer.copy(larger, 0, 0, this.used);
      this.buffer = larger;
    }
    this.used += this.buffer.write(text, this.used);
    this.buffer[this.used++] = 10;
    this.lines++;
    return this.lines;
  }

  /** True when enough waits to be worth a write; call `flush` at the next moment that can wait. */
  get full(): boolean {
    return this.used >= FLUSH_BYTES;
  }

  async flush(): Promise<void> {
    const bytes = this.buffer.subarray(0, this.used);
    this.hash.update(bytes);
    this.bytes += bytes.length;
    let offset = 0;
    while (offset < bytes.length) {
      offset += (await this.handle.write(bytes, offset)).bytesWritten;
    }
    this.used = 0;
  }

  /** Writes the rest, closes, and gives the SHA-256 of all bytes in hexadecimal. */
  async finish(): Promise<string> {
    await this.flush();
    await this.handle.close();
    return this.hash.digest("hex");
  }

  /** Closes without writing what waits. */
  async abandon(): Promise<void> {
    await this.handle.close();
  }
}
