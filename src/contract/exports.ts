/** Tables as files: what each is asked with, the form of the file, and what its name says. */
import { z } from "zod";
import { CampaignsQuery, SegmentsQuery } from "./campaigns.ts";
import { FindingRowsQuery } from "./explore.ts";
import { LeadsQuery } from "./leads.ts";
import { BreakdownQuery, RowsQuery } from "./overview.ts";

/** CSV for programs, XLSX for spreadsheets: these alone keep long ids whole. */
export const EXPORT_FORMATS = ["csv", "xlsx"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const FORM = {
  format: z.enum(EXPORT_FORMATS).default("csv"),
  /** Of the heads of columns. */
  language: z.enum(["en", "ar"]).default("en"),
};
export const ExportFormQuery = z.object(FORM);
export type ExportFormQuery = z.infer<typeof ExportFormQuery>;

const PAGING = { cursor: true, limit: true } as const;

export const CampaignsExportQuery = CampaignsQuery.omit({ ...PAGING, offset: true }).extend(FORM);
export const LeadsExportQuery = LeadsQuery.omit({ ...PAGING, offset: true }).extend(FORM);
export const SegmentsExportQuery = SegmentsQuery.omit({ limit: true }).extend(FORM);
export const BreakdownExportQuery = BreakdownQuery.omit({ limit: true }).extend(FORM);
export const RowsExportQuery = RowsQuery.omit(PAGING).extend(FORM);
export const FindingRowsExportQuery = FindingRowsQuery.omit(PAGING).extend(FORM);
