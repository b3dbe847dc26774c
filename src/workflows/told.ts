/** What the rows themselves tell: findings, insights and profiles. It stands while treatments come and go. */
import type { ExploreReport, Finding } from "../contract/explore.ts";
import { TreatmentAction } from "../domain/treatments.ts";
import { DELIVERY_RULES } from "../explore/delivery-rules.ts";
import {
  type Findings,
  findAll,
  type LiveFinding,
  plainFinding,
  RULES,
  ranked,
} from "../explore/find.ts";
import { tellAll } from "../explore/insights.ts";
import { type Look, openLook } from "../explore/look.ts";
import { profileLook } from "../explore/profile/profile-look.ts";
import { SALES_RULES } from "../explore/sales-rules.ts";
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

/** Tables up to this many rows in all are looked at twice at once: a copy of them costs little, a second core helps. */
const TWICE_ROWS = 1_000_000;

const LOOK_STATE = sqlFile(import.meta.url, "sql/look-state.sql");

/** A second look, without contacts, at the very state of the first; null where that state is gone or too large to copy. */
async function beside(workspace: Workspace, look: Look): Promise<Look | null> {
  const rows = Object.values(look.rows).reduce((sum, n) => sum + n, 0);
  if (rows > TWICE_ROWS) return null;
  const { scope, definitions, asOf, files } = look;
  const other = await openLook(workspace.warehouse, {
    scope,
    definitions,
    asOf,
    files,
    contacts: false,
  });
  const states = await Promise.all([look, other].map(({ session }) => session.first(LOOK_STATE)));
  if (JSON.stringify(states[0]) === JSON.stringify(states[1])) return other;
  await other.close();
  return null;
}

async function tell(workspace: Workspace, look: Look): Promise<Told> {
  // Most tables are too small for a query to use two cores: two connections do.
  const opening = beside(workspace, look);
  try {
    const sales = (async () => ({
      found: await findAll(look, SALES_RULES),
      profile: await profileLook(look),
    }))();
    const delivery = (async () => {
      const second = await opening;
      if (second === null) await sales;
      const other = second ?? look;
      return { found: await findAll(other, DELIVERY_RULES), insights: await tellAll(other) };
    })();
    // A connection is closed only when nothing runs on it any more, also after a failure of the other.
    const [crm, ads] = await Promise.all([sales, delivery]).finally(() =>
      Promise.allSettled([sales, delivery]),
    );
    const found: Findings = ranked([ads.found, crm.found]);
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
        titles: Object.fromEntries(RULES.map(({ id, title }) => [id, title])),
      },
      insights: ads.insights,
      ...crm.profile,
    };
  } finally {
    await (await opening)?.close();
  }
}

/** What the rows of a look tell, once per state of the rows, definitions and scope. */
export async function toldBy(
  workspace: Workspace,
  look: Look,
  { scope, asOf }: ExploreOptions,
): Promise<Told> {
  const state = await look.session.first(LOOK_STATE);
  const accounts = scope.accounts === "all" ? "all" : [...scope.accounts].sort();
  const key = JSON.stringify([state, look.definitions.version, accounts, asOf]);
  const all = kept.get(workspace) ?? new Map<string, Promise<Told>>();
  kept.set(workspace, all);
  const known = all.get(key);
  if (known) return known;
  const told = tell(workspace, look);
  all.set(key, told);
  for (const old of [...all.keys()].slice(0, -KEPT)) all.delete(old);
  told.catch(() => all.delete(key));
  return told;
}
