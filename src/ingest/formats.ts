/** The sources whose exports are known by their headers, read from `synonyms/*.json`. */
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { TableName } from "../contract/imports.ts";
import { normaliseHeader } from "./headers.ts";

const Names = z.array(z.string().min(1));

const FormatFile = z.strictObject({
  format: z.string().min(1),
  /** Whether the generic names are tried for fields that the format's own names do not find. */
  extends: z.boolean(),
  sources: z
    .array(z.strictObject({ product: z.string(), page: z.string(), looked_at: z.iso.date() }))
    .min(1),
  tables: z.array(
    z.strictObject({
      table: TableName,
      /** Of each group one header must be there for a file to be of this format. */
      marks: z.array(Names.min(1)),
      required: Names,
      /** Names too common to tell the table by: it is only this one where the file's name says so too. */
      named: z.boolean().default(false),
      /** Field → language → header texts, the preferred one first. */
      fields: z.record(z.string(), z.record(z.string(), Names)),
    }),
  ),
});

/** One table of one source: which header texts stand for which field, in order of preference. */
export interface TableFormat {
  readonly format: string;
  readonly table: TableName;
  readonly marks: readonly (readonly string[])[];
  readonly required: readonly string[];
  /** Only where the file's name names the table. */
  readonly named: boolean;
  /** Field → normalised header texts, the preferred one first. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

function namesOf(
  fields: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, languages]) => [
      field,
      Object.values(languages).flat().map(normaliseHeader),
    ]),
  );
}

function withGeneric(own: Record<string, string[]>, generic: TableFormat | undefined) {
  const names: Record<string, readonly string[]> = { ...generic?.names };
  for (const [field, texts] of Object.entries(own)) {
    names[field] = [...new Set([...texts, ...(generic?.names[field] ?? [])])];
  }
  return names;
}

function readFormats(): TableFormat[] {
  const folder = new URL("synonyms/", import.meta.url);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => FormatFile.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8"))));
  const generic = files
    .filter((file) => file.format === "generic")
    .flatMap((file) => file.tables.map((one) => ({ ...one, names: namesOf(one.fields) })));
  return files.flatMap((file) =>
    file.tables.map(({ table, marks, required, named, fields }) => {
      const base = generic.find((one) => one.table === table);
      const own = namesOf(fields);
      return {
        format: file.format,
        table,
        marks: marks.map((group) => group.map(normaliseHeader)),
        required,
        named,
        names: file.extends
          ? withGeneric(own, base ? { ...base, format: "generic" } : undefined)
          : own,
      };
    }),
  );
}

let formats: readonly TableFormat[] | null = null;

/** Every known table of every known source, read once. */
export function tableFormats(): readonly TableFormat[] {
  formats ??= readFormats();
  return formats;
}
