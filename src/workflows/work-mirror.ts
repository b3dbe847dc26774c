/**
 * The work on leads beside the leads of the warehouse, on one connection of its own: who has which lead, where it stands
 * now, also what happened a moment ago and is no row of the warehouse yet.
 */
import { canonicalJson } from "../base/canonical-json.ts";
import { definitionsOf } from "../domain/definitions.ts";
import { accountsWith, type Grant } from "../domain/roles.ts";
import { wallMs } from "../domain/wall-clock.ts";
import { liveUntil } from "../ingest/live.ts";
import { parsePhone } from "../quality/phone.ts";
import type { Json } from "../store/events.ts";
import { contactKey } from "../store/people.ts";
import type { Person } from "../store/store.ts";
import type { WorkState } from "../store/work.ts";
import { createGate } from "../warehouse/gate.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { personOfLead, type ReceivedLead } from "./live-rows.ts";
import type { Workspace } from "./workspace.ts";

const ROWS_AT_ONCE = 5000;
const sql = (name: string) => sqlFile(import.meta.url, `sql/${name}.sql`);

/** What a question sees: one state of leads, work and people. */
export interface WorkSight {
  readonly session: Session;
  /** Accounts of the warehouse and of leads received since, sorted. */
  readonly accounts: readonly string[];
  /** People who are let in, by id. */
  readonly people: ReadonlyMap<string, Person>;
  /** Their names by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Who works leads in an account: may be given leads, and keeps those they have. */
  workersOf(account: string): readonly Person[];
}

export interface WorkMirror {
  /** Brings the mirror up and asks it; one question at a time. */
  ask<T>(question: (sight: WorkSight) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Whether somebody works leads in an account. */
export function worksIn(grants: readonly Grant[], account: string): boolean {
  const accounts = accountsWith(grants, "own_leads");
  return accounts === "all" || (accounts?.includes(account) ?? false);
}

function folded(text: string): string {
  return text.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}

/** Whom a name in a file means: an id, a name, an e-mail or a phone that only one person has. */
function meant(name: string, people: readonly Person[]): string | null {
  const key = contactKey(name);
  const found = people.filter(
    (one) =>
      one.id === name ||
      folded(one.name) === folded(name) ||
      (one.contact !== null && key.length > 2 && contactKey(one.contact) === key),
  );
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

const milliseconds = (date: Date | null) => (date === null ? null : date.getTime());

function mirrored(state: WorkState) {
  return {
    account: state.account,
    lead: state.lead,
    assignee: state.assignee,
    decided: state.decided,
    claimed_ms: milliseconds(state.claimedAt),
    last_status: state.lastStatus,
    last_ms: milliseconds(state.lastAt),
    last_by: state.lastBy,
    last_recorded_ms: milliseconds(state.lastRecordedAt),
    next_ms: milliseconds(state.nextAttemptAt),
    attempts: state.attempts,
    version: state.version,
    position: state.position,
  };
}

/** Puts plain records into a temporary table by the names of its columns. */
async function insert(session: Session, table: string, rows: readonly object[]): Promise<void> {
  const columns = await session.all<{ column_name: string; column_type: string }>(
    `DESCRIBE ${table}`,
  );
  const shape = Object.fromEntries(columns.map((one) => [one.column_name, one.column_type]));
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
    await session.run(
      `INSERT INTO ${table} BY NAME SELECT unnest(from_json($rows, $shape), recursive := true)`.replace(
        "$shape",
        `'${JSON.stringify([shape])}'`,
      ),
      { rows: JSON.stringify(rows.slice(i, i + ROWS_AT_ONCE)) },
    );
  }
}

export function createWorkMirror(workspace: Workspace): WorkMirror {
  const { store, warehouse } = workspace;
  const gate = createGate(1);
  let own: (Session & { close(): void }) | null = null;
  /** Of what the people and names in the mirror were made. */
  let peopleOf = "";
  let statesUntil = 0;
  let receivedUntil = 0;
  /** Rows of leads received and not brought into the warehouse when last looked. */
  let waiting = 0;
  let asked = 0;
  /** Questions up to this one see everything that was kept before they were asked. */
  let seenBy = 0;
  let sight: WorkSight | null = null;

  const opened = async (): Promise<Session> => {
    if (own) return own;
    own = await warehouse.openScratch();
    await own.run(sql("work-mirror"));
    return own;
  };

  /** States that changed take the place of what was known of their leads. */
  const bringStates = async (session: Session) => {
    const changed = await store.work.changedAfter(statesUntil);
    if (changed.length === 0) return;
    if (statesUntil > 0) {
      await session.run(
        `DELETE FROM work_state AS w USING (
           SELECT unnest(from_json($keys, '[{"account":"VARCHAR","lead":"VARCHAR"}]'), recursive := true)
         ) AS c WHERE c.account = w.account AND c.lead = w.lead`,
        { keys: JSON.stringify(changed.map(({ account, lead }) => ({ account, lead }))) },
      );
    }
    await insert(session, "work_state", changed.map(mirrored));
    statesUntil = changed.at(-1)?.position ?? statesUntil;
  };

  const bringReceived = async (session: Session) => {
    if (receivedUntil === 0 || waiting > 0) {
      const brought = await liveUntil(session);
      await session.run("DELETE FROM work_received WHERE position <= $brought", { brought });
      const left = await session.first<{ n: number }>("SELECT count(*) AS n FROM work_received");
      waiting = left?.n ?? 0;
      receivedUntil = Math.max(brought, receivedUntil);
    }
    const events = await store.work.receivedAfter(receivedUntil);
    if (events.length === 0) return;
    const rows = events.map((event) => {
      const lead = event.payload as unknown as ReceivedLead;
      const person = personOfLead(event);
      const { defaultCountry, timeZone } = definitionsOf(workspace.definitions(), event.account);
      const phone = person.phone === null ? null : parsePhone(person.phone, defaultCountry);
      return {
        account: event.account,
        lead: lead.leadId,
        position: event.position,
        arrived_wall: wallMs(event.occurredAt.getTime(), timeZone),
        name: person.name,
        email: person.email,
        phone: phone?.e164 ?? person.phone,
        phone_valid: phone?.valid ?? null,
        campaign_id: lead.campaignId,
        campaign_name: lead.campaignName,
        project_name: lead.project,
        status: lead.status,
        assigned_to: lead.assignedTo,
      };
    });
    await insert(session, "work_received", rows);
    receivedUntil = events.at(-1)?.position ?? receivedUntil;
    waiting += events.length;
  };

  const bringPeople = async (session: Session): Promise<WorkSight> => {
    const people = (await store.people.list()).filter((one) => one.removedAt === null);
    const basis = canonicalJson([
      workspace.definitions().version,
      workspace.dataVersion,
      receivedUntil,
      people.map(({ id, name, contact, grants }) => ({ id, name, contact, grants })),
    ] as unknown as Json);
    if (sight !== null && basis === peopleOf) return sight;
    const found = await session.all<{ account: string }>(
      "SELECT account_id AS account FROM marts.accounts UNION SELECT account FROM work_received ORDER BY account",
    );
    const workers = new Map(
      found.map(({ account }) => [
        account,
        people.filter(({ grants }) => worksIn(grants, account)),
      ]),
    );
    const rows = [...workers].flatMap(([account, those]) =>
      those.map(({ id }) => ({ account, person: id })),
    );
    await session.run("DELETE FROM work_people; DELETE FROM work_names;");
    await insert(session, "work_people", rows);
    const names = await session.all<{ account: string; name: string }>(sql("work-names"));
    const matched = names.flatMap(({ account, name }) => {
      if (definitionsOf(workspace.definitions(), account).assignment !== "column") return [];
      const person = meant(name, workers.get(account) ?? []);
      return person === null ? [] : [{ account, name, person }];
    });
    await insert(session, "work_names", matched);
    peopleOf = basis;
    return {
      session,
      accounts: [...workers.keys()],
      people: new Map(people.map((one) => [one.id, one])),
      names: new Map(people.map(({ id, name }) => [id, name])),
      workersOf: (account) => workers.get(account) ?? [],
    };
  };

  /** One look serves every question that was asked before it began. */
  const lookAgain = async (): Promise<WorkSight> => {
    const asking = asked;
    const session = await opened();
    await bringStates(session);
    await bringReceived(session);
    sight = await bringPeople(session);
    seenBy = asking;
    return sight;
  };

  return {
    ask: (question) => {
      const number = ++asked;
      return gate.pass(async () =>
        question(sight !== null && number <= seenBy ? sight : await lookAgain()),
      );
    },
    async close() {
      await gate.drained();
      own?.close();
      own = null;
    },
  };
}
