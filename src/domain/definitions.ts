import { z } from "zod";
import { canonicalJson } from "../base/canonical-json.ts";
import { Problem } from "../base/problem.ts";
import { currencyDecimals } from "./money.ts";
import { STAGES, type Stage } from "./stages.ts";

/** Levels at which a platform reports delivery; rows of two levels are never added together. */
export const INSIGHT_LEVELS = ["campaign", "ad_set", "ad"] as const;
export type InsightLevel = (typeof INSIGHT_LEVELS)[number];

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // Newer engines also take offsets such as +02:00, which no calendar of summer times stands behind.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** Every meaning an account can set; nothing below is a literal anywhere else in the code. */
const AccountDefinitions = z.strictObject({
  /** ISO 4217 code of amounts that carry no currency of their own. */
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EGP"),
  /** IANA zone in which naive timestamps are wall clock and a business day begins. */
  timeZone: z.string().refine(isTimeZone, "an IANA time zone such as Africa/Cairo"),
  /** ISO 3166 region of phone numbers written without a country code. */
  defaultCountry: z.string().regex(/^[A-Z]{2}$/, "an ISO 3166 region such as EG"),
  /** First day of a business week, 0 = Sunday. */
  weekStart: z.int().min(0).max(6),
  /** Raw status, exactly as written → stage. */
  statusMap: z.record(z.string(), z.enum(STAGES)),
  /** Stages in which a lead has not been judged yet. */
  undecidedStages: z.array(z.enum(STAGES)),
  /** Days from arrival within which reaching `qualified` is a conversion. */
  conversionHorizonDays: z.int().min(1).max(365),
  /** Hours after the end of a day at which its insights can be known. */
  insightLagHours: z.number().min(0).max(168),
  /** Tax on ad spend as a fraction, e.g. 0.14; enters the all-in cost only. */
  taxRate: z.number().min(0).max(1),
  /** Agency or platform fee on ad spend as a fraction; enters the all-in cost only. */
  feeRate: z.number().min(0).max(1),
  /** The level that counts where exports of several levels cover the same campaign and day; null = not decided. */
  insightLevel: z.enum(INSIGHT_LEVELS).nullable(),
  /** What `daily_budget` is: gross of tax and fees, net as delivery reports it, or not known. */
  budgetMeaning: z.enum(["unknown", "gross", "net"]),
  /** Whether spend reported after a campaign's stop was billed. */
  spendAfterStop: z.enum(["unknown", "billed", "not_billed"]),
  /** Whether log times are the moments of the calls, or when somebody typed them in. */
  statusTimes: z.enum(["unknown", "as_happened", "entered_later"]),
  /** First day from which every status change is logged; null = as the data show. */
  statusLogSince: z.iso.date().nullable(),
  /** Whether somebody who leaves a number twice is two leads or one. */
  repeatedPerson: z.enum(["each_lead", "one_person"]),
  /** What a qualified lead may cost, all-in, in major units of the currency; null = not said. */
  targetCostPerQualified: z.number().positive().nullable(),
  /** Days of the week on which sales call, 0 = Sunday. */
  workDays: z.array(z.int().min(0).max(6)),
  /** Hours of those days in which sales call, wall clock: from (inclusive) and to (exclusive). */
  workHours: z
    .tuple([z.int().min(0).max(23), z.int().min(1).max(24)])
    .refine(([from, to]) => from < to, "the first hour must come before the second"),
  /** Minutes of working time within which a new lead should be contacted first. */
  firstContactMinutes: z.int().min(1).max(10_080),
  /** How a new lead finds who calls it: as its file says, in turn, to whom has least to do, or by hand. */
  assignment: z.enum(["column", "round_robin", "by_load", "by_hand"]),
  /** Thresholds of data checks by `rule.name`, where they differ from the rule's own. */
  thresholds: z.record(z.string().regex(/^[a-z0-9-]+[.][A-Za-z0-9]+$/), z.number()),
});

export type AccountDefinitions = z.infer<typeof AccountDefinitions>;

/** What a template may set in many accounts at once. */
export const TemplateSettings = AccountDefinitions.pick({
  currency: true,
  taxRate: true,
  feeRate: true,
  targetCostPerQualified: true,
  conversionHorizonDays: true,
  workDays: true,
  workHours: true,
  firstContactMinutes: true,
  assignment: true,
  statusMap: true,
}).partial();
export type TemplateSettings = z.infer<typeof TemplateSettings>;

/** What `leadsmart.config.json` and a `definitions.changed` event may hold. */
export const DefinitionsInput = z.strictObject({
  default: AccountDefinitions.partial().optional(),
  accounts: z.record(z.string(), AccountDefinitions.partial()).optional(),
});
export type DefinitionsInput = z.infer<typeof DefinitionsInput>;

/** Definitions in force: complete for the workspace, with overrides per account. */
export interface Definitions {
  /** Digest of the content; every derived row can name the version that made it. */
  readonly version: string;
  readonly default: AccountDefinitions;
  readonly accounts: Readonly<Record<string, Partial<AccountDefinitions>>>;
}

const DEFAULT_STATUS_MAP: Readonly<Record<string, Stage>> = {
  NEW_LEAD: "new",
  NO_ANSWER: "attempting",
  SWITCHED_OFF: "attempting",
  CALL_AGAIN: "attempting",
  FOLLOW_UP: "engaged",
  WHATSAPP: "engaged",
  QUALIFIED: "qualified",
  HIGH_INTEREST: "qualified",
  MEETING_DONE: "meeting",
  DONE_DEAL: "won",
  NOT_QUALIFIED: "lost",
  LOW_BUDGET: "lost",
  ALREADY_BOUGHT: "lost",
  RESALE_REQUEST: "lost",
  SPAM: "invalid",
  WRONG_NUMBER: "invalid",
  UNKNOWN: "unknown",
};

export const DEFAULT_DEFINITIONS: AccountDefinitions = {
  currency: "EGP",
  timeZone: "Africa/Cairo",
  defaultCountry: "EG",
  weekStart: 0,
  statusMap: { ...DEFAULT_STATUS_MAP },
  undecidedStages: ["new", "unknown"],
  conversionHorizonDays: 30,
  insightLagHours: 0,
  taxRate: 0,
  feeRate: 0,
  insightLevel: null,
  budgetMeaning: "unknown",
  spendAfterStop: "unknown",
  statusTimes: "unknown",
  statusLogSince: null,
  repeatedPerson: "each_lead",
  targetCostPerQualified: null,
  workDays: [0, 1, 2, 3, 4],
  workHours: [9, 18],
  firstContactMinutes: 60,
  assignment: "column",
  thresholds: {},
};

/** A record whose optional members are absent rather than undefined. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(record: T): Given<T> {
  const kept = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Given<T>;
}

/** 64-bit FNV-1a over code units, as 16 hex digits; a version label, not a security measure. */
function digestOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/**
 * Definitions from layers, later ones winning field by field; status maps are merged status by status.
 *
 * @param layers parsed JSON: the home's config file first, then `definitions.changed` payloads in order
 * @param where what to name in an error, e.g. a file's path
 * @throws Problem `BAD_DEFINITIONS` naming the setting at fault
 */
export function readDefinitions(layers: readonly unknown[], where: string): Definitions {
  let base: AccountDefinitions = DEFAULT_DEFINITIONS;
  const accounts: Record<string, Partial<AccountDefinitions>> = {};
  for (const layer of layers) {
    const parsed = DefinitionsInput.safeParse(layer);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(({ path, message }) => ({
        name: path.join("."),
        message,
      }));
      const [first] = faults;
      throw new Problem("BAD_DEFINITIONS", {
        what: `Setting ${first?.name || "(top level)"}: ${first?.message ?? "is not valid"}`,
        where,
        fix: "Correct that setting; docs/definitions.md lists every setting with an example.",
        details: { faults },
        cause: parsed.error,
      });
    }
    base = merge(base, withoutUndefined(parsed.data.default ?? {}));
    for (const [account, override] of Object.entries(parsed.data.accounts ?? {})) {
      accounts[account] = merge(accounts[account] ?? {}, withoutUndefined(override));
    }
  }
  return { version: digestOf(canonicalJson({ base, accounts })), default: base, accounts };
}

/**
 * Decimals in which amounts are read before it is known whose they are: as many as any account's currency has, so that
 * nothing is lost; they become those of the account when it is known.
 */
export function untoldDecimals(definitions: Definitions): number {
  const own = Object.values(definitions.accounts).flatMap(({ currency }) => currency ?? []);
  return Math.max(...[definitions.default.currency, ...own].map(currencyDecimals));
}

/**
 * The zone in which moments that carry an offset are kept before it is known whose they are: that of all accounts, else
 * UTC until the account is known. Times without an offset are wall clock of their account wherever that is.
 */
export function untoldZone(definitions: Definitions): string {
  const zone = definitions.default.timeZone;
  const same = Object.values(definitions.accounts).every((one) => (one.timeZone ?? zone) === zone);
  return same ? zone : "UTC";
}

function merge<T extends Partial<AccountDefinitions>>(
  under: T,
  over: Partial<AccountDefinitions>,
): T {
  const statusMap =
    under.statusMap || over.statusMap ? { ...under.statusMap, ...over.statusMap } : undefined;
  const thresholds =
    under.thresholds || over.thresholds ? { ...under.thresholds, ...over.thresholds } : undefined;
  return {
    ...under,
    ...over,
    ...(statusMap ? { statusMap } : {}),
    ...(thresholds ? { thresholds } : {}),
  };
}

/** The definitions in force for one account. */
export function definitionsOf(
  definitions: Definitions,
  account: string | null,
): AccountDefinitions {
  const override = account === null ? undefined : definitions.accounts[account];
  return override ? merge(definitions.default, override) : definitions.default;
}
