/** What a file is, by its first bytes; names are believed only where bytes leave it open. */
import { isUtf8 } from "node:buffer";
import { Problem } from "../../base/problem.ts";

export type FileKind = "gzip" | "zip" | "parquet" | "json" | "text";

const LFS = "version https://git-lfs.github.com/spec/";
const MARKUP = /^(?:<!doctype\b|<html\b|<head\b|<body\b|<table\b|<\?xml\b|<!--)/i;
const ZIP = ["PK\x03\x04", "PK\x05\x06", "PK\x07\x08"];
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/** Signatures of files that hold no table we read. */
const FOREIGN: readonly (readonly [string, Buffer])[] = [
  ["a PDF document", Buffer.from("%PDF-")],
  ["a PNG picture", Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ["a JPEG picture", Buffer.from([0xff, 0xd8, 0xff])],
  ["a GIF picture", Buffer.from("GIF8")],
  ["an SQLite database", Buffer.from("SQLite format 3\0")],
  ["a 7-Zip archive", Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])],
  ["a RAR archive", Buffer.from("Rar!\x1a\x07", "latin1")],
  ["an XZ archive", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
  ["a Zstandard archive", Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ["a bzip2 archive", Buffer.from("BZh")],
  ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46])],
];

const TABLE_FILE = /\.(csv|tsv|txt|psv|gz|zip|xlsx|parquet|jsonl|ndjson)$/i;

/** True when a file in a directory is a candidate by its ending; hidden files, .json and .md are not. */
export function isTableFileName(name: string): boolean {
  const base = name.slice(name.lastIndexOf("/") + 1);
  return !base.startsWith(".") && TABLE_FILE.test(base);
}

export function isNamedAsText(name: string): boolean {
  return /\.(csv|tsv|txt|psv)$/i.test(name);
}

export function spreadsheetAsCsv(name: string): Problem {
  return new Problem("SPREADSHEET_AS_CSV", {
    what: "The file is a spreadsheet, though its name says it is text",
    where: name,
    fix: "Rename it to .xlsx, or save the sheet as CSV UTF-8 and import that.",
  });
}

export function unsupportedSpreadsheet(name: string, format: string): Problem {
  return new Problem("UNSUPPORTED_SPREADSHEET", {
    what: `The file is a spreadsheet in ${format}`,
    where: name,
    fix: "Save it as .xlsx or CSV UTF-8 and import that.",
  });
}

function binaryFile(name: string, what: string): Problem {
  return new Problem("BINARY_FILE", {
    what: `The file is ${what}, not a table`,
    where: name,
    fix: "Export the table as CSV, XLSX, Parquet or JSON lines.",
  });
}

/**
 * @param head at least the first 4 KiB where the file has them
 * @throws Problem `EMPTY_FILE`, `GIT_LFS_POINTER`, `HTML_FILE`, `BINARY_FILE`, `SPREADSHEET_AS_CSV`,
 *   `UNSUPPORTED_SPREADSHEET`
 */
export function fileKind(name: string, head: Buffer): FileKind {
  if (head.length === 0) {
    throw new Problem("EMPTY_FILE", {
      what: "The file is empty",
      where: name,
      fix: "Export the table again and import that file.",
    });
  }
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  const archive = head.subarray(0, 4).toString("latin1");
  if (ZIP.includes(archive)) return "zip";
  if (archive === "PAR1") return "parquet";
  if (head.subarray(0, 4).equals(OLE)) {
    throw isNamedAsText(name)
      ? spreadsheetAsCsv(name)
      : unsupportedSpreadsheet(name, "the old .xls format, or locked with a password");
  }
  for (const [what, signature] of FOREIGN) {
    if (head.subarray(0, signature.length).equals(signature) && !isPlainText(head)) {
      throw binaryFile(name, what);
    }
  }
  const start = head.subarray(0, 4096).toString("latin1");
  const text = start.replace(/^(\xef\xbb\xbf)?\s+|^\xef\xbb\xbf/, "").replaceAll("\0", "");
  if (text.startsWith(LFS)) {
    throw new Problem("GIT_LFS_POINTER", {
      what: "The file is a Git LFS pointer: the table itself was not downloaded",
      where: name,
      fix: "Run `git lfs pull` where it comes from, then import the real file.",
    });
  }
  if (MARKUP.test(text.replace(/^(\xff\xfe|\xfe\xff)/, ""))) {
    throw new Problem("HTML_FILE", {
      what: "The file is a web page or XML, often a login page saved under a table's name",
      where: name,
      fix: "Sign in and download the export again, as CSV or XLSX.",
    });
  }
  if (looksBinary(head)) throw binaryFile(name, "binary data");
  return isJson(name, text) ? "json" : "text";
}

/** True for UTF-8 whose last sequence may be cut. */
function isUtf8Start(head: Buffer): boolean {
  return [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, Math.max(0, head.length - cut))));
}

function controlShare(head: Buffer): number {
  let controls = 0;
  for (const byte of head) {
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) controls++;
  }
  return controls / head.length;
}

function isPlainText(head: Buffer): boolean {
  return controlShare(head) === 0 && isUtf8Start(head);
}

/** Text holds few control characters; UTF-16 holds many NULs, all at even or all at odd places. */
function looksBinary(head: Buffer): boolean {
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (marked) return false;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < head.length; i++) if (head[i] === 0) i % 2 === 0 ? even++ : odd++;
  const wide =
    Math.max(even, odd) > head.length * 0.05 && Math.min(even, odd) * 10 <= Math.max(even, odd);
  if (wide) return false;
  const share = controlShare(head);
  const decodable = isUtf8Start(head);
  return share > (decodable ? 0.3 : 0.04);
}

/** JSON lines or an array of objects; a text table whose header starts with a brace stays a text table. */
function isJson(name: string, text: string): boolean {
  const body = text.replace(/^[\xff\xfe]{2}/, "").trimStart();
  if (/^\[\s*(\{|\]|$)/.test(body)) return true;
  if (!body.startsWith("{")) return false;
  if (/\.(jsonl|ndjson|json)(\.gz)?$/i.test(name)) return true;
  return /^\{\s*("(?:[^"\\]|\\.)*"\s*:|\}|$)/.test(body);
}
