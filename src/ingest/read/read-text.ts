/** A text table (CSV and its relatives) from bytes to canonical records. */
import { isUtf8 } from "node:buffer";
import { mkdtemp } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../../base/problem.ts";
import type { ByteSource } from "./byte-source.ts";
import { CanonicalWriter, columnLine } from "./canonical-writer.ts";
import { type Encoding, encodingOfHead, encodingOfWhole } from "./encoding.ts";
import { columnNames } from "./header.ts";
import { MalformedLog } from "./malformed.ts";
import type { ReadOptions, RecordSet } from "./record-sets.ts";
import { NotUtf8, Scanner, UnnamedData } from "./scanner.ts";
import { type Layout, sniffDialect } from "./sniff-dialect.ts";
import { toUtf8 } from "./transcode.ts";

export const MAX_RECORD_BYTES = 4 * 2 ** 20;
const HEAD_BYTES = 256 * 1024;
const FLUSH_BYTES = 1 << 20;

/** What is believed about the file; a pass that proves it wrong is repeated with what was learnt. */
interface Belief {
  readonly encoding: Encoding;
  readonly utf8: "strict" | "tolerant";
  /** Columns to write; null = those with a name. */
  readonly columns: number | null;
}

/**
 * Reads a text table.
 *
 * @param head the source's first bytes as stored, for the encoding
 * @param bytes size of the original
 * @throws Problem `EMPTY_FILE`, `EMPTY_TABLE`, `DUPLICATE_HEADER`, `NO_TABLE`, `UNKNOWN_ENCODING`
 */
export async function readText(
  source: ByteSource,
  head: Uint8Array,
  bytes: number,
  options: ReadOptions,
): Promise<RecordSet> {
  const folder = await mkdtemp(path.join(options.workDirectory, "records-"));
  let belief: Belief = {
    encoding: encodingOfHead(source.name, head),
    utf8: "strict",
    columns: null,
  };
  for (;;) {
    try {
      return await pass(source, bytes, folder, options, belief);
    } catch (error) {
      if (error instanceof NotUtf8) {
        const marked = belief.encoding !== "utf-8";
        const encoding = marked ? belief.encoding : await encodingOfWhole(source);
        belief = { ...belief, encoding, utf8: "tolerant" };
      } else if (error instanceof UnnamedData) {
        belief = { ...belief, columns: error.columns };
      } else throw error;
    }
  }
}

async function pass(
  source: ByteSource,
  bytes: number,
  folder: string,
  options: ReadOptions,
  belief: Belief,
): Promise<RecordSet> {
  const writer = new CanonicalWriter(path.join(folder, "records.csv"));
  const malformed = new MalformedLog(path.join(folder, "malformed.csv"));
  try {
    let head: Buffer | null = Buffer.alloc(0);
    let layout: Layout | null = null;
    let header: readonly string[] = [];
    let scanner: Scanner | null = null;
    const begin = (whole: boolean) => {
      const found = layoutOf(source.name, head as Buffer, whole);
      // Names are decoded by the encoding of the whole file, also where only they tell it.
      const titles = (head as Buffer).subarray(0, found.bodyAt);
      if (belief.utf8 === "strict" && !isUtf8(titles)) throw new NotUtf8();
      const names = columnNames(source.name, found.header, belief.columns);
      layout = found;
      header = names.columns;
      writer.text(columnLine(header.length));
      scanner = new Scanner(
        {
          dialect: found.dialect,
          columns: header.length,
          named: names.named,
          surplus: found.header.length - header.length,
          firstLine: found.bodyLine,
          maxRecordBytes: options.maxRecordBytes ?? MAX_RECORD_BYTES,
          utf8: belief.utf8,
        },
        writer,
        malformed,
      );
      scanner.feed((head as Buffer).subarray(found.bodyAt));
      head = null;
    };
    let stored = 0;
    const report = () => {
      const { totalBytes } = source;
      options.onProgress?.({
        file: source.name,
        bytes: stored,
        totalBytes,
        records: writer.records,
      });
    };
    const chunks = source.open((count) => {
      stored = count;
    });
    for await (const chunk of toUtf8(chunks, belief.encoding)) {
      options.signal?.throwIfAborted();
      if (scanner !== null) (scanner as Scanner).feed(chunk);
      else {
        head = Buffer.concat([head as Buffer, chunk]);
        if (head.length >= HEAD_BYTES) begin(false);
      }
      if (writer.length >= FLUSH_BYTES) {
        await writer.flush();
        await malformed.flush();
        report();
      }
    }
    if (scanner === null) begin(true);
    const read = scanner as unknown as Scanner;
    read.finish();
    report();
    const { dialect } = layout as unknown as Layout;
    if (writer.records === 0 && malformed.count === 0) throw emptyTable(source.name);
    await writer.close();
    const malformedPath = await malformed.close();
    return {
      name: source.name,
      container: "text",
      header,
      encoding: belief.encoding,
      delimiter: dialect.delimiter === null ? null : String.fromCharCode(dialect.delimiter),
      path: writer.path,
      records: writer.records,
      malformedPath,
      malformed: malformed.count,
      parallelSafe: !writer.quotedNewlines,
      longestRecordBytes: writer.longestRecordBytes,
      bytes,
      sample: read.sample,
    };
  } catch (error) {
    await writer.discard();
    await malformed.discard();
    throw error;
  }
}

function layoutOf(name: string, head: Buffer, whole: boolean): Layout {
  const layout = sniffDialect(head, whole);
  if (layout !== null) return layout;
  if (whole && head.every((byte) => byte <= 32)) {
    throw new Problem("EMPTY_FILE", {
      what: "The file is empty",
      where: name,
      fix: "Export the table again and import that file.",
    });
  }
  throw new Problem("NO_TABLE", {
    what: "No line in the file's beginning can be read as a header",
    where: name,
    fix: "The first line must hold the column names; check its quotes.",
  });
}

/** A header without any row below it. */
export function emptyTable(name: string): Problem {
  return new Problem("EMPTY_TABLE", {
    what: "The table has a header but no rows",
    where: name,
    fix: "Export it again for a period that has data.",
  });
}
