/** Bytes that can be read from their beginning more than once: a file, or what a gzip file holds. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Problem } from "../../base/problem.ts";

export interface ByteSource {
  /** As shown to people. */
  readonly name: string;
  /** Size as stored, the measure of progress. */
  readonly totalBytes: number;
  /**
   * A chunk is good only until the next one is asked for.
   *
   * @param onRead told the stored bytes read so far
   */
  open(onRead?: (bytes: number) => void): AsyncIterable<Uint8Array>;
}

const CHUNK_BYTES = 1 << 20;
/** Below this many bytes nothing is called a bomb. */
const BOMB_FLOOR_BYTES = 128 * 2 ** 20;
/** Real tables compress 3 to 30 times; a bomb about 1,000 times. */
const BOMB_RATIO = 250;

/** True when `unpacked` bytes out of `packed` cannot be an honest table. */
export function isBomb(packed: number, unpacked: number): boolean {
  return unpacked > BOMB_FLOOR_BYTES && unpacked > packed * BOMB_RATIO;
}

export function bombProblem(name: string): Problem {
  return new Problem("ARCHIVE_TOO_LARGE", {
    what: "The archive unpacks to far more than a table of its size would",
    where: name,
    fix: "Unpack it yourself, look at what it holds, and import the table.",
  });
}

export function brokenArchive(name: string, cause: unknown): Problem {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Problem("BROKEN_ARCHIVE", {
    what: `The archive is damaged or cut short: ${message}`,
    where: name,
    fix: "Download or export it again, or import the unpacked table.",
    cause,
  });
}

export function fileSource(name: string, path: string, totalBytes: number): ByteSource {
  return {
    name,
    totalBytes,
    async *open(onRead) {
      const file = await open(path, "r");
      try {
        const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, totalBytes)));
        let position = 0;
        for (;;) {
          const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
          if (bytesRead === 0) return;
          position += bytesRead;
          onRead?.(position);
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await file.close();
      }
    },
  };
}

/** What a gzip file holds, of one member or several. */
export function gzipSource(name: string, path: string, totalBytes: number): ByteSource {
  return {
    name,
    totalBytes,
    async *open(onRead) {
      const packed = createReadStream(path, { highWaterMark: 256 * 1024 });
      const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
      // The failure surfaces where the chunks are taken.
      pipeline(packed, unpacked, () => undefined);
      let bytes = 0;
      try {
        for await (const chunk of unpacked as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          if (isBomb(packed.bytesRead, bytes)) throw bombProblem(name);
          onRead?.(packed.bytesRead);
          yield chunk;
        }
      } catch (error) {
        if (isZlibError(error)) throw brokenArchive(name, error);
        throw error;
      } finally {
        packed.destroy();
        unpacked.destroy();
      }
    },
  };
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

/** The first bytes of a source, at most `bytes`. */
export async function firstBytes(source: ByteSource, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.open()) {
    parts.push(Buffer.from(chunk));
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(parts).subarray(0, bytes);
}

/** A readable stream as chunks, with its stored size unknown. */
export async function* chunksOf(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk;
  } finally {
    stream.destroy();
  }
}
