import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { afterAll } from "vitest";
import {
  type ReadOptions,
  type RecordSet,
  readRecordSets,
} from "../../../src/ingest/read/record-sets.ts";

/** A folder for this test file's tables, removed afterwards. */
export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "leadsmart-read-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function readBytes(
  folder: string,
  name: string,
  bytes: string | Uint8Array,
  options: Partial<ReadOptions> = {},
) {
  const work = mkdtempSync(path.join(folder, "work-"));
  const file = path.join(work, "received");
  writeFileSync(file, bytes);
  return readRecordSets({ name, path: file }, { workDirectory: work, ...options });
}

/** The only table of a file. */
export async function readOne(
  folder: string,
  name: string,
  bytes: string | Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<RecordSet> {
  const { sets } = await readBytes(folder, name, bytes, options);
  if (sets.length !== 1) throw new Error(`${name} holds ${sets.length} tables`);
  return sets[0] as RecordSet;
}

/** Canonical CSV parsed by a reader of its own: strict RFC 4180 over characters. */
export function parseStrict(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      at++;
      for (;;) {
        const close = text.indexOf('"', at);
        if (close === -1) throw new Error("an open quote in a canonical file");
        cell += text.slice(at, close);
        at = close + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at++;
      }
    } else {
      const stop = text.slice(at).search(/[,\n]/);
      if (stop === -1) throw new Error("a canonical file without a last line break");
      cell = text.slice(at, at + stop);
      if (/["\r]/.test(cell)) throw new Error(`a bare ${JSON.stringify(cell)}`);
      at += stop;
    }
    row.push(cell);
    if (text[at] === "\n") {
      rows.push(row);
      row = [];
    } else if (text[at] !== ",") throw new Error("text after a closing quote");
    at++;
  }
  return rows;
}

/** Records as [line, …cells]. */
export function recordsOf(set: Pick<RecordSet, "path">): string[][] {
  return parseStrict(readFileSync(set.path, "utf8")).slice(1);
}

/** Malformed records as [line, code, reason, record]. */
export function malformedOf(set: Pick<RecordSet, "malformedPath">): string[][] {
  if (set.malformedPath === null) return [];
  return parseStrict(readFileSync(set.malformedPath, "utf8")).slice(1);
}

interface ZipOptions {
  readonly encrypted?: boolean;
  /** Claims this size instead of the true one. */
  readonly claimed?: number;
}

/** A zip archive, made by hand so that it can be broken by hand. */
export function zip(
  members: Record<string, string | Uint8Array>,
  options: ZipOptions = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const title = Buffer.from(name, "utf8");
    const flags = 0x800 | (options.encrypted ? 1 : 0);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(options.claimed ?? bytes.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, title, packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 0]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02"), made, common, entry, title]));
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listing, Buffer.from("PK\x05\x06"), end]);
}
