/** Templates: settings under a name, for many accounts at once. */
import { z } from "zod";
import { TemplateSettings } from "../domain/definitions.ts";
import { Instant, SelectionQuery } from "./common.ts";

export { TemplateSettings };

export const Template = z.object({
  id: z.string(),
  name: z.string(),
  settings: TemplateSettings,
  by: z.string(),
  savedAt: Instant,
});
export type Template = z.infer<typeof Template>;

/** A name that is used already gets the new settings. */
export const TemplateRequest = z.strictObject({
  name: z.string().trim().min(1).max(80),
  settings: TemplateSettings,
});
export type TemplateRequest = z.infer<typeof TemplateRequest>;

/** A setting of an account that a template sets otherwise; of the status map, one status. */
export const TemplateChange = z.object({
  account: z.string(),
  setting: z.string(),
  /** The status, where the setting is the status map. */
  status: z.string().nullable(),
  /** Null for a status that is not mapped yet, and where nothing is said. */
  before: z.unknown(),
  after: z.unknown(),
});
export type TemplateChange = z.infer<typeof TemplateChange>;

/** Accounts of a preview; none gives nothing. */
export const TemplateAccountsQuery = SelectionQuery.pick({ account: true });
export const TemplatePreview = z.object({
  changes: z.array(TemplateChange),
  /** Accounts in which all of it holds already. */
  unchanged: z.array(z.string()),
});
export type TemplatePreview = z.infer<typeof TemplatePreview>;

export const ApplyRequest = z.strictObject({
  accounts: z.array(z.string().min(1)).min(1).max(5000),
});

/** One time that a template was given to accounts; taking it back takes all of it back. */
export const TemplateUse = z.object({
  key: z.string(),
  name: z.string(),
  accounts: z.array(z.string()),
  by: z.string(),
  at: Instant,
});
export type TemplateUse = z.infer<typeof TemplateUse>;

export const TemplateApplied = TemplatePreview.extend({
  /** Null where nothing had to be changed. */
  use: TemplateUse.nullable(),
});
export type TemplateApplied = z.infer<typeof TemplateApplied>;

export const TemplatesAnswer = z.object({
  items: z.array(Template),
  /** Those in force, newest first. */
  uses: z.array(TemplateUse),
});
export type TemplatesAnswer = z.infer<typeof TemplatesAnswer>;
