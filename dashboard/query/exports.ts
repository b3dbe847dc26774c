/** Addresses of tables as files. */
import type { Language } from "../../src/contract/formats.ts";

/** A path behind `/exports/`. */
export type ExportTable =
  | "campaigns"
  | "leads"
  | "segments"
  | "breakdown"
  | "rows"
  | "people"
  | "audit"
  | `findings/${string}/rows`;

/** What belongs to a page of the list, not to the whole. */
const PAGING = ["cursor", "offset", "limit"];

export function exportUrl(
  table: ExportTable,
  params: URLSearchParams | undefined,
  format: "csv" | "xlsx",
  language: Language,
): string {
  const asked = new URLSearchParams(params);
  for (const name of PAGING) asked.delete(name);
  asked.set("format", format);
  asked.set("language", language);
  return `/api/v1/exports/${table}?${asked}`;
}
