/** Any supported encoding as UTF-8 bytes, chunk by chunk. What cannot be decoded becomes the byte FF, which no UTF-8
 * text holds, so that the scanner rejects the record instead of passing on a replacement character. */
import iconv from "iconv-lite";
import { type Encoding, markBytes } from "./encoding.ts";

const UNDECODABLE = 0xff;

/** UTF-8 form of each byte of a single-byte encoding. */
function byteTable(encoding: "windows-1252" | "windows-1256"): readonly Uint8Array[] {
  return Array.from({ length: 256 }, (_, byte) => {
    const character = iconv.decode(Buffer.from([byte]), encoding);
    return character === "\ufffd" ? Uint8Array.of(UNDECODABLE) : Buffer.from(character);
  });
}

function singleByte(table: readonly Uint8Array[]): (chunk: Uint8Array) => Uint8Array {
  return (chunk) => {
    const out = new Uint8Array(chunk.length * 3);
    let o = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (byte < 0x80) out[o++] = byte;
      else for (const part of table[byte] as Uint8Array) out[o++] = part;
    }
    return out.subarray(0, o);
  };
}

/** UTF-16 text as UTF-8; a surrogate without its partner becomes the undecodable byte. */
function utf16ToUtf8(text: string): Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text, "utf8");
  const parts: Uint8Array[] = [];
  for (const part of text.split(/(\p{Surrogate})/u)) {
    const lone = part.length === 1 && /\p{Surrogate}/u.test(part);
    parts.push(lone ? Uint8Array.of(UNDECODABLE) : Buffer.from(part, "utf8"));
  }
  return Buffer.concat(parts);
}

async function* transcodeUtf16(
  chunks: AsyncIterable<Uint8Array>,
  bigEndian: boolean,
): AsyncGenerator<Uint8Array> {
  let carry = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = carry.length > 0 ? Buffer.concat([carry, chunk]) : Buffer.from(chunk);
    let length = bytes.length & ~1;
    // A high surrogate at the end waits for its partner.
    const high = length >= 2 ? (bytes[bigEndian ? length - 2 : length - 1] as number) : 0;
    if (high >= 0xd8 && high <= 0xdb) length -= 2;
    carry = Buffer.from(bytes.subarray(length));
    if (length === 0) continue;
    const whole = bytes.subarray(0, length);
    if (bigEndian) whole.swap16();
    yield utf16ToUtf8(whole.toString("utf16le"));
  }
  if (carry.length > 0) yield Uint8Array.of(UNDECODABLE);
}

async function* withoutMark(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 4) continue;
    yield head.subarray(markBytes(encoding, head));
    head = null;
  }
  if (head !== null) yield head.subarray(markBytes(encoding, head));
}

/** The text of `chunks` in UTF-8, without a byte order mark. */
export async function* toUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  const bare = withoutMark(chunks, encoding);
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    yield* transcodeUtf16(bare, encoding === "utf-16be");
  } else if (encoding === "windows-1252" || encoding === "windows-1256") {
    const convert = singleByte(byteTable(encoding));
    for await (const chunk of bare) yield convert(chunk);
  } else yield* bare;
}
