/** What the rows themselves tell: findings, insights and profiles. It stands while treatments come and go. */
import type {
  ExploreReport,
  Finding,
  Insight,
  Relation,
  TableProfile,
} from "../contract/explore.ts";
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
import { type PlannedTable, planProfile } from "../explore/profile/plan.ts";
import { profileTable } from "../explore/profile/profile-table.ts";
import { relationsOf } from "../explore/relations.ts";
import type { Rule } from "../explore/rule.ts";
import { SALES_RULES } from "../explore/sales-rules.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { ExploreOptions } from "./explore.ts";
import { type Errand, shareOut } from "./share-out.ts";
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

/**
 * Tells what the rows tell, and closes the second look.
 *
 * @param other a second look, without contacts, at the very state of the first; null = the first looks alone
 */
async function tell(look: Look, other: Look | null): Promise<Told> {
  try {
    const plan = await planProfile(look);
    const found: Findings[] = [];
    let insights: Insight[] = [];
    let relations: Relation[] = [];
    const profiles: TableProfile[] = [];
    const findings = (rules: readonly Rule[], contacts: boolean, i: number): Errand => ({
      contacts,
      run: async (own) => {
        found[i] = await findAll(own, rules);
      },
    });
    const profile = (table: PlannedTable, i: number): Errand => ({
      contacts: table.contacts,
      run: async ({ session }) => {
        profiles[i] = await profileTable(session, table);
      },
    });
    // Most tables are too small for a query to use two cores: two connections do. What takes longest comes first.
    const errands: Errand[] = [
      findings(SALES_RULES, true, 1),
      findings(DELIVERY_RULES, false, 0),
      ...plan.tables.map(profile).sort((one, next) => Number(next.contacts) - Number(one.contacts)),
      {
        contacts: false,
        run: async (own) => {
          insights = await tellAll(own);
        },
      },
      {
        contacts: false,
        run: async (own) => {
          relations = await relationsOf(own, plan.related);
        },
      },
    ];
    await shareOut(other ? [look, other] : [look], errands);
    const all = ranked(found);
    const recommended = new Map<string, TreatmentAction>();
    for (const live of all.live) {
      const action = await recommendedAction(live, null);
      if (action !== null) recommended.set(live.found.key, action);
    }
    return {
      findings: all.live.map(plainFinding),
      recommended,
      checked: {
        rules: RULES.length - all.skipped.length,
        quiet: [...all.quiet],
        skipped: [...all.skipped],
        titles: Object.fromEntries(RULES.map(({ id, title }) => [id, title])),
      },
      insights,
      tables: profiles,
      relations,
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
  const divideAgain = twice ? await workspace.warehouse.undivided() : async () => {};
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
    if (known) {
      await divideAgain();
      return { look, telling: known };
    }
    if (!useful) await divideAgain();
    const telling = tell(look, useful).finally(useful ? divideAgain : undefined);
    if (key) all.set(key, telling);
    for (const old of [...all.keys()].slice(0, -KEPT)) all.delete(old);
    telling.catch(() => key && all.delete(key));
    return { look, telling };
  } catch (error) {
    await Promise.allSettled([...looks.map((one) => one.close()), divideAgain()]);
    throw error;
  }
}
