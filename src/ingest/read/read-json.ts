/** JSON lines, or one array of objects, from bytes to canonical records: a column for every key in the file. */
import { isUtf8 } from "node:buffer";
import { mkdtemp } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../../base/problem.ts";
import type { ByteSource } from "./byte-source.ts";
import { CanonicalWriter, columnLine } from "./canonical-writer.ts";
import { encodingOfHead, markBytes } from "./encoding.ts";
import { columnNames } from "./header.ts";
import { isArrayStart, JsonArray, type JsonElement, JsonLines } from "./json-elements.ts";
import { jsonFields } from "./json-fields.ts";
import { type MalformedCode, MalformedLog } from "./malformed.ts";
import { emptyTable, MAX_RECORD_BYTES } from "./read-text.ts";
import type { ReadOptions, RecordSet } from "./record-sets.ts";
import { toUtf8 } from "./transcode.ts";

/** More keys than this are data used as names. */
const MOST_COLUMNS = 2000;
const FLUSH_BYTES = 1 << 20;
const SAMPLE_RECORDS = 20;

type Fields = Map<string, string>;
type Outcome =
  | { readonly fields: Fields }
  | { readonly code: MalformedCode; readonly reason: string };

/**
 * Reads the file twice: for its keys, then for its rows.
 *
 * @throws Problem `NO_TABLE` where no element is an object, `EMPTY_TABLE` for an empty array
 */
export async function readJson(
  source: ByteSource,
  head: Uint8Array,
  bytes: number,
  options: ReadOptions,
): Promise<RecordSet> {
  const encoding = encodingOfHead(source.name, head);
  const inArray = isArrayStart(await textHead(head, encoding));
  const most = options.maxRecordBytes ?? MAX_RECORD_BYTES;
  let stored = 0;
  const each = async (take: (element: JsonElement) => void, pause: () => Promise<void>) => {
    const cutter = inArray ? new JsonArray(most, take) : new JsonLines(most, take);
    const chunks = source.open((count) => {
      stored = count;
    });
    for await (const chunk of toUtf8(chunks, encoding)) {
      options.signal?.throwIfAborted();
      cutter.feed(chunk);
      await pause();
    }
    cutter.finish();
  };

  const keys = new Set<string>();
  let elements = 0;
  await each(
    (element) => {
      elements++;
      for (const key of keysOf(element)) if (keys.size < MOST_COLUMNS) keys.add(key);
    },
    async () => undefined,
  );
  if (elements === 0) throw emptyTable(source.name);
  if (keys.size === 0) throw noObjects(source.name);
  const names = [...keys];
  const header = columnNames(source.name, names, names.length).columns;

  const folder = await mkdtemp(path.join(options.workDirectory, "records-"));
  const writer = new CanonicalWriter(path.join(folder, "records.csv"));
  const malformed = new MalformedLog(path.join(folder, "malformed.csv"));
  const sample: string[][] = [];
  try {
    writer.text(columnLine(header.length));
    await each(
      (element) => {
        const outcome = fieldsOf(element, keys);
        if ("code" in outcome) {
          malformed.add(element.line, outcome.code, outcome.reason, element.bytes);
          return;
        }
        const cells = names.map((name) => outcome.fields.get(name) ?? "");
        writer.record(
          element.line,
          cells.map((cell) => Buffer.from(cell)),
        );
        if (sample.length < SAMPLE_RECORDS) sample.push(cells);
      },
      async () => {
        if (writer.length < FLUSH_BYTES) return;
        await writer.flush();
        await malformed.flush();
        const { totalBytes, name } = source;
        options.onProgress?.({ file: name, bytes: stored, totalBytes, records: writer.records });
      },
    );
    if (writer.records === 0) throw noObjects(source.name);
    await writer.close();
    return {
      name: source.name,
      container: "jsonl",
      header,
      encoding,
      delimiter: null,
      path: writer.path,
      records: writer.records,
      malformedPath: await malformed.close(),
      malformed: malformed.count,
      parallelSafe: !writer.quotedNewlines,
      longestRecordBytes: writer.longestRecordBytes,
      bytes,
      sample,
    };
  } catch (error) {
    await writer.discard();
    await malformed.discard();
    throw error;
  }
}

async function textHead(head: Uint8Array, encoding: ReturnType<typeof encodingOfHead>) {
  async function* once() {
    yield head;
  }
  for await (const chunk of toUtf8(once(), encoding)) return chunk;
  return head.subarray(markBytes(encoding, head));
}

function noObjects(name: string): Problem {
  return new Problem("NO_TABLE", {
    what: "The JSON holds no list of objects",
    where: name,
    fix: "Give one object a line, or one array of objects.",
  });
}

/** Keys of an element, by the quick parser; none where it is no object. */
function keysOf(element: JsonElement): string[] {
  if (element.oversized) return [];
  try {
    const value: unknown = JSON.parse(Buffer.from(element.bytes).toString("utf8"));
    return isRecord(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields of an element as text, numbers exactly as written. */
function fieldsOf(element: JsonElement, known: ReadonlySet<string>): Outcome {
  if (element.oversized) return { code: "OVERSIZED_RECORD", reason: "The record is too long" };
  if (!isUtf8(element.bytes)) {
    return { code: "UNDECODABLE_BYTES", reason: "The record holds bytes that are not UTF-8" };
  }
  const text = Buffer.from(element.bytes).toString("utf8");
  let fields: Fields;
  try {
    fields = jsonFields(text);
  } catch (error) {
    return { code: "BAD_JSON", reason: `The record cannot be read: ${shortReason(error)}` };
  }
  for (const [key, cell] of fields) {
    if (cell.includes("\0"))
      return { code: "NUL_BYTE", reason: "The record holds a NUL character" };
    if (/\p{Surrogate}/u.test(cell)) {
      return { code: "UNDECODABLE_BYTES", reason: "The record holds half a character" };
    }
    if (!known.has(key)) {
      return { code: "BAD_JSON", reason: `The file has more than ${MOST_COLUMNS} different keys` };
    }
  }
  return { fields };
}

function shortReason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
