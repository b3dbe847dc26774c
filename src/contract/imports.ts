/** Importing: upload, preview, commit, progress, rejects, undo. */
import { z } from "zod";
import { Day, Instant, pageOf } from "./common.ts";
import { TABLES } from "./names.ts";

export const TableName = z.enum(TABLES);
export type TableName = z.infer<typeof TableName>;

/** How the columns of one file are read. Saved under the signature of its headers. */
export const Mapping = z.strictObject({
  table: TableName,
  /** Canonical field → column name as written in the file. */
  fields: z.record(z.string(), z.string()),
  /** Canonical field → strptime format; absent = found by the product. */
  dateFormats: z.record(z.string(), z.string()).optional(),
  decimal: z.enum([".", ","]).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EGP")
    .optional(),
  level: z.enum(["campaign", "ad_set", "ad"]).optional(),
  /** Round money with more decimals than its currency has, instead of rejecting it. */
  roundMoney: z.boolean().optional(),
});
export type Mapping = z.infer<typeof Mapping>;

/** A problem as an answer carries it for one file or row. */
export const ProblemFacts = z.object({
  code: z.string(),
  what: z.string(),
  where: z.string().nullable(),
  fix: z.string(),
  details: z.unknown(),
});

export const RejectRow = z.object({
  importId: z.string().nullable(),
  file: z.string(),
  line: z.int(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
  record: z.string(),
});
export type RejectRow = z.infer<typeof RejectRow>;

/** What one file would bring. */
export const FilePreview = z.object({
  name: z.string(),
  table: TableName.nullable(),
  format: z.string().nullable(),
  level: z.enum(["campaign", "ad_set", "ad"]).nullable(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  header: z.array(z.string()),
  mapping: Mapping.nullable(),
  /** Canonical fields of the table with what is required, so that a person can map by hand. */
  fields: z.array(z.object({ field: z.string(), required: z.boolean() })),
  /** First records as written. */
  sample: z.array(z.array(z.string())),
  bytes: z.int(),
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsRejected: z.int(),
  totalRows: z.int(),
  firstDay: Day.nullable(),
  lastDay: Day.nullable(),
  /** Accounts named in the file, at most 200 of them. */
  accounts: z.array(z.string()),
  accountCount: z.int(),
  /** Sums as typed, e.g. spend in minor units, impressions, clicks. */
  sums: z.record(z.string(), z.number()),
  currency: z.string().nullable(),
  /** Rows whose natural key is already there: the same content, or a newer version of it. */
  overlap: z.object({ same: z.int(), supersedes: z.int() }),
  /**
   * Rows whose id another account uses too: `elsewhere` has it in other accounts alone, and they come in as campaigns
   * or people of their own; for `unclear` several accounts have it and nothing tells whose they are, so that they wait.
   */
  sharedIds: z.object({ elsewhere: z.int(), unclear: z.int() }),
  /** Set when these bytes with this mapping were imported before; importing again changes nothing. */
  alreadyImported: z.string().nullable(),
  rejects: z.array(RejectRow),
  /** Why this file cannot be imported as it is; null when it can. */
  problem: ProblemFacts.nullable(),
});
export type FilePreview = z.infer<typeof FilePreview>;

/** Exports of one campaign and day at several levels: the person says which one counts. */
export const LevelQuestion = z.object({
  account: z.string().nullable(),
  levels: z.array(z.object({ level: z.string(), spendMinor: z.number(), rows: z.int() })),
  campaignDays: z.int(),
});
export type LevelQuestion = z.infer<typeof LevelQuestion>;

export const PreviewAnswer = z.object({
  previewId: z.string(),
  files: z.array(FilePreview),
  /** Files of a directory or archive that hold no table, with the reason. */
  skipped: z.array(z.object({ name: z.string(), reason: z.string() })),
  levelQuestion: LevelQuestion.nullable(),
  /** True when committing needs no further answer. */
  ready: z.boolean(),
});
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;

export const UploadAnswer = z.object({ uploadId: z.string(), name: z.string(), bytes: z.int() });
export type UploadAnswer = z.infer<typeof UploadAnswer>;

/** Files of one preview; a folder of daily exports over ten years fits. */
const MOST_UPLOADS = 4_000;

export const PreviewRequest = z.strictObject({
  uploadIds: z.array(z.string().max(200)).min(1).max(MOST_UPLOADS),
  account: z.string().min(1).max(200).optional(),
  /** File name → mapping, for files that are not recognised or read wrongly. */
  mappings: z.record(z.string(), Mapping).optional(),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

export const CommitRequest = z.strictObject({
  previewId: z.string(),
  /** Answer to the level question, kept as the account's definition. */
  levelCounts: z.enum(["campaign", "ad_set", "ad"]).optional(),
  /** Import the files that can be read and leave the others. */
  skipProblems: z.boolean().default(false),
  /** Keep the mappings given by hand for files with the same headers. */
  saveMappings: z.boolean().default(true),
});
export type CommitRequest = z.infer<typeof CommitRequest>;

export const ImportState = z.enum(["running", "done", "failed", "undone"]);

export const ImportRow = z.object({
  importId: z.string(),
  state: ImportState,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  by: z.string(),
  account: z.string().nullable(),
  /** Tables of the invented sample world; they leave when a person's own come. */
  sample: z.boolean(),
  files: z.array(
    z.object({
      name: z.string(),
      table: TableName,
      rowsRead: z.int(),
      rowsAccepted: z.int(),
      rowsRejected: z.int(),
      totalRows: z.int(),
    }),
  ),
  problem: ProblemFacts.nullable(),
});
export type ImportRow = z.infer<typeof ImportRow>;
export const ImportsAnswer = pageOf(ImportRow);
export type ImportsAnswer = z.infer<typeof ImportsAnswer>;

export const RejectsQuery = z.object({
  importId: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const RejectsAnswer = pageOf(RejectRow);
export type RejectsAnswer = z.infer<typeof RejectsAnswer>;

/** One message of the SSE stream `/api/v1/stream`; `event:` is the `type`. */
export const StreamMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("import.progress"),
    importId: z.string(),
    phase: z.enum(["reading", "typing", "storing", "building"]),
    file: z.string().nullable(),
    rows: z.int(),
    rowsPerSecond: z.number().nullable(),
    /** 0…1 where the total is known. */
    fraction: z.number().nullable(),
  }),
  z.object({ type: z.literal("import.done"), importId: z.string() }),
  z.object({ type: z.literal("import.failed"), importId: z.string(), problem: ProblemFacts }),
  /** Numbers may have changed: refetch. `version` grows with every change. */
  z.object({ type: z.literal("data.changed"), version: z.int() }),
  /** Leads came in, were handed over or worked on in these accounts: lists of calls refetch. */
  z.object({ type: z.literal("leads.changed"), accounts: z.array(z.string()) }),
  /** Work in the background goes on, or ended. */
  z.object({
    type: z.literal("job.progress"),
    jobId: z.string(),
    kind: z.string(),
    state: z.enum(["waiting", "running", "done", "failed", "cancelled", "interrupted"]),
    phase: z.string().nullable(),
    /** 0…1 where it is known. */
    progress: z.number().nullable(),
    /** Whose rows it touches: only who may see all of them hears of it. */
    accounts: z.union([z.literal("all"), z.array(z.string())]),
  }),
]);
export type StreamMessage = z.infer<typeof StreamMessage>;
