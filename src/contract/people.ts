/** People, their roles, their ways in, keys for programs, and the record of who did what. */
import { z } from "zod";
import { PERMISSIONS, ROLES } from "../domain/roles.ts";
import { Instant, pageOf } from "./common.ts";

export const Grant = z.object({
  /** An account, or `*` for every account there is and will be. */
  account: z.string().min(1).max(200),
  role: z.enum(ROLES),
});
export type Grant = z.infer<typeof Grant>;

const Name = z.string().trim().min(1).max(120);
const Contact = z.string().trim().min(3).max(200);
const Grants = z
  .array(Grant)
  .min(1)
  .max(5000)
  .refine((grants) => new Set(grants.map(({ account }) => account)).size === grants.length, {
    message: "one role per account",
  });

export const PersonRow = z.object({
  id: z.string(),
  name: z.string(),
  contact: z.string().nullable(),
  grants: z.array(Grant),
  addedAt: Instant,
  /** Name of who let them in. */
  addedBy: z.string(),
  hasPassword: z.boolean(),
});
export type PersonRow = z.infer<typeof PersonRow>;

export const PeopleAnswer = z.object({ items: z.array(PersonRow) });
export type PeopleAnswer = z.infer<typeof PeopleAnswer>;

export const InviteRequest = z.object({
  name: Name,
  contact: Contact.nullable().default(null),
  grants: Grants,
});
export type InviteRequest = z.infer<typeof InviteRequest>;

/** A way in that works once; whoever has it comes in as that person. */
export const LinkAnswer = z.object({
  person: z.string(),
  /** To be put after the address of this server: `/join?token=…`. */
  path: z.string(),
  expiresAt: Instant,
});
export type LinkAnswer = z.infer<typeof LinkAnswer>;

export const PersonChangeRequest = z.object({
  name: Name.optional(),
  contact: Contact.nullable().optional(),
  grants: Grants.optional(),
});
export type PersonChangeRequest = z.infer<typeof PersonChangeRequest>;

/** Days until a key ends, where nobody says, and at most. */
export const KEY_DAYS = { usual: 90, most: 730 } as const;

export const KeyRequest = z.object({
  name: Name,
  grants: Grants,
  /** Days until it ends. */
  days: z.int().min(1).max(KEY_DAYS.most).default(KEY_DAYS.usual),
});
export type KeyRequest = z.infer<typeof KeyRequest>;

/** The secret is told here and never again. */
export const KeyAnswer = z.object({ id: z.string(), secret: z.string(), expiresAt: Instant });
export type KeyAnswer = z.infer<typeof KeyAnswer>;

export const KeyRow = z.object({
  id: z.string(),
  name: z.string(),
  /** Name of who made it. */
  madeBy: z.string(),
  grants: z.array(Grant),
  addedAt: Instant,
  expiresAt: Instant,
  /** To the minute. */
  usedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type KeyRow = z.infer<typeof KeyRow>;

export const KeysAnswer = z.object({ items: z.array(KeyRow) });
export type KeysAnswer = z.infer<typeof KeysAnswer>;

export const AuditQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

export const AuditRow = z.object({
  position: z.int(),
  at: Instant,
  /** Name of the person. */
  person: z.string(),
  /** Name of the key they came with; null for a session. */
  key: z.string().nullable(),
  /** `operationId` of the API. */
  action: z.string(),
  /** Parameters of the address. */
  about: z.unknown(),
  /** HTTP status of the answer. */
  status: z.int(),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const AuditAnswer = pageOf(AuditRow).omit({ total: true });
export type AuditAnswer = z.infer<typeof AuditAnswer>;

export const SignInRequest = z.object({
  /** E-mail or phone. */
  contact: Contact,
  password: z.string().min(1).max(1000),
});
export type SignInRequest = z.infer<typeof SignInRequest>;

/** Length counts, not kinds of letters (NIST SP 800-63B). */
export const LEAST_PASSWORD = 10;

export const PasswordRequest = z.object({
  password: z.string().min(LEAST_PASSWORD).max(1000),
  /** The one before, where there is one. */
  current: z.string().max(1000).optional(),
});
export type PasswordRequest = z.infer<typeof PasswordRequest>;

/** What a browser's part of Web Authentication gives and takes, as it is; the server checks what is signed. */
export const BrowserCredential = z.looseObject({
  id: z.string().min(1).max(2000),
  rawId: z.string().min(1).max(2000),
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: z.string().max(20_000) }),
  clientExtensionResults: z.looseObject({}),
});
export type BrowserCredential = z.infer<typeof BrowserCredential>;

/** What is handed to the browser: creation or request options of Web Authentication. */
export const PasskeyOptions = z.looseObject({ challenge: z.string() });
export type PasskeyOptions = z.infer<typeof PasskeyOptions>;

export const PasskeyRequest = z.object({ name: Name, credential: BrowserCredential });
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;

export const PasskeySignInRequest = z.object({ credential: BrowserCredential });
export type PasskeySignInRequest = z.infer<typeof PasskeySignInRequest>;

export const PasskeyRow = z.object({
  id: z.string(),
  name: z.string(),
  addedAt: Instant,
  usedAt: Instant.nullable(),
});
export type PasskeyRow = z.infer<typeof PasskeyRow>;

export const PasskeysAnswer = z.object({ items: z.array(PasskeyRow) });
export type PasskeysAnswer = z.infer<typeof PasskeysAnswer>;

/** Names of those whose deeds the caller may meet: colleagues in their accounts, and owners of every account. */
export const NamesAnswer = z.object({ names: z.record(z.string(), z.string()) });
export type NamesAnswer = z.infer<typeof NamesAnswer>;

/** The person behind the session, and what they may. */
export const MeAnswer = z.object({
  /** Id. */
  person: z.string(),
  name: z.string(),
  contact: z.string().nullable(),
  hasPassword: z.boolean(),
  accounts: z.union([z.literal("all"), z.array(z.string())]),
  grants: z.array(Grant),
  /** What they may in at least one account. */
  permissions: z.array(z.enum(PERMISSIONS)),
  /** Version of the product. */
  version: z.string(),
});
export type MeAnswer = z.infer<typeof MeAnswer>;
