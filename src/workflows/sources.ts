import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Problem } from "../base/problem.ts";
import { isTableFileName } from "../ingest/read/record-sets.ts";
import { withRoom } from "./disk-space.ts";

/** A file to read: the name people know it by, and where its bytes lie now. */
export interface Source {
  readonly name: string;
  readonly path: string;
}

export interface Sources {
  readonly sources: readonly Source[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

export interface SpoolOptions {
  /** What to call a table that comes without a name. */
  readonly name?: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * What there is to import at a path: the file itself, or the table files lying directly in a directory, by name. What
 * can be read only once (a pipe, `<(command)`) is spooled to the scratch directory first.
 *
 * @throws Problem `NO_SUCH_PATH`, `NOTHING_TO_IMPORT`, `DISK_FULL`
 */
export async function sourcesAt(
  location: string,
  scratchDirectory: string,
  options: SpoolOptions = {},
): Promise<Sources> {
  const found = await stat(location).catch(() => null);
  if (!found) {
    throw new Problem("NO_SUCH_PATH", {
      what: "There is no such file or directory",
      where: location,
      fix: "Check the path; a directory, a file, or - for standard input can be imported.",
    });
  }
  if (!found.isDirectory() && !found.isFile()) {
    const name = options.name ?? path.basename(location);
    const stream = createReadStream(location);
    return { sources: [await spool(stream, name, scratchDirectory, options.signal)], skipped: [] };
  }
  if (!found.isDirectory()) {
    return { sources: [{ name: path.basename(location), path: location }], skipped: [] };
  }
  const entries = await readdir(location, { withFileTypes: true });
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  const sources: Source[] = [];
  const skipped: { name: string; reason: string }[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const full = path.join(location, entry.name);
    const target = entry.isSymbolicLink() ? await stat(full).catch(() => null) : entry;
    if (target === null) skipped.push({ name: entry.name, reason: "a link to nothing" });
    else if (target.isDirectory())
      skipped.push({ name: entry.name, reason: "a folder: import it by its own path" });
    else if (!target.isFile())
      skipped.push({ name: entry.name, reason: "no file: import it by its own path" });
    else if (isTableFileName(entry.name)) sources.push({ name: entry.name, path: full });
    else skipped.push({ name: entry.name, reason: "not a table file by its ending" });
  }
  if (sources.length === 0) {
    throw new Problem("NOTHING_TO_IMPORT", {
      what: "The directory holds no table file",
      where: location,
      fix: "Put .csv, .tsv, .xlsx, .parquet, .jsonl, .gz or .zip files there, or name a file.",
    });
  }
  return { sources, skipped };
}

/**
 * Spools a stream (standard input, an upload) to a file, since tables are read more than once.
 *
 * @throws Problem `DISK_FULL`; whatever ends the stream. Nothing of it stays then.
 */
export async function spool(
  stream: Readable,
  name: string,
  directory: string,
  signal?: AbortSignal,
): Promise<Source> {
  const folder = await mkdtemp(path.join(directory, "in-"));
  const target = path.join(folder, "content");
  try {
    await withRoom(directory, null, () =>
      pipeline(stream, createWriteStream(target), signal ? { signal } : {}),
    );
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return { name: path.basename(name), path: target };
}
