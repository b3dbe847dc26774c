/** From a file on disk to its record sets: looks what it is, unpacks what is packed, reports what it leaves out. */
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isProblem, Problem } from "../../base/problem.ts";
import { Archive, isDebris } from "./archive.ts";
import { type ByteSource, fileSource, firstBytes, gzipSource } from "./byte-source.ts";
import {
  type FileKind,
  fileKind,
  isNamedAsText,
  isTableFileName,
  spreadsheetAsCsv,
  unsupportedSpreadsheet,
} from "./file-kind.ts";
import { readJson } from "./read-json.ts";
import { readParquet } from "./read-parquet.ts";
import { readText } from "./read-text.ts";
import { readWorkbook } from "./read-workbook.ts";
import type { ReadOptions, ReadResult, RecordSet, Unreadable } from "./record-sets.ts";

const HEAD_BYTES = 1 << 16;

export interface StoredFile {
  /** As shown to people. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

/** A table that may turn out unreadable without spoiling the others. */
interface Part {
  readonly name: string;
  readonly read: () => Promise<RecordSet[]>;
}

export async function readFile(file: StoredFile, options: ReadOptions): Promise<ReadResult> {
  const source = fileSource(file.name, file.path, file.size);
  const head = await firstBytes(source, HEAD_BYTES);
  const kind = fileKind(file.name, head);
  if (kind === "zip") return readZip(file, options);
  if (kind === "gzip") {
    const unpacked = gzipSource(file.name, file.path, file.size);
    const inner = await firstBytes(unpacked, HEAD_BYTES);
    return readUnpacked(unpacked, inner, file.size, options);
  }
  if (kind === "parquet") {
    return one(await readParquet(file.name, file.path, file.size, options));
  }
  return one(await readPlain(kind, source, head, file.size, options));
}

function one(set: RecordSet): ReadResult {
  return { sets: [set], skipped: [], unreadable: [] };
}

function readPlain(
  kind: FileKind,
  source: ByteSource,
  head: Uint8Array,
  bytes: number,
  options: ReadOptions,
): Promise<RecordSet> {
  return kind === "json"
    ? readJson(source, head, bytes, options)
    : readText(source, head, bytes, options);
}

/** What came out of an archive: text is read as it streams, a workbook or Parquet file goes to disk first. */
async function readUnpacked(
  source: ByteSource,
  head: Buffer,
  bytes: number,
  options: ReadOptions,
): Promise<ReadResult> {
  const kind = fileKind(source.name.replace(/\.gz$/i, ""), head);
  if (kind === "text" || kind === "json") {
    return one(await readPlain(kind, source, head, bytes, options));
  }
  if (kind === "gzip") throw nestedArchive(source.name);
  const folder = await mkdtemp(path.join(options.workDirectory, "unpacked-"));
  const target = path.join(folder, "content");
  try {
    let size = 0;
    const copy = async function* () {
      for await (const chunk of source.open()) {
        options.signal?.throwIfAborted();
        size += chunk.length;
        yield Buffer.from(chunk);
      }
    };
    await pipeline(Readable.from(copy()), createWriteStream(target));
    if (kind === "parquet") return one(await readParquet(source.name, target, size, options));
    const archive = await Archive.open(source.name, target);
    try {
      if (!archive.has("[Content_Types].xml")) throw nestedArchive(source.name);
      return await readSpreadsheet(archive, size, options);
    } finally {
      archive.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readZip(file: StoredFile, options: ReadOptions): Promise<ReadResult> {
  const archive = await Archive.open(file.name, file.path);
  try {
    const isOffice = archive.has("[Content_Types].xml") || archive.has("content.xml");
    return isOffice
      ? await readSpreadsheet(archive, file.size, options)
      : await readMembers(archive, options);
  } finally {
    archive.close();
  }
}

async function readSpreadsheet(
  archive: Archive,
  bytes: number,
  options: ReadOptions,
): Promise<ReadResult> {
  const { name } = archive;
  if (isNamedAsText(name)) throw spreadsheetAsCsv(name);
  if (archive.has("xl/workbook.bin")) throw unsupportedSpreadsheet(name, "the binary .xlsb format");
  if (archive.has("content.xml")) throw unsupportedSpreadsheet(name, "the OpenDocument format");
  const sheets = await readWorkbook(archive, bytes, options);
  const parts = sheets.map(
    (sheet): Part => ({
      name: sheet.name,
      read: async () => {
        const set = await sheet.read();
        return set === null ? [] : [set];
      },
    }),
  );
  const { unreadable, ...read } = await readParts(name, parts, []);
  // A sheet of notes beside the tables is no fault of the workbook.
  const notes = unreadable.map((sheet) => ({ name: sheet.name, reason: told(sheet.problem) }));
  return { ...read, skipped: [...read.skipped, ...notes], unreadable: [] };
}

function told(problem: Problem): string {
  return `${problem.code}: ${problem.what}`;
}

async function readMembers(archive: Archive, options: ReadOptions): Promise<ReadResult> {
  const members = archive.members.filter((member) => !isDebris(member.name));
  const skipped: { name: string; reason: string }[] = [];
  const parts: Part[] = [];
  for (const member of members) {
    const name = `${archive.name}/${member.name}`;
    // A file that is alone in its archive is meant, whatever its ending.
    if (members.length > 1 && !isTableFileName(member.name)) {
      skipped.push({ name, reason: "not a table file by its ending" });
      continue;
    }
    const read = async () => {
      const source = archive.source(member);
      const head = await firstBytes(source, HEAD_BYTES);
      const result = await readUnpacked(source, head, member.bytes, options);
      skipped.push(...result.skipped);
      if (result.unreadable[0]) throw result.unreadable[0].problem;
      return result.sets;
    };
    parts.push({ name, read });
  }
  return readParts(archive.name, parts, skipped);
}

/**
 * Reads parts one after the other, and tells of those that cannot be read beside those that can.
 *
 * @throws Problem of the part when it is the only one; `NO_TABLE` when none can be read
 */
async function readParts(
  name: string,
  parts: readonly Part[],
  skipped: { name: string; reason: string }[],
): Promise<ReadResult> {
  const sets: RecordSet[] = [];
  const unreadable: Unreadable[] = [];
  for (const part of parts) {
    try {
      sets.push(...(await part.read()));
    } catch (error) {
      if (!isProblem(error)) throw error;
      unreadable.push({ name: part.name, problem: error });
    }
  }
  if (sets.length > 0) return { sets, skipped, unreadable };
  const [first, second] = unreadable;
  if (first && !second) throw first.problem;
  throw new Problem("NO_TABLE", {
    what: "Nothing inside can be read as a table",
    where: name,
    fix: "Look at what it holds, and import the table itself.",
    details: {
      skipped: [
        ...skipped,
        ...unreadable.map((part) => ({ name: part.name, reason: told(part.problem) })),
      ],
    },
  });
}

function nestedArchive(name: string): Problem {
  return new Problem("NESTED_ARCHIVE", {
    what: "An archive lies inside an archive",
    where: name,
    fix: "Unpack the outer one and import what is inside.",
  });
}
