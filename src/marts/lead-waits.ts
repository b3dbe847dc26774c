/**
 * How long leads wait for their first contact: one table per question, from which the lists and the figures of Leads
 * are both taken, so that a number and the rows it opens cannot differ.
 */
import { type Definitions, definitionsOf } from "../domain/definitions.ts";
import { workMask } from "../domain/working-time.ts";
import type { Params } from "../warehouse/values.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { addDays } from "./period.ts";
import type { Selected } from "./selection.ts";

/** Rows of one account with one status in one minute, from which on they were typed in together. */
export const BULK_ROWS = 10;

/** What the definitions and the clock say of working time; all that the waits need beside a selection. */
export interface WorkingTimes {
  readonly definitions: Definitions;
  readonly now: Date;
}

/** Wall clock until which the data go, at midnight; null without data. */
export function untilOf({ frame, extent }: Selected): string | null {
  const last = frame.asOf ?? extent.last_day;
  return last === null ? null : `${addDays(last, 1)} 00:00:00`;
}

/** Parameters of `lead-waits`: the selection's, and the working time of the workspace and of accounts with their own. */
export function waitParams(selected: Selected, { definitions, now }: WorkingTimes): Params {
  const { workDays, workHours, firstContactMinutes } = definitions.default;
  const own = Object.entries(definitions.accounts)
    .filter(([, one]) => one.workDays || one.workHours || one.firstContactMinutes)
    .map(([account]) => {
      const settings = definitionsOf(definitions, account);
      return {
        account_id: account,
        mask: workMask(settings.workDays),
        opens: settings.workHours[0],
        closes: settings.workHours[1],
        within: settings.firstContactMinutes,
      };
    });
  return {
    ...selected.params,
    until: untilOf(selected) ?? "1970-01-01 00:00:00",
    now: now.toISOString().slice(0, 19).replace("T", " "),
    bulk_rows: BULK_ROWS,
    mask: workMask(workDays),
    opens: workHours[0],
    closes: workHours[1],
    within: firstContactMinutes,
    own: JSON.stringify(own),
  };
}

/** Makes the temporary table `lead_waits` of a selection, or of one lead of it (`$lead`), for as long as `work` takes. */
export async function withWaits<T>(
  session: Session,
  selected: Selected,
  times: WorkingTimes,
  work: () => Promise<T>,
  lead?: string,
): Promise<T> {
  const one = lead === undefined ? {} : { lead: "l.lead_id = $lead" };
  await session.run(
    `CREATE OR REPLACE TEMP TABLE lead_waits AS ${selected.sql("lead-waits", one)}`,
    { ...waitParams(selected, times), lead: lead ?? null },
  );
  try {
    return await work();
  } finally {
    await session.run("DROP TABLE IF EXISTS lead_waits");
  }
}
