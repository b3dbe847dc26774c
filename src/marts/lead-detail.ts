/** One lead: facts, what happened to it, how soon it was called, and the same person's other leads. */
import { Problem } from "../base/problem.ts";
import type { LeadAnswer } from "../contract/leads.ts";
import { definitionsOf } from "../domain/definitions.ts";
import type { Scope } from "../domain/scope.ts";
import { isWorkingTime, workingMinutes } from "../domain/working-time.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { type LeadColumns, leadRow } from "./lead-list.ts";
import { BULK_ROWS, type WorkingTimes, withWaits } from "./lead-waits.ts";
import type { Selected } from "./selection.ts";

const MOST_REPEATS = 20;

interface LeadLine extends LeadColumns {
  ad_set_id: string | null;
  ad_id: string | null;
  form: string | null;
  platform: string | null;
  language: string | null;
  file: string | null;
  line: number;
  import_id: string | null;
}

interface Change {
  changed_at: string;
  status: string;
  stage: string | null;
  counts: boolean;
  bulk: boolean;
  file: string | null;
  line: number | null;
  import_id: string | null;
}

interface WaitLine {
  contact: LeadAnswer["contact"];
  attempts: number;
  ends_at: string;
  late: boolean | null;
}

type Repeat = Pick<
  LeadColumns,
  | "lead_id"
  | "arrival_at"
  | "status"
  | "stage"
  | "campaign_id"
  | "campaign_name"
  | "project_name"
  | "account_id"
>;

function sourceOf(
  table: string,
  { file, line, import_id }: Pick<Change, "file" | "line" | "import_id">,
): LeadAnswer["timeline"][number]["source"] {
  return file === null || line === null || import_id === null
    ? null
    : { table, file, line, importId: import_id };
}

/** @throws Problem `LEAD_UNKNOWN` where there is no such lead in the scope */
export async function leadDetail(
  session: Session,
  selected: Selected,
  lead: string,
  scope: Scope,
  times: WorkingTimes,
): Promise<LeadAnswer> {
  const params = { ...selected.params, lead, bulk_rows: BULK_ROWS, most: MOST_REPEATS };
  const line = await session.first<LeadLine>(selected.sql("lead"), params);
  const wait = await withWaits(
    session,
    selected,
    times,
    () => session.first<WaitLine>("SELECT * FROM lead_waits"),
    lead,
  );
  if (line === null || wait === null) {
    throw new Problem("LEAD_UNKNOWN", {
      what: `There is no lead ${lead} among those you may see`,
      where: "lead id",
      fix: "Look for it in the list of leads; on another basis, or as of a later day, it may be there.",
    });
  }
  const changes = await session.all<Change>(selected.sql("lead-timeline"), params);
  const repeats =
    line.phone_e164 === null
      ? []
      : await session.all<Repeat>(selected.sql("lead-repeats"), {
          ...params,
          phone: line.phone_e164,
        });
  const known = wait.contact === "touched" || wait.contact === "never";
  const settings = definitionsOf(times.definitions, line.account_id);
  return {
    lead: {
      ...leadRow(line, scope),
      adSetId: line.ad_set_id,
      adId: line.ad_id,
      form: line.form,
      platform: line.platform,
      language: line.language,
    },
    workingMinutes: known
      ? Math.max(0, workingMinutes(line.arrival_at, wait.ends_at, settings))
      : null,
    firstContactMinutes: settings.firstContactMinutes,
    late: wait.late,
    afterHours: !isWorkingTime(line.arrival_at, settings),
    attempts: wait.attempts,
    contact: wait.contact,
    timeline: [
      {
        kind: "arrival" as const,
        at: line.arrival_at,
        status: null,
        stage: null,
        bulk: false,
        counts: true,
        source: sourceOf("campaign_leads", line),
      },
      ...changes.map((one) => ({
        kind: "status" as const,
        at: one.changed_at,
        status: one.status,
        stage: one.stage,
        bulk: one.bulk,
        counts: one.counts,
        source: sourceOf("lead_status_changes", one),
      })),
    ].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
    repeats: repeats.map((one) => ({
      leadId: one.lead_id,
      arrivalAt: one.arrival_at,
      status: one.status,
      stage: one.stage,
      campaignId: one.campaign_id,
      campaignName: one.campaign_name,
      project: one.project_name,
      account: one.account_id,
    })),
  };
}
