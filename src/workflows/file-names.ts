import type { Listing } from "../contract/explore.ts";
import type { Ledger } from "./ledger.ts";

/** Names of the files that were ever imported, by their ids in the warehouse. */
export function fileNames({ imports }: Ledger): ReadonlyMap<number, string> {
  const files = [...imports.values()].flatMap((one) => one.files);
  return new Map(files.map(({ fileId, name }) => [fileId, name]));
}

/** Rows of a listing as people look them up: file by its name, then the line, then the rest. */
export function withFileNames(listing: Listing, names: ReadonlyMap<number, string>): Listing {
  const { columns, rows } = listing;
  const file = columns.indexOf("file_id");
  if (file === -1) return listing;
  const line = columns.indexOf("line");
  const rest = columns
    .map((name, at) => ({ name, at }))
    .filter(({ name, at }) => at !== file && at !== line && name !== "file");
  return {
    columns: ["file", ...(line === -1 ? [] : ["line"]), ...rest.map(({ name }) => name)],
    rows: rows.map((row) => [
      names.get(Number(row[file])) ?? row[file] ?? null,
      ...(line === -1 ? [] : [row[line] ?? null]),
      ...rest.map(({ at }) => row[at] ?? null),
    ]),
  };
}
