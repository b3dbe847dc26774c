/** The work on leads: leads and statuses that come in one by one, who calls whom, and what came of it. */
import { z } from "zod";
import { STAGES } from "../domain/stages.ts";
import { Day, Instant, pageOf } from "./common.ts";
import { ProblemFacts } from "./imports.ts";

/** Most rows of one request. */
export const MOST_ROWS = 1000;

/** NUL and half characters do not survive every database. */
const whole = (text: string) => !text.includes("\0") && !/\p{Surrogate}/u.test(text);
const Text = (most: number) =>
  z.string().trim().min(1).max(most).refine(whole, "whole characters, and no NUL");
const Id = Text(200);
const Account = Id;
/** The caller's own name of a deed: the same deed sent again under it happens once. */
const ClientId = Text(200);
const Note = Text(4000);
const Status = Text(200);

/** A lead as a form, a program or a person hands it in. */
export const LeadIn = z.strictObject({
  /** The lead's id where it comes from; the same id again is the same lead. */
  id: Id,
  /** May be left out where the caller holds one account, or where the campaign tells it. */
  account: Account.optional(),
  campaignId: Id.optional(),
  campaignName: Text(500).optional(),
  project: Text(500).optional(),
  adSetId: Id.optional(),
  adId: Id.optional(),
  formId: Id.optional(),
  formName: Text(500).optional(),
  platform: Text(100).optional(),
  isOrganic: z.boolean().optional(),
  language: Text(100).optional(),
  name: Text(500).optional(),
  phone: Text(100).optional(),
  email: Text(320).optional(),
  /** Arrival; when absent, the moment in which the server took it. */
  addedAt: Instant.optional(),
  status: Status.optional(),
  /** Who should call: id, name, e-mail or phone of a person here. */
  assignedTo: Text(200).optional(),
  /** Answers of the form, and whatever else is known. */
  attributes: z
    .record(
      z.string().min(1).max(100).refine(whole),
      z.union([z.string().max(4000).refine(whole), z.number(), z.boolean(), z.null()]),
    )
    .refine((record) => Object.keys(record).length <= 100, "at most 100 of them")
    .optional(),
});
export type LeadIn = z.infer<typeof LeadIn>;

export const LeadsRequest = z.union([LeadIn, z.array(LeadIn).min(1).max(MOST_ROWS)]);
export type LeadsRequest = z.infer<typeof LeadsRequest>;

const outcomeFields = {
  leadId: Id,
  account: Account.optional(),
  /** As the account writes it; either this or `stage`. */
  status: Status.optional(),
  /** A button: the first status that the account's map leads there is set. */
  stage: z.enum(STAGES).optional(),
  note: Note.optional(),
  /** When to try again; absent takes an earlier plan away. */
  nextAttemptAt: Instant.optional(),
};
const told = ({ status, stage }: { status?: string | undefined; stage?: string | undefined }) =>
  (status === undefined) !== (stage === undefined);
const TOLD = "either `status` or `stage`";

export const StatusIn = z
  .strictObject({ id: ClientId.optional(), ...outcomeFields, at: Instant.optional() })
  .refine(told, TOLD);
export type StatusIn = z.infer<typeof StatusIn>;

export const StatusesRequest = z.union([StatusIn, z.array(StatusIn).min(1).max(MOST_ROWS)]);
export type StatusesRequest = z.infer<typeof StatusesRequest>;

/** What became of one row; `kept` and `repeated` are on disk. */
export const KeptRow = z.object({
  /** Place in the request, from 0. */
  index: z.int(),
  account: z.string().nullable(),
  leadId: z.string(),
  outcome: z.enum(["kept", "repeated", "refused"]),
  problem: ProblemFacts.nullable(),
});
export type KeptRow = z.infer<typeof KeptRow>;

export const KeptAnswer = z.object({
  kept: z.int(),
  repeated: z.int(),
  refused: z.int(),
  items: z.array(KeptRow),
});
export type KeptAnswer = z.infer<typeof KeptAnswer>;

/** Why a lead stands where it does in a list of calls, in the order of calling. */
export const CALL_GROUPS = ["due", "new", "open", "later"] as const;

/** A lead to call. Instants are UTC; the account's zone is in the answer's `accounts`. */
export const WorkLead = z.object({
  account: z.string(),
  leadId: z.string(),
  name: z.string().nullable(),
  /** In international form where it can be read, in plain where the caller holds `contacts`. */
  phone: z.string().nullable(),
  phoneValid: z.boolean().nullable(),
  email: z.string().nullable(),
  campaign: z.string().nullable(),
  project: z.string().nullable(),
  status: z.string().nullable(),
  /** Null: the account's status map does not know the status. */
  stage: z.enum(STAGES).nullable(),
  arrivedAt: Instant,
  /**
   * `due`: its next attempt has come; `new`: nobody has touched it; `open`: touched, nothing planned; `later`: its next
   * attempt is still to come.
   */
  group: z.enum(CALL_GROUPS),
  /** Until when it should be contacted first, in working time; null once it was touched. */
  firstContactDueAt: Instant.nullable(),
  nextAttemptAt: Instant.nullable(),
  /** Outcomes set here, without those taken back. */
  attempts: z.int(),
  /** The last one. */
  last: z
    .object({ status: z.string(), at: Instant, by: z.string(), byName: z.string().nullable() })
    .nullable(),
  /** Person id; null: waits in the pool. */
  assignee: z.string().nullable(),
  claimedAt: Instant.nullable(),
  /** Until when the caller can take their own last outcome back; null: there is none to take back. */
  undoUntil: Instant.nullable(),
  /** Grows with everything that happens to the lead here. */
  version: z.int(),
});
export type WorkLead = z.infer<typeof WorkLead>;

/** What outcomes can be set in an account, and what waits there. */
export const WorkAccount = z.object({
  account: z.string(),
  timeZone: z.string(),
  /** Open leads that nobody has. */
  pool: z.int(),
  /** Statuses in the order of the account's map. */
  statuses: z.array(z.object({ status: z.string(), stage: z.enum(STAGES) })),
});
export type WorkAccount = z.infer<typeof WorkAccount>;

export const MineQuery = z.object({
  /** Name, id, or digits of the phone. */
  search: z.string().max(200).optional(),
  group: z.enum(CALL_GROUPS).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MineQuery = z.infer<typeof MineQuery>;

/** The caller's open leads in the order of calling. */
export const MineAnswer = z.object({
  items: z.array(WorkLead),
  next: z.string().nullable(),
  /** Of the search and group asked for. */
  total: z.int(),
  /** Open leads per group, whatever was asked for. */
  groups: z.object({ due: z.int(), new: z.int(), open: z.int(), later: z.int() }),
  /** Accounts in which the caller works leads. */
  accounts: z.array(WorkAccount),
  /** Outcomes that the caller set since midnight of the account; `reached`: somebody was spoken to. */
  today: z.object({ done: z.int(), reached: z.int() }),
  /** The caller's own leave, now or to come. */
  away: z.array(z.object({ from: Day, to: Day })),
  /** The server's clock. */
  now: Instant,
});
export type MineAnswer = z.infer<typeof MineAnswer>;

/** Open leads of a person; of nobody, where none is named. */
export const HeldQuery = z.object({
  person: Id.optional(),
  account: Account.optional(),
  /** Name, id, or digits of the phone. */
  search: z.string().max(200).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type HeldQuery = z.infer<typeof HeldQuery>;

/** In the order of calling, within the accounts that the caller manages. */
export const HeldAnswer = pageOf(WorkLead);
export type HeldAnswer = z.infer<typeof HeldAnswer>;

/** One person's work, over the accounts that the caller manages. */
export const TeamRow = z.object({
  person: z.string(),
  name: z.string(),
  accounts: z.array(z.string()),
  open: z.int(),
  /** Untouched beyond their time for a first contact, or a next attempt that has passed. */
  overdue: z.int(),
  /** Outcomes set since midnight of the account. */
  doneToday: z.int(),
  away: z.array(z.object({ from: Day, to: Day })),
  /** Away today. */
  awayNow: z.boolean(),
});
export type TeamRow = z.infer<typeof TeamRow>;

export const TeamAnswer = z.object({
  items: z.array(TeamRow),
  pool: z.array(z.object({ account: z.string(), leads: z.int(), overdue: z.int() })),
  /** Names in `assigned_to` of files that are nobody's here: their leads wait in the pool. */
  strangers: z.array(z.object({ account: z.string(), name: z.string(), leads: z.int() })),
  now: Instant,
});
export type TeamAnswer = z.infer<typeof TeamAnswer>;

const LeadName = z.strictObject({ account: Account, leadId: Id });

/** Hands leads over: those named, or all open ones of a person. */
export const AssignRequest = z
  .strictObject({
    leads: z.array(LeadName).min(1).max(MOST_ROWS).optional(),
    /** A person whose open leads are handed over, within the accounts that the caller manages. */
    from: Id.optional(),
    /** A person; or `pool`, `in_turn`, `by_load`. */
    to: z.union([
      z.strictObject({ person: Id }),
      z.strictObject({ rule: z.enum(["pool", "in_turn", "by_load"]) }),
    ]),
  })
  .refine(({ leads, from }) => (leads === undefined) !== (from === undefined), {
    message: "either `leads` or `from`",
  });
export type AssignRequest = z.infer<typeof AssignRequest>;

/** Takes leads out of the pool: the one named, or the next ones in the order of calling. */
export const ClaimRequest = z.strictObject({
  account: Account,
  leadId: Id.optional(),
  count: z.int().min(1).max(20).default(1),
});
export type ClaimRequest = z.infer<typeof ClaimRequest>;

/** Fewer than asked for where the pool holds fewer. */
export const ClaimAnswer = z.object({ items: z.array(WorkLead) });
export type ClaimAnswer = z.infer<typeof ClaimAnswer>;

/** What a phone kept while it had no signal, in the order in which it happened. */
export const OutcomesRequest = z.strictObject({
  outcomes: z
    .array(
      z
        .strictObject({ id: ClientId, ...outcomeFields, account: Account, at: Instant })
        .refine(told, TOLD),
    )
    .min(1)
    .max(200),
});
export type OutcomesRequest = z.infer<typeof OutcomesRequest>;

export const OutcomesAnswer = z.object({
  /** One per outcome sent, in order. */
  items: z.array(KeptRow.extend({ id: z.string(), undoUntil: Instant.nullable() })),
});
export type OutcomesAnswer = z.infer<typeof OutcomesAnswer>;

/** Takes the caller's own last outcome of a lead back; it counts no more. */
export const UndoRequest = z.strictObject({
  account: Account,
  leadId: Id,
  /** The `id` under which the outcome was sent; absent: their last one of this lead. */
  id: ClientId.optional(),
});
export type UndoRequest = z.infer<typeof UndoRequest>;

export const NoteRequest = z.strictObject({
  id: ClientId,
  account: Account,
  leadId: Id,
  text: Note,
  at: Instant.optional(),
});
export type NoteRequest = z.infer<typeof NoteRequest>;

/** Days on which a person takes no new leads; both inclusive. */
export const LeaveRequest = z
  .strictObject({
    /** Absent: the caller. */
    person: Id.optional(),
    from: Day,
    to: Day,
    /** Takes such a leave back. */
    cancel: z.boolean().default(false),
  })
  .refine(({ from, to }) => from <= to, "the first day must not come after the last");
export type LeaveRequest = z.infer<typeof LeaveRequest>;

export const LeaveAnswer = z.object({
  person: z.string(),
  away: z.array(z.object({ from: Day, to: Day })),
});
export type LeaveAnswer = z.infer<typeof LeaveAnswer>;

export const WorkHistoryQuery = z.object({ account: Account, leadId: Id });
export type WorkHistoryQuery = z.infer<typeof WorkHistoryQuery>;

/** Something that happened to a lead here. */
export const WorkEntry = z.object({
  kind: z.enum(["received", "status", "withdrawn", "note", "assigned"]),
  at: Instant,
  /** When the server took it; later than `at` for what a phone sent afterwards. */
  recordedAt: Instant,
  by: z.string(),
  byName: z.string().nullable(),
  status: z.string().nullable(),
  stage: z.enum(STAGES).nullable(),
  note: z.string().nullable(),
  nextAttemptAt: Instant.nullable(),
  /** To whom it was given; null: to the pool, or nothing was given. */
  assignee: z.string().nullable(),
  assigneeName: z.string().nullable(),
  /** A status that was taken back. */
  takenBack: z.boolean(),
});
export type WorkEntry = z.infer<typeof WorkEntry>;

/** Newest first. */
export const WorkHistoryAnswer = z.object({ items: z.array(WorkEntry) });
export type WorkHistoryAnswer = z.infer<typeof WorkHistoryAnswer>;
