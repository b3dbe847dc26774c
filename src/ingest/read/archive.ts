/** The members of a zip archive: listed without unpacking, bounded, unpacked one at a time. */
import path from "node:path";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { Problem } from "../../base/problem.ts";
import { type ByteSource, bombProblem, brokenArchive, chunksOf, isBomb } from "./byte-source.ts";

export interface Member {
  readonly entry: Entry;
  /** Path inside the archive. */
  readonly name: string;
  readonly bytes: number;
}

const MOST_MEMBERS = 10_000;
/** 64 GiB in one archive; larger ones are better unpacked by hand. */
const MOST_BYTES = 64 * 2 ** 30;

export class Archive {
  readonly name: string;
  readonly members: readonly Member[];
  readonly #zip: ZipFile;

  private constructor(name: string, zip: ZipFile, members: readonly Member[]) {
    this.name = name;
    this.#zip = zip;
    this.members = members;
  }

  /**
   * @throws Problem `BROKEN_ARCHIVE`, `ARCHIVE_TOO_LARGE`
   */
  static async open(name: string, file: string): Promise<Archive> {
    let zip: ZipFile;
    try {
      zip = await openPromise(file, { lazyEntries: true, autoClose: false });
    } catch (error) {
      throw archiveFault(name, error);
    }
    try {
      if (zip.entryCount > MOST_MEMBERS) throw bombProblem(name);
      const members: Member[] = [];
      let total = 0;
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith("/")) continue;
        total += entry.uncompressedSize;
        members.push({ entry, name: entry.fileName, bytes: entry.uncompressedSize });
      }
      if (total > MOST_BYTES || isBomb(zip.fileSize, total)) throw bombProblem(name);
      return new Archive(name, zip, members);
    } catch (error) {
      zip.close();
      throw archiveFault(name, error);
    }
  }

  has(name: string): boolean {
    return this.members.some((member) => member.name === name);
  }

  /** A member's bytes; sizes and check sums that do not agree are a `BROKEN_ARCHIVE`. */
  source(member: Member, shownAs = `${this.name}/${member.name}`): ByteSource {
    const zip = this.#zip;
    const { entry } = member;
    return {
      name: shownAs,
      totalBytes: member.bytes,
      async *open(onRead) {
        if (entry.isEncrypted()) throw encryptedArchive(shownAs);
        let read = 0;
        let checksum = 0;
        try {
          const stream = await zip.openReadStreamPromise(entry);
          for await (const chunk of chunksOf(stream)) {
            read += chunk.length;
            checksum = crc32(chunk, checksum);
            onRead?.(read);
            yield chunk;
          }
        } catch (error) {
          throw archiveFault(shownAs, error);
        }
        if (checksum !== entry.crc32) throw brokenArchive(shownAs, "its check sum differs");
      },
    };
  }

  close(): void {
    this.#zip.close();
  }
}

function encryptedArchive(name: string): Problem {
  return new Problem("ENCRYPTED_ARCHIVE", {
    what: "The archive is locked with a password",
    where: name,
    fix: "Unpack it with its password and import the table.",
  });
}

/** A failure while reading an archive as a Problem; the disk's own failures stay what they are. */
function archiveFault(name: string, error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (error instanceof Error && "syscall" in error) return error;
  const locked = error instanceof Error && /encrypt/i.test(error.message);
  return locked ? encryptedArchive(name) : brokenArchive(name, error);
}

/** Members that no person put there. */
export function isDebris(name: string): boolean {
  return name.startsWith("__MACOSX/") || path.posix.basename(name).startsWith(".");
}
