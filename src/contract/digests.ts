/** Digests for clients: what is kept of each, and links that show one view to somebody outside. */
import { z } from "zod";
import { Instant } from "./common.ts";

/** A picture that a mail program shows without asking anybody for it. */
const LOGO = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/;
const LOGO_LETTERS = 140_000;

/** Who a digest comes from, as its reader sees it. */
export const Sender = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** Of the head: `#rrggbb`. */
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default("#1f4e79"),
  /** PNG or JPEG as a data address, at most 100 kB. */
  logo: z.string().max(LOGO_LETTERS).regex(LOGO).nullable().default(null),
});
export type Sender = z.infer<typeof Sender>;

const Schedule = z.strictObject({
  every: z.enum(["day", "week"]),
  /** 0 = Sunday; of weeks. */
  weekday: z.int().min(0).max(6).default(0),
  /** Of the workspace's clock on the wall. */
  hour: z.int().min(0).max(23),
});
export type Schedule = z.infer<typeof Schedule>;

const View = z.strictObject({
  title: z.string().trim().min(1).max(120),
  /** Empty: every account of who made it. */
  accounts: z.array(z.string().min(1).max(200)).max(1000).default([]),
  language: z.enum(["en", "ar"]),
  /** Days up to the last active day of the data. */
  days: z.union([z.literal(1), z.literal(7), z.literal(30)]).default(7),
  sender: Sender,
  /** Whether what the data say stands in it, in sentences. */
  insights: z.boolean().default(true),
});

export const DigestRequest = View.extend({
  recipients: z.array(z.email().max(200)).max(20).default([]),
  schedule: Schedule.nullable().default(null),
});
export type DigestRequest = z.infer<typeof DigestRequest>;

export const DigestRow = DigestRequest.extend({
  id: z.string(),
  /** Id of who made it: it never shows more than they may see. */
  by: z.string(),
  changedAt: Instant,
  /** When it is sent next; null where nobody said when, or to whom, or it cannot be sent. */
  nextAt: Instant.nullable(),
});
export type DigestRow = z.infer<typeof DigestRow>;

export const DigestsAnswer = z.object({
  items: z.array(DigestRow),
  /** Whether this server knows how to send mail. */
  mail: z.boolean(),
});
export type DigestsAnswer = z.infer<typeof DigestsAnswer>;

/** Days until a link ends, where nobody says, and at most. */
export const SHARE_DAYS = { usual: 30, most: 365 } as const;

export const ShareRequest = View.extend({
  /** A fixed period instead of the last days. */
  period: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).nullable().default(null),
  /** Days until it ends. */
  expires: z.int().min(1).max(SHARE_DAYS.most).default(SHARE_DAYS.usual),
  password: z.string().min(6).max(200).nullable().default(null),
});
export type ShareRequest = z.infer<typeof ShareRequest>;

export const ShareRow = ShareRequest.omit({ password: true, expires: true }).extend({
  id: z.string(),
  by: z.string(),
  madeAt: Instant,
  expiresAt: Instant,
  hasPassword: z.boolean(),
  /** Times it was opened, and when last. */
  opened: z.int(),
  openedAt: Instant.nullable(),
});
export type ShareRow = z.infer<typeof ShareRow>;

export const SharesAnswer = z.object({ items: z.array(ShareRow) });
export type SharesAnswer = z.infer<typeof SharesAnswer>;

/** The address is told here and never again. */
export const ShareMade = z.object({
  share: ShareRow,
  /** To be put after the address of this server. */
  path: z.string(),
});
export type ShareMade = z.infer<typeof ShareMade>;
