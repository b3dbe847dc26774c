/** What the rows themselves tell: findings, insights and profiles. It stands while treatments come and go. */
import type { ExploreReport, Finding } from "../contract/explore.ts";
import type { Definitions } from "../domain/definitions.ts";
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

/** Up to this many rows in all are looked at twice at once: a copy of them costs little, a second core helps. */
const TWICE_ROWS = 1_000_000;

const LOOK_STATE = sqlFile(import.meta.url, "sql/look-state.sql");

interface LookState {
  readonly rows: number;
}

/** @param other a second look, without contacts, at the very state of the first; null = the first looks alone */
async function tell(look: Look, other: Look | null): Promise<Told> {
  try {
    // Most tables are too small for a query to use two cores: two connections do.
    const sales = (async () => ({
      found: await findAll(look, SALES_RULES),
      profile: await profileLook(look),
    }))();
    const delivery = (async () => {
      if (other === null) await sales;
      const own = other ?? look;
      return { found: await findAll(own, DELIVERY_RULES), insights: await tellAll(own) };
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
    await other?.close();
  }
}

/**
 * Opens a look, and tells what its rows tell: once per state of the rows, definitions and scope.
 * The caller closes the look when the telling has settled.
 */
export async function lookAndTell(
  workspace: Workspace,
  definitions: Definitions,
  { scope, asOf }: ExploreOptions,
): Promise<{ readonly look: Look; readonly telling: Promise<Told> }> {
  const all = kept.get(workspace) ?? new Map<string, Promise<Told>>();
  kept.set(workspace, all);
  const accounts = scope.accounts === "all" ? "all" : [...scope.accounts].sort();
  const keyOf = (state: LookState | null) =>
    JSON.stringify([state, definitions.version, accounts, asOf]);
  const stateOf = (reader: Pick<Look["session"], "first">) => reader.first<LookState>(LOOK_STATE);
  const open = (contacts: boolean) =>
    openLook(workspace.warehouse, { scope, asOf, definitions, contacts });

  const now = await stateOf(workspace.warehouse);
  const twice = !all.has(keyOf(now)) && (now?.rows ?? 0) <= TWICE_ROWS;
  const opened = await Promise.allSettled(twice ? [open(true), open(false)] : [open(true)]);
  const looks = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  try {
    const [look, other] = opened.map((one) => {
      if (one.status === "rejected") throw one.reason;
      return one.value;
    });
    if (!look) throw new Error("no look was opened");
    const [key, beside] = await Promise.all(
      [look, other].map(async (one) => (one ? keyOf(await stateOf(one.session)) : null)),
    );
    const known = key ? all.get(key) : undefined;
    // A write may have slipped in between the two, or another call may be telling already.
    const useful = !known && other && beside === key ? other : null;
    if (other && !useful) await other.close();
    if (known) return { look, telling: known };
    const telling = tell(look, useful);
    if (key) all.set(key, telling);
    for (const old of [...all.keys()].slice(0, -KEPT)) all.delete(old);
    telling.catch(() => key && all.delete(key));
    return { look, telling };
  } catch (error) {
    await Promise.allSettled(looks.map((one) => one.close()));
    throw error;
  }
}
