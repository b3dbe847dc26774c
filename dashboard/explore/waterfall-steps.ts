/** From raw to corrected as bars: where each begins and ends. */
import type { Waterfall } from "../../src/contract/explore.ts";

export interface Step {
  readonly id: string;
  readonly kind: "total" | "step" | "proposed" | "hollow";
  /** Null for the totals, which have words of their own. */
  readonly label: Waterfall["steps"][number]["label"] | null;
  /** Between these levels the bar lies; a total begins at zero. */
  readonly from: number;
  readonly to: number;
  readonly spendMinor: number | null;
  readonly leads: number | null;
}

export interface Steps {
  readonly rows: readonly Step[];
  /** Where the axis begins; above zero where the steps would be too small to see beside the totals. */
  readonly floor: number;
  readonly end: number;
}

/** The share of the highest below which steps are too small to be seen over an axis from zero. */
const SMALL = 0.4;

function isStep(step: Step): boolean {
  return step.kind === "step" || step.kind === "proposed";
}

/**
 * The rows of a waterfall in their order: raw, what is in force, corrected, what is proposed, and where that leads.
 * Steps that change neither spend nor leads are left out. Null where currencies are mixed.
 */
export function waterfallSteps(waterfall: Waterfall): Steps | null {
  const { spend, leads, proposed } = waterfall;
  const { raw, corrected } = spend;
  if (raw === null || corrected === null) return null;
  const total = (id: string, kind: "total" | "hollow", to: number, count: number | null): Step => ({
    id,
    kind,
    label: null,
    from: 0,
    to,
    spendMinor: to,
    leads: count,
  });
  let level = raw;
  const stepsOf = (accepted: boolean) =>
    waterfall.steps
      .filter((step) => step.accepted === accepted && (step.spendMinor || step.leads))
      .map((step): Step => {
        const from = level;
        level += step.spendMinor ?? 0;
        return {
          id: step.id,
          kind: accepted ? "step" : "proposed",
          label: step.label,
          from,
          to: level,
          spendMinor: step.spendMinor,
          leads: step.leads,
        };
      });
  const done = stepsOf(true);
  const offered = stepsOf(false);
  const rows = [
    total("raw", "total", raw, leads.raw),
    ...done,
    total("corrected", "total", corrected, leads.corrected),
    ...offered,
    ...(offered.length > 0 && proposed.spendMinor !== null
      ? [total("proposed", "hollow", proposed.spendMinor, proposed.leads)]
      : []),
  ];
  const end = Math.max(1, ...rows.flatMap((row) => [row.from, row.to]));
  const lowest = Math.min(...rows.flatMap((row) => (isStep(row) ? [row.from, row.to] : [row.to])));
  const base = lowest - (end - lowest) * 0.6;
  const small = end > lowest && end - lowest < end * SMALL;
  return { rows, end, floor: small ? Math.max(0, base) : 0 };
}
