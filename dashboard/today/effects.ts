/** How a change and its parts are written: money for costs and spend, leads for leads. */
import type { Formats } from "../../src/contract/formats.ts";
import type { Frame } from "../../src/contract/overview.ts";
import type { ChangeEffects, ChangeMeasure, ChangeSums } from "../../src/contract/today.ts";

export const EFFECTS = ["spend", "mix", "rate", "started", "ended"] as const;
export type Effect = (typeof EFFECTS)[number];

/** The sums that tell of a measure. */
export const SUM_OF: Readonly<Record<ChangeMeasure, keyof ChangeSums>> = {
  spend: "spendMinor",
  leads: "leads",
  qualified: "qualified",
  cpl: "cplMinor",
  cpql: "cpqlMinor",
};

/** The figure whose rows stand behind a measure. */
export const KPI_OF: Readonly<Record<ChangeMeasure, string>> = {
  spend: "spend",
  leads: "leads",
  qualified: "qualified",
  cpl: "cpl",
  cpql: "cpql",
};

const isCount = (by: ChangeMeasure) => by === "leads" || by === "qualified";

/** A measure's own value. */
export function sumText(
  formats: Formats,
  by: ChangeMeasure,
  value: number | null,
  frame: Frame,
): string {
  return isCount(by) ? formats.count(value) : formats.moneyShort(value, frame);
}

/** A part of the change with its sign; leads may be parts of one. */
export function effectText(
  formats: Formats,
  by: ChangeMeasure,
  value: number,
  frame: Frame,
): string {
  const size = Math.abs(value);
  const text = isCount(by)
    ? Number.isInteger(size)
      ? formats.count(size)
      : formats.ratio(size)
    : formats.moneyShort(size, frame);
  if (value === 0) return text;
  // In Arabic a mark keeps the sign at the left of its number, where `Intl` puts it too.
  const mark = formats.language === "ar" ? "\u200e" : "";
  return `${mark}${value > 0 ? "+" : "−"}${text}`;
}

/** What a part means for the business: costs up are worse, leads up better; spend is neither. */
export function effectMeaning(by: ChangeMeasure, value: number): "better" | "worse" | "neutral" {
  if (value === 0 || by === "spend") return "neutral";
  return value > 0 === isCount(by) ? "better" : "worse";
}

/** Parts of a change that are there, the largest first. */
export function partsOf(effects: ChangeEffects): readonly Effect[] {
  return EFFECTS.filter((part) => Math.abs(effects[part]) > 1e-9).sort(
    (one, other) => Math.abs(effects[other]) - Math.abs(effects[one]),
  );
}
