/** A zip written as a stream: each entry deflated as it comes, sizes behind it, so that nothing is held in memory. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";

export interface ZipEntry {
  /** ASCII, with slashes. */
  readonly name: string;
  readonly content: AsyncIterable<string> | Iterable<string>;
}

interface Written {
  readonly name: string;
  readonly crc: number;
  readonly packed: number;
  readonly plain: number;
  readonly offset: number;
}

/** Sizes and checksum follow the bytes; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;

function header(
  signature: number,
  lead: readonly number[],
  written: Omit<Written, "offset">,
): Buffer {
  const name = Buffer.from(written.name, "utf8");
  const head = Buffer.alloc(4 + lead.length * 2);
  head.writeUInt32LE(signature, 0);
  for (const [at, value] of lead.entries()) head.writeUInt16LE(value, 4 + at * 2);
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(written.crc, 0);
  sizes.writeUInt32LE(written.packed, 4);
  sizes.writeUInt32LE(written.plain, 8);
  sizes.writeUInt16LE(name.length, 12);
  return Buffer.concat([head, sizes]);
}

/** Days and times of zip entries: years from 1980 in steps of two seconds, as the clock of UTC. */
function dosTime(at: Date): readonly [number, number] {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return [time, day];
}

/**
 * The bytes of a zip with these entries, in order. An entry that fails ends the stream with its error.
 *
 * Entries of 4 GiB and more are not written right; a sheet's rows end long before.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function* zip(
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
  at: Date,
): AsyncGenerator<Buffer> {
  const stamp = dosTime(at);
  const done: Written[] = [];
  let offset = 0;
  const counted = (bytes: Buffer) => {
    offset += bytes.length;
    return bytes;
  };
  for await (const { name, content } of entries) {
    const start = offset;
    const local = header(0x04034b50, [VERSION, FLAGS, DEFLATED, ...stamp], {
      name,
      crc: 0,
      packed: 0,
      plain: 0,
    });
    yield counted(Buffer.concat([local, Buffer.from(name, "utf8")]));
    let crc = 0;
    let plain = 0;
    let packed = 0;
    const measured = async function* () {
      for await (const text of content) {
        const bytes = Buffer.from(text, "utf8");
        crc = crc32(bytes, crc);
        plain += bytes.length;
        yield bytes;
      }
    };
    const deflate = createDeflateRaw({ level: 5 });
    // A failure of either side destroys the other, and comes out below where the bytes are read.
    const piped = pipeline(Readable.from(measured()), deflate);
    piped.catch(() => undefined);
    for await (const chunk of deflate as AsyncIterable<Buffer>) {
      packed += chunk.length;
      yield counted(chunk);
    }
    await piped;
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(0x08074b50, 0);
    sizes.writeUInt32LE(crc, 4);
    sizes.writeUInt32LE(packed, 8);
    sizes.writeUInt32LE(plain, 12);
    yield counted(sizes);
    done.push({ name, crc, packed, plain, offset: start });
  }
  const directory = offset;
  for (const entry of done) {
    const central = header(0x02014b50, [VERSION, VERSION, FLAGS, DEFLATED, ...stamp], entry);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(entry.offset, 10);
    yield counted(Buffer.concat([central, rest, Buffer.from(entry.name, "utf8")]));
  }
  const size = offset - directory;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(done.length, 8);
  end.writeUInt16LE(done.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(directory, 16);
  yield end;
}
