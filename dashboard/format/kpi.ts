/** A KPI's number as text, by its unit. */

import type { Currency, Formats } from "../../src/contract/formats.ts";
import type { KpiAnswer } from "../../src/contract/overview.ts";

type Unit = KpiAnswer["unit"];

/** For a card: short where the number is long. */
export function kpiShort(
  formats: Formats,
  unit: Unit,
  value: number | null,
  money: Currency,
): string {
  if (unit === "money") return formats.moneyShort(value, money);
  if (unit === "count") return formats.countShort(value);
  return unit === "rate" ? formats.rate(value) : formats.ratio(value);
}

/** In full: every digit that the unit has. */
export function kpiFull(
  formats: Formats,
  unit: Unit,
  value: number | null,
  money: Currency,
): string {
  if (unit === "money") return formats.money(value, money);
  if (unit === "count") return formats.count(value);
  return unit === "rate" ? formats.rate(value) : formats.ratio(value);
}

export type Meaning = "better" | "worse" | "same" | "neutral";

/** What a change means for the business: cost down is good, spend is neither. */
export function meaningOf(change: number, direction: KpiAnswer["direction"]): Meaning {
  if (change === 0) return "same";
  if (direction === "neutral") return "neutral";
  return change > 0 === (direction === "up") ? "better" : "worse";
}
