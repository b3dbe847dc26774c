/** What the rows themselves tell: findings, insights and profiles. It stands while treatments come and go. */
import type { ExploreReport, Finding } from "../contract/explore.ts";
import { TreatmentAction } from "../domain/treatments.ts";
import { findAll, type LiveFinding, plainFinding, RULES } from "../explore/find.ts";
import { tellAll } from "../explore/insights.ts";
import type { Look } from "../explore/look.ts";
import { profileLook } from "../explore/profile/profile-look.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { ExploreOptions } from "./explore.ts";
import type { Workspace } from "./workspace.ts";

export interface Told extends Pick<ExploreReport, "tables" | "relations" | "checked" | "insights"> {
  readonly findings: readonly Finding[];
  /** What is recommended for whole findings and would change figures, by key of the finding. */
  readonly recommended: ReadonlyMap<string, TreatmentAction>;
}

/** States kept per workspace; the same rows are asked of in few scopes. */
const KEPT = 6;

const kept = new WeakMap<Workspace, Map<string, Promise<Told>>>();

/**
 * The action of a recommended proposal that leaves out or corrects rows; null where there is none, or nothing to do.
 *
 * @param items ids of the finding's items; null = all
 */
export async function recommendedAction(
  { found }: LiveFinding,
  items: readonly string[] | null,
): Promise<TreatmentAction | null> {
  const remedy = found.remedies.find((one) => one.recommended);
  if (!remedy || (remedy.kind !== "exclude" && remedy.kind !== "correct")) return null;
  return TreatmentAction.safeParse(await remedy.action(items)).data ?? null;
}

async function tell(look: Look): Promise<Told> {
  const found = await findAll(look);
  const recommended = new Map<string, TreatmentAction>();
  for (const live of found.live) {
    const action = await recommendedAction(live, null);
    if (action !== null) recommended.set(live.found.key, action);
  }
  return {
    findings: found.live.map(plainFinding),
    recommended,
    checked: {
      rules: RULES.length - found.skipped.length,
      quiet: [...found.quiet],
      skipped: [...found.skipped],
    },
    insights: await tellAll(look),
    ...(await profileLook(look)),
  };
}

/** What the rows of a look tell, once per state of the rows, definitions and scope. */
export async function toldBy(
  workspace: Workspace,
  look: Look,
  { scope, asOf }: ExploreOptions,
): Promise<Told> {
  const state = await look.session.first(sqlFile(import.meta.url, "sql/look-state.sql"));
  const accounts = scope.accounts === "all" ? "all" : [...scope.accounts].sort();
  const key = JSON.stringify([state, look.definitions.version, accounts, asOf]);
  const all = kept.get(workspace) ?? new Map<string, Promise<Told>>();
  kept.set(workspace, all);
  const known = all.get(key);
  if (known) return known;
  const told = tell(look);
  all.set(key, told);
  for (const old of [...all.keys()].slice(0, -KEPT)) all.delete(old);
  told.catch(() => all.delete(key));
  return told;
}
