/** Files exactly as received, named by their SHA-256: `blobs/ab/cdef…`. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { Problem } from "../base/problem.ts";
import { fsyncFolder } from "./fsync-folder.ts";
import { beginPart, endPart, sweepParts } from "./parts.ts";
import type { BlobStore } from "./store.ts";

const HASH = /^[0-9a-f]{64}$/;

/**
 * Opens the folder, creating it, and sweeps what killed processes left half written.
 *
 * @param redactedHash the hash to read in place of another (redaction.ts)
 * @param nowMs only decides how old an abandoned part of another machine is
 */
export async function openBlobs(options: {
  readonly folder: string;
  readonly redactedHash: (hash: string) => Promise<string>;
  readonly nowMs: number;
}): Promise<BlobStore> {
  const { folder, redactedHash, nowMs } = options;
  const parts = path.join(folder, "parts");
  await mkdir(parts, { recursive: true, mode: 0o700 });
  await fsyncFolder(folder);
  await sweepParts(parts, nowMs);

  const placeOf = (hash: string) => path.join(folder, hash.slice(0, 2), hash.slice(2));
  const isThere = async (hash: string) => HASH.test(hash) && (await isFile(placeOf(hash)));

  return {
    put: async (content) => {
      const part = beginPart(parts);
      try {
        const { hash, bytes } = await writePart(part, content);
        const place = placeOf(hash);
        const shard = path.dirname(place);
        await mkdir(shard, { recursive: true, mode: 0o700 });
        // Also over a file already there: equal bytes, and a damaged copy is healed.
        await rename(part, place);
        await fsyncFolder(shard);
        await fsyncFolder(folder); // the shard may be new, made by this put or by one beside it
        return { hash, bytes };
      } finally {
        await rm(part, { force: true });
        endPart(part);
      }
    },
    path: async (hash) => {
      const current = await redactedHash(hash);
      if (await isThere(current)) return placeOf(current);
      throw new Problem("BLOB_MISSING", {
        what: "A file that an import was made from is not in the store",
        where: `blob ${current}`,
        fix: "Copy blobs/ back from a backup, or import the same file again.",
        details: { hash: current },
      });
    },
    has: isThere,
    list: async () => {
      const hashes: string[] = [];
      for (const shard of await readdir(folder)) {
        if (!/^[0-9a-f]{2}$/.test(shard)) continue;
        for (const rest of await readdir(path.join(folder, shard))) {
          if (HASH.test(shard + rest)) hashes.push(shard + rest);
        }
      }
      return hashes.sort();
    },
    verify: async (hash) => {
      if (!(await isThere(hash))) return false;
      const digest = createHash("sha256");
      for await (const chunk of createReadStream(placeOf(hash))) digest.update(chunk);
      return digest.digest("hex") === hash;
    },
  };
}

/** Streams into a new file, hashing on the way, and fsyncs it. */
async function writePart(
  part: string,
  content: Readable,
): Promise<{ hash: string; bytes: number }> {
  const digest = createHash("sha256");
  let bytes = 0;
  const file = await open(part, "wx", 0o600);
  try {
    for await (const chunk of content) {
      const block = typeof chunk === "string" ? Buffer.from(chunk) : (chunk as Uint8Array);
      digest.update(block);
      bytes += block.length;
      await file.writeFile(block);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { hash: digest.digest("hex"), bytes };
}

async function isFile(place: string): Promise<boolean> {
  try {
    return (await stat(place)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
