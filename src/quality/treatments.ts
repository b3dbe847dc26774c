/**
 * Treatments, done: takes what was accepted and staging.* as it stands, gives what every treated row counts from then
 * on. Raw rows are never touched; each step works on what the steps before it left, and a row once left out stays out.
 */
import type { Treatment, TreatmentAction } from "../domain/treatments.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Params } from "../warehouse/values.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { createStagingSchema } from "./schema.ts";

const sql = (name: string) => sqlFile(import.meta.url, `sql/${name}.sql`);

const END = `DROP VIEW insights_now; DROP TABLE treated_rows; DROP TABLE treated_leads; DROP TABLE treated_log`;

/** One statement that does (a part of) an action. */
interface Deed {
  readonly query: string;
  readonly params: Params;
}

const targets = (list: unknown): Params => ({ targets: JSON.stringify(list) });

/** What an action does to insights and leads. */
function deedsOf(action: TreatmentAction): Deed[] {
  switch (action.method) {
    case "exclude_rows": {
      const ranges = action.rows.flatMap(({ table, fileId, lines }) =>
        lines.map(([first, last]) => ({ table_name: table, file_id: fileId, first, last })),
      );
      return ["treat-exclude-rows", "treat-exclude-lead-rows", "treat-exclude-log-rows"].map(
        (query) => ({
          query,
          params: targets(ranges),
        }),
      );
    }
    case "exclude_campaigns":
      return ["treat-exclude-campaigns", "treat-exclude-campaign-leads"].map((query) => ({
        query,
        params: targets(action.campaigns),
      }));
    case "exclude_leads":
      return [{ query: "treat-exclude-leads", params: targets(action.leads) }];
    case "difference":
      return [{ query: "treat-difference", params: targets(action.series) }];
    case "difference_window":
      return [{ query: "treat-window", params: targets(action.series) }];
    case "scale": {
      // As a decimal text: a factor such as 1e-7 has no such form in JavaScript.
      const params = { ...targets(action.series), factor: action.factor.toFixed(12) };
      return [{ query: "treat-scale", params }];
    }
    case "swap": {
      const [one, other] = action.columns;
      return [{ query: "treat-swap", params: { ...targets(action.series), one, other } }];
    }
    case "merge_projects":
    case "flag":
    case "accept":
      return [];
  }
}

/** Spellings become one name, for every basis: a name is not a measure. Returns the campaigns renamed. */
async function mergeProjects(
  session: Session,
  treatment: Treatment,
  step: number,
): Promise<number> {
  if (treatment.action.method !== "merge_projects") return 0;
  await session.run(sql("treat-merges"), {
    treatment_id: treatment.id,
    step,
    ...targets(treatment.action.merges),
  });
  const renamed = await session.first<{ n: number }>(sql("treat-renamed"), { step });
  await session.run(sql("treat-projects"), { step });
  return renamed?.n ?? 0;
}

/** What of the things that a treatment names is there; null where it names none. */
async function foundOf(
  session: Session,
  { action }: Treatment,
  step: number,
): Promise<number | null> {
  if (action.method === "accept") return null;
  const marked = action.method === "flag" ? action.campaigns : [];
  const found = await session.first<{ rows: number }>(sql("treat-found"), {
    step,
    ...targets(marked),
  });
  return found?.rows ?? 0;
}

/**
 * Applies the treatments in force to staging.*, in the order of their acceptance, within the caller's transaction; run
 * it when all else of staging stands. A treatment whose rows are gone changes nothing.
 */
export async function applyTreatments(
  session: Session,
  treatments: readonly Treatment[],
): Promise<void> {
  if (treatments.length === 0) return;
  await session.run(sql("treat-begin"));
  for (const [i, treatment] of treatments.entries()) {
    const step = i + 1;
    const renamed = await mergeProjects(session, treatment, step);
    for (const { query, params } of deedsOf(treatment.action)) {
      await session.run(sql(query), { step, ...params });
    }
    const found = await foundOf(session, treatment, step);
    await session.run(sql("treat-keep"), {
      treatment_id: treatment.id,
      step,
      finding: treatment.finding,
      rule: treatment.rule,
      kind: treatment.kind,
      method: treatment.action.method,
      rows: found === null ? null : found + renamed,
    });
  }
  await session.run(sql("treat-keep-rows"));
  await session.run(sql("treat-keep-leads"));
  await session.run(sql("treat-keep-log"));
  await session.run(`INSERT INTO staging.treatment_effects BY NAME
    SELECT t.treatment_id, e.* FROM (${sql("treat-effects")}) AS e JOIN staging.treatments AS t USING (step) ORDER BY ALL`);
  await session.run(END);
}

/**
 * Applies other treatments to a staging layer of which all else stays: as `buildStaging` with the same rows and
 * definitions would, at a part of its cost. Not possible where projects are merged, as that changes campaigns.
 *
 * @returns false where nothing was done and all of staging has to be built
 */
export async function treatAnew(
  session: Session,
  treatments: readonly Treatment[],
): Promise<boolean> {
  if (treatments.some(({ action }) => action.method === "merge_projects")) return false;
  if ((await session.first("SELECT 1 FROM staging.project_merges LIMIT 1")) !== null) return false;
  await session.run(sql("treat-clear"));
  await createStagingSchema(session);
  await applyTreatments(session, treatments);
  return true;
}

/** What a treatment would add to the corrected basis. */
export interface TreatmentEffect {
  readonly spendMinor: number;
  readonly leads: number;
}

/**
 * What further treatments would change on top of those in force, each after the one before; nothing is kept.
 *
 * @param session with temporary tables of its own, reading staging.* as it stands
 * @param until only days up to this one count; null = all
 * @returns one effect per action, in their order
 */
export async function tryTreatments(
  session: Session,
  actions: readonly TreatmentAction[],
  until: string | null,
): Promise<TreatmentEffect[]> {
  await session.run(sql("treat-begin"));
  await session.run(sql("treat-resume"));
  await session.run(sql("treat-resume-leads"));
  for (const [i, action] of actions.entries()) {
    for (const { query, params } of deedsOf(action)) {
      await session.run(sql(query), { step: i + 1, ...params });
    }
  }
  const rows = await session.all<{ step: number; spend_minor: number; leads: number }>(
    `SELECT step, sum(spend_minor)::BIGINT AS spend_minor, sum(leads)::BIGINT AS leads FROM (${sql("treat-effects")})
     WHERE step > 0 AND day <= coalesce($until::DATE, DATE 'infinity') GROUP BY step`,
    { until },
  );
  await session.run(END);
  const byStep = new Map(rows.map((row) => [row.step, row]));
  return actions.map((_, i) => {
    const row = byStep.get(i + 1);
    return { spendMinor: row?.spend_minor ?? 0, leads: row?.leads ?? 0 };
  });
}
