/** What a reader may look at: filters at random, and the address that shows them. */
import fc from "fast-check";
import { addDays, daysBetween } from "./days.ts";
import type { Oracle } from "./oracle.ts";
import { ARABIC_PROJECT, AWKWARD_PROJECT } from "./worlds.ts";

export interface Choice {
  /** A day, "all", or null for the default. */
  readonly from: string | null;
  readonly to: string | null;
  readonly account: readonly string[];
  readonly project: readonly string[];
  readonly campaign: readonly string[];
  readonly basis: "corrected" | "deduplicated" | "raw";
  readonly grain: "day" | "week" | "month";
  /** Only what was known at the end of this day; absent: everything. */
  readonly asOf?: string;
}

export const EVERYTHING: Choice = {
  from: "all",
  to: null,
  account: [],
  project: [],
  campaign: [],
  basis: "corrected",
  grain: "day",
};

/** The page at this choice, with every figure laid out. */
export function addressOf(
  choice: Choice,
  more: Readonly<Record<string, string>> = {},
  path = "/",
): string {
  const params = new URLSearchParams({ ...(path === "/" ? { kpis: "all" } : {}), ...more });
  if (choice.from !== null) params.set("from", choice.from);
  if (choice.to !== null) params.set("to", choice.to);
  for (const key of ["account", "project", "campaign"] as const)
    for (const name of choice[key]) params.append(key, name);
  params.set("basis", choice.basis);
  params.set("grain", choice.grain);
  if (choice.asOf !== undefined) params.set("asOf", choice.asOf);
  return `${path}?${params}`;
}

function someOf(names: readonly string[], most: number): fc.Arbitrary<string[]> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    {
      weight: 2,
      arbitrary: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: most }),
    },
  );
}

/** Filters over a world; names that are hard to carry are drawn as often as all others together. */
export function choicesOf(world: Oracle): fc.Arbitrary<Choice> {
  const last = daysBetween(world.firstDay, world.lastDay) - 1;
  const hard = world.projects.filter(
    (name) => name === AWKWARD_PROJECT || name === ARABIC_PROJECT || !/^[\w ]+$/.test(name),
  );
  const projects = [
    ...world.projects,
    ...Array.from(world.projects, (_, i) => hard[i % hard.length] ?? ""),
  ].filter((name) => name !== "");
  const period = fc.oneof(
    { weight: 1, arbitrary: fc.constant({ from: null, to: null }) },
    { weight: 2, arbitrary: fc.constant({ from: "all", to: null }) },
    {
      weight: 1,
      arbitrary: fc.nat(last).map((n) => ({ from: addDays(world.firstDay, n), to: null })),
    },
    {
      weight: 1,
      arbitrary: fc.nat(last).map((n) => ({ from: null, to: addDays(world.firstDay, n) })),
    },
    {
      weight: 6,
      arbitrary: fc.tuple(fc.nat(Math.min(last, 540)), fc.nat(120)).map(([n, length]) => ({
        from: addDays(world.firstDay, n),
        to: addDays(world.firstDay, n + length),
      })),
    },
  );
  return fc
    .record({
      period,
      account: someOf(world.accounts, 4),
      project: someOf(projects, 4),
      campaign: fc.oneof(
        { weight: 6, arbitrary: fc.constant<string[]>([]) },
        {
          weight: 1,
          arbitrary: fc.uniqueArray(fc.constantFrom(...world.campaigns), {
            minLength: 1,
            maxLength: 5,
          }),
        },
      ),
      basis: fc.constantFrom("corrected" as const, "deduplicated" as const, "raw" as const),
      grain: fc.constantFrom("day" as const, "week" as const, "month" as const),
    })
    .map(({ period: { from, to }, ...rest }) => ({ from, to, ...rest }));
}
