import { cumulative, Draw } from "./draw.ts";
import type { FaultPlan } from "./faults.ts";

/** One advertiser: how much it advertises, how well, and how its sales team works. */
export interface Account {
  /** `user_id` in the tables. */
  readonly id: number;
  readonly weight: number;
  /** Added to the log-odds of qualification. */
  readonly quality: number;
  /** Factor on the cost of a lead. */
  readonly costFactor: number;
  readonly projects: readonly number[];
  readonly reps: number;
  readonly firstPerson: number;
  /** Chance that a lead is ever called. */
  readonly touchShare: number;
  /** Median hours until the first call. */
  readonly touchHours: number;
  readonly arabicShare: number;
  /** Day from which statuses are logged; 0 = from the first. */
  readonly loggedFrom: number;
  /** Status changes are entered in one sitting every so many days; null = as they happen. */
  readonly sitting: {
    readonly everyDays: number;
    readonly phase: number;
    readonly minute: number;
  } | null;
  /** First day on which spend is reported in another currency, and the factor; null = never. */
  readonly unitChange: { readonly fromDay: number; readonly factor: number } | null;
}

export interface Accounts {
  readonly list: readonly Account[];
  /** Running sums of the weights, for drawing an account. */
  readonly shares: Float64Array;
  readonly people: number;
}

/** Log-normal sizes: the largest tenth carries more than half of the work. */
const SIZE_SIGMA = 1.35;
/** Share of the whole that an account whose unit changes has about: large enough to be seen, small enough to hide. */
const UNIT_CHANGE_SHARE = 0.01;

/** All accounts of a world; `count` of them, sized by a heavy-tailed law. */
export function makeAccounts(seed: number, count: number, plan: FaultPlan): Accounts {
  const draw = new Draw(seed, "account");
  const weights = Array.from({ length: count }, (_, i) => draw.at(i).logNormal(1, SIZE_SIGMA));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const order = weights
    .map((_, i) => i)
    .sort((a, b) => (weights[b] as number) - (weights[a] as number));
  const sitting = new Set(order.slice(0, Math.ceil((count * plan.bulk_edits) / 100)));
  if (plan.bulk_edits === 0) sitting.clear();
  const byShare = [...order].sort(
    (a, b) =>
      Math.abs((weights[a] as number) / total - UNIT_CHANGE_SHARE) -
      Math.abs((weights[b] as number) / total - UNIT_CHANGE_SHARE),
  );
  const changing = new Set(byShare.slice(0, plan.unit_change));
  const projectCount = Math.max(6, Math.round(count * 0.85));
  let people = 0;
  const list = weights.map((weight, i): Account => {
    draw.at(i, 1);
    const reps =
      1 + Math.min(24, Math.floor(((weight / total) * count * (0.5 + draw.next())) / 1.2));
    const firstPerson = people;
    people += reps >= 4 ? reps + 1 : reps;
    const projects = Array.from({ length: 1 + draw.int(2) + Math.min(4, reps >> 1) }, () =>
      draw.int(projectCount),
    );
    return {
      id: 12 + 5 * i + draw.int(5),
      weight,
      quality: 0.5 * draw.normal(),
      costFactor: draw.logNormal(1, 0.45),
      projects,
      reps,
      firstPerson,
      touchShare: Math.min(0.95, Math.max(0.02, 0.42 + 0.25 * draw.normal())),
      touchHours: draw.logNormal(26, 0.9),
      arabicShare: draw.next() * 0.9,
      loggedFrom: plan.late_logging === 0 ? 0 : Math.max(1, plan.late_logging - 15 + draw.int(30)),
      sitting: sitting.has(i)
        ? { everyDays: 10 + draw.int(18), phase: draw.int(28), minute: 600 + draw.int(420) }
        : null,
      unitChange: changing.has(i) ? { fromDay: 150 + draw.int(120), factor: 0.02 } : null,
    };
  });
  return { list, shares: cumulative(weights), people };
}
