/**
 * Turns the bytes of a text table into canonical records, chunk by chunk, and accounts for every one of them.
 * Records that need no care are copied byte by byte in one loop; the others are parsed cell by cell.
 *
 * The outcome depends on the bytes alone, never on how they were cut into chunks: a record is judged only when it
 * lies in the buffer whole, or when it is longer than `maxRecordBytes`.
 */
import { isUtf8 } from "node:buffer";
import type { CanonicalWriter } from "./canonical-writer.ts";
import { copyPlain, type Place, type PlainRules, plainRules } from "./copy-plain.ts";
import { CR, type Dialect, LF, lineEnd, NUL, QUOTE } from "./dialect.ts";
import { KEPT_CHARACTERS, type MalformedCode, type MalformedLog } from "./malformed.ts";
import { blankFrom, type Cells, cellBytes, emptyCells, parseRecord } from "./parse-record.ts";

/** How many accepted records are kept as text for previews. */
const SAMPLE_RECORDS = 20;
const NOTHING = Buffer.alloc(0);

export interface ScanPlan {
  readonly dialect: Dialect;
  /** Columns that are written. */
  readonly columns: number;
  /** Columns with a name: cells a record must have at least; the unnamed ones behind may be missing. */
  readonly named: number;
  /** Further cells that the header leaves unnamed; dropped while they are empty. */
  readonly surplus: number;
  /** Physical line on which the first byte to come stands. */
  readonly firstLine: number;
  readonly maxRecordBytes: number;
  /** "strict" throws `NotUtf8` at the first undecodable byte, "tolerant" rejects such records one by one. */
  readonly utf8: "strict" | "tolerant";
}

/** The bytes are not UTF-8 after all: the encoding has to be decided with the whole file in view. */
export class NotUtf8 extends Error {}

/** A column without a name holds data: the table has to be read with `columns` columns. */
export class UnnamedData extends Error {
  readonly columns: number;
  constructor(columns: number) {
    super(`column ${columns} has no name but holds data`);
    this.columns = columns;
  }
}

export class Scanner {
  readonly sample: string[][] = [];
  readonly #plan: ScanPlan;
  readonly #rules: PlainRules;
  readonly #writer: CanonicalWriter;
  readonly #malformed: MalformedLog;
  readonly #cells: Cells = emptyCells();
  readonly #peeked: Cells = emptyCells();
  readonly #place: Place;
  /** Bytes before this index are known to be whole UTF-8 sequences. */
  #validTo = 0;
  /** Bytes before this index may hold undecodable ones. */
  #suspectTo = 0;
  #skipping = false;

  constructor(plan: ScanPlan, writer: CanonicalWriter, malformed: MalformedLog) {
    this.#plan = plan;
    this.#rules = plainRules(plan.dialect, plan.columns, plan.maxRecordBytes);
    this.#writer = writer;
    this.#malformed = malformed;
    this.#place = { bytes: new Uint8Array(0), at: 0, end: 0, line: plan.firstLine };
  }

  /** Takes the next bytes and writes every record that is complete with them. */
  feed(chunk: Uint8Array): void {
    this.#append(chunk);
    this.#validate(false);
    this.#scan(false);
  }

  /** Takes the end of the file. */
  finish(): void {
    this.#validate(true);
    this.#scan(true);
  }

  #append(chunk: Uint8Array): void {
    const place = this.#place;
    const kept = place.end - place.at;
    if (place.end + chunk.length > place.bytes.length) {
      const short = kept + chunk.length > place.bytes.length;
      const target = short ? new Uint8Array((kept + chunk.length) * 2) : place.bytes;
      target.set(place.bytes.subarray(place.at, place.end));
      place.bytes = target;
      this.#validTo = Math.max(0, this.#validTo - place.at);
      this.#suspectTo = Math.max(0, this.#suspectTo - place.at);
      place.at = 0;
      place.end = kept;
    }
    place.bytes.set(chunk, place.end);
    place.end += chunk.length;
  }

  /** Checks the bytes up to the last line break, where no sequence can be cut. */
  #validate(last: boolean): void {
    const { bytes, end } = this.#place;
    let to = end;
    if (!last) {
      to = bytes.lastIndexOf(LF, end - 1) + 1;
      if (this.#rules.loneCarriage) to = Math.max(to, bytes.lastIndexOf(CR, end - 1) + 1);
    }
    if (to <= this.#validTo) return;
    if (!isUtf8(bytes.subarray(this.#validTo, to))) {
      if (this.#plan.utf8 === "strict") throw new NotUtf8();
      this.#suspectTo = to;
    }
    this.#validTo = to;
  }

  #scan(last: boolean): void {
    const place = this.#place;
    while (place.at < place.end) {
      if (this.#skipping) {
        if (!this.#skip(last)) return;
        continue;
      }
      if (this.sample.length >= SAMPLE_RECORDS && place.at >= this.#suspectTo) {
        copyPlain(place, this.#rules, this.#writer);
      }
      if (place.at < place.end && !this.#takeWithCare(last)) return;
    }
  }

  /** Judges one record with all rules; false when it needs bytes that are not there yet. */
  #takeWithCare(last: boolean): boolean {
    const { dialect, maxRecordBytes, columns, named, surplus } = this.#plan;
    const place = this.#place;
    const { bytes, at } = place;
    const windowEnd = Math.min(place.end, at + maxRecordBytes);
    const over = last && windowEnd === place.end;
    const cells = this.#cells;
    const outcome = parseRecord(bytes, at, windowEnd, over, dialect, cells);

    if (outcome === "more") {
      if (windowEnd < at + maxRecordBytes) return false;
      const next = lineEnd(bytes, at, windowEnd, dialect.newline);
      if (next === -1) {
        this.#reject(windowEnd, 0, "OVERSIZED_RECORD", this.#tooLong());
        this.#skipping = true;
      } else {
        this.#reject(next, 1, "UNCLOSED_QUOTE", "A quoted cell is never closed");
      }
      return true;
    }
    if (outcome === "unclosed" || outcome === "junk") {
      const next = lineEnd(bytes, at, windowEnd, dialect.newline);
      if (next === -1 && !over) {
        if (windowEnd < at + maxRecordBytes) return false;
        this.#reject(windowEnd, 0, "OVERSIZED_RECORD", this.#tooLong());
        this.#skipping = true;
        return true;
      }
      const [code, reason]: [MalformedCode, string] =
        outcome === "unclosed"
          ? ["UNCLOSED_QUOTE", "A quoted cell is never closed"]
          : ["TEXT_AFTER_QUOTE", "Text follows a closing quote before the next delimiter"];
      this.#reject(next === -1 ? windowEnd : next, 1, code, reason);
      return true;
    }

    if ((cells.count < columns || isEmptyLine(cells)) && blankFrom(bytes, cells, 0)) {
      place.at = cells.next;
      place.line += cells.lines;
      return true;
    }
    const ragged =
      cells.count < named || (cells.count > columns && !blankFrom(bytes, cells, columns));
    if (ragged && cells.count > columns && cells.count <= columns + surplus) {
      throw new UnnamedData(lastFilled(cells));
    }
    if (ragged) {
      if (cells.lines > 1) {
        const swallowed = this.#nextLineStands(last);
        if (swallowed === null) return false;
        if (swallowed) {
          const next = lineEnd(bytes, at, windowEnd, dialect.newline);
          this.#reject(next, 1, "UNCLOSED_QUOTE", "A quoted cell is not closed on its line");
          return true;
        }
      }
      this.#reject(
        cells.next,
        cells.lines,
        "RAGGED_ROW",
        `The record has ${cells.count} cells, the header has ${columns}`,
      );
      return true;
    }
    if (at < this.#suspectTo && !isUtf8(bytes.subarray(at, cells.next))) {
      const reason = "The record holds bytes that are not UTF-8";
      this.#reject(cells.next, cells.lines, "UNDECODABLE_BYTES", reason);
      return true;
    }
    if (bytes.subarray(at, cells.next).includes(NUL)) {
      this.#reject(cells.next, cells.lines, "NUL_BYTE", "The record holds a NUL byte");
      return true;
    }
    this.#accept(cells);
    return true;
  }

  #accept(cells: Cells): void {
    const { dialect, columns } = this.#plan;
    const place = this.#place;
    const record: Buffer[] = [];
    for (let k = 0; k < columns; k++) {
      record.push(k < cells.count ? cellBytes(place.bytes, cells, k, dialect) : NOTHING);
    }
    this.#writer.record(place.line, record);
    if (this.sample.length < SAMPLE_RECORDS) {
      this.sample.push(record.map((cell) => cell.toString("utf8")));
    }
    place.at = cells.next;
    place.line += cells.lines;
  }

  #reject(next: number, lines: number, code: MalformedCode, reason: string): void {
    const place = this.#place;
    let to = Math.min(next, place.at + KEPT_CHARACTERS * 4);
    while (to > place.at && (place.bytes[to - 1] === LF || place.bytes[to - 1] === CR)) to--;
    this.#malformed.add(place.line, code, reason, place.bytes.subarray(place.at, to));
    place.at = next;
    place.line += lines;
  }

  /** Passes over the rest of an oversized line; false when its end is not in sight. */
  #skip(last: boolean): boolean {
    const place = this.#place;
    const next = lineEnd(place.bytes, place.at, place.end, this.#plan.dialect.newline);
    if (next !== -1) {
      place.at = next;
      place.line++;
      this.#skipping = false;
      return true;
    }
    const undecided = this.#rules.loneCarriage && place.bytes[place.end - 1] === CR && !last;
    place.at = undecided ? place.end - 1 : place.end;
    return false;
  }

  /**
   * For a record over several lines with a wrong number of cells: does a sound record start on its second line?
   * Then the quote was never meant to stay open. Null when that cannot be seen yet.
   */
  #nextLineStands(last: boolean): boolean | null {
    const { dialect, maxRecordBytes, columns, named } = this.#plan;
    if (columns < 2) return false;
    const { bytes, at, end } = this.#place;
    const second = lineEnd(bytes, at, end, dialect.newline);
    const windowEnd = Math.min(end, second + maxRecordBytes);
    const over = last && windowEnd === end;
    const outcome = parseRecord(bytes, second, windowEnd, over, dialect, this.#peeked);
    if (outcome === "more" && windowEnd < second + maxRecordBytes) return null;
    const { count } = this.#peeked;
    return (
      outcome === "record" && count >= named && count <= columns && !hasStray(bytes, this.#peeked)
    );
  }

  #tooLong(): string {
    return `The record is longer than ${this.#plan.maxRecordBytes} bytes`;
  }
}

/** True when an unquoted cell holds a quote, as the rest of a quoted cell does. */
function hasStray(bytes: Uint8Array, cells: Cells): boolean {
  for (let k = 0; k < cells.count; k++) {
    if (!cells.quoted[k] && bytes.subarray(cells.starts[k], cells.ends[k]).includes(QUOTE))
      return true;
  }
  return false;
}

/** How many cells there are up to the last one that is not blank. */
function lastFilled(cells: Cells): number {
  let columns = cells.count;
  while (columns > 0 && cells.ends[columns - 1] === cells.starts[columns - 1]) columns--;
  return columns;
}

function isEmptyLine(cells: Cells): boolean {
  return cells.count === 1 && cells.starts[0] === cells.ends[0] && cells.quoted[0] === false;
}
